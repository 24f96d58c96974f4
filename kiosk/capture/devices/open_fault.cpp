// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/devices/open_fault.hpp"

#include <cerrno>

namespace kiosk {

DeviceState state_of_errno(int error) {
    switch (error) {
    case ENOENT:
    case ENODEV:
    case ENXIO:
        return DeviceState::Absent;
    case EACCES:
    case EPERM:
        return DeviceState::Denied;
    case EBUSY:
    case EWOULDBLOCK: // locked by another program
        return DeviceState::Busy;
    default:
        return DeviceState::Failed;
    }
}

} // namespace kiosk
