// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/views/plan.hpp"
#include "kiosk/views/views.hpp"
#include "kiosk/widgets/option_row.hpp"

#include <algorithm>

namespace kiosk {
namespace {

/// The office, the mark and what can be done here, on the office's colour.
void draw_hero(Canvas& canvas, const Plan& plan, const Rect& hero, const AttractScreen& screen) {
    canvas.box(hero, canvas.fill(Surface::Masthead));
    if (canvas.fill(Surface::Masthead) == canvas.fill(Surface::Page))
        canvas.frame(hero, canvas.ink({Surface::Masthead, &Inks::line}), canvas.px(thin_mm));
    const Ink ink{Surface::Masthead, &Inks::text};
    if (masthead_ornament(canvas.picture.theme) != canvas.ink({Surface::Masthead, &Inks::text}) &&
        masthead_ornament(canvas.picture.theme) != canvas.fill(Surface::Masthead)) {
        canvas.clip(hero);
        const float unit = std::min(hero.width, hero.height) * 0.16F;
        const float x = end_of(hero) - unit;
        const float y = bottom(hero) + unit * 0.4F;
        for (int i = 0; i < 5; ++i)
            canvas.ring(x, y, unit * (1.0F + 0.75F * static_cast<float>(i)), canvas.px(3),
                        masthead_ornament(canvas.picture.theme));
        canvas.end_clip();
    }
    const float margin = plan.margin + canvas.px(4);
    const float width = hero.width - 2 * margin;
    // The mark is the first thing to go where large letters need the room, then the office, then the size.
    const float gap = canvas.px(space::normal);
    const Layout* title = &canvas.lay(screen.title, Type::Title, width);
    const Layout& office = canvas.lay(screen.office, Type::CaptionStrong, width);
    const bool with_office = title->height() + gap + office.height() + 2 * gap <= hero.height;
    if (!with_office && title->height() + gap > hero.height) title = &canvas.lay(screen.title, Type::Heading, width);
    const float words = title->height() + (with_office ? gap + office.height() : 0);
    float mark = canvas.px(plan.tall ? 38 : 30);
    if (words + mark + canvas.px(space::wide) * 3 > hero.height) mark = 0;
    const float whole = words + (mark > 0 ? mark + canvas.px(space::wide) : 0);
    float y = hero.y + (hero.height - whole) / 2;
    if (mark > 0) {
        canvas.icon(Icon::Mark, {hero.x + margin - mark * 0.06F, y, mark, mark}, canvas.ink(ink), 1.7F);
        y += mark + canvas.px(space::wide);
    }
    canvas.text(*title, hero.x + margin, y, ink);
    Node node;
    node.key = "heading";
    node.role = Role::Heading;
    node.level = 1;
    node.name = screen.title;
    canvas.say(node, {hero.x + margin, y, width, title->height()});
    if (!with_office) return;
    y += title->height() + gap;
    canvas.text(office, hero.x + margin, y, {Surface::Masthead, &Inks::soft});
    Node said;
    said.key = "office";
    said.name = screen.office;
    canvas.say(said, {hero.x + margin, y, width, office.height()});
}

RowSpec language_row(const AttractScreen& screen, std::size_t i) {
    const LanguageChoice& language = screen.languages[i];
    RowSpec spec;
    spec.key = "start." + language.code;
    spec.text = language.own_name;
    spec.detail = i < screen.start.size() ? screen.start[i] : std::string{};
    spec.tongue = {language.code, language.direction};
    spec.mark = Mark::Arrow;
    spec.strong = true;
    return spec;
}

/// What everybody should know: the first ones by title, the others by their number.
struct Notices {
    Canvas& canvas;
    const AttractScreen& screen;
    float width = 0;
    std::size_t most = 2;

