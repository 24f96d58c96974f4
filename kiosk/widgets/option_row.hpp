// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/widgets/flow.hpp"

#include <functional>
#include <string>

namespace kiosk {

enum class Mark {
    Radio, ///< one of several
    Check, ///< several of several
    Arrow, ///< leads on: a service, a hit of a search, a language
};

struct RowSpec {
    std::string key, text, detail; ///< detail: a second, quieter line, in the same tongue
    std::string note;              ///< a third, in the language of the visit
    Tongue tongue;                 ///< of `text`
    Mark mark = Mark::Radio;
    bool selected = false;
    bool strong = false;        ///< text in bold, detail below: a list of things to enter
    bool detail_beside = false; ///< on the same line while it fits: a long list shows more of itself
    bool by_content = false;    ///< the text is a name from a list, in its own direction
    std::string help;           ///< said with it: the question, where a page asks several
};

/// A whole row is the target. Chosen is told by mark, frame and ground, never by colour alone.
[[nodiscard]] float row_width(Canvas& canvas, const RowSpec& spec); ///< with its text on one line
[[nodiscard]] float row_height(Canvas& canvas, const RowSpec& spec, float width);
bool row(Canvas& canvas, const Rect& box, const RowSpec& spec);
/// The circle or the box alone, as large as it is given.
void draw_mark(Canvas& canvas, const Rect& at, Mark mark, bool selected, Surface surface);
Piece& add_row(Flow& flow, RowSpec spec, std::function<void()> then);

} // namespace kiosk
