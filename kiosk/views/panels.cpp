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

struct Frame {
    float margin, pad, width;
};

/// The buttons: side by side when they fit, in two lines each when that is lower than one over the other.
struct Foot {
    bool beside = true;
    float height = 0;
    std::vector<float> widths, heights;
};

Foot foot_of(Canvas& canvas, const PanelSpec& spec, float inner) {
    const float gap = canvas.px(touch_size::gap);
    const auto count = static_cast<float>(spec.buttons.size());
    const float share = (inner - gap * (count - 1)) / count;
    float sum = gap * (count - 1);
    float stacked = gap * (count - 1);
    float shared = 0;
    Foot foot;
    for (const auto& [button_spec, act] : spec.buttons) {
        foot.widths.push_back(button_width(canvas, button_spec));
        foot.heights.push_back(button_height(canvas, button_spec, inner));
        sum += foot.widths.back();
        stacked += foot.heights.back();
        shared = std::max(shared, button_height(canvas, button_spec, share));
    }
    if (sum <= inner) {
        foot.height = *std::max_element(foot.heights.begin(), foot.heights.end());
    } else if (shared < stacked) {
        foot.height = shared;
        foot.widths.assign(spec.buttons.size(), share);
    } else {
        foot.beside = false;
        foot.height = stacked;
    }
    return foot;
}

void draw_dialog(Canvas& canvas, const PanelSpec& spec) {
    const Plan plan = plan_of(canvas);
    // The screen behind steps back; the strip stays bright, because it can still be used.
    const Rect veil = canvas.on_glass(plan.room);
    const bool dark = canvas.picture.theme == Theme::HighDark || canvas.picture.theme == Theme::Low;
    canvas.list().AddRectFilled({veil.x, veil.y}, {veil.x + veil.width, veil.y + veil.height},
                                dark ? IM_COL32(0, 0, 0, 200) : IM_COL32(10, 22, 36, 170));

    const Frame usual{canvas.px(space::wide), canvas.px(plan.tall ? space::section : space::page),
                      plan.tall ? plan.room.width - 2 * canvas.px(space::wide)
                                : std::min(plan.room.width * 0.78F, canvas.px(300))};
    const Frame tight{canvas.px(space::small), canvas.px(space::normal), plan.room.width - 2 * canvas.px(space::small)};
    const float gap = canvas.px(touch_size::gap);
    const auto room_of = [&](const Frame& frame, const Foot& foot) {
        return plan.room.height - 2 * frame.margin - 2 * frame.pad - foot.height - frame.pad;
    };
    Frame frame = usual;
    Foot foot = foot_of(canvas, spec, frame.width - 2 * frame.pad);
    const auto fill = [&](Flow& flow) {
        add_panel_heading(flow, spec.title);
        flow.gap(space::wide);
        spec.body(flow);
    };
    {
        // On a low panel with large letters the box takes all the room there is.
        Flow trial(canvas, frame.width - 2 * frame.pad);
        fill(trial);
        if (!trial.fits(room_of(frame, foot))) {
            frame = tight;
            foot = foot_of(canvas, spec, frame.width - 2 * frame.pad);
        }
    }
    const float width = frame.width;
    const float pad = frame.pad;
    const float inner = width - 2 * pad;
    Flow flow(canvas, inner);
    fill(flow);
    const float most = room_of(frame, foot);
    const float body = flow.fits(most) ? flow.height() : most;
    const float height = body + foot.height + 3 * pad;
    const float x = plan.room.x + (plan.room.width - width) / 2;
    const float y =
        plan.tall ? bottom(plan.room) - frame.margin - height : plan.room.y + (plan.room.height - height) / 2;
    const Rect box{x, y, width, height};
    canvas.box(box, canvas.fill(Surface::Page), canvas.px(corner_mm * 2));
    canvas.frame(box, canvas.ink({Surface::Page, &Inks::accent}), canvas.px(thin_mm), canvas.px(corner_mm * 2));
    Node node;
    node.key = "panel";
    node.role = Role::Dialog;
    node.name = spec.title;
    canvas.say(std::move(node), box);
    flow.place({x + pad, y + pad, inner, body}, "panel", {});

    // The main button stands at the end edge, or on top.
    float at_x = end_of(box) - pad;
    float at_y = bottom(box) - pad - foot.height;
    for (std::size_t i = 0; i < spec.buttons.size(); ++i) {
        const auto& [button_spec, act] = spec.buttons[i];
        Rect at{x + pad, at_y, inner, foot.heights[i]};
        if (foot.beside) {
            at = {at_x - foot.widths[i], at_y, foot.widths[i], foot.height};
            at_x -= foot.widths[i] + gap;
        } else {
            at_y += foot.heights[i] + gap;
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

    void operator()(const KnownPanel& panel) const {
        PanelSpec spec;
        spec.title = panel.title;
        const Tongue tongue{panel.language, panel.direction};
        spec.body = [&, tongue](Flow& flow) {
            paragraph(flow, "panel.text", panel.text);
            for (const KnownPanel::Row& known : panel.rows) {
                flow.gap(space::normal);
                paragraph(flow, known.key, known.question, &Inks::soft, Type::Caption, tongue).keep = true;
                Node node;
                node.key = known.key + ".answer";
                node.is_private = true;
                LayOptions typed;
                typed.by_content = true;
                flow.words(known.answer, Type::Strong, std::move(node), &Inks::text, typed);
            }
        };
        spec.buttons.emplace_back(named("panel.yes", panel.yes),
                                  [&canvas = canvas_] { canvas.intents.push_back(ConfirmKnown{true}); });
        spec.buttons.emplace_back(named("panel.no", panel.no, ButtonKind::Quiet),
                                  [&canvas = canvas_] { canvas.intents.push_back(ConfirmKnown{false}); });
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
    std::string_view operator()(const KnownPanel&) const { return "panel.yes"; }
    template <class Other>
    std::string_view operator()(const Other&) const {
        return "panel.close";
    }
};

} // namespace

void draw_panel(Canvas& canvas, const Panel& panel) { std::visit(Panels{canvas}, panel); }

std::string_view main_button(const Panel& panel) { return std::visit(MainButton{}, panel); }

} // namespace kiosk
