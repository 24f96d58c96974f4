// SPDX-License-Identifier: EUPL-1.2
// What is laid over a screen: help, languages, sizes, contrast, the idle warning, "really remove?".
#include "kiosk/model/visit_state.hpp"

namespace kiosk {

std::optional<Panel> Visit::panel() const {
    const std::string close = said(Text::close);
    switch (panel_) {
    case PanelKind::None:
        return std::nullopt;
    case PanelKind::Help:
        return HelpPanel{said(Text::help_title),
                         {said(Text::help_one), said(Text::help_two), said(Text::help_three), said(Text::help_four),
                          said(Text::help_five), said(Text::help_six)},
                         close};
    case PanelKind::Language:
        return LanguagePanel{said(Text::language_title), language_choices(), said(Text::language_note), close};
    case PanelKind::Size:
        return SizePanel{said(Text::size_title),
                         {{"size.small", said(Text::size_small), text_size_ == TextSize::Small},
                          {"size.medium", said(Text::size_medium), text_size_ == TextSize::Medium},
                          {"size.large", said(Text::size_large), text_size_ == TextSize::Large},
                          {"size.extra-large", said(Text::size_extra_large), text_size_ == TextSize::ExtraLarge}},
                         close};
    case PanelKind::Contrast:
        return ContrastPanel{said(Text::contrast_title),
                             {{"theme.medium", said(Text::contrast_medium), theme_ == Theme::Medium},
                              {"theme.high-light", said(Text::contrast_high_light), theme_ == Theme::HighLight},
                              {"theme.high-dark", said(Text::contrast_high_dark), theme_ == Theme::HighDark},
                              {"theme.low", said(Text::contrast_low), theme_ == Theme::Low}},
                             close};
    case PanelKind::Idle: {
        const int left = idle_seconds_left();
        return IdlePanel{said(Text::idle_title),
                         said(Text::idle_text),
                         said(Text::idle_more_time),
                         said(Text::idle_leave),
                         left,
                         words_.get(Text::idle_seconds, {{"seconds", std::to_string(left)}})};
    }
    case PanelKind::Known:
        return known_panel();
    case PanelKind::Mistakes:
        return HelpPanel{words_.get(Text::preview_mistakes, {{"count", std::to_string(mistakes_.size())}}), mistakes_,
                         close};
    case PanelKind::Remove: {
        std::string name;
        if (filling_ && filling_->page && filling_->page->page().kind == forms::PageKind::Repeat)
            name = filling_->page->instance_name(filling_->page->page().path.with_instance(removing_), voice());
        else
            name = words_.get(Text::repeat_row, {{"name", ""}, {"number", std::to_string(removing_ + 1)}});
        return RemovePanel{said(Text::remove_title), words_.get(Text::remove_text, {{"name", name}}),
                           said(Text::remove_yes), said(Text::remove_no)};
    }
    }
    return std::nullopt;
}

} // namespace kiosk
