// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/model/settings.hpp"
#include "net/runtime/config.hpp"

namespace kiosk {

/// What the configuration of this terminal means for a visit.
[[nodiscard]] VisitSettings settings_of(const net::Config& config);

/// For a form's author, who takes all the time they need.
[[nodiscard]] VisitSettings settings_of_preview(VisitSettings settings);

} // namespace kiosk
