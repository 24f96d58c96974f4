// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/text/catalogues.hpp"
#include "kiosk/text/words.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <set>

using kiosk::Direction;
using kiosk::Plural;
using kiosk::Text;
using kiosk::Words;

TEST_CASE("words: every language has every text, with the same placeholders") {
    const auto mistakes = kiosk::catalogue_mistakes();
    for (const std::string& mistake : mistakes)
        MESSAGE(mistake);
    CHECK(mistakes.empty());
}

TEST_CASE("words: the languages of the program's own screens are there, Italian first") {
    REQUIRE(kiosk::languages().size() >= 4);
    CHECK(kiosk::languages()[0] == "it");
    const std::set<std::string_view> all(kiosk::languages().begin(), kiosk::languages().end());
    for (const char* wanted : {"it", "fr", "en", "ar"})
        CHECK(all.contains(wanted));
}

TEST_CASE("words: a language is called by its own name") {
    CHECK(kiosk::own_name("it") == "Italiano");
    CHECK(kiosk::own_name("fr") == "Français");
    CHECK(kiosk::own_name("ar") == "العربية");
    CHECK(kiosk::own_name("tlh") == "tlh");
    CHECK(kiosk::Words::load("it").value().name_of("fr-CH") == "francese");
    CHECK(kiosk::Words::load("ar").value().name_of("it") == "الإيطالية");
    CHECK(kiosk::Words::load("en").value().name_of("tlh") == "tlh");
}

TEST_CASE("words: a region does not change the language, an unknown language is refused") {
    REQUIRE(Words::load("it-CH").ok());
    CHECK(Words::load("it-CH").value().language() == "it");
    REQUIRE_FALSE(Words::load("tlh").ok());
    CHECK(Words::load("tlh").error() == kiosk::WordsError::UnknownLanguage);
}

TEST_CASE("words: Arabic runs from right to left, Italian from left to right") {
    CHECK(Words::load("ar").value().direction() == Direction::RightToLeft);
    CHECK(Words::load("it").value().direction() == Direction::LeftToRight);
    CHECK(kiosk::direction("he-IL") == Direction::RightToLeft);
}

TEST_CASE("words: arguments take the place of placeholders and are not read again") {
    const Words words = Words::load("it").value();
    const std::string filled = words.get(Text::question_progress, {{"number", "{total}"}, {"total", "20"}});
    CHECK(filled == "Domanda {total} di circa 20");
}

// In Arabic an imperative or "you want" has one form for a man and another for a woman; nouns and "you can" are the
// same.
TEST_CASE("words: Arabic speaks to women and men alike") {
    const auto catalogues = kiosk::catalogues();
    const auto arabic =
        std::find_if(catalogues.begin(), catalogues.end(), [](const auto& c) { return c.language == "ar"; });
    REQUIRE(arabic != catalogues.end());
    for (std::size_t i = 0; i < arabic->entries.size(); ++i) {
        if (arabic->entries[i].plain == nullptr) continue;
        std::string text(arabic->entries[i].plain);
        for (const std::string_view mark : {".", ":", "،", "؟", "«", "»", "(", ")"})
            for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark))
                text.replace(at, mark.size(), " ");
        INFO(kiosk::text_keys()[i], ": ", text);
        for (const std::string to_a_man :
             {"اكتب", "اختر", "أجب",   "اتصل",  "تحدث",   "تابع", "اترك", "اضغط",  "المس", "فالمس",
              "امسح", "اخرج", "ابدأ",  "ابحث",  "حاول",   "راجع", "أرسل", "أكمل",  "أضف",  "أعد",
              "توجّه", "تحقّق", "انظر",  "انتظر", "اذهب",   "اقرأ", "اسأل", "فاسأل", "تبدأ", "تسأل",
              "تريد", "ترغب", "تحتاج", "تعرف",  "تستطيع", "تفضل", "أنت"})
            CHECK((" " + text + " ").find(" " + to_a_man + " ") == std::string::npos);
    }
}

TEST_CASE("words: counted things follow the plural rules of CLDR") {
    CHECK(kiosk::plural("it", 1) == Plural::One);
    CHECK(kiosk::plural("it", 0) == Plural::Other);
    CHECK(kiosk::plural("it", 2'000'000) == Plural::Many);
    CHECK(kiosk::plural("fr", 0) == Plural::One);
    CHECK(kiosk::plural("fr", 2) == Plural::Other);
    CHECK(kiosk::plural("en", 1) == Plural::One);
    CHECK(kiosk::plural("en", 0) == Plural::Other);
    CHECK(kiosk::plural("ar", 0) == Plural::Zero);
    CHECK(kiosk::plural("ar", 1) == Plural::One);
    CHECK(kiosk::plural("ar", 2) == Plural::Two);
    CHECK(kiosk::plural("ar", 10) == Plural::Few);
    CHECK(kiosk::plural("ar", 103) == Plural::Few);
    CHECK(kiosk::plural("ar", 11) == Plural::Many);
    CHECK(kiosk::plural("ar", 199) == Plural::Many);
    CHECK(kiosk::plural("ar", 100) == Plural::Other);
    CHECK(kiosk::plural("ar", 102) == Plural::Other);
}
