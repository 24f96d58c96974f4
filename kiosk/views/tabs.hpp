// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/widgets/flow.hpp"

#include <vector>

namespace kiosk {

/// The sections that a person may go to in any order, side by side as far as their names fit, from start to end. The
/// one that is up is told by weight, frame and a bar under it. Nothing when there are no tabs.
void add_tabs(Flow& flow, const std::vector<Option>& tabs, Tongue tongue);

} // namespace kiosk
