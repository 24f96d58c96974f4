// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/views/stage.hpp"

#include "kiosk/a11y/lookup.hpp"
#include "kiosk/views/views.hpp"
#include "kiosk/widgets/canvas.hpp"

#include <algorithm>
#include <utility>

namespace kiosk {
namespace {

std::string utf8(char32_t c) {
    std::string out;
    const auto put = [&](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0U | (c >> 6U));
        put(0x80U | (c & 0x3FU));
    } else if (c < 0x10000) {
        put(0xE0U | (c >> 12U));
        put(0x80U | ((c >> 6U) & 0x3FU));
        put(0x80U | (c & 0x3FU));
    } else {
        put(0xF0U | (c >> 18U));
        put(0x80U | ((c >> 12U) & 0x3FU));
        put(0x80U | ((c >> 6U) & 0x3FU));
        put(0x80U | (c & 0x3FU));
    }
    return out;
}

std::optional<EditCommand> editing(HandKey key) {
    switch (key) {
    case HandKey::Left:
        return EditCommand::Left;
    case HandKey::Right:
        return EditCommand::Right;
    case HandKey::WordLeft:
        return EditCommand::WordLeft;
    case HandKey::WordRight:
        return EditCommand::WordRight;
    case HandKey::Home:
        return EditCommand::Home;
    case HandKey::End:
        return EditCommand::End;
    case HandKey::Backspace:
        return EditCommand::Backspace;
    case HandKey::Delete:
        return EditCommand::Delete;
    case HandKey::SelectAll:
        return EditCommand::SelectAll;
    default:
        return std::nullopt;
    }
}

std::optional<FocusStep> walking(HandKey key) {
    switch (key) {
    case HandKey::Next:
        return FocusStep::Next;
    case HandKey::Previous:
        return FocusStep::Previous;
    case HandKey::Left:
        return FocusStep::Left;
    case HandKey::Right:
        return FocusStep::Right;
    case HandKey::Up:
        return FocusStep::Up;
    case HandKey::Down:
        return FocusStep::Down;
    default:
        return std::nullopt;
    }
}

void overwrite(std::string& text) {
    std::fill(text.begin(), text.end(), '\0');
    text.clear();
}

/// Errors, or advice, which stands in their place.
bool has_errors(const Picture& picture) {
    const auto* question = std::get_if<QuestionScreen>(&picture.screen);
    const auto* check = std::get_if<CheckScreen>(&picture.screen);
    const auto* proposal = std::get_if<ProposalScreen>(&picture.screen);
    const auto* list = std::get_if<ServicesScreen>(&picture.screen);
    if (proposal && !proposal->errors.empty()) return true;
    if (list && !list->told.empty()) return true;
    return (question && (!question->errors.empty() || !question->advice.empty())) || (check && !check->errors.empty());
}

} // namespace

namespace {

const Node* over_the_keys(const ScreenTree& tree, const Node* here, HandKey key, std::string_view field) {
    if (here == nullptr) return nullptr;
    // While the keys are hidden, the button that shows them lies in their place.
    const auto is_key = [](const Node& node) { return node.role == Role::Key || node.key == "key.show"; };
    if (key == HandKey::Down && here->role == Role::TextField) {
        const auto first = std::find_if(tree.begin(), tree.end(), is_key);
        return first == tree.end() ? nullptr : &*first;
    }
    if (key != HandKey::Up || !is_key(*here)) return nullptr;
    const auto above = [here, is_key](const Node& node) {
        return is_key(node) && node.rect.y + node.rect.height <= here->rect.y;
    };
    return std::any_of(tree.begin(), tree.end(), above) ? nullptr : find_key(tree, field);
}

bool move_on_scale(const Node& scale, HandKey key, const Picture& picture, Intents& intents) {
    const int forward = picture.direction == Direction::RightToLeft ? -1 : 1;
    switch (key) {
    case HandKey::Left:
        intents.push_back(AdjustNumber{scale.key, -forward});
        return true;
    case HandKey::Right:
        intents.push_back(AdjustNumber{scale.key, forward});
        return true;
    case HandKey::Home:
        intents.push_back(PlaceNumber{scale.key, 0});
        return true;
    case HandKey::End:
        intents.push_back(PlaceNumber{scale.key, 1});
        return true;
    default:
        return false;
    }
}

} // namespace

