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
    const float mark = canvas.px(plan.tall ? 34 : 30);
    const Layout& title = canvas.lay(screen.title, Type::Title, width);
    const Layout& office = canvas.lay(screen.office, Type::CaptionStrong, width);
    const float whole = mark + canvas.px(space::wide) + title.height() + canvas.px(space::normal) + office.height();
    float y = hero.y + std::max(canvas.px(space::wide), (hero.height - whole) / 2);
    canvas.icon(Icon::Mark, {hero.x + margin - mark * 0.06F, y, mark, mark}, canvas.ink(ink), 1.7F);
    y += mark + canvas.px(space::wide);
    canvas.text(title, hero.x + margin, y, ink);
    Node node;
    node.key = "heading";
    node.role = Role::Heading;
    node.level = 1;
    node.name = screen.title;
    canvas.say(node, {hero.x + margin, y, width, title.height()});
    y += title.height() + canvas.px(space::normal);
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

} // namespace

void draw_attract(Canvas& canvas, const AttractScreen& screen) {
    const Plan plan = plan_of(canvas);
    const float gap = canvas.px(touch_size::gap);
    // In one column while few, in two when there are many or the letters are large.
    const auto columns_for = [&](float width, float height) -> std::size_t {
        float sum = 0;
        for (std::size_t i = 0; i < screen.languages.size(); ++i)
            sum += row_height(canvas, language_row(screen, i), width) + gap;
        return sum <= height ? 1 : 2;
    };
    Rect hero = plan.room;
    Rect list = plan.room;
    if (plan.tall) {
        hero.height = plan.room.height * 0.46F;
        list.y = bottom(hero);
        list.height = plan.room.height - hero.height;
    } else {
        hero.width = plan.room.width * 0.48F;
        list.x = end_of(hero);
        list.width = plan.room.width - hero.width;
    }
    list = inside(list, plan.margin, canvas.px(space::page));
    draw_hero(canvas, plan, hero, screen);

    const Layout& subtitle = canvas.lay(screen.subtitle, Type::Heading, list.width);
    float y = list.y;
    const float words = subtitle.height() + canvas.px(space::wide);
    if (!plan.tall) {
        float sum = words;
        for (std::size_t i = 0; i < screen.languages.size(); ++i)
            sum += row_height(canvas, language_row(screen, i), list.width) + gap;
        y += std::max(0.0F, (list.height - sum) / 2);
    }
    canvas.text(subtitle, list.x, y, {Surface::Page, &Inks::accent});
    Node node;
    node.key = "subtitle";
    node.name = screen.subtitle;
    canvas.say(node, {list.x, y, list.width, subtitle.height()});
    y += words;

    const std::size_t columns = columns_for(list.width, bottom(list) - y);
    const float width = (list.width - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    for (std::size_t i = 0; i < screen.languages.size(); i += columns) {
        float height = 0;
        for (std::size_t k = i; k < std::min(i + columns, screen.languages.size()); ++k)
            height = std::max(height, row_height(canvas, language_row(screen, k), width));
        for (std::size_t k = i; k < std::min(i + columns, screen.languages.size()); ++k) {
            const Rect box{list.x + static_cast<float>(k - i) * (width + gap), y, width, height};
            if (row(canvas, box, language_row(screen, k)))
                canvas.intents.push_back(StartVisit{screen.languages[k].code});
        }
        y += height + gap;
    }
}

} // namespace kiosk
