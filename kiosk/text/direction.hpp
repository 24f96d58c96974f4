// SPDX-License-Identifier: EUPL-1.2
#pragma once

namespace kiosk {

/// Which way lines run, and with them the whole layout of a screen.
enum class Direction { LeftToRight, RightToLeft };

} // namespace kiosk
