// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/app/terminal.hpp"

#include "kiosk/model/paper_kinds.hpp"
#include "kiosk/widgets/canvas.hpp"

#include <algorithm>
#include <array>
#include <imgui.h>
#include <string.h> // explicit_bzero
#include <variant>

namespace kiosk {
namespace {

/// What the keys of a keyboard mean here. A key that means nothing is not an event of this program at all.
std::optional<KeyStroke> meaning_of(const KeyPressed& pressed) {
    const bool shift = pressed.modifiers.shift;
    const bool control = pressed.modifiers.control;
    if (pressed.modifiers.alt) return std::nullopt;
    const auto stroke = [shift](HandKey key) { return KeyStroke{key, shift}; };
    switch (pressed.key) {
    case Key::Tab:
        return KeyStroke{shift ? HandKey::Previous : HandKey::Next, false};
    case Key::Enter:
        return KeyStroke{HandKey::Activate, false};
    case Key::Space:
        return KeyStroke{HandKey::Space, false};
    case Key::Escape:
        return KeyStroke{HandKey::Close, false};
    case Key::Left:
        return stroke(control ? HandKey::WordLeft : HandKey::Left);
    case Key::Right:
        return stroke(control ? HandKey::WordRight : HandKey::Right);
    case Key::Up:
        return stroke(HandKey::Up);
    case Key::Down:
        return stroke(HandKey::Down);
    case Key::Home:
        return stroke(HandKey::Home);
    case Key::End:
        return stroke(HandKey::End);
    case Key::Backspace:
        return KeyStroke{HandKey::Backspace, false};
    case Key::Delete:
        return KeyStroke{HandKey::Delete, false};
    case Key::A:
        if (control) return KeyStroke{HandKey::SelectAll, false};
        return std::nullopt;
    case Key::F1: // the two keys of a tactile strip that are always the same
        return KeyStroke{HandKey::Help, false};
    case Key::F12:
        return KeyStroke{HandKey::Exit, false};
    default:
        return std::nullopt;
    }
}

HandInput hands_of(const FrameInput& input) {
    HandInput hands;
    for (const Typed& typed : input.typed) {
        if (const auto* character = std::get_if<CharacterTyped>(&typed))
            hands.typed.emplace_back(character->character);
        else if (const auto stroke = meaning_of(std::get<KeyPressed>(typed)))
            hands.typed.emplace_back(*stroke);
    }
    hands.x = input.pointer.position.x;
    hands.y = input.pointer.position.y;
    hands.pressed = input.pointer.pressed;
    hands.released = input.pointer.released;
    hands.now = input.now;
    return hands;
}

/// Short texts lived in the stack frames of this visit's calls: the part of the stack that the next calls will use is
/// overwritten. Called from the loop, so it starts where they started.
[[gnu::noinline]] void scrub_stack() {
    std::array<char, 192U << 10> below; // NOLINT: meant to be uninitialised
    explicit_bzero(below.data(), below.size());
}

} // namespace

ImU32 Terminal::background_colour() { return packed(background(p_.visit.picture())); }

void Terminal::hear() {
    for (const News& news : p_.news.take()) {
        if (p_.measure != nullptr && std::holds_alternative<RequestKept>(news)) p_.measure->kept();
        if (const auto* const capture = std::get_if<CaptureNews>(&news)) show_pictures(*capture);
        p_.visit.hear(news);
    }
}

/// Pixels go to the glass and nowhere else: the model knows their names.
void Terminal::show_pictures(const CaptureNews& news) {
    const auto* const frame = std::get_if<FrameSeen>(&news);
    if (frame != nullptr && frame->picture && p_.visit.looking()) {
        p_.stage.keep_picture("look", *frame->picture);
        p_.frames.ask();
    }
    const auto* const read = std::get_if<PageRead>(&news);
    if (read != nullptr && read->page && p_.visit.takes_sheets())
        p_.stage.keep_picture(picture_name(read->number), read->page->small);
}

void Terminal::post() {
    for (Order& order : p_.visit.take_orders()) {
        if (p_.measure != nullptr && std::holds_alternative<KeepRequest>(order)) p_.measure->keep_asked();
        p_.post(std::move(order));
    }
}

void Terminal::apply(Intents& intents) {
    for (const Intent& intent : intents)
        p_.visit.apply(intent);
    intents.clear();
}

void Terminal::frame(const FrameInput& input) {
    if (!input.typed.empty() || input.pointer.pressed || input.pointer.released) p_.visit.touched();
    Intents intents;
    p_.stage.take(hands_of(input), p_.visit.picture(), intents);
    apply(intents); // what was typed is in the picture that is drawn now
    const Picture& picture = p_.visit.picture();
    drawn_version_ = picture.version;
    p_.stage.draw(picture, *ImGui::GetBackgroundDrawList(), intents);
    apply(intents);
}

void Terminal::turn(std::optional<forms::BootTime> until) {
    std::optional<forms::BootTime> deadline = p_.visit.next_deadline();
    if (until) deadline = deadline ? std::min(*deadline, *until) : *until;
    p_.frames.wait(deadline);
    hear();
    p_.visit.tick();
    log_troubles();
    post();
    if (p_.visit.picture().version != drawn_version_) p_.frames.ask();
    if (!p_.frames.due()) return;
    std::size_t keys = 0;
    if (p_.measure != nullptr) p_.measure->frame_begins();
    p_.frames.draw(
        [&](const FrameInput& input) {
            keys = input.typed.size();
            frame(input);
        },
        background_colour());
    ++frames_drawn_;
    if (p_.measure != nullptr) {
        const bool usable = std::ranges::any_of(tree(), &Node::focusable);
        p_.measure->frame_presented(keys, usable, std::holds_alternative<QuestionScreen>(picture().screen));
    }
    if (p_.stage.restless()) p_.frames.ask(1);
    if (p_.visit.picture().version == drawn_version_) p_.visit.presented();
    log_troubles();
    wipe_if_due();
    post();
    if (p_.visit.picture().version != drawn_version_) p_.frames.ask();
}

/// An item that stays empty without a reason anybody could see: for the form's author, by place. `form` is the
/// beginning of the SHA-256 of its bytes.
void Terminal::log_troubles() {
    using forms::fhirpath::Trouble;
    for (const Visit::FormTrouble& trouble : p_.visit.take_troubles()) {
        const bool spent = trouble.what.trouble == Trouble::StepsSpent || trouble.what.trouble == Trouble::TimeSpent ||
                           trouble.what.trouble == Trouble::TooDeep;
        net::ShortHash form;
        std::copy_n(trouble.form.begin(), form.bytes.size(), form.bytes.begin());
        const std::int64_t item =
            trouble.what.item == forms::Formula::whole_form ? -1 : static_cast<std::int64_t>(trouble.what.item);
        p_.log.write(spent ? net::LogEvent::ExpressionOverBudget : net::LogEvent::ExpressionFailed,
                     {{"form", form},
                      {"item", item},
                      {"kind", static_cast<std::int64_t>(trouble.what.kind)},
                      {"trouble", static_cast<std::int64_t>(trouble.what.trouble)}});
    }
}

/// The neutral screen is on the glass; now nothing of the visit stays behind it.
void Terminal::wipe_if_due() {
    if (p_.visit.visits_started() != visits_seen_) {
        visits_seen_ = p_.visit.visits_started();
        p_.log.write(net::LogEvent::VisitStarted);
    }
    if (p_.visit.wipes() == wipes_seen_) return;
    wipes_seen_ = p_.visit.wipes();
    p_.input.forget();
    p_.stage.forget();
    p_.engine.forget();
    p_.frames.renew();
    p_.display.wipe(background_colour());
    scrub_stack();
    p_.frames.ask();
    p_.log.write(net::LogEvent::VisitEnded);
}

void Terminal::push(InputEvent event) {
    const bool key =
        std::holds_alternative<KeyPressed>(event.what) || std::holds_alternative<CharacterTyped>(event.what);
    if (p_.measure != nullptr && key) p_.measure->key_pushed();
    p_.input.push(event);
}

bool Terminal::settled() { return !p_.frames.due() && p_.visit.picture().version == drawn_version_; }

Picture24 Terminal::shot() {
    return p_.frames.picture(
        [this](const FrameInput&) {
            Intents none;
            p_.stage.draw(p_.visit.picture(), *ImGui::GetBackgroundDrawList(), none);
        },
        background_colour());
}

} // namespace kiosk
