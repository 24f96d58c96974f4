// SPDX-License-Identifier: EUPL-1.2
// Inside kiosk/ctl only: how the doctor says what it finds.
#pragma once
#include <iosfwd>
#include <string>
#include <string_view>

namespace net {
struct Config;
struct DevicesConfig;
}

namespace kiosk {

class Report {
public:
    Report(std::ostream& out, bool json) : out_(out), json_(json) {}

    void line(bool fine, std::string_view what, const std::string& words);
    [[nodiscard]] int result() const { return all_fine_ ? 0 : 1; }

private:
    std::ostream& out_;
    bool json_;
    bool all_fine_ = true;
};

/// Lists the devices and tries each. One that nobody named and that is not there is fine: people type instead.
void check_devices(Report& report, const net::DevicesConfig& devices);

/// Reads the whole audit log: what is broken in it, or why the sender refuses to record, each with its place and remedy.
void check_audit(Report& report, const net::Config& config);

} // namespace kiosk
