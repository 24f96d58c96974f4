// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "kiosk/capture/device_messages.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace kiosk {

/// One picture: pixels, or the compressed bytes that a decoder opens.
struct Frame {
    std::shared_ptr<const Pixels> picture;
    std::shared_ptr<const PictureFile> file;
};

enum class FrameUse : std::uint8_t {
    Preview, ///< small and many: pixels where the source has them
    Still,   ///< the largest the source has
};

/// Where pictures come from: a camera, or files played as if they came from one.
/// Thread: one. Closed when it is made and when it is destroyed; while closed it costs nothing and its light is off.
class FrameSource {
public:
    virtual ~FrameSource() = default;

    /// Whether there is something to open. Does not open it.
    [[nodiscard]] virtual bool present() const = 0;
    /// Again while open: changes the use.
    [[nodiscard]] virtual forms::Result<forms::Done, DeviceState> open(FrameUse use) = 0;
    virtual void close() = 0;

    /// What to wait on for the next frame: a descriptor, or -1 and a pause.
    struct Wait {
        int descriptor = -1;
        std::chrono::milliseconds pause{-1};
    };
    [[nodiscard]] virtual Wait next_frame() const = 0;
    /// After `next_frame`: the newest frame; empty if there is none after all. An error closes the source.
    [[nodiscard]] virtual forms::Result<Frame, DeviceState> take() = 0;
};

/// "auto" (the first camera), a device file, or a picture or a folder of pictures.
[[nodiscard]] std::unique_ptr<FrameSource> make_frame_source(const std::string& name);

} // namespace kiosk
