// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/devices/outlet.hpp"

#include <utility>

namespace kiosk {

using net::LogEvent;

Outlet::Outlet(DeviceKind device, PostDeviceMessage post, net::EventLog& log)
    : device_(device), post_(std::move(post)), log_(log) {}

void Outlet::say(DeviceState state) {
    if (said_ != state) answer(state);
}

void Outlet::answer(DeviceState state) {
    const bool new_to_the_log = said_ != state && state != DeviceState::Working;
    said_ = state;
    if (new_to_the_log) {
        const LogEvent event = state == DeviceState::Ready    ? LogEvent::DeviceReady
                               : state == DeviceState::Absent ? LogEvent::DeviceAbsent
                                                              : LogEvent::DeviceTrouble;
        log_.write(event, {{"device", static_cast<std::int64_t>(device_)}, {"state", static_cast<std::int64_t>(state)}});
    }
    post_(DeviceChanged{device_, state});
}

void Outlet::dropped_code(std::size_t bytes) {
    log_.write(LogEvent::CodeDropped, {{"bytes", static_cast<std::int64_t>(bytes)}});
    post_(TextScanned{});
}

void Outlet::card_not_read(CardNotRead::Why why) {
    log_.write(LogEvent::CardNotRead, {{"why", static_cast<std::int64_t>(why)}});
    post_(CardNotRead{why});
}

} // namespace kiosk
