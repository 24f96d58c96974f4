// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/widgets/flow.hpp"

namespace kiosk {

/// Instances of a repeating group, or answers of a repeating question: one card each, with what can be done with it.
/// Where the author wants a table, a card shows its columns side by side, each under its own name.
void add_repeat(Flow& flow, const RepeatControl& control, Tongue tongue);

} // namespace kiosk
