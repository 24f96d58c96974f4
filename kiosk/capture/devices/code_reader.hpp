// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/capture/devices/code_line.hpp"
#include "kiosk/capture/devices/device_thread.hpp"
#include "kiosk/capture/devices/outlet.hpp"

#include <atomic>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace kiosk {

/// A bar-code reader as a device of its own: HID point of sale or serial, never a keyboard. It may be plugged in at any
/// time. It is read all the while, so that nothing old waits in it; what nobody wants is thrown away.
class CodeReader {
public:
    /// `device`: "auto" (the first HID point-of-sale reader in `folder`), or a file. `folder`: /dev; a test has its own.
    CodeReader(std::string device, Outlet outlet, std::filesystem::path folder = "/dev");
    /// With a line that is open already.
    CodeReader(CodeLine line, Outlet outlet);

    void want(bool wanted) { wanted_.store(wanted, std::memory_order_release); }
    void tell_to_end() { thread_.tell_to_end(); }
    [[nodiscard]] bool ended_within(std::chrono::milliseconds limit) const { return thread_.ended_within(limit); }

private:
    void run(DeviceThread& thread);
    void listen(DeviceThread& thread, CodeLine& line);

    const std::string device_;
    const std::filesystem::path folder_;
    Outlet outlet_;                // the thread's
    std::optional<CodeLine> line_; // likewise
    std::atomic<bool> wanted_{false};
    DeviceThread thread_;
};

/// Opens what `device` names, as `CodeReader` does; also for `sportelloctl doctor`.
[[nodiscard]] forms::Result<CodeLine, DeviceState> open_code_reader(const std::string& device,
                                                                    const std::filesystem::path& folder = "/dev");

} // namespace kiosk
