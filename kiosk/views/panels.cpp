// SPDX-License-Identifier: EUPL-1.2
// What lies over a screen: help, language, size, contrast, the countdown, the question before removing.
#include "kiosk/views/plan.hpp"
#include "kiosk/views/views.hpp"
#include "kiosk/widgets/option_row.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace kiosk {
namespace {

struct PanelSpec {
    std::string title;
    std::function<void(Flow&)> body;
    std::vector<std::pair<ButtonSpec, std::function<void()>>> buttons; ///< the main one first
};

void add_panel_heading(Flow& flow, const std::string& title) {
    Node node;
    node.key = "panel.heading";
    node.role = Role::Heading;
    node.level = 1;
    flow.words(title, Type::Heading, std::move(node));
}

void draw_dialog(Canvas& canvas, const PanelSpec& spec) {
    const Plan plan = plan_of(canvas);
    // The screen behind steps back; the strip stays bright, because it can still be used.
    const Rect veil = canvas.on_glass(plan.room);
    const bool dark = canvas.picture.theme == Theme::HighDark || canvas.picture.theme == Theme::Low;
    canvas.list().AddRectFilled({veil.x, veil.y}, {veil.x + veil.width, veil.y + veil.height},
                                dark ? IM_COL32(0, 0, 0, 200) : IM_COL32(10, 22, 36, 170));

    const float pad = canvas.px(plan.tall ? space::section : space::page);
    const float width =
        plan.tall ? plan.room.width - 2 * canvas.px(space::wide) : std::min(plan.room.width * 0.78F, canvas.px(300));
    const float inner = width - 2 * pad;
    const float gap = canvas.px(touch_size::gap);

    Flow flow(canvas, inner);
    add_panel_heading(flow, spec.title);
    flow.gap(space::wide);
    spec.body(flow);

    // Buttons side by side when they fit, else one over the other, the main one on top.
    float sum = -gap;
    float tallest = 0;
    float stacked = -gap;
    for (const auto& [button_spec, act] : spec.buttons) {
        sum += button_width(canvas, button_spec) + gap;
        tallest = std::max(tallest, button_height(canvas, button_spec, inner));
        stacked += button_height(canvas, button_spec, inner) + gap;
    }
    const bool beside = sum <= inner;
    const float foot = (beside ? tallest : stacked) + canvas.px(space::section);
    const float most = plan.room.height - 2 * canvas.px(space::wide) - 2 * pad - foot;
    const float body = flow.fits(most) ? flow.height() : most;
    const float height = body + foot + 2 * pad;
    const float x = plan.room.x + (plan.room.width - width) / 2;
    const float y =
        plan.tall ? bottom(plan.room) - canvas.px(space::wide) - height : plan.room.y + (plan.room.height - height) / 2;
    const Rect box{x, y, width, height};
    canvas.box(box, canvas.fill(Surface::Page), canvas.px(corner_mm * 2));
    canvas.frame(box, canvas.ink({Surface::Page, &Inks::accent}), canvas.px(thin_mm), canvas.px(corner_mm * 2));
    Node node;
    node.key = "panel";
    node.role = Role::Dialog;
    node.name = spec.title;
    canvas.say(std::move(node), box);
    flow.place({x + pad, y + pad, inner, body}, "panel");

    float at_x = end_of(box) - pad;
    float at_y = bottom(box) - pad - (beside ? tallest : stacked);
    for (const auto& [button_spec, act] : spec.buttons) {
        Rect at{};
        if (beside) {
            const float wide = button_width(canvas, button_spec);
            at = {at_x - wide, at_y, wide, tallest};
            at_x -= wide + gap;
        } else {
            at = {x + pad, at_y, inner, button_height(canvas, button_spec, inner)};
            at_y += at.height + gap;
        }
        if (button(canvas, at, button_spec)) act();
    }
}

ButtonSpec named(std::string key, std::string label, ButtonKind kind = ButtonKind::Primary) {
    ButtonSpec spec;
    spec.key = std::move(key);
    spec.label = std::move(label);
    spec.kind = kind;
    return spec;
}

class Panels {
public:
    explicit Panels(Canvas& canvas) : canvas_(canvas) {}

