// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/widgets/slider.hpp"

#include "kiosk/widgets/button.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

namespace kiosk {
namespace {

constexpr float thumb_mm = 15, track_mm = 4, least_track_mm = 70;
constexpr int most_ticks = 24;

ButtonSpec counter(const SliderSpec& spec, bool more) {
    ButtonSpec button;
    button.key = spec.key + (more ? ".more" : ".less");
    button.label = more ? spec.control.more : spec.control.less;
    button.icon = more ? Icon::Plus : Icon::Minus;
    button.type = Type::CaptionStrong;
    button.help = spec.label;
    return button;
}

/// What stands where, in pixels; heights from the top of the piece.
struct Measures {
    ButtonSpec less, more;
    float buttons = 0, button_height = 0; ///< width of each
    bool beside = true;                   ///< the buttons stand at the ends of the scale, else below it
    const Layout* value = nullptr;
    const Layout* least = nullptr;
    const Layout* most = nullptr;
    float track_width = 0, track_height = 0, ends = 0, height = 0;
};

float widest_word(Canvas& canvas, std::string_view text, Tongue tongue) {
    float most = 0;
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        most = std::max(most, canvas.lay(word, Type::Caption, 0, {Align::Start, tongue}).width());
        text.remove_prefix(std::min(text.size(), word.size() + 1));
    }
    return most;
}

Measures measure(Canvas& canvas, const SliderSpec& spec, float width) {
    Measures m;
    m.less = counter(spec, false);
    m.more = counter(spec, true);
    const float gap = canvas.px(space::normal);
    m.buttons = std::max(button_width(canvas, m.less), button_width(canvas, m.more));
    const float between = width - 2 * (m.buttons + gap);
    // No word at an end is broken for the sake of the buttons.
    m.beside = between >= canvas.px(least_track_mm) &&
               widest_word(canvas, spec.control.least_means, spec.tongue) <= (between - gap) / 2 &&
               widest_word(canvas, spec.control.most_means, spec.tongue) <= (between - gap) / 2;
    m.button_height = button_height(canvas, m.less, m.buttons);
    m.track_width = m.beside ? between : width;
    m.track_height = canvas.px(touch_size::row);
    m.value = &canvas.lay(spec.control.value, spec.control.at ? Type::Heading : Type::Body, width, {Align::Centre, {}});
    const auto end_words = [](const std::string& number, const std::string& means) {
        return means.empty() ? number : number + "\n" + means;
    };
    const float half = (m.track_width - gap) / 2;
    m.least = &canvas.lay(end_words(spec.control.least, spec.control.least_means), Type::Caption, half,
                          {Align::Start, spec.tongue});
    m.most = &canvas.lay(end_words(spec.control.most, spec.control.most_means), Type::Caption, half,
                         {Align::End, spec.tongue});
    m.ends = std::max(m.least->height(), m.most->height());
    m.height = canvas.lay("H", Type::Heading, 0).height() + canvas.px(space::hair) + m.track_height +
               canvas.px(space::hair) + m.ends;
    m.height = std::max(m.height, m.value->height() + canvas.px(space::small) + m.track_height + m.ends);
    if (!m.beside) m.height += canvas.px(space::medium) + m.button_height;
    return m;
}

void draw_scale(Canvas& canvas, const Rect& track, const SliderSpec& spec) {
    const float middle = track.y + track.height / 2;
    const float radius = canvas.px(thumb_mm) / 2;
    const float from = track.x + radius;
    const float length = track.width - 2 * radius;
    const float thick = canvas.px(track_mm);
    const bool wrong = !spec.error.empty();
    const Colour line = canvas.ink({Surface::Page, wrong ? &Inks::danger : &Inks::line});
    const Colour accent = canvas.ink({Surface::Page, &Inks::accent});
    const Rect bar{from - thick / 2, middle - thick / 2, length + thick, thick};
    canvas.box(bar, canvas.fill(Surface::Field), thick / 2);
    canvas.frame(bar, line, canvas.px(line_mm), thick / 2);
    if (spec.control.steps >= 1 && spec.control.steps <= most_ticks)
        for (int i = 0; i <= spec.control.steps; ++i) {
            const float x = from + length * static_cast<float>(i) / static_cast<float>(spec.control.steps);
            canvas.box({x - canvas.px(thin_mm) / 2, middle + thick * 0.9F, canvas.px(thin_mm), canvas.px(3)}, line);
        }
    if (!spec.control.at) return;
    const float x = from + length * static_cast<float>(*spec.control.at);
    canvas.box({bar.x, bar.y, x - bar.x, bar.height}, accent, thick / 2);
    const bool held = canvas.held(spec.key);
    canvas.disc(x, middle, radius, accent);
    canvas.disc(x, middle, radius - canvas.px(held ? 3.4F : 2.2F), canvas.fill(Surface::Field));
    canvas.disc(x, middle, radius * 0.42F, accent);
}

} // namespace

