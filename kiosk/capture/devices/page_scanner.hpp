// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/capture/devices/device_thread.hpp"
#include "kiosk/capture/devices/outlet.hpp"
#include "kiosk/capture/helper_process.hpp"
#include "kiosk/capture/scanner_word.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace kiosk {

/// A flatbed or feeder. Its driver lives in sportello-scanner, one process an order: some end a thread in the middle of an
/// allocation when a scan is given up, after which nothing in that process can be relied on. The scanner is open only while
/// it scans, so that other programs and its own power saving have it in between.
class PageScanner {
public:
    /// `device`: "auto" or a name of SANE's. `options`: "name=value", set on top of our own (devices.page_scanner_options).
    /// `bus`: where files come and go when devices are plugged in.
    PageScanner(std::string device, std::vector<std::string> options, Outlet outlet,
                std::filesystem::path program = program_beside("sportello-scanner"),
                std::filesystem::path bus = "/dev/bus/usb");

    void scan(SheetSource source);
    void cancel();
    void tell_to_end() { thread_.tell_to_end(); }
    [[nodiscard]] bool ended_within(std::chrono::milliseconds limit) const { return thread_.ended_within(limit); }

private:
    enum class Order : std::uint8_t { None, Glass, Feeder };
    void run(DeviceThread& thread);
    [[nodiscard]] DeviceState scan_all(const DeviceThread& thread, const std::string& name, SheetSource source);
    [[nodiscard]] bool given_up(const DeviceThread& thread) const;

    const std::string device_;
    const std::vector<std::string> options_;
    const std::filesystem::path program_, bus_;
    Outlet outlet_; // the thread's
    std::atomic<Order> order_{Order::None};
    std::atomic<bool> cancelled_{false};
    DeviceThread thread_;
};

/// What `sportelloctl doctor` asks. Blocks, for seconds with some drivers, and at most a minute. A driver that crashes or
/// hangs has found nothing.
[[nodiscard]] ScannersFound find_page_scanners(const std::string& device,
                                               const std::filesystem::path& program = program_beside("sportello-scanner"));

} // namespace kiosk
