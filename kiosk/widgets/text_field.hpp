// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/widgets/flow.hpp"

#include <string>

namespace kiosk {

struct FieldSpec {
    std::string key;
    std::string label; ///< its name: drawn by the caller, above it
    std::string help, error;
    TextContent content;
    bool lines = false;
    std::string unit; ///< drawn after it
    Tongue unit_tongue;
    std::string page_key;       ///< of the piece that the field is a part of; empty: its own
    std::size_t characters = 0; ///< about so many fit: a field's width tells what belongs in it; 0: the whole width
    bool required = false;
    Role role = Role::TextField;
};

/// Our own field: the model owns text and caret, the text engine says where the caret stands in any script. A tap
/// places the caret, and from then on keys write here.
[[nodiscard]] float field_height(Canvas& canvas, const FieldSpec& spec);
[[nodiscard]] float field_width(Canvas& canvas, const FieldSpec& spec, float most);
void text_field(Canvas& canvas, const Rect& box, const FieldSpec& spec);
Piece& add_field(Flow& flow, FieldSpec spec);

} // namespace kiosk
