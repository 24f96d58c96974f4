// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/device_messages.hpp"

namespace kiosk {

std::string_view name_of(DeviceKind kind) {
    switch (kind) { // no default: the compiler names the one we forgot
    case DeviceKind::Camera:
        return "camera";
    case DeviceKind::PageScanner:
        return "page-scanner";
    case DeviceKind::CodeReader:
        return "code-reader";
    case DeviceKind::CardReader:
        return "card-reader";
    }
    return "camera";
}

std::string_view name_of(DeviceState state) {
    switch (state) {
    case DeviceState::Absent:
        return "absent";
    case DeviceState::Ready:
        return "ready";
    case DeviceState::Working:
        return "working";
    case DeviceState::Busy:
        return "busy";
    case DeviceState::Denied:
        return "denied";
    case DeviceState::Jammed:
        return "jammed";
    case DeviceState::CoverOpen:
        return "cover-open";
    case DeviceState::NoPaper:
        return "no-paper";
    case DeviceState::Failed:
        return "failed";
    }
    return "failed";
}

} // namespace kiosk
