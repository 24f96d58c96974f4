// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"
#include "net/runtime/source_date.hpp"

namespace net {

/// False for a wall clock that stands before this program was written: a terminal whose battery died begins in 1970,
/// and neither certificates nor dates on a receipt can be trusted then.
[[nodiscard]] constexpr bool plausible(forms::WallTime wall) {
    return wall >= source_date;
}

} // namespace net
