// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/a11y/tree.hpp"

#include <string>
#include <string_view>

namespace kiosk {

[[nodiscard]] std::string_view role_name(Role role); ///< "textField"; WAI-ARIA's spelling where it has the role

/// The tree as JSON: an array, one node a line, in reading order. Rectangles twice: in pixels, and in millimetres
/// with one decimal, because sizes on a kiosk are judged with a ruler. What is not set is left out.
/// Holds what the person typed: only for scripts and tests, never for a log.
[[nodiscard]] std::string tree_json(const ScreenTree& tree, float px_per_mm);

/// The tree for golden files: role, key, name and states, one node a line, without places and pixels, so that it is
/// the same with other fonts and drivers.
[[nodiscard]] std::string tree_text(const ScreenTree& tree);

} // namespace kiosk
