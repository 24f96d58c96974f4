// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/widgets/flow.hpp"

#include "kiosk/widgets/button.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace kiosk {
namespace {

std::size_t line_count(const Piece& piece) { return piece.words ? piece.words->lines().size() : 1; }

float part_height(const Piece& piece, std::size_t first, std::size_t end) {
    if (!piece.words || (first == 0 && end == line_count(piece))) return piece.height;
    const auto lines = piece.words->lines();
    float height = lines[end - 1].top + lines[end - 1].height - lines[first].top;
    if (first == 0) height += piece.above;
    if (end == lines.size()) height += piece.below;
    return height;
}

} // namespace

float measure_px(Canvas& canvas, Type type, float width) {
    return std::min(width, canvas.px(cap_mm(canvas.picture.text_size, type)) * 54);
}

void Flow::begin_inset(Surface ground, Colour bar) {
    const float pad = canvas_.px(space::medium);
    Piece& piece = add(pad, {});
    piece.keep = true;
    ground_ = ground;
    bar_ = bar;
    inset_start_ = canvas_.px(thick_mm + space::normal);
    inset_end_ = canvas_.px(space::normal);
    piece.ground = ground;
    piece.bar = bar;
}

void Flow::end_inset() {
    if (!pieces_.empty()) pieces_.back().keep = true;
    gap_ = 0;
    add(canvas_.px(space::medium), {});
    ground_.reset();
    bar_.reset();
    inset_start_ = inset_end_ = 0;
}

Piece& Flow::add(float height, std::function<void(const Rect&, std::size_t, std::size_t)> draw) {
    Piece piece;
    piece.gap = pieces_.empty() ? 0 : std::exchange(gap_, 0.0F);
    gap_ = 0;
    piece.height = height;
    piece.ground = ground_;
    piece.bar = bar_;
    piece.gap_painted = ground_.has_value();
    const float start = inset_start_;
    const float end = inset_end_;
    if (draw)
        piece.draw = [start, end, draw = std::move(draw)](const Rect& box, std::size_t first, std::size_t last) {
            draw({box.x + start, box.y, box.width - start - end, box.height}, first, last);
        };
    pieces_.push_back(std::move(piece));
    return pieces_.back();
}

Piece& Flow::words(std::string_view text, Type type, Node node, Colour Inks::*colour, LayOptions options) {
    Canvas& canvas = canvas_;
    const Layout& layout = canvas.lay(text, type, measure_px(canvas, type, inner_width()), options);
    const Ink ink{ground_.value_or(Surface::Page), colour};
    if (node.name.empty()) node.name = text;
    if (!options.tongue.language.empty()) node.language = options.tongue.language;
    Piece& piece =
        add(layout.height(), [&canvas, &layout, ink, node](const Rect& box, std::size_t first, std::size_t end) {
            const Rect place{box.x, box.y, layout.width(), box.height};
            canvas.text_lines(layout, box.x, box.y, first, end, ink);
            canvas.say(node, place);
        });
    piece.words = &layout;
    piece.key = node.key;
    return piece;
}

float Flow::height() const {
    float sum = 0;
    for (std::size_t i = 0; i < pieces_.size(); ++i)
        sum += pieces_[i].height + (i == 0 ? 0 : pieces_[i].gap);
    return sum;
}

bool Flow::needs_keyboard() const {
    return std::any_of(pieces_.begin(), pieces_.end(), [](const Piece& piece) { return piece.with_keyboard; });
}

bool Flow::fits(float height_px, const KeyPanel& keyboard) const {
    const auto answers = static_cast<std::size_t>(
        std::count_if(pieces_.begin(), pieces_.end(), [](const Piece& piece) { return piece.answer; }));
    // One more than a page holds takes no more room than the button that would lead to it.
    if (answers > answers_per_page(canvas_.picture.text_size) + 1) return false;
    const float keys = needs_keyboard() && keyboard.draw ? keyboard.least + canvas_.px(space::medium) : 0;
    return height() + keys <= height_px + 0.5F;
}

