// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/app/device_orders.hpp"

#include "kiosk/model/overloaded.hpp"

#include <array>
#include <variant>

namespace kiosk {
namespace {

using Setting = std::string DeviceSettings::*;
constexpr std::array<Setting, 4> places{&DeviceSettings::camera, &DeviceSettings::page_scanner,
                                        &DeviceSettings::code_reader, &DeviceSettings::card_reader};

} // namespace

void DeviceOrders::give(const CaptureOrder& order) {
    std::visit(Overloaded{
                   [&](const StartCapture& start) {
                       chosen_ = start.device;
                       if (chosen_ == DeviceKind::Camera)
                           devices_.open_camera();
                       else
                           devices_.close_camera();
                       devices_.want_codes(chosen_ == DeviceKind::CodeReader);
                       devices_.want_cards(chosen_ == DeviceKind::CardReader);
                   },
                   [&](const TakePicture&) {
                       if (chosen_ == DeviceKind::Camera) devices_.take_photograph();
                       if (chosen_ == DeviceKind::PageScanner) devices_.scan_sheets(SheetSource::Glass);
                   },
                   [&](const StopCapture&) { devices_.forget(); },
                   [](const MakePaper&) {},
               },
               order);
}

DeviceSettings only_named(DeviceSettings settings) {
    for (const Setting place : places)
        if (settings.*place == "auto") settings.*place = "none";
    return settings;
}

bool any_wanted(const DeviceSettings& settings) {
    for (const Setting place : places)
        if (!(settings.*place).empty() && settings.*place != "none") return true;
    return false;
}

void FirstWords::heard(DeviceKind kind) {
    const std::lock_guard lock(mutex_);
    heard_.set(static_cast<std::size_t>(kind));
    if (heard_.all()) all_.notify_all();
}

bool FirstWords::all_within(std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex_);
    return all_.wait_for(lock, limit, [this] { return heard_.all(); });
}

} // namespace kiosk
