// SPDX-License-Identifier: EUPL-1.2
// Inside kiosk/capture/devices only.
#pragma once
#include "kiosk/capture/device_messages.hpp"

namespace kiosk {

/// What an `errno` of opening or asking a device says about it.
[[nodiscard]] DeviceState state_of_errno(int error);

} // namespace kiosk
