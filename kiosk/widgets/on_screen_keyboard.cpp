// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/widgets/on_screen_keyboard.hpp"

#include "kiosk/widgets/button.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

namespace kiosk {
namespace {

constexpr float comfortable_mm = 15, usual_height_mm = 18, key_gap_mm = 2.6F, panel_pad_mm = 4, widest_pad_key_mm = 32;
constexpr float label_edge_mm = 1; ///< left free at each side of a label

bool is_pad(Keyboard kind) {
    return kind == Keyboard::Digits || kind == Keyboard::Decimal || kind == Keyboard::Date || kind == Keyboard::Phone;
}

float units(const KeyRow& row) {
    return std::accumulate(row.begin(), row.end(), 0.0F, [](float sum, const KeyCap& key) { return sum + key.width; });
}

KeyboardState state_of(Canvas& canvas, Keyboard kind, bool lines) {
    const ViewState& view = canvas.view;
    return {kind, canvas.picture.language, view.shift, view.symbols, view.latin, lines};
}

/// Rows that would get too narrow keys are broken in two.
std::vector<KeyRow> fitting_rows(Canvas& canvas, const KeyboardState& state, float width) {
    std::vector<KeyRow> rows = key_rows(state);
    const float room = width - 2 * canvas.px(panel_pad_mm);
    std::vector<KeyRow> fitted;
    for (KeyRow& row : rows) {
        const float needed = units(row) * canvas.px(comfortable_mm + key_gap_mm) - canvas.px(key_gap_mm);
        const bool only_letters =
            std::all_of(row.begin(), row.end(), [](const KeyCap& key) { return key.does == KeyDoes::Type; });
        if (needed <= room || row.size() <= 10 || !only_letters) {
            fitted.push_back(std::move(row));
            continue;
        }
        const auto half = static_cast<KeyRow::difference_type>((row.size() + 1) / 2);
        fitted.emplace_back(row.begin(), row.begin() + half);
        fitted.emplace_back(row.begin() + half, row.end());
    }
    return fitted;
}

/// A long row of accents gets narrower keys of its own; it does not make all others narrow.
constexpr float usual_units = 11;
float widest(const std::vector<KeyRow>& rows) {
    float most = 1;
    for (const KeyRow& row : rows)
        if (units(row) <= usual_units) most = std::max(most, units(row));
    return most;
}

/// Width of a one-unit key, gap not included.
float unit_px(Canvas& canvas, const std::vector<KeyRow>& rows, Keyboard kind, float width) {
    const float gap = canvas.px(key_gap_mm);
    const float room = width - 2 * canvas.px(panel_pad_mm);
    const float unit = (room + gap) / widest(rows) - gap;
    return is_pad(kind) ? std::min(unit, canvas.px(widest_pad_key_mm)) : unit;
}

float panel_height(Canvas& canvas, std::size_t rows, float key_mm) {
    const auto count = static_cast<float>(rows);
    return canvas.px(count * key_mm + (count - 1) * key_gap_mm + 2 * panel_pad_mm);
}

struct Face {
    std::string key, name, shown;
    std::optional<Icon> icon;
    bool special = true;
    bool on = false;
};

Face face_of(Canvas& canvas, const KeyCap& cap) {
    const KeyboardWords& words = canvas.picture.keyboard;
    const ViewState& view = canvas.view;
    switch (cap.does) {
    case KeyDoes::Type:
        return {"key." + cap.types, cap.types, cap.types, std::nullopt, false, false};
    case KeyDoes::Space:
        return {"key.space", words.space, words.space, std::nullopt, false, false};
    case KeyDoes::Erase:
        return {"key.erase", words.erase, {}, Icon::Erase, true, false};
    case KeyDoes::Enter:
        return {"key.enter", words.enter, {}, Icon::Enter, true, false};
    case KeyDoes::Shift:
        return {"key.shift", words.shift, {}, Icon::Shift, true, view.shift};
    case KeyDoes::Symbols:
        return {"key.symbols",
                view.symbols ? words.letters : words.symbols,
                view.symbols ? "Abc" : "?123",
                std::nullopt,
                true,
                false};
    case KeyDoes::Script:
        return {"key.script", view.latin ? "ع" : "Abc", view.latin ? "ع" : "Abc", std::nullopt, true, false};
    case KeyDoes::Left:
        return {"key.left", words.left, {}, Icon::ArrowBack, true, false};
    case KeyDoes::Right:
        return {"key.right", words.right, {}, Icon::ArrowForward, true, false};
    case KeyDoes::Hide:
        return {"key.hide", words.hide, {}, Icon::KeyboardHide, true, false};
    }
    return {};
}

void strike(Canvas& canvas, const KeyCap& cap) {
    ViewState& view = canvas.view;
    const std::string& field = view.active_field;
    const auto write = [&](std::string text) {
        if (!field.empty()) canvas.intents.push_back(TypeText{field, std::move(text)});
    };
    const auto edit = [&](EditCommand command) {
        if (!field.empty()) canvas.intents.push_back(Edit{field, command, false});
    };
    switch (cap.does) {
    case KeyDoes::Type:
        write(cap.types);
        view.shift = false; // for one letter: there is no lock to forget
        break;
    case KeyDoes::Space:
        write(" ");
        break;
    case KeyDoes::Erase:
        edit(EditCommand::Backspace);
        break;
    case KeyDoes::Enter:
        edit(EditCommand::Newline);
        break;
    case KeyDoes::Shift:
        view.shift = !view.shift;
        break;
    case KeyDoes::Symbols:
        view.symbols = !view.symbols;
        view.shift = false;
        break;
    case KeyDoes::Script:
        view.latin = !view.latin;
        view.shift = false;
        break;
    case KeyDoes::Left:
        edit(EditCommand::Left);
        break;
    case KeyDoes::Right:
        edit(EditCommand::Right);
        break;
    case KeyDoes::Hide:
        view.keyboard_hidden = true;
        view.focus_request = view.active_field;
        break;
    }
}

// What is not a word is read from left to right in every language: "?123", ".com".
const Layout& label_of(Canvas& canvas, const KeyCap& cap, const Face& face, Type type) {
    LayOptions options;
    options.by_content = cap.does == KeyDoes::Type;
    if (cap.does == KeyDoes::Symbols) options.tongue = {"it", Direction::LeftToRight};
    return canvas.lay(face.shown, type, 0, options);
}

bool has_room(Canvas& canvas, const Layout& label, float width, float height) {
    return label.width() <= width - 2 * canvas.px(label_edge_mm) && label.height() <= height;
}

/// All letters of a board are as large as each other: as large as the one that needs the most room may be.
Type letters_of(Canvas& canvas, const std::vector<KeyRow>& rows, float unit, float height) {
    const auto all_fit = [&](Type type) {
        for (const KeyRow& row : rows)
            for (const KeyCap& cap : row) {
                if (cap.does != KeyDoes::Type || cap.width > 1) continue;
                const Face face = face_of(canvas, cap);
                if (!face.icon && !has_room(canvas, label_of(canvas, cap, face, type), unit, height)) return false;
            }
        return true;
    };
    return all_fit(Type::Strong) ? Type::Strong : all_fit(Type::CaptionStrong) ? Type::CaptionStrong : Type::Caption;
}

void draw_key(Canvas& canvas, const Rect& box, const KeyCap& cap, Type letters) {
    const Face face = face_of(canvas, cap);
    const bool held = canvas.held(face.key);
    const Surface surface = held           ? Surface::KeyPressed
                            : face.on      ? Surface::Selected
                            : face.special ? Surface::Soft
                                           : Surface::Key;
    const float corner = canvas.px(corner_mm);
    canvas.box(box, canvas.fill(surface), corner);
    canvas.frame(box, canvas.ink({surface, &Inks::line}), canvas.px(face.on ? thick_mm : thin_mm), corner);
    if (face.icon) {
        const float size = std::min({box.height * 0.5F, box.width * 0.6F, canvas.grown(8)});
        canvas.icon(*face.icon, {box.x + (box.width - size) / 2, box.y + (box.height - size) / 2, size, size},
                    canvas.ink({surface, &Inks::accent}), 2.2F);
    } else {
        // A key as high as the panel allows keeps its letter inside, even when the person reads extra-large letters.
        const Layout* label = &label_of(canvas, cap, face, cap.does == KeyDoes::Type ? letters : Type::CaptionStrong);
        if (!has_room(canvas, *label, box.width, box.height)) label = &label_of(canvas, cap, face, Type::Caption);
        const Rect place = canvas.on_glass(box);
        ImDrawList& list = canvas.list();
        list.PushClipRect({place.x, place.y}, {place.x + place.width, place.y + place.height}, true);
        canvas.engine().draw(list,
                             {std::round(place.x + (place.width - label->width()) / 2),
                              std::round(place.y + (place.height - label->height()) / 2)},
                             *label, packed(canvas.ink({surface, &Inks::text})));
        list.PopClipRect();
    }
    Node node;
    node.key = face.key;
    node.role = Role::Key;
    node.name = face.name;
    node.state.selected = face.on;
    if (canvas.control(std::move(node), box)) strike(canvas, cap);
}

void draw_keys(Canvas& canvas, const Rect& box, const std::vector<KeyRow>& rows, Keyboard kind) {
    const bool mirrored = canvas.mirrored();
    const Rect panel = canvas.on_glass(box);
    canvas.set_mirrored(false);
    const float gap = canvas.px(key_gap_mm);
    const float pad = canvas.px(panel_pad_mm);
    const float unit = unit_px(canvas, rows, kind, box.width);
    const float whole = widest(rows) * (unit + gap) - gap;
    Rect ground = panel;
    if (is_pad(kind)) {
        ground.width = whole + 2 * pad;
        if (mirrored) ground.x = panel.x + panel.width - ground.width;
    }
    canvas.box(ground, canvas.fill(Surface::Soft), canvas.px(corner_mm));
    canvas.frame(ground, divider(canvas.picture.theme), canvas.px(thin_mm), canvas.px(corner_mm));
    const auto count = static_cast<float>(rows.size());
    const float height = (panel.height - 2 * pad - (count - 1) * gap) / count;
    const Type letters = letters_of(canvas, rows, unit, height);
    float y = panel.y + pad;
    for (const KeyRow& row : rows) {
        const float in_row = std::min(unit, (whole + gap) / units(row) - gap);
        const float row_width = units(row) * (in_row + gap) - gap;
        float x = ground.x + (ground.width - row_width) / 2;
        for (const KeyCap& cap : row) {
            const float width = cap.width * (in_row + gap) - gap;
            draw_key(canvas, {x, y, width, height}, cap, letters);
            x += width + gap;
        }
        y += height + gap;
    }
    canvas.set_mirrored(mirrored);
}

} // namespace

bool keyboard_is_comfortable(Canvas& canvas, Keyboard kind, float width) {
    const KeyboardState state = state_of(canvas, kind, false);
    return unit_px(canvas, fitting_rows(canvas, state, width), kind, width) >= canvas.px(comfortable_mm) - 0.5F;
}

KeyPanel on_screen_keyboard(Canvas& canvas, Keyboard kind, bool lines, float width) {
    KeyPanel keyboard;
    if (canvas.view.keyboard_hidden) {
        ButtonSpec spec;
        spec.key = "key.show";
        spec.label = canvas.picture.keyboard.show;
        spec.icon = Icon::Keyboard;
        const float wide = std::min(width, button_width(canvas, spec));
        keyboard.height = keyboard.least = button_height(canvas, spec, wide);
        keyboard.draw = [&canvas, spec, wide](const Rect& box) {
            if (button(canvas, {box.x, box.y, wide, box.height}, spec)) {
                canvas.view.keyboard_hidden = false;
                canvas.view.focus_request = canvas.view.active_field;
            }
        };
        return keyboard;
    }
    auto rows = fitting_rows(canvas, state_of(canvas, kind, lines), width);
    keyboard.height =
        panel_height(canvas, rows.size(), usual_height_mm * std::max(1.0F, growth(canvas.picture.text_size) * 0.9F));
    keyboard.least = panel_height(canvas, rows.size(), touch_size::minimum + 0.1F);
    keyboard.draw = [&canvas, rows = std::move(rows), kind](const Rect& box) { draw_keys(canvas, box, rows, kind); };
    return keyboard;
}

} // namespace kiosk
