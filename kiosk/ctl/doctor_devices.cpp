// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/devices/card_reader.hpp"
#include "kiosk/capture/devices/code_reader.hpp"
#include "kiosk/capture/devices/frame_source.hpp"
#include "kiosk/capture/devices/page_scanner.hpp"
#include "kiosk/ctl/doctor_report.hpp"
#include "net/runtime/config.hpp"

#include <algorithm>

namespace kiosk {
namespace {

/// What to do, by what was found; the words before it say which device.
std::string advice(DeviceState state) {
    switch (state) { // no default: the compiler names the one we forgot
    case DeviceState::Absent:
        return "not found: check its cable and its name in the configuration";
    case DeviceState::Ready:
    case DeviceState::Working:
        return "opens";
    case DeviceState::Busy:
        return "held by another program (by sportello itself, when it runs)";
    case DeviceState::Denied:
        return "this user may not open it: install the device rules of packaging/devices, or add the user to its group";
    case DeviceState::Jammed:
        return "paper is jammed";
    case DeviceState::CoverOpen:
        return "its cover is open";
    case DeviceState::NoPaper:
        return "opens; its feeder is empty";
    case DeviceState::Failed:
        break;
    }
    return "does not work: unplug it, plug it in again, and look at the system's log";
}

/// A name that is not "auto" promises that the device is there.
void tell(Report& report, DeviceKind kind, const std::string& setting, DeviceState state, const std::string& which = {}) {
    if (state == DeviceState::Absent && setting == "auto")
        return report.line(true, name_of(kind), "none attached; people type instead");
    const bool fine = state == DeviceState::Ready || state == DeviceState::Busy || state == DeviceState::NoPaper;
    const std::string name = !which.empty() ? which : setting == "auto" ? std::string("the first one") : setting;
    report.line(fine, name_of(kind), name + " " + advice(state));
}

/// False, and a line that says so: not used on this terminal.
bool used(Report& report, DeviceKind kind, const std::string& setting) {
    if (setting != "none" && !setting.empty()) return true;
    report.line(true, name_of(kind), "not used here");
    return false;
}

std::string listed(const std::vector<std::string>& names) {
    std::string all;
    for (const std::string& name : names)
        all += (all.empty() ? "" : ", ") + name;
    return all;
}

void check_camera(Report& report, const std::string& setting) {
    if (!used(report, DeviceKind::Camera, setting)) return;
    const auto source = make_frame_source(setting);
    const auto opened = source->open(FrameUse::Preview);
    tell(report, DeviceKind::Camera, setting, opened.ok() ? DeviceState::Ready : opened.error());
}

void check_page_scanner(Report& report, const std::string& setting) {
    if (!used(report, DeviceKind::PageScanner, setting)) return;
    const ScannersFound found = find_page_scanners(setting);
    tell(report, DeviceKind::PageScanner, setting, found.state,
         setting == "auto" && !found.names.empty() ? found.names.front() : std::string());
    if (found.names.size() > 1 || (found.state == DeviceState::Absent && !found.names.empty()))
        report.line(true, "page-scanner", "SANE finds: " + listed(found.names));
}

void check_code_reader(Report& report, const std::string& setting) {
    if (!used(report, DeviceKind::CodeReader, setting)) return;
    const auto opened = open_code_reader(setting);
    tell(report, DeviceKind::CodeReader, setting, opened.ok() ? DeviceState::Ready : opened.error());
}

void check_card_reader(Report& report, const std::string& setting) {
    if (!used(report, DeviceKind::CardReader, setting)) return;
    const auto readers = card_readers();
    if (!readers)
        return report.line(setting == "auto", "card-reader",
                           "pcscd does not answer: install or start it, where there is a card reader");
    const auto chosen = std::find_if(readers->begin(), readers->end(), [&](const std::string& name) {
        return setting == "auto" || name.starts_with(setting);
    });
    if (chosen != readers->end()) return report.line(true, "card-reader", *chosen + " answers");
    tell(report, DeviceKind::CardReader, setting, DeviceState::Absent);
    if (!readers->empty()) report.line(true, "card-reader", "pcscd finds: " + listed(*readers));
}

} // namespace

void check_devices(Report& report, const net::DevicesConfig& devices) {
    check_camera(report, devices.camera);
    check_page_scanner(report, devices.page_scanner);
    check_code_reader(report, devices.code_reader);
    check_card_reader(report, devices.card_reader);
}

} // namespace kiosk
