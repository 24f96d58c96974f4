// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/app/visit_settings.hpp"

#include "kiosk/text/words.hpp"

#include <algorithm>

namespace kiosk {
namespace {

TextSize size_named(std::string_view name) {
    if (name == "small") return TextSize::Small;
    if (name == "large") return TextSize::Large;
    if (name == "extra-large") return TextSize::ExtraLarge;
    return TextSize::Medium;
}

Theme theme_named(std::string_view name) {
    if (name == "high-light") return Theme::HighLight;
    if (name == "high-dark") return Theme::HighDark;
    if (name == "low") return Theme::Low;
    return Theme::Medium;
}

} // namespace

VisitSettings settings_of(const net::Config& config) {
    VisitSettings settings;
    // Only languages whose words are all in this build: nobody is offered half a language.
    settings.languages.clear();
    const auto spoken = languages();
    for (const std::string& code : config.ui.languages)
        if (std::find(spoken.begin(), spoken.end(), code) != spoken.end()) settings.languages.push_back(code);
    if (settings.languages.empty()) settings.languages.emplace_back("it");
    const bool default_spoken = std::find(settings.languages.begin(), settings.languages.end(),
                                          config.ui.default_language) != settings.languages.end();
    settings.default_language = default_spoken ? config.ui.default_language : settings.languages.front();
    settings.text_size = size_named(config.ui.text_size);
    settings.theme = theme_named(config.ui.theme);
    settings.idle_warning = config.ui.idle_warning;
    settings.idle_countdown = config.ui.idle_countdown;
    settings.receipt = config.ui.receipt;
    settings.number_prefix = config.terminal.number_prefix;
    settings.office = config.office.name;
    settings.body = config.office.body_name;
    settings.address = config.office.address;
    settings.opening_hours = config.office.opening_hours;
    settings.phone = config.office.phone;
    settings.privacy_notice = config.office.privacy_notice_url;
    return settings;
}

VisitSettings settings_of_preview(VisitSettings settings) {
    settings.preview = true;
    settings.idle_warning = settings.receipt = std::chrono::hours{24 * 365};
    return settings;
}

} // namespace kiosk
