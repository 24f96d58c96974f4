// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/widgets/flow.hpp"

#include <string>

namespace kiosk {

/// A text of the form with its lists and stressed words; what it is for stands over it, by icon and word. Nodes are
/// `key`.0, `key`.1 … and `key`.label.
void add_text_block(Flow& flow, const std::string& key, const TextBlock& block, Tongue tongue, Type type = Type::Body);

} // namespace kiosk
