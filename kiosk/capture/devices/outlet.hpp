// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/capture/devices/devices.hpp"

#include <optional>

namespace kiosk {

/// How a device's thread speaks: each change of state once, to the screen and to the log; the log hears what happened,
/// never what was read. Thread: the device's.
class Outlet {
public:
    Outlet(DeviceKind device, PostDeviceMessage post, net::EventLog& log);

    /// Posted only where it differs from the last one.
    void say(DeviceState state);
    /// The end of an order: posted even if nothing changed.
    void answer(DeviceState state);
    void post(DeviceMessage message) { post_(std::move(message)); }
    void dropped_code(std::size_t bytes);
    void card_not_read(CardNotRead::Why why);

private:
    DeviceKind device_;
    PostDeviceMessage post_;
    net::EventLog& log_;
    std::optional<DeviceState> said_;
};

} // namespace kiosk