Colour background(const Picture& picture) { return inks(picture.theme, Surface::Page).fill; }

Stage::Stage(TextEngine& engine, Glass glass, Options options)
    : engine_(engine), glass_(glass), touch_(options.double_strike) {
    if (options.pictures != nullptr) shelf_.emplace(*options.pictures);
}

void Stage::keep_picture(std::string_view name, const Pixels& pixels) {
    if (shelf_) shelf_->put(name, pixels);
}

std::string Stage::name_of(const Picture& picture) {
    std::string name = std::to_string(picture.screen.index());
    if (const auto* question = std::get_if<QuestionScreen>(&picture.screen)) name += '/' + question->key;
    if (const auto* ways = std::get_if<WaysScreen>(&picture.screen)) name += '/' + ways->key;
    if (const auto* look = std::get_if<LookScreen>(&picture.screen)) name += '/' + look->key;
    if (picture.panel) name += '#' + std::to_string(picture.panel->index());
    return name;
}

bool Stage::in_text_field() const {
    const Node* node = find_key(tree_, focus_.key());
    return node && node->role == Role::TextField;
}

void Stage::activate(const std::string& key) {
    activated_ = key;
    tap_.reset();
}

bool Stage::press(std::string_view key) {
    const Node* node = find_key(tree_, key);
    if (!node || !node->focusable || !node->state.enabled) return false;
    focus_.put(key);
    activate(std::string(key));
    return true;
}

bool Stage::focus(std::string_view key) {
    if (!find_key(tree_, key)) return false;
    focus_.put(key);
    return true;
}

void Stage::take_key(const KeyStroke& stroke, const Picture& picture, Intents& intents) {
    const Node* here = find_key(tree_, focus_.key());
    const bool in_field = here && here->role == Role::TextField;
    const std::string& field = picture.panel ? panel_view_.active_field : view_.active_field;
    const bool lines = picture.panel ? panel_view_.active_lines : view_.active_lines;
    switch (stroke.key) {
    case HandKey::Help:
        (void)press("strip.help");
        return;
    case HandKey::Exit:
        (void)press("strip.exit");
        return;
    case HandKey::Close:
        if (picture.panel) (void)press("panel.close");
        return;
    case HandKey::Activate:
        focus_.show(true);
        if (in_field && lines)
            intents.push_back(Edit{field, EditCommand::Newline, false});
        else if (in_field)
            (void)press("next");
        else if (here && here->focusable)
            activate(here->key);
        return;
    case HandKey::Space:
        if (!in_field && here && here->focusable) {
            focus_.show(true);
            activate(here->key);
        }
        return;
    default:
        break;
    }
    // In a field the arrows move the caret, and Backspace finds the field from anywhere: there is one to type into.
    const bool wipes = stroke.key == HandKey::Backspace || stroke.key == HandKey::Delete;
    if (const auto command = editing(stroke.key); command && !field.empty() && (in_field || wipes)) {
        if (!in_field) focus_.put(field);
        intents.push_back(Edit{field, *command, stroke.extend});
        return;
    }
    // On a scale the arrows along it move the answer, as they move the caret in a field; up and down lead on.
    if (here && here->role == Role::Slider && move_on_scale(*here, stroke.key, picture, intents)) return;
    // Where a page has several fields, walking to the keys would pass the next field and write into that one: down
    // leads from a field straight to its keys, and up from their first row back.
    if (const Node* over = over_the_keys(tree_, here, stroke.key, field)) {
        focus_.put(over->key);
        focus_.show(true);
        return;
    }
    if (const auto step = walking(stroke.key)) focus_.step(tree_, *step, picture.direction);
}

void Stage::take_character(char32_t character, Intents& intents) {
    const std::string& field = view_.active_field;
    if (field.empty() || !find_key(tree_, field)) return;
    if (!in_text_field()) {
        if (character == U' ') return; // the key pressed a button already
        focus_.put(field);
    }
    intents.push_back(TypeText{field, utf8(character)});
}