std::vector<Flow::Page> Flow::cut(float height, float keyboard) const {
    std::vector<Page> pages(1);
    float used = 0;
    std::size_t answers = 0;
    bool typing = false;
    const std::size_t most = answers_per_page(canvas_.picture.text_size);
    const auto turn = [&] {
        pages.emplace_back();
        used = 0;
        answers = 0;
        typing = false;
    };
    const auto put = [&](std::size_t i, std::size_t first, std::size_t end) {
        const float part = part_height(pieces_[i], first, end);
        used += (pages.back().empty() || first > 0 ? 0 : pieces_[i].gap) + part;
        pages.back().push_back({i, first, end, part});
        answers += pieces_[i].answer ? 1 : 0;
        typing = typing || pieces_[i].with_keyboard;
    };
    for (std::size_t i = 0; i < pieces_.size();) {
        std::size_t end = i + 1;
        while (end < pieces_.size() && pieces_[end - 1].keep)
            ++end;
        float group = 0;
        std::size_t group_answers = 0;
        bool group_types = typing;
        for (std::size_t k = i; k < end; ++k) {
            group += pieces_[k].height + (k == i && pages.back().empty() ? 0 : pieces_[k].gap);
            group_answers += pieces_[k].answer ? 1 : 0;
            group_types = group_types || pieces_[k].with_keyboard;
        }
        const float room = height - (group_types ? keyboard : 0) - used;
        if (group <= room && answers + group_answers <= std::max(most, group_answers)) {
            for (; i < end; ++i)
                put(i, 0, line_count(pieces_[i]));
            continue;
        }
        // Longer than what is left: a text may be cut, anything else begins a page.
        const Piece& piece = pieces_[i];
        if (piece.words && end == i + 1 && group_answers == 0) {
            const std::size_t lines = line_count(piece);
            std::size_t first = 0;
            while (first < lines) {
                const float left =
                    height - (typing ? keyboard : 0) - used - (first == 0 && !pages.back().empty() ? piece.gap : 0);
                std::size_t last = first;
                while (last < lines && part_height(piece, first, last + 1) <= left)
                    ++last;
                const bool orphan = last > first && last - first < 2 && last < lines && !pages.back().empty();
                if (last == first || orphan) {
                    if (!pages.back().empty()) {
                        turn();
                        continue;
                    }
                    last = first + 1; // even one line is too high: shown all the same
                }
                put(i, first, last);
                first = last;
                if (first < lines) turn();
            }
            ++i;
            continue;
        }
        if (!pages.back().empty()) {
            turn();
            continue;
        }
        put(i, 0, line_count(piece)); // a group higher than a page: its pieces go on one by one
        ++i;
    }
    return pages;
}

bool Flow::no_worse(float lower_px, float higher_px, const KeyPanel& keyboard) const {
    const float gap = canvas_.px(space::medium);
    const bool typing = needs_keyboard() && keyboard.draw;
    if (fits(lower_px, keyboard)) return !typing || height() + gap + keyboard.height <= lower_px;
    const float turn = turn_height();
    const float keys = typing ? keyboard.least + gap : 0;
    const auto lower = cut(lower_px - turn, keys);
    const auto higher = cut(higher_px - turn, keys);
    return !fits(higher_px, keyboard) && std::equal(lower.begin(), lower.end(), higher.begin(), higher.end(),
                                                    [](const Page& a, const Page& b) { return a.size() == b.size(); });
}

void Flow::draw_part(const Part& part, const Rect& box) const {
    const Piece& piece = pieces_[part.piece];
    if (piece.draw) piece.draw(box, part.first, part.end);
}

float Flow::tallest(bool typing_only) const {
    float most = 0;
    for (std::size_t i = 0; i < pieces_.size();) {
        const auto least = [&](const Piece& piece) {
            return piece.words ? part_height(piece, 0, std::min<std::size_t>(2, line_count(piece))) : piece.height;
        };
        float group = least(pieces_[i]);
        bool typing = pieces_[i].with_keyboard;
        std::size_t end = i + 1;
        for (; end < pieces_.size() && pieces_[end - 1].keep; ++end) {
            group += pieces_[end].gap + least(pieces_[end]);
            typing = typing || pieces_[end].with_keyboard;
        }
        if (typing || !typing_only) most = std::max(most, group);
        i = end;
    }
    return most;
}

namespace {

ButtonSpec turn_spec(const char* key, const std::string& label, Icon icon) {
    ButtonSpec spec;
    spec.key = key;
    spec.label = label;
    spec.icon = icon;
    spec.type = Type::CaptionStrong;
    return spec;
}

} // namespace

float Flow::turn_width() const {
    return button_width(canvas_, turn_spec("more", canvas_.picture.more, Icon::ChevronDown)) +
           button_width(canvas_, turn_spec("earlier", canvas_.picture.earlier, Icon::ChevronUp)) +
           canvas_.px(touch_size::gap);
}

float Flow::turn_height() const {
    const float half = (width_ - canvas_.px(touch_size::gap)) / 2;
    return canvas_.px(space::medium) +
           std::max(button_height(canvas_, turn_spec("more", canvas_.picture.more, Icon::ChevronDown), half),
                    button_height(canvas_, turn_spec("earlier", canvas_.picture.earlier, Icon::ChevronUp), half));
}