Piece& add_slider(Flow& flow, SliderSpec spec) {
    Canvas& canvas = flow.canvas();
    const Measures m = measure(canvas, spec, flow.inner_width());
    const std::string key = spec.key;
    Piece& piece = flow.add(m.height, [&canvas, m, spec = std::move(spec)](const Rect& box, std::size_t, std::size_t) {
        const float gap = canvas.px(space::normal);
        const float value_height = std::max(canvas.lay("H", Type::Heading, 0).height(), m.value->height());
        canvas.text(*m.value, box.x, box.y + (value_height - m.value->height()) / 2,
                    {Surface::Page, spec.control.at ? &Inks::accent : &Inks::soft});
        const float y = box.y + value_height + canvas.px(space::hair);
        const Rect track{m.beside ? box.x + m.buttons + gap : box.x, y, m.track_width, m.track_height};
        const float buttons_y = m.beside ? y + (m.track_height - m.button_height) / 2 : bottom(box) - m.button_height;
        const auto count = [&](const ButtonSpec& spec_of, float x, int steps) {
            if (button(canvas, {x, buttons_y, m.buttons, m.button_height}, spec_of))
                canvas.intents.push_back(AdjustNumber{spec.key, steps});
        };
        count(m.less, box.x, -1);
        draw_scale(canvas, track, spec);
        const float under = y + m.track_height + canvas.px(space::hair);
        canvas.text(*m.least, track.x, under, {Surface::Page, &Inks::soft});
        canvas.text(*m.most, end_of(track) - m.most->width(), under, {Surface::Page, &Inks::soft});

        Node node;
        node.key = spec.key;
        node.role = Role::Slider;
        node.name = spec.label;
        node.value = spec.control.value;
        node.help = spec.control.least + " " + spec.control.least_means + " – " + spec.control.most + " " +
                    spec.control.most_means;
        if (!spec.help.empty()) node.help = spec.help + "\n" + node.help;
        node.error = spec.error;
        node.state.wrong = !spec.error.empty();
        node.state.required = spec.required;
        if (canvas.control(std::move(node), track)) {
            if (canvas.hands.tap) {
                const float radius = canvas.px(thumb_mm) / 2;
                const float x = canvas.mirrored() ? canvas.glass.width_px - canvas.hands.tap->x : canvas.hands.tap->x;
                const float share = (x - track.x - radius) / (track.width - 2 * radius);
                canvas.intents.push_back(PlaceNumber{spec.key, static_cast<double>(std::clamp(share, 0.0F, 1.0F))});
            } else if (!spec.control.at) {
                canvas.intents.push_back(AdjustNumber{spec.key, 1}); // Enter: the first place
            }
        }
        count(m.more, end_of(box) - m.buttons, 1);
    });
    piece.key = key;
    return piece;
}

} // namespace kiosk
