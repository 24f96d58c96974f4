// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/views/errors.hpp"

#include "kiosk/text/one_piece.hpp"
#include "kiosk/widgets/button.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace kiosk {
namespace {

float icon_size(Canvas& canvas, Type type) { return canvas.px(cap_mm(canvas.picture.text_size, type)) * 1.5F; }

/// Icon and title of a box, as the node that says all that is in it.
void add_title(Flow& flow, Icon icon, const std::string& title, Node node, Surface ground, Colour Inks::*colour) {
    Canvas& canvas = flow.canvas();
    const float size = icon_size(canvas, Type::Subheading);
    const float room = size + canvas.px(space::small);
    const Layout& words = canvas.lay(title, Type::Subheading, flow.inner_width() - room);
    node.role = Role::Alert;
    node.name = title;
    flow.add(std::max(size, words.height()),
             [&canvas, &words, icon, size, room, ground, colour, node](const Rect& box, std::size_t, std::size_t) {
                 const Ink ink{ground, colour};
                 canvas.icon(icon, {box.x, box.y + (box.height - size) / 2, size, size}, canvas.ink(ink), 2.3F);
                 canvas.text(words, box.x + room, box.y + (box.height - words.height()) / 2, ink);
                 canvas.say(node, box);
             })
        .keep = true;
}

/// "Stanze: scrivi …": a question that ends with a sign of its own needs no colon.
std::string whole_words(const std::string& question, const std::string& text, Direction sentence) {
    if (question.empty()) return text;
    constexpr std::array<std::string_view, 7> signs = {"?", "!", ".", ":", "…", "؟", "。"};
    const bool signed_off = std::any_of(signs.begin(), signs.end(),
                                        [&question](std::string_view sign) { return question.ends_with(sign); });
    std::string whole;
    append_in_one_piece(whole, question, sentence);
    whole += signed_off ? " " : ": ";
    append_in_one_piece(whole, text, sentence);
    return whole;
}

} // namespace

void add_error_list(Flow& flow, ListKind kind, const std::string& title, const std::vector<ErrorLine>& lines,
                    Tongue of_form, std::function<void(const ErrorLine&)> go) {
    if (lines.empty()) return;
    Canvas& canvas = flow.canvas();
    const bool errors = kind == ListKind::Errors;
    const Surface ground = errors ? Surface::Error : Surface::Soft;
    const auto colour = errors ? &Inks::danger : &Inks::accent;
    flow.begin_inset(ground, canvas.ink({ground, colour}));
    Node node;
    node.key = errors ? "errors" : "advice";
    for (const ErrorLine& line : lines) {
        if (!node.value.empty()) node.value += '\n';
        node.value += whole_words(line.question, line.text, canvas.picture.direction);
    }
    add_title(flow, errors ? Icon::Warning : Icon::Info, title, std::move(node), ground, colour);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        ButtonSpec spec;
        spec.key = (errors ? "error." : "advice.") + std::to_string(i);
        spec.label = whole_words(lines[i].question, lines[i].text, canvas.picture.direction);
        spec.kind = ButtonKind::Link;
        spec.role = Role::Link;
        spec.ground = ground;
        if (lines[i].of_form) spec.tongue = of_form;
        add_button(flow, std::move(spec), [go, line = lines[i]] { go(line); });
        if (i + 1 < lines.size()) flow.gap(touch_size::minimum_gap);
    }
    flow.end_inset();
}

void add_advice(Flow& flow, const std::string& title, const std::vector<AdviceLine>& lines, Tongue of_form) {
    if (title.empty()) return;
    Canvas& canvas = flow.canvas();
    flow.begin_inset(Surface::Soft, canvas.ink({Surface::Soft, &Inks::accent}));
    Node node;
    node.key = "advice";
    for (const AdviceLine& line : lines)
        node.value += (node.value.empty() ? "" : "\n") + whole_words(line.question, line.text, canvas.picture.direction);
    add_title(flow, Icon::Info, title, std::move(node), Surface::Soft, &Inks::accent);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        Node line;
        line.key = "advice." + std::to_string(i);
        line.role = Role::Text;
        flow.gap(space::hair);
        flow.words(whole_words(lines[i].question, lines[i].text, canvas.picture.direction), Type::Body, std::move(line), &Inks::text,
                   {Align::Start, lines[i].of_form ? of_form : Tongue{}});
    }
    flow.end_inset();
}

void add_error_words(Flow& flow, const std::string& key, const std::string& words) {
    Canvas& canvas = flow.canvas();
    const float size = icon_size(canvas, Type::CaptionStrong);
    const float room = size + canvas.px(3);
    LayOptions options;
    options.by_content = true; // the program's words, or a form's that is not translated
    const Layout& layout = canvas.lay(words, Type::CaptionStrong,
                                      measure_px(canvas, Type::CaptionStrong, flow.inner_width() - room), options);
    Node node;
    node.key = key;
    node.role = Role::Text;
    node.name = words;
    flow.gap(space::small);
    flow.add(
            std::max(size, layout.height()),
            [&canvas, &layout, size, room, node](const Rect& box, std::size_t, std::size_t) {
                const Ink ink{Surface::Page, &Inks::danger};
                canvas.icon(Icon::Warning, {box.x, box.y + (box.height - size) / 2, size, size}, canvas.ink(ink), 2.4F);
                canvas.text(layout, box.x + room, box.y + (box.height - layout.height()) / 2, ink);
                canvas.say(node, box);
            })
        .keep = true;
}

} // namespace kiosk