void Flow::turn_buttons(const Rect& row, std::size_t page, std::size_t pages) {
    const float gap = canvas_.px(touch_size::gap);
    const float half = (row.width - gap) / 2;
    const bool both = page > 0 && page + 1 < pages;
    const bool natural = turn_width() <= row.width;
    const auto draw = [&](const char* key, const std::string& label, Icon icon, bool at_end) {
        const ButtonSpec spec = turn_spec(key, label, icon);
        // Alone in its row it takes the width of its words, so that large letters stay on one line.
        const float wanted = button_width(canvas_, spec);
        const float width = natural ? std::max(wanted, both ? wanted : half)
                            : both  ? half
                                    : std::min(row.width, wanted);
        const float height = both && !natural ? row.height : std::min(row.height, button_height(canvas_, spec, width));
        button(canvas_, {at_end ? end_of(row) - width : row.x, bottom(row) - height, width, height}, spec);
    };
    if (page > 0) draw("earlier", canvas_.picture.earlier, Icon::ChevronUp, false);
    if (page + 1 < pages) draw("more", canvas_.picture.more, Icon::ChevronDown, true);
}

bool Flow::place(const Rect& area, std::string_view name, const Placing& placing) {
    const KeyPanel& keyboard = placing.keyboard;
    const float gap = canvas_.px(space::medium);
    const bool typing = needs_keyboard() && keyboard.draw;
    const bool whole = fits(area.height, keyboard);
    const float turn = whole || placing.turn_row ? 0 : turn_height();
    std::vector<Page> pages;
    if (whole) {
        pages.emplace_back();
        for (std::size_t i = 0; i < pieces_.size(); ++i)
            pages.back().push_back({i, 0, line_count(pieces_[i]), pieces_[i].height});
    } else {
        pages = cut(area.height - turn, typing ? keyboard.least + gap : 0);
    }

    auto up = canvas_.view.pages.find(name);
    if (up == canvas_.view.pages.end()) {
        std::size_t first_page = 0;
        for (std::size_t p = 0; p < pages.size(); ++p)
            for (const Part& part : pages[p]) {
                const Piece& piece = pieces_[part.piece];
                const bool wished = !canvas_.view.wish.empty() && piece.key == canvas_.view.wish;
                if (wished && part.first == 0) first_page = p;
            }
        up = canvas_.view.pages.emplace(std::string(name), first_page).first;
    }
    std::size_t page = std::min(up->second, pages.size() - 1);
    bool turned = false;
    if (!canvas_.inert() && canvas_.hands.activated == "more" && page + 1 < pages.size()) {
        ++page;
        turned = true;
    } else if (!canvas_.inert() && canvas_.hands.activated == "earlier" && page > 0) {
        --page;
        turned = true;
    }
    up->second = page;

    const std::size_t nodes_before = canvas_.nodes();
    float y = area.y;
    bool typing_here = false;
    const Page& shown = pages[page];
    for (std::size_t k = 0; k < shown.size(); ++k) {
        const Part& part = shown[k];
        const Piece& piece = pieces_[part.piece];
        const float before = k == 0 || part.first > 0 ? 0 : piece.gap;
        const Rect box{area.x, y + before, width_, part.height};
        if (piece.ground) {
            const float from = piece.gap_painted ? y : box.y;
            canvas_.box({area.x, from, width_, bottom(box) - from}, canvas_.fill(*piece.ground));
            if (piece.bar) canvas_.box({area.x, from, canvas_.px(2), bottom(box) - from}, *piece.bar);
        }
        draw_part(part, box);
        y = bottom(box);
        typing_here = typing_here || piece.with_keyboard;
    }
    if (turned) canvas_.view.focus_request = canvas_.first_stop_since(nodes_before);
    const bool keys = typing && typing_here;
    const float keys_height = keys ? std::clamp(bottom(area) - y - gap - turn, keyboard.least, keyboard.height) : 0;
    if (pages.size() > 1) {
        const float under = bottom(area) - keys_height - (keys ? gap : 0);
        const Rect own{area.x, under - (turn - gap), width_, turn - gap};
        turn_buttons(placing.turn_row.value_or(own), page, pages.size());
    }
    if (placing.before_keyboard) placing.before_keyboard();
    if (keys) keyboard.draw({area.x, bottom(area) - keys_height, area.width, keys_height});
    return typing_here;
}

} // namespace kiosk
