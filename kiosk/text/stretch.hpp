// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstddef>

namespace kiosk {

/// Bytes of a text that are said with weight. Emphasis is drawn as weight too: slanted letters are hard to read for
/// people with poor sight, and Arabic has none.
struct Stretch {
    std::size_t begin = 0, end = 0;
    bool operator==(const Stretch&) const = default;
};

} // namespace kiosk