    void operator()(const HelpPanel& panel) const {
        PanelSpec spec;
        spec.title = panel.title;
        spec.body = [&](Flow& flow) {
            for (std::size_t i = 0; i < panel.paragraphs.size(); ++i) {
                flow.gap(space::medium);
                paragraph(flow, "help." + std::to_string(i), panel.paragraphs[i]);
            }
        };
        spec.buttons.emplace_back(named("panel.close", panel.close), close());
        draw_dialog(canvas_, spec);
    }

    void operator()(const LanguagePanel& panel) const {
        PanelSpec spec;
        spec.title = panel.title;
        spec.body = [&](Flow& flow) {
            if (!panel.note.empty()) paragraph(flow, "panel.note", panel.note, &Inks::soft);
            flow.gap(space::normal);
            for (const LanguageChoice& language : panel.languages) {
                RowSpec row;
                row.key = "language." + language.code;
                row.text = language.own_name;
                row.tongue = {language.code, language.direction};
                row.selected = language.current;
                flow.gap(touch_size::gap);
                add_row(flow, std::move(row),
                        [&canvas = canvas_, code = language.code] { canvas.intents.push_back(ChooseLanguage{code}); });
            }
        };
        spec.buttons.emplace_back(named("panel.close", panel.close), close());
        draw_dialog(canvas_, spec);
    }

    void operator()(const SizePanel& panel) const {
        choose(panel.title, panel.sizes, panel.close,
               [this](std::size_t i) { canvas_.intents.push_back(ChooseSize{static_cast<TextSize>(i)}); });
    }

    void operator()(const ContrastPanel& panel) const {
        choose(panel.title, panel.themes, panel.close,
               [this](std::size_t i) { canvas_.intents.push_back(ChooseTheme{static_cast<Theme>(i)}); });
    }

    void operator()(const IdlePanel& panel) const {
        PanelSpec spec;
        spec.title = panel.title;
        spec.body = [&](Flow& flow) {
            paragraph(flow, "panel.text", panel.text);
            flow.gap(space::wide);
            Node node;
            node.key = "panel.seconds";
            node.role = Role::Status;
            flow.words(panel.seconds_words, Type::Subheading, std::move(node), &Inks::accent);
        };
        spec.buttons.emplace_back(named("panel.more_time", panel.more_time),
                                  [&canvas = canvas_] { canvas.intents.push_back(MoreTime{}); });
        spec.buttons.emplace_back(named("panel.leave", panel.leave, ButtonKind::Quiet),
                                  [&canvas = canvas_] { canvas.intents.push_back(ExitNow{}); });
        draw_dialog(canvas_, spec);
    }

    void operator()(const RemovePanel& panel) const {
        PanelSpec spec;
        spec.title = panel.title;
        spec.body = [&](Flow& flow) { paragraph(flow, "panel.text", panel.text); };
        spec.buttons.emplace_back(named("panel.no", panel.no),
                                  [&canvas = canvas_] { canvas.intents.push_back(ConfirmRemove{false}); });
        spec.buttons.emplace_back(named("panel.yes", panel.yes, ButtonKind::Danger),
                                  [&canvas = canvas_] { canvas.intents.push_back(ConfirmRemove{true}); });
        draw_dialog(canvas_, spec);
    }

private:
    [[nodiscard]] std::function<void()> close() const {
        return [&canvas = canvas_] { canvas.intents.push_back(ClosePanel{}); };
    }

    void choose(const std::string& title, const std::vector<Option>& options, const std::string& close_label,
                std::function<void(std::size_t)> act) const {
        PanelSpec spec;
        spec.title = title;
        spec.body = [&](Flow& flow) {
            for (std::size_t i = 0; i < options.size(); ++i) {
                RowSpec row;
                row.key = options[i].key;
                row.text = options[i].text;
                row.selected = options[i].selected;
                flow.gap(touch_size::gap);
                add_row(flow, std::move(row), [act, i] { act(i); });
            }
        };
        spec.buttons.emplace_back(named("panel.close", close_label), close());
        draw_dialog(canvas_, spec);
    }

    Canvas& canvas_;
};

struct MainButton {
    std::string_view operator()(const IdlePanel&) const { return "panel.more_time"; }
    std::string_view operator()(const RemovePanel&) const { return "panel.no"; }
    template <class Other>
    std::string_view operator()(const Other&) const {
        return "panel.close";
    }
};

} // namespace

void draw_panel(Canvas& canvas, const Panel& panel) { std::visit(Panels{canvas}, panel); }

std::string_view main_button(const Panel& panel) { return std::visit(MainButton{}, panel); }

} // namespace kiosk
