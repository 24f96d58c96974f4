// SPDX-License-Identifier: EUPL-1.2
// What an opened scanner is set to.
#pragma once
#include "kiosk/capture/device_messages.hpp"

#include <string>
#include <vector>

namespace kiosk {

/// Grey, 8 bits, 200 dpi (or the nearest the scanner has), the largest area up to A4, the source; then what the
/// configuration sets by name ("name=value"). `dots_per_inch`: what the scanner was brought to.
enum class OptionsOutcome { Set, NoSuchSource, BadOption };
struct ScannerSettings {
    SheetSource source = SheetSource::Glass;
    std::vector<std::string> extra;
};
/// `handle`: a SANE_Handle. Thread: the one that owns SANE.
[[nodiscard]] OptionsOutcome set_options(void* handle, const ScannerSettings& settings, double& dots_per_inch);

} // namespace kiosk
