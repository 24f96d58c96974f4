// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/views/repeat_control.hpp"

#include "kiosk/widgets/button.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace kiosk {
namespace {

constexpr float least_cell_mm = 38;
constexpr float photo_mm = 42;

/// A name and what was answered to it.
struct Cell {
    const Layout* name;
    const Layout* answer;
    float x, y;
};

/// What a card says: its name, or its columns in as many rows as they need.
struct Words {
    std::vector<Cell> cells;
    const Layout* title = nullptr;
    float height = 0;
};

Words words_of(Canvas& canvas, const RepeatControl& control, const RepeatControl::Row& row, float width,
               Tongue tongue) {
    Words words;
    if (control.columns.empty()) {
        words.title = &canvas.lay(row.text, Type::Strong, width);
        words.height = words.title->height();
        return words;
    }
    const float gap = canvas.px(space::normal);
    const float least = canvas.grown(least_cell_mm);
    const auto fit = static_cast<std::size_t>(std::max(1.0F, (width + gap) / (least + gap)));
    const std::size_t columns = std::min(fit, control.columns.size());
    const float cell = (width - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    float line = 0;
    for (std::size_t i = 0; i < control.columns.size(); ++i) {
        if (i > 0 && i % columns == 0) {
            words.height += line + canvas.px(space::small);
            line = 0;
        }
        const std::string_view answer =
            i < row.cells.size() && !row.cells[i].empty() ? std::string_view(row.cells[i]) : std::string_view("–");
        LayOptions typed;
        typed.by_content = true;
        const Layout& name = canvas.lay(control.columns[i], Type::Caption, cell, {Align::Start, tongue});
        const Layout& said = canvas.lay(answer, Type::Strong, cell, typed);
        words.cells.push_back({&name, &said, static_cast<float>(i % columns) * (cell + gap), words.height});
        line = std::max(line, name.height() + said.height());
    }
    words.height += line;
    return words;
}

std::string spoken(const RepeatControl& control, const RepeatControl::Row& row) {
    std::string text;
    for (std::size_t i = 0; i < control.columns.size() && i < row.cells.size(); ++i)
        if (!row.cells[i].empty()) text += (text.empty() ? "" : "\n") + control.columns[i] + ": " + row.cells[i];
    return text;
}

struct Act {
    ButtonSpec spec;
    float width;
    Intent intent;
};

std::vector<Act> acts_of(Canvas& canvas, const RepeatControl::Row& row) {
    std::vector<Act> acts;
    const auto act = [&](const char* stem, const std::string& label, Icon icon, Intent intent) {
        if (label.empty()) return;
        ButtonSpec spec;
        spec.key = stem + row.key;
        spec.label = label;
        spec.icon = icon;
        spec.type = Type::CaptionStrong;
        spec.help = row.text;
        const float width = button_width(canvas, spec);
        acts.push_back({std::move(spec), width, std::move(intent)});
    };
    act("change.", row.change, Icon::Pencil, ChangeInstance{row.key});
    act("remove.", row.remove, Icon::Trash, RemoveInstance{row.key});
    act("up.", row.up, Icon::ChevronUp, MoveInstanceUp{row.key});
    return acts;
}

/// The buttons in one line, or in as many as they need.
float place_acts(Canvas& canvas, std::vector<Act>& acts, float width, std::vector<ImVec2>& places) {
    const float gap = canvas.px(touch_size::gap);
    float x = 0;
    float y = 0;
    float line = 0;
    for (Act& act : acts) {
        act.width = std::min(act.width, width);
        const float height = button_height(canvas, act.spec, act.width);
        if (x > 0 && x + act.width > width) {
            x = 0;
            y += line + gap;
            line = 0;
        }
        places.push_back({x, y});
        x += act.width + gap;
        line = std::max(line, height);
    }
    return y + line;
}

/// The small picture of a row, at the start of its card.
struct Photo {
    std::optional<PictureShelf::Shown> shown;
    float width = 0, height = 0;
};

Photo photo_of(Canvas& canvas, const RepeatControl::Row& row) {
    if (row.picture.empty() || canvas.shelf() == nullptr) return {};
    Photo photo{canvas.shelf()->find(row.picture)};
    if (!photo.shown) return {};
    const float scale = std::min(canvas.px(photo_mm) / photo.shown->width, canvas.px(photo_mm) * 1.4F / photo.shown->height);
    photo.width = photo.shown->width * scale;
    photo.height = photo.shown->height * scale;
    return photo;
}

/// The width of the longest line of buttons beside a row's name; 0 where one row at least has no room for it: then they
/// stand below in all of them, so that equal buttons stand in one column.
float beside_width(Flow& flow, const RepeatControl& control) {
    Canvas& canvas = flow.canvas();
    const float gap = canvas.px(touch_size::gap);
    float widest = 0;
    for (const RepeatControl::Row& row : control.rows) {
        if (!row.picture.empty()) return 0;
        float buttons = -gap;
        for (const Act& act : acts_of(canvas, row))
            buttons += act.width + gap;
        widest = std::max(widest, buttons);
    }
    const float inner = flow.inner_width() - 2 * canvas.px(space::normal);
    return control.columns.empty() && inner - widest > canvas.px(60) ? widest : 0;
}

void add_card(Flow& flow, const RepeatControl& control, const RepeatControl::Row& row, float buttons, Tongue tongue) {
    Canvas& canvas = flow.canvas();
    std::vector<Act> acts = acts_of(canvas, row);
    const float pad = canvas.px(space::normal);
    const Photo photo = photo_of(canvas, row);
    const float lead = photo.shown ? photo.width + pad : 0;
    const float inner = flow.inner_width() - 2 * pad - lead;
    const bool beside = buttons > 0;
    const Words words = words_of(canvas, control, row, beside ? inner - buttons - pad : inner, tongue);
    std::vector<ImVec2> places;
    const float acts_height = place_acts(canvas, acts, beside ? buttons + 1 : inner, places);
    const float top = canvas.px(beside ? space::small : space::medium);
    const float stacked = words.height + acts_height + canvas.px(space::medium);
    const float height = (beside ? std::max(words.height, acts_height) : std::max(stacked, photo.height)) + 2 * top;
    Piece& piece =
        flow.add(height, [=, &canvas, acts = std::move(acts), places = std::move(places), value = spoken(control, row),
                          key = row.key, name = row.text](const Rect& box, std::size_t, std::size_t) {
            canvas.box(box, canvas.fill(Surface::Field), canvas.px(corner_mm));
            canvas.frame(box, canvas.ink({Surface::Field, &Inks::line}), canvas.px(thin_mm), canvas.px(corner_mm));
            const float y = beside ? box.y + (box.height - words.height) / 2 : box.y + top;
            const Ink text{Surface::Field, &Inks::text};
            if (photo.shown) canvas.photo({box.x + pad, box.y + top, photo.width, photo.height}, *photo.shown);
            if (words.title) canvas.text(*words.title, box.x + pad + lead, y, text);
            for (const Cell& cell : words.cells) {
                canvas.text(*cell.name, box.x + pad + lead + cell.x, y + cell.y, {Surface::Field, &Inks::soft});
                canvas.text(*cell.answer, box.x + pad + lead + cell.x, y + cell.y + cell.name->height(), text);
            }
            Node node;
            node.key = key;
            node.role = Role::ListItem;
            node.name = name;
            node.value = value;
            canvas.say(node, box);
            const float acts_x = beside ? end_of(box) - pad - buttons : box.x + pad + lead;
            const float acts_y = beside ? box.y + (box.height - acts_height) / 2 : bottom(box) - top - acts_height;
            for (std::size_t i = 0; i < acts.size(); ++i) {
                const float high = button_height(canvas, acts[i].spec, acts[i].width);
                if (button(canvas, {acts_x + places[i].x, acts_y + places[i].y, acts[i].width, high}, acts[i].spec))
                    canvas.intents.push_back(acts[i].intent);
            }
        });
    piece.answer = true;
    piece.key = row.key;
}

} // namespace

void add_repeat(Flow& flow, const RepeatControl& control, Tongue tongue) {
    const float buttons = beside_width(flow, control);
    for (const RepeatControl::Row& row : control.rows) {
        flow.gap(touch_size::gap);
        add_card(flow, control, row, buttons, tongue);
    }
    if (!control.can_add) return;
    Canvas& canvas = flow.canvas();
    ButtonSpec spec;
    spec.key = "add";
    spec.label = control.add;
    spec.icon = Icon::Plus;
    flow.gap(space::normal);
    add_button(flow, std::move(spec), [&canvas] { canvas.intents.push_back(AddInstance{}); });
}

} // namespace kiosk
