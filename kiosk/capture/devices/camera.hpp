// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/capture/devices/device_thread.hpp"
#include "kiosk/capture/devices/frame_source.hpp"
#include "kiosk/capture/devices/outlet.hpp"

#include <array>
#include <atomic>
#include <filesystem>
#include <memory>

namespace kiosk {

/// Shows what a source sees while somebody wants to see it, and takes photographs. In between the source is closed.
class Camera {
public:
    /// `folder`: what is watched for the source to come and go.
    Camera(std::unique_ptr<FrameSource> source, std::filesystem::path folder, Outlet outlet);

    void show(bool wanted);
    void photograph();
    void forget(); ///< neither previews nor photographs are wanted any more
    void tell_to_end() { thread_.tell_to_end(); }
    [[nodiscard]] bool ended_within(std::chrono::milliseconds limit) const { return thread_.ended_within(limit); }

private:
    void run(DeviceThread& thread);
    void idle(DeviceThread& thread);
    void preview(DeviceThread& thread);
    void take_photograph(DeviceThread& thread);
    void trouble(DeviceThread& thread, DeviceState state);
    [[nodiscard]] forms::Result<Frame, DeviceState> next(DeviceThread& thread);
    [[nodiscard]] bool room_for_a_preview() const;
    void show(const Frame& frame);

    std::unique_ptr<FrameSource> source_; // the thread's, as all below that is not atomic
    const std::filesystem::path folder_;
    Outlet outlet_;
    bool previewing_ = false;
    std::array<std::weak_ptr<const void>, 2> shown_;
    std::atomic<bool> wanted_{false}, photograph_{false};
    DeviceThread thread_;
};

} // namespace kiosk