    [[nodiscard]] std::size_t shown() const { return std::min(most, screen.notices.size()); }
    [[nodiscard]] RowSpec spec(std::size_t i) const {
        const AttractScreen::NoticeLine& line = screen.notices[i];
        RowSpec spec;
        spec.key = line.key;
        spec.text = line.title;
        spec.detail = line.detail;
        if (const std::size_t rest = screen.notices.size() - shown(); rest > 0 && i + 1 == shown()) {
            std::string more = screen.notices_more;
            if (const auto at = more.find("{count}"); at != std::string::npos)
                more.replace(at, 7, std::to_string(rest));
            spec.detail += " · " + more;
        }
        spec.tongue = {line.language, line.direction};
        spec.mark = Mark::Arrow;
        spec.strong = true;
        return spec;
    }
    [[nodiscard]] float height() const {
        float sum = 0;
        for (std::size_t i = 0; i < shown(); ++i)
            sum += row_height(canvas, spec(i), width) + canvas.px(touch_size::gap);
        return sum;
    }
    /// The bar at the edge says "look here" in its colour; kind and title say it in words.
    void draw(float x, float y) const {
        for (std::size_t i = 0; i < shown(); ++i) {
            const RowSpec line = spec(i);
            const Rect box{x, y, width, row_height(canvas, line, width)};
            if (row(canvas, box, line)) canvas.intents.push_back(OpenNotices{});
            const auto colour = screen.notices[i].urgent ? &Inks::danger : &Inks::accent;
            canvas.box({x, y, canvas.px(2.5F), box.height}, canvas.ink({Surface::Page, colour}));
            y += box.height + canvas.px(touch_size::gap);
        }
    }
};

/// The languages in rows of one or two, under the notices.
struct List {
    Canvas& canvas;
    const AttractScreen& screen;
    float width = 0;
    std::size_t columns = 1;
    std::size_t most_notices = 2;

    [[nodiscard]] Notices notices() const { return {canvas, screen, width, most_notices}; }
    [[nodiscard]] float gap() const { return canvas.px(touch_size::gap); }
    [[nodiscard]] float cell() const {
        return (width - gap() * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    }
    [[nodiscard]] float line(std::size_t from) const {
        float height = 0;
        for (std::size_t i = from; i < std::min(from + columns, screen.languages.size()); ++i)
            height = std::max(height, row_height(canvas, language_row(screen, i), cell()));
        return height;
    }
    [[nodiscard]] const Layout& words() const { return canvas.lay(screen.subtitle, Type::Heading, width); }
    [[nodiscard]] float height() const {
        float sum = notices().height() + words().height() + canvas.px(space::wide) - gap();
        if (notices().shown() > 0) sum += canvas.px(space::normal);
        for (std::size_t i = 0; i < screen.languages.size(); i += columns)
            sum += line(i) + gap();
        return sum;
    }
    void draw(float x, float y) const {
        if (notices().shown() > 0) {
            notices().draw(x, y);
            y += notices().height() + canvas.px(space::normal);
        }
        canvas.text(words(), x, y, {Surface::Page, &Inks::accent});
        Node node;
        node.key = "subtitle";
        node.name = screen.subtitle;
        canvas.say(std::move(node), {x, y, width, words().height()});
        y += words().height() + canvas.px(space::wide);
        for (std::size_t i = 0; i < screen.languages.size(); i += columns) {
            for (std::size_t k = i; k < std::min(i + columns, screen.languages.size()); ++k) {
                const Rect box{x + static_cast<float>(k - i) * (cell() + gap()), y, cell(), line(i)};
                if (row(canvas, box, language_row(screen, k)))
                    canvas.intents.push_back(StartVisit{screen.languages[k].code});
            }
            y += line(i) + gap();
        }
    }
};

} // namespace

void draw_attract(Canvas& canvas, const AttractScreen& screen) {
    const Plan plan = plan_of(canvas);
    const float pad = canvas.px(space::page);
    Rect hero = plan.room;
    if (!plan.tall) {
        // The office beside the languages, while they fit in one column.
        hero.width = plan.room.width * 0.48F;
        const List list{canvas, screen, plan.room.width - hero.width - 2 * plan.margin, 1, 1};
        if (list.height() + 2 * pad <= plan.room.height) {
            draw_hero(canvas, plan, hero, screen);
            list.draw(end_of(hero) + plan.margin, plan.room.y + (plan.room.height - list.height()) / 2);
            return;
        }
    }
    // The office over the languages, as high as they leave it.
    List list{canvas, screen, plan.room.width - 2 * plan.margin, 1, plan.tall ? 2U : 1U};
    const float usual = plan.room.height * 0.46F;
    if (list.height() + 2 * pad > plan.room.height - usual) list.columns = 2;
    const float air = canvas.px(plan.tall ? space::page : space::small);
    hero = plan.room;
    hero.height = std::min(usual, plan.room.height - list.height() - 2 * air);
    draw_hero(canvas, plan, hero, screen);
    list.draw(plan.room.x + plan.margin, bottom(hero) + air);
}

} // namespace kiosk
