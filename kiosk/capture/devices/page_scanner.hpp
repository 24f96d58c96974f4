// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/capture/devices/device_thread.hpp"
#include "kiosk/capture/devices/outlet.hpp"

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

namespace kiosk {

/// A flatbed or feeder, through SANE. SANE is not made for several threads: one of these at a time in a process. The
/// scanner is open only while it scans, so that other programs and its own power saving have it in between.
class PageScanner {
public:
    /// `device`: "auto" or a name of SANE's. `options`: "name=value", set on top of our own (devices.page_scanner_options).
    PageScanner(std::string device, std::vector<std::string> options, Outlet outlet);

    void scan(SheetSource source);
    void cancel();
    void tell_to_end() { thread_.tell_to_end(); }
    [[nodiscard]] bool ended_within(std::chrono::milliseconds limit) const { return thread_.ended_within(limit); }

private:
    enum class Order : std::uint8_t { None, Glass, Feeder };
    void run(DeviceThread& thread);
    void work(DeviceThread& thread);
    [[nodiscard]] std::string find() const; ///< empty: none
    [[nodiscard]] DeviceState scan_all(const DeviceThread& thread, const std::string& name, SheetSource source);
    [[nodiscard]] bool given_up(const DeviceThread& thread) const;

    const std::string device_;
    const std::vector<std::string> options_;
    Outlet outlet_; // the thread's
    std::atomic<Order> order_{Order::None};
    std::atomic<bool> cancelled_{false};
    DeviceThread thread_;
};

/// What `sportelloctl doctor` asks: the scanners that are found, as SANE names them, and how the one that would be used
/// opens. Blocks, for seconds with some drivers. Never beside a `PageScanner` in the same program.
struct ScannersFound {
    std::vector<std::string> names;
    DeviceState state = DeviceState::Absent;
};
[[nodiscard]] ScannersFound try_page_scanner(const std::string& device);

} // namespace kiosk
