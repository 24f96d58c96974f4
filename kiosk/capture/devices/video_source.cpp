// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/devices/video_source.hpp"

#include "kiosk/capture/devices/film_source.hpp"
#include "kiosk/capture/devices/open_fault.hpp"
#include "kiosk/capture/devices/picture_size.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include <linux/videodev2.h>

namespace kiosk {
namespace {

namespace fs = std::filesystem;
using forms::Done;

constexpr std::uint32_t preview_width = 1280; // px, at most: more is only made smaller again
constexpr std::uint32_t most_side = 20'000;
constexpr std::uint64_t most_pixels = 50'000'000;
constexpr std::uint32_t wished_buffers = 4;
constexpr int frames_to_settle = 5;
constexpr int most_bad_in_a_row = 10;
constexpr std::uint32_t most_listed = 64; // formats, sizes: a driver's list has an end of ours too

std::uint64_t area(std::uint32_t width, std::uint32_t height) { return std::uint64_t{width} * height; }

} // namespace

VideoSource::VideoSource(std::string device, VideoCalls& calls, fs::path folder)
    : device_(std::move(device)), calls_(calls), folder_(std::move(folder)) {}

VideoSource::~VideoSource() { close(); }

std::vector<fs::path> VideoSource::files() const {
    std::error_code fault;
    if (device_ != "auto") return fs::exists(device_, fault) ? std::vector<fs::path>{device_} : std::vector<fs::path>{};
    std::vector<fs::path> found;
    for (fs::directory_iterator at(folder_, fault), end; !fault && at != end; at.increment(fault))
        if (at->path().filename().string().starts_with("video")) found.push_back(at->path());
    std::sort(found.begin(), found.end());
    return found;
}

bool VideoSource::present() const { return !files().empty(); }

forms::Result<Done, DeviceState> VideoSource::open(FrameUse use) {
    close();
    DeviceState why = DeviceState::Absent;
    for (const fs::path& file : files()) {
        const auto outcome = open_file(file, use);
        if (outcome.ok()) return Done{};
        close();
        // A camera has several files, and only one gives pictures: what another says counts for more than that.
        if (outcome.error() != DeviceState::Absent) why = outcome.error();
    }
    return why;
}

forms::Result<Done, DeviceState> VideoSource::open_file(const fs::path& file, FrameUse use) {
    descriptor_ = calls_.open(file.c_str());
    if (descriptor_ < 0) return state_of_errno(errno);
    if (!gives_pictures()) return DeviceState::Absent;
    if (const auto set = set_format(use); !set.ok()) return set.error();
    to_settle_ = use == FrameUse::Still ? frames_to_settle : 0;
    bad_in_a_row_ = 0;
    return start();
}

bool VideoSource::gives_pictures() const {
    v4l2_capability told{};
    if (calls_.ioctl(descriptor_, VIDIOC_QUERYCAP, &told) != 0) return false;
    const std::uint32_t can = (told.capabilities & V4L2_CAP_DEVICE_CAPS) != 0 ? told.device_caps : told.capabilities;
    return (can & V4L2_CAP_VIDEO_CAPTURE) != 0 && (can & V4L2_CAP_STREAMING) != 0;
}

std::vector<VideoSource::Format> VideoSource::formats() const {
    std::vector<Format> found;
    for (std::uint32_t i = 0; i < most_listed; ++i) {
        v4l2_fmtdesc kind{};
        kind.index = i;
        kind.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        if (calls_.ioctl(descriptor_, VIDIOC_ENUM_FMT, &kind) != 0) break;
        if (kind.pixelformat != V4L2_PIX_FMT_YUYV && kind.pixelformat != V4L2_PIX_FMT_MJPEG) continue;
        for (std::uint32_t j = 0; j < most_listed; ++j) {
            v4l2_frmsizeenum size{};
            size.index = j;
            size.pixel_format = kind.pixelformat;
            if (calls_.ioctl(descriptor_, VIDIOC_ENUM_FRAMESIZES, &size) != 0) break;
            if (size.type == V4L2_FRMSIZE_TYPE_DISCRETE) {
                found.push_back({kind.pixelformat, size.discrete.width, size.discrete.height, 0});
                continue;
            }
            // Any size up to a largest: that, and one for previews in its proportion.
            const std::uint32_t width = size.stepwise.max_width, height = size.stepwise.max_height;
            found.push_back({kind.pixelformat, width, height, 0});
            if (width > preview_width)
                found.push_back({kind.pixelformat, preview_width,
                                 static_cast<std::uint32_t>(std::uint64_t{height} * preview_width / width), 0});
            break;
        }
    }
    std::erase_if(found, [](const Format& one) {
        return one.width == 0 || one.height == 0 || one.width > most_side || one.height > most_side ||
               area(one.width, one.height) > most_pixels;
    });
    return found;
}

forms::Result<Done, DeviceState> VideoSource::set_format(FrameUse use) {
    const auto known = formats();
    if (known.empty()) return DeviceState::Failed; // a camera with formats that we cannot hand on
    const auto worth = [&](const Format& one) {
        const bool plain = one.pixels == V4L2_PIX_FMT_YUYV;
        const auto size = static_cast<std::int64_t>(area(one.width, one.height));
        if (use == FrameUse::Still) return std::pair<bool, std::int64_t>(true, 2 * size + (plain ? 1 : 0));
        // Pixels before bytes; then the largest that is not too large, else the smallest.
        return std::pair<bool, std::int64_t>(plain, one.width <= preview_width ? size : -size);
    };
    const Format best = *std::max_element(known.begin(), known.end(),
                                          [&](const Format& a, const Format& b) { return worth(a) < worth(b); });
    v4l2_format asked{};
    asked.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    asked.fmt.pix.pixelformat = best.pixels;
    asked.fmt.pix.width = best.width;
    asked.fmt.pix.height = best.height;
    asked.fmt.pix.field = V4L2_FIELD_ANY;
    if (calls_.ioctl(descriptor_, VIDIOC_S_FMT, &asked) != 0) return state_of_errno(errno);
    // The driver answers what it will really send: its word counts, if it is one we can follow.
    const v4l2_pix_format& got = asked.fmt.pix;
    format_ = {got.pixelformat, got.width, got.height, got.bytesperline};
    if (format_.pixels != V4L2_PIX_FMT_YUYV && format_.pixels != V4L2_PIX_FMT_MJPEG) return DeviceState::Failed;
    if (format_.width == 0 || format_.height == 0 || format_.width > most_side || format_.height > most_side ||
        area(format_.width, format_.height) > most_pixels)
        return DeviceState::Failed;
    if (format_.pixels == V4L2_PIX_FMT_YUYV && (format_.width % 2 != 0 || format_.stride / 2 < format_.width))
        return DeviceState::Failed;
    return Done{};
}

forms::Result<Done, DeviceState> VideoSource::start() {
    v4l2_requestbuffers wish{};
    wish.count = wished_buffers;
    wish.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    wish.memory = V4L2_MEMORY_MMAP;
    if (calls_.ioctl(descriptor_, VIDIOC_REQBUFS, &wish) != 0) return state_of_errno(errno);
    if (wish.count < 2 || wish.count > 32) return DeviceState::Failed;
    for (std::uint32_t i = 0; i < wish.count; ++i) {
        v4l2_buffer told{};
        told.index = i;
        told.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        told.memory = V4L2_MEMORY_MMAP;
        if (calls_.ioctl(descriptor_, VIDIOC_QUERYBUF, &told) != 0) return state_of_errno(errno);
        void* const begin = calls_.map(told.length, descriptor_, told.m.offset);
        if (begin == nullptr) return DeviceState::Failed;
        buffers_.push_back({static_cast<std::byte*>(begin), told.length});
        if (!queue(i)) return state_of_errno(errno);
    }
    int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    if (calls_.ioctl(descriptor_, VIDIOC_STREAMON, &type) != 0) return state_of_errno(errno);
    return Done{};
}

bool VideoSource::queue(std::uint32_t index) const {
    v4l2_buffer buffer{};
    buffer.index = index;
    buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    buffer.memory = V4L2_MEMORY_MMAP;
    return calls_.ioctl(descriptor_, VIDIOC_QBUF, &buffer) == 0;
}

void VideoSource::close() {
    if (descriptor_ < 0) return;
    if (!buffers_.empty()) {
        int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        (void)calls_.ioctl(descriptor_, VIDIOC_STREAMOFF, &type); // it may be gone
    }
    for (const Buffer& buffer : buffers_)
        calls_.unmap(buffer.begin, buffer.length);
    buffers_.clear();
    (void)calls_.close(std::exchange(descriptor_, -1));
}

FrameSource::Wait VideoSource::next_frame() const { return {.descriptor = descriptor_, .pause = std::chrono::milliseconds(-1)}; }

forms::Result<Frame, DeviceState> VideoSource::take() {
    if (descriptor_ < 0) return DeviceState::Absent;
    Frame newest;
    // The oldest comes first: all that wait are taken, and the last is the one.
    for (std::size_t i = 0; i < buffers_.size(); ++i) {
        v4l2_buffer buffer{};
        buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        buffer.memory = V4L2_MEMORY_MMAP;
        if (calls_.ioctl(descriptor_, VIDIOC_DQBUF, &buffer) != 0) {
            if (errno == EAGAIN) return newest;
            // EIO is a frame that got lost on its way; too many are a camera that does not work.
            if (errno == EIO && ++bad_in_a_row_ < most_bad_in_a_row) return newest;
            const DeviceState why = state_of_errno(errno);
            close();
            return why;
        }
        if (buffer.index >= buffers_.size()) {
            close();
            return DeviceState::Failed;
        }
        const Buffer& from = buffers_[buffer.index];
        const bool good = (buffer.flags & V4L2_BUF_FLAG_ERROR) == 0 && buffer.bytesused > 0;
        if (good && to_settle_ > 0) {
            --to_settle_;
        } else if (good) {
            newest = frame_of(from, std::min<std::size_t>(buffer.bytesused, from.length));
        }
        const bool empty = newest.picture == nullptr && newest.file == nullptr;
        bad_in_a_row_ = good && (!empty || to_settle_ > 0) ? 0 : bad_in_a_row_ + 1;
        if (!queue(buffer.index) || bad_in_a_row_ >= most_bad_in_a_row) {
            const DeviceState why = bad_in_a_row_ >= most_bad_in_a_row ? DeviceState::Failed : state_of_errno(errno);
            close();
            return why;
        }
    }
    return newest;
}

Frame VideoSource::frame_of(const Buffer& buffer, std::size_t used) const {
    Frame frame;
    if (format_.pixels == V4L2_PIX_FMT_YUYV) {
        const std::span bytes(reinterpret_cast<const std::uint8_t*>(buffer.begin), used);
        if (auto pixels = from_yuyv(bytes, format_.width, format_.height, format_.stride))
            frame.picture = std::make_shared<const Pixels>(*std::move(pixels));
    } else if (used <= most_picture_bytes) {
        frame.file = std::make_shared<const PictureFile>(buffer.begin, buffer.begin + used);
    }
    return frame;
}

std::unique_ptr<FrameSource> make_frame_source(const std::string& name) {
    if (name == "auto" || name.starts_with("/dev/")) return std::make_unique<VideoSource>(name);
    return std::make_unique<FilmSource>(name);
}

} // namespace kiosk