void Stage::take(const HandInput& input, const Picture& picture, Intents& intents) {
    // Another screen came up since the last frame and nobody has seen it yet: a finger meant the old one and is not
    // heard, while letters go on to the new one as soon as it is drawn.
    waiting_.insert(waiting_.end(), input.typed.begin(), input.typed.end());
    if (name_of(picture) != shown_) return;
    const std::vector<Stroke> typed = std::exchange(waiting_, {});
    for (const Stroke& stroke : typed) {
        if (const auto* key = std::get_if<KeyStroke>(&stroke))
            take_key(*key, picture, intents);
        else
            take_character(std::get<char32_t>(stroke), intents);
    }
    if (input.pressed) {
        touch_.press(tree_, input.x, input.y);
        focus_.show(false);
    } else if (input.released) {
        if (auto key = touch_.release(tree_, input.x, input.y, input.now)) {
            const Node* node = find_key(tree_, *key);
            // Keys of the on-screen keyboard leave the focus in the field they write into.
            if (node && node->role != Role::Key) focus_.put(*key);
            activated_ = std::move(*key);
            tap_ = ImVec2{input.x, input.y};
        }
    } else {
        touch_.move(input.x, input.y);
    }
}

void Stage::draw(const Picture& picture, ImDrawList& list, Intents& intents) {
    engine_.begin_frame();
    const std::string name = name_of(picture);
    const std::string base = name.substr(0, name.find('#'));
    std::string wish = picture.focus_wish;
    if (name != shown_) {
        activated_.clear();
        tap_.reset();
        touch_.forget_press();
        const std::string base_before = shown_.substr(0, shown_.find('#'));
        const bool had_panel = base_before.size() != shown_.size();
        if (base != base_before) {
            view_.renew(base, wish);
            focus_behind_.clear();
        } else if (!had_panel && picture.panel) {
            focus_behind_ = focus_.key();
        }
        if (picture.panel) {
            panel_view_.renew(name, wish);
            if (wish.empty()) wish = main_button(*picture.panel);
        } else if (base == base_before && had_panel && !focus_behind_.empty()) {
            wish = std::exchange(focus_behind_, {});
        }
    }
    const bool wrong = has_errors(picture);
    if (wrong && !had_errors_) view_.pages.clear(); // errors stand on the first page
    had_errors_ = wrong;

    tree_.clear();
    Hands hands{focus_.key(), focus_.visible(), {}, std::exchange(activated_, {}), std::exchange(tap_, std::nullopt)};
    hands.held = held_;
    view_.focus_request.clear();
    panel_view_.focus_request.clear();
    const bool acted = !hands.activated.empty();
    {
        Canvas canvas({picture, engine_, list, glass_, view_, hands, tree_, intents, shelf_ ? &*shelf_ : nullptr});
        canvas.box({0, 0, glass_.width_px, glass_.height_px}, background(picture));
        canvas.set_inert(picture.panel.has_value());
        draw_screen(canvas);
        canvas.set_inert(false);
        if (!picture.panel) draw_strip(canvas);
        canvas.finish();
    }
    if (picture.panel) {
        Canvas canvas({picture, engine_, list, glass_, panel_view_, hands, tree_, intents, shelf_ ? &*shelf_ : nullptr});
        draw_panel(canvas, *picture.panel);
        draw_strip(canvas);
        canvas.finish();
    }

    shown_ = name;
    const std::string before = focus_.key();
    focus_.follow(tree_, name, wish);
    const std::string& request = picture.panel ? panel_view_.focus_request : view_.focus_request;
    if (!request.empty() && find_key(tree_, request)) focus_.put(request);
    std::string& soon = picture.panel ? panel_view_.focus_soon : view_.focus_soon;
    if (!soon.empty() && find_key(tree_, soon)) {
        focus_.put(soon);
        soon.clear();
    }
    held_ = touch_.held(tree_);
    restless_ = acted || focus_.key() != before;
}

void Stage::forget() {
    if (shelf_) shelf_->forget();
    for (Node& node : tree_)
        for (std::string* text : {&node.key, &node.name, &node.value, &node.help, &node.error})
            overwrite(*text);
    tree_.clear();
    for (ViewState* view : {&view_, &panel_view_}) {
        overwrite(view->code_text);
        overwrite(view->active_field);
        *view = {};
    }
    std::fill(waiting_.begin(), waiting_.end(), Stroke{char32_t{0}});
    waiting_.clear();
    focus_.forget();
    touch_.forget();
    overwrite(activated_);
    overwrite(held_);
    overwrite(focus_behind_);
    shown_.clear();
    had_errors_ = restless_ = false;
}

} // namespace kiosk
