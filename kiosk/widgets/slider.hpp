// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/widgets/flow.hpp"

#include <string>

namespace kiosk {

struct SliderSpec {
    std::string key;
    std::string label; ///< its name: drawn by the caller, above it
    std::string help, error;
    SliderControl control;
    Tongue tongue; ///< of the words at its ends
    bool required = false;
};

/// A scale with a thumb that a finger finds, the value in words above it, and minus and plus for whoever cannot hit a
/// place: a tap on the scale is enough, nothing has to be dragged (WCAG 2.2, 2.5.7). Without an answer there is no
/// thumb. Keys `key` + ".less" and ".more".
Piece& add_slider(Flow& flow, SliderSpec spec);

} // namespace kiosk
