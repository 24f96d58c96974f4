// SPDX-License-Identifier: EUPL-1.2
// A camera's driver, as a test wants it.
#pragma once
#include "kiosk/capture/devices/video_calls.hpp"
#include "net/runtime/descriptor.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <mutex>
#include <vector>

#include <linux/videodev2.h>

/// Answers in a driver's place: formats, buffers, frames on demand, and every call may fail. Its descriptor is a bell, so
/// that poll waits for a frame as it would for a camera's.
class PlayedCamera final : public kiosk::VideoCalls {
public:
    struct Size {
        std::uint32_t pixels, width, height;
    };
    std::vector<Size> sizes{{V4L2_PIX_FMT_YUYV, 640, 480}, {V4L2_PIX_FMT_YUYV, 2592, 1944}, {V4L2_PIX_FMT_MJPEG, 3840, 2160}};
    int open_fault = 0;                        ///< errno of open
    std::uint32_t capabilities = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
    std::atomic<int> dequeue_fault{0};         ///< errno of the next dequeues
    std::atomic<unsigned long> failing_call{0}; ///< this ioctl fails with EIO
    std::atomic<std::uint32_t> bytes_used{0};  ///< of each frame; 0: as many as the format needs
    std::atomic<std::uint32_t> wrong_index{0}; ///< what a mad driver says
    std::uint32_t answered_width = 0;          ///< what S_FMT turns every width into; 0: as asked

    std::atomic<int> opened{0}, streaming{0}, mapped{0};
    std::atomic<std::uint32_t> format_pixels{0}, format_width{0};

    /// A frame is ready, all of this value.
    void give(std::uint8_t value) {
        const std::lock_guard lock(mutex_);
        frames_.push_back(value);
        bell_.ring();
    }
    /// The cable is pulled: whatever is asked now is answered so.
    void unplug() {
        dequeue_fault = ENODEV;
        bell_.ring();
    }
    void fail_dequeues(int fault) {
        dequeue_fault = fault;
        bell_.ring();
    }

    int open(const char*) override {
        if (open_fault != 0) return failed(open_fault);
        ++opened;
        return bell_.number();
    }
    int close(int) override {
        --opened;
        return 0;
    }
    void* map(std::size_t length, int, std::size_t offset) override {
        ++mapped;
        return memory_.at(offset).data() + 0 * length;
    }
    void unmap(void*, std::size_t) override { --mapped; }

    int ioctl(int, unsigned long request, void* argument) override {
        if (request == failing_call) return failed(EIO);
        switch (request) {
        case VIDIOC_QUERYCAP:
            static_cast<v4l2_capability*>(argument)->capabilities = capabilities;
            return 0;
        case VIDIOC_ENUM_FMT:
            return list_format(*static_cast<v4l2_fmtdesc*>(argument));
        case VIDIOC_ENUM_FRAMESIZES:
            return list_size(*static_cast<v4l2_frmsizeenum*>(argument));
        case VIDIOC_S_FMT: {
            auto& pix = static_cast<v4l2_format*>(argument)->fmt.pix;
            if (answered_width != 0) pix.width = answered_width;
            pix.bytesperline = pix.pixelformat == V4L2_PIX_FMT_YUYV ? pix.width * 2 : 0;
            format_pixels = pix.pixelformat;
            format_width = pix.width;
            size_ = std::size_t{pix.width} * pix.height * 2;
            return 0;
        }
        case VIDIOC_REQBUFS: {
            const std::lock_guard lock(mutex_);
            memory_.assign(static_cast<v4l2_requestbuffers*>(argument)->count, std::vector<std::byte>(size_));
            queued_.clear();
            return 0;
        }
        case VIDIOC_QUERYBUF: {
            auto& buffer = *static_cast<v4l2_buffer*>(argument);
            buffer.length = static_cast<std::uint32_t>(size_);
            buffer.m.offset = buffer.index;
            return 0;
        }
        case VIDIOC_QBUF: {
            const std::lock_guard lock(mutex_);
            queued_.push_back(static_cast<v4l2_buffer*>(argument)->index);
            return 0;
        }
        case VIDIOC_STREAMON:
            ++streaming;
            return 0;
        case VIDIOC_STREAMOFF:
            --streaming;
            return 0;
        case VIDIOC_DQBUF:
            return dequeue(*static_cast<v4l2_buffer*>(argument));
        default:
            return failed(ENOTTY);
        }
    }

private:
    static int failed(int fault) {
        errno = fault;
        return -1;
    }
    int list_format(v4l2_fmtdesc& kind) const {
        std::vector<std::uint32_t> known;
        for (const Size& size : sizes)
            if (std::find(known.begin(), known.end(), size.pixels) == known.end()) known.push_back(size.pixels);
        if (kind.index >= known.size()) return failed(EINVAL);
        kind.pixelformat = known[kind.index];
        return 0;
    }
    int list_size(v4l2_frmsizeenum& asked) const {
        std::uint32_t index = 0;
        for (const Size& size : sizes)
            if (size.pixels == asked.pixel_format && index++ == asked.index) {
                asked.type = V4L2_FRMSIZE_TYPE_DISCRETE;
                asked.discrete = {size.width, size.height};
                return 0;
            }
        return failed(EINVAL);
    }
    int dequeue(v4l2_buffer& buffer) {
        const std::lock_guard lock(mutex_);
        bell_.quiet();
        if (dequeue_fault != 0) {
            if (dequeue_fault != ENODEV) bell_.ring(); // an error can be polled for, again and again
            return failed(dequeue_fault);
        }
        if (frames_.empty() || queued_.empty()) return failed(EAGAIN);
        buffer.index = queued_.front() + wrong_index;
        queued_.erase(queued_.begin());
        auto& memory = memory_.at(buffer.index % memory_.size());
        std::memset(memory.data(), frames_.front(), memory.size());
        frames_.erase(frames_.begin());
        buffer.bytesused = bytes_used != 0 ? bytes_used.load() : static_cast<std::uint32_t>(memory.size());
        if (!frames_.empty()) bell_.ring();
        return 0;
    }

    net::Bell bell_;
    std::mutex mutex_;
    std::vector<std::uint8_t> frames_;           // guarded by mutex_
    std::vector<std::uint32_t> queued_;          // likewise
    std::vector<std::vector<std::byte>> memory_; // likewise
    std::size_t size_ = 0;
};
