// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "samples.hpp"

#include "kiosk/text/words.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace samples {

using namespace kiosk;

/// The same sentence in the languages a form is written in; others get the Italian one.
struct Said {
    const char* it;
    const char* fr;
};

/// Makes the samples of one language, group by group: samples.cpp, samples_ends.cpp and samples_papers.cpp.
class Maker {
public:
    explicit Maker(std::string_view language) : language_(language), words_(Words::load(language).value()) {}

    std::vector<Sample> make();
    std::vector<Sample> make_papers();

private:
    [[nodiscard]] std::string w(Text text) const { return std::string(words_.get(text)); }
    [[nodiscard]] std::string s(const Said& said) const { return language_ == "fr" ? said.fr : said.it; }

    [[nodiscard]] Picture base() const {
        Picture picture;
        picture.language = language_;
        picture.direction = words_.direction();
        picture.strip = {w(Text::strip_help),     w(Text::strip_language), w(Text::strip_size),
                         w(Text::strip_contrast), w(Text::strip_exit),     std::string(own_name(language_))};
        picture.keyboard = {w(Text::keyboard_space), w(Text::keyboard_erase),   w(Text::keyboard_enter),
                            w(Text::keyboard_shift), w(Text::keyboard_symbols), w(Text::keyboard_letters),
                            w(Text::keyboard_hide),  w(Text::keyboard_left),    w(Text::keyboard_right),
                            w(Text::keyboard_show)};
        picture.more = w(Text::more);
        picture.earlier = w(Text::earlier);
        picture.office = "Comune di Valdora · Servizi sociali";
        return picture;
    }
    void add(std::string name, Screen screen, std::optional<Panel> panel = {}) {
        Picture picture = base();
        picture.screen = std::move(screen);
        picture.panel = std::move(panel);
        picture.strip_shown = !std::holds_alternative<NeutralScreen>(picture.screen);
        samples_.push_back({std::move(name), std::move(picture)});
    }
    [[nodiscard]] QuestionScreen question(const char* key, const Said& section, int number, const Said& heading,
                                          const Said& hint, const Said& why) const {
        QuestionScreen screen;
        screen.key = std::string("q:") + key;
        screen.language = language_ == "fr" ? "fr" : "it";
        if (language_ != screen.language)
            screen.note =
                words_.get(Text::services_not_translated, {{"name", words_.name_of(screen.language)}});
        screen.section = s(section);
        screen.progress = words_.get(Text::question_progress, {{"number", std::to_string(number)}, {"total", "20"}});
        screen.done = static_cast<float>(number) / 20.0F;
        screen.heading = s(heading);
        screen.hint = s(hint);
        screen.why_label = w(Text::question_why);
        screen.why = s(why);
        screen.back = w(Text::back);
        screen.next = w(Text::next);
        return screen;
    }
    [[nodiscard]] std::vector<LanguageChoice> languages() const {
        std::vector<LanguageChoice> all;
        for (const char* code : {"it", "fr", "en", "ar"})
            all.push_back({code, std::string(own_name(code)), direction(code), code == language_});
        return all;
    }
    static std::vector<Option> options(const std::vector<std::string>& texts, std::size_t chosen = 99) {
        std::vector<Option> all;
        for (std::size_t i = 0; i < texts.size(); ++i)
            all.push_back({"option." + std::to_string(i), texts[i], i == chosen});
        return all;
    }
    static TextContent typed(std::string text) {
        TextContent content;
        content.caret = content.anchor = text.size();
        content.text = std::move(text);
        return content;
    }

    void entrance();
    void choices();
    void fields();
    void searches();
    void ending();
    void panels();
    void ways();
    void looks();
    void proposals();
    void sheets();

    std::string language_;
    Words words_;
    std::vector<Sample> samples_;
};

} // namespace samples
