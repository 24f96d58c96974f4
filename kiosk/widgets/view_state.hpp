// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/model/screens.hpp"
#include "kiosk/widgets/qr_code.hpp"

#include <imgui.h>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk {

/// What belongs to looking and not to the answers: which page of a long list is up, which letters the keyboard shows.
/// Owned by the stage, renewed when another screen or panel is shown, wiped with the visit.
struct ViewState {
    std::string screen;                                    ///< what the rest belongs to
    std::map<std::string, std::size_t, std::less<>> pages; ///< by the name of the list
    std::string active_field;                              ///< the field that keys write into
    bool active_lines = false;                             ///< it has several lines: Enter breaks the line
    bool shift = false, symbols = false, latin = false;    ///< of the on-screen keyboard
    bool keyboard_hidden = false;
    bool keyboard_waits = false; ///< hidden until a field is touched: a page with several questions shows them first
    std::string open_list;       ///< key of the folded list that is open
    std::string focus_request; ///< set by a widget: this key gets the focus next
    std::string focus_soon;    ///< likewise, as soon as there is such a key: it comes up with the answer
    std::string wish;          ///< the key whose page is to be shown first
    std::string code_text;     ///< the text of `code`, which is slow to make
    QrModules code;

    void renew(std::string_view shown, std::string_view wished) {
        const bool keep_latin = latin;
        *this = {};
        screen = shown;
        wish = wished;
        latin = keep_latin;
    }
};

/// What the hands did, as the stage understood it from the last frame's tree.
struct Hands {
    std::string focused;
    bool ring_visible = false;
    std::string held;          ///< drawn as pressed
    std::string activated;     ///< tapped, or Enter on it: acts in this frame
    std::optional<ImVec2> tap; ///< where the finger was, when it was a finger
};

} // namespace kiosk
