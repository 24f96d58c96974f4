// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/model/screens.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

enum class KeyDoes { Type, Space, Erase, Enter, Shift, Symbols, Script, Left, Right, Hide };

struct KeyCap {
    KeyDoes does = KeyDoes::Type;
    std::string types; ///< what it writes
    float width = 1;   ///< in units of a letter key
};
using KeyRow = std::vector<KeyCap>;

struct KeyboardState {
    Keyboard kind = Keyboard::Letters;
    std::string_view language = "it"; ///< of the visit: decides letters, their order and the decimal mark
    bool shift = false;
    bool symbols = false;
    bool latin = false; ///< Latin letters in a visit whose language has another script: names of streets, of people
    bool lines = false; ///< the field has several lines: there is an Enter
};

/// The keys to show, as they lie on the real keyboards of that country, from left to right. Everything that a person
/// writes in a form can be reached with at most two taps, accents with one.
[[nodiscard]] std::vector<KeyRow> key_rows(const KeyboardState& state);

/// Is there a choice between two scripts?
[[nodiscard]] bool has_own_script(std::string_view language);

} // namespace kiosk
