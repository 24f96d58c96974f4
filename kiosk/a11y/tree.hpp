// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <string.h> // explicit_bzero
#include <string>
#include <vector>

namespace kiosk {

/// What a control is for the person who does not see it (names after WAI-ARIA 1.2 roles where one exists).
enum class Role {
    Heading,
    Text,
    Button,
    Link,
    Radio,
    CheckBox,
    TextField,
    SpinField,
    Slider,
    Key,
    List,
    ListItem,
    Image,
    Alert,
    Status,
    Dialog,
    Group,
    Progress,
    Tab
};

/// States are flags: a selected, disabled radio button has both.
struct NodeState {
    bool enabled = true;
    bool focused = false;
    bool selected = false; ///< radio button or check box that is on, chosen tab
    bool expanded = false;
    bool required = false;
    bool wrong = false; ///< has an error; `error` says which
    bool busy = false;
};

/// A rectangle on the glass, in pixels from the top left corner of the screen.
struct Rect {
    float x = 0, y = 0, width = 0, height = 0;
    [[nodiscard]] bool holds(float px, float py) const {
        return px >= x && px < x + width && py >= y && py < y + height;
    }
};

/// One thing on the screen, in reading order. Tests tap it by `key` or `name`, the voice reads it, keys and switches
/// walk it, golden files compare it (EN 301 549 clause 5.1.3: what is seen can be had without seeing).
struct Node {
    std::string key; ///< stable and unique on a screen: "receipt.done"; for a question "q:children[1]/name"
    Role role = Role::Text;
    std::string name;     ///< what is shown and what is spoken
    std::string value;    ///< what a field holds, as shown
    std::string help;     ///< hint that belongs to it
    std::string error;    ///< words of its error, when `state.wrong`
    std::string language; ///< BCP 47 tag of `name`
    NodeState state;
    bool focusable = false;  ///< a stop of the focus ring
    bool is_private = false; ///< never over the loudspeaker (EN 301 549 clause 5.1.3.9)
    int level = 0;           ///< of a heading, from 1
    Rect rect;

    /// What a person typed is in here, frame after frame: nothing of it stays in memory that is given back. So a node
    /// is copied and never moved, which would leave short texts behind.
    ~Node() {
        for (std::string* text : {&key, &name, &value, &help, &error})
            explicit_bzero(text->data(), text->capacity());
    }
};

using ScreenTree = std::vector<Node>;

} // namespace kiosk
