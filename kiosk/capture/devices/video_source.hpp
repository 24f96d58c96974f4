// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/capture/devices/frame_source.hpp"
#include "kiosk/capture/devices/video_calls.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <vector>

namespace kiosk {

/// A camera, through Video4Linux 2 with mapped buffers. Previews in YUYV where the camera has it; of compressed pictures
/// (MJPEG) the bytes are handed on, and a decoder opens them.
class VideoSource final : public FrameSource {
public:
    /// `device`: "auto" (the first in `folder` that gives pictures) or a file.
    explicit VideoSource(std::string device, VideoCalls& calls = system_video_calls(),
                         std::filesystem::path folder = "/dev");
    ~VideoSource() override;

    [[nodiscard]] bool present() const override;
    [[nodiscard]] forms::Result<forms::Done, DeviceState> open(FrameUse use) override;
    void close() override;
    [[nodiscard]] Wait next_frame() const override;
    [[nodiscard]] forms::Result<Frame, DeviceState> take() override;

private:
    struct Format {
        std::uint32_t pixels = 0, width = 0, height = 0, stride = 0;
    };
    struct Buffer {
        std::byte* begin = nullptr;
        std::size_t length = 0;
    };
    using Outcome = forms::Result<forms::Done, DeviceState>;
    [[nodiscard]] std::vector<std::filesystem::path> files() const;
    [[nodiscard]] Outcome open_file(const std::filesystem::path& file, FrameUse use);
    [[nodiscard]] bool gives_pictures() const;
    [[nodiscard]] std::vector<Format> formats() const;
    [[nodiscard]] Outcome set_format(FrameUse use);
    [[nodiscard]] Outcome start();
    [[nodiscard]] Frame frame_of(const Buffer& buffer, std::size_t used) const;
    [[nodiscard]] bool queue(std::uint32_t index) const;

    const std::string device_;
    VideoCalls& calls_;
    const std::filesystem::path folder_;
    int descriptor_ = -1;
    Format format_;
    std::vector<Buffer> buffers_;
    int to_settle_ = 0; ///< frames to pass over while light and focus settle
    int bad_in_a_row_ = 0;
};

} // namespace kiosk
