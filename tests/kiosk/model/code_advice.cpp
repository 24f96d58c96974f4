// SPDX-License-Identifier: EUPL-1.2
#include "tests/kiosk/model/filling.hpp"

#include <doctest/doctest.h>

using namespace kiosk;
using tests::Filling;

namespace {

/// At the question for the person's codice fiscale, born on 1 March 1975.
void to_the_code(Filling& filling, bool with_birth_date = true) {
    filling.open("primo-accesso");
    filling.choose("Per me");
    filling.go_to("scelta-nome.anonima");
    filling.choose("No");
    filling.go_to("persona.data-nascita");
    if (with_birth_date) filling.type_date("1", "3", "1975");
    filling.go_to("persona.codice-fiscale");
}
/// What the screen asks to be looked at once more; empty: nothing.
std::string advice(Filling& filling) {
    const auto* question = filling.screen<QuestionScreen>();
    return question && !question->advice.empty() ? question->advice.front().text : std::string();
}
bool still_there(Filling& filling) { return filling.question().ends_with("persona.codice-fiscale"); }

} // namespace

TEST_CASE("codice fiscale: a check letter that does not match is told once, and goes through as it is") {
    Filling filling;
    to_the_code(filling);
    filling.type("bnc mra 75c41 f205 a");
    CHECK(advice(filling).empty()); // nobody is disturbed while typing
    filling.go_on();
    REQUIRE(still_there(filling));
    CHECK(advice(filling) == "L’ultima lettera non corrisponde alle altre.");
    CHECK(filling.screen<QuestionScreen>()->errors.empty());
    CHECK(filling.visit.picture().focus_wish == "advice");
    filling.go_on();
    CHECK_FALSE(still_there(filling));
    filling.go_back();
    CHECK(std::get<TextControl>(filling.screen<QuestionScreen>()->control).content.text == "bnc mra 75c41 f205 a");
    CHECK_FALSE(advice(filling).empty()); // what was said is still to be read
    filling.go_on();
    CHECK_FALSE(still_there(filling)); // and is not said again
}

TEST_CASE("codice fiscale: the words go when the answer changes, and another wrong one is told again") {
    Filling filling;
    to_the_code(filling);
    filling.type("BNCMRA75C41F205A");
    filling.go_on();
    CHECK_FALSE(advice(filling).empty());
    filling.tap(Edit{filling.screen<QuestionScreen>()->key, EditCommand::Backspace});
    CHECK(advice(filling).empty());
    filling.type("B");
    filling.go_on();
    REQUIRE(still_there(filling));
    CHECK_FALSE(advice(filling).empty());
}

TEST_CASE("codice fiscale: a right one, an empty one and a provisional one say nothing") {
    for (const char* typed : {"BNCMRA75C41F205O", "bncmra75c41f205o", "BNCMRA7RC41F205A", "", "12345678903"}) {
        Filling filling;
        to_the_code(filling);
        if (*typed != '\0') filling.type(typed);
        CAPTURE(typed);
        filling.go_on();
        CHECK_FALSE(still_there(filling));
    }
}

TEST_CASE("codice fiscale: what is no code at all is told by its kind") {
    const std::pair<const char*, const char*> cases[] = {
        {"BNCMRA75C41", "Di solito ha 16 lettere e numeri."},
        {"non lo so", "Di solito ha 16 lettere e numeri."},
        {"STP0123456789012", "Sembra un codice STP o ENI."},
        {"12345678904", "L’ultimo numero non corrisponde agli altri."},
    };
    for (const auto& [typed, words] : cases) {
        Filling filling;
        to_the_code(filling);
        filling.type(typed);
        CAPTURE(typed);
        filling.go_on();
        CHECK(advice(filling) == words);
        filling.go_on();
        CHECK_FALSE(still_there(filling));
    }
}

TEST_CASE("codice fiscale: another date of birth than the typed one is told; half a date that fits is not") {
    const auto asked_with = [](const char* day, const char* month, const char* year) {
        Filling filling;
        to_the_code(filling, false);
        while (!filling.question().ends_with("persona.data-nascita"))
            filling.go_back();
        filling.type_date(day, month, year);
        filling.go_to("persona.codice-fiscale");
        filling.type("BNCMRA75C41F205O");
        filling.go_on();
        return advice(filling);
    };
    CHECK(asked_with("2", "3", "1975") == "La data di nascita nel codice non è quella che hai scritto.");
    CHECK(asked_with("", "", "1957") == "La data di nascita nel codice non è quella che hai scritto.");
    CHECK(asked_with("", "3", "1975").empty());
    CHECK(asked_with("", "", "1975").empty());
    CHECK(asked_with("1", "3", "1975").empty());
}

TEST_CASE("codice fiscale: a name that cannot give its letters is told, and goes through as it is") {
    const auto asked_with = [](const char* family, const char* given) {
        Filling filling;
        to_the_code(filling);
        while (!filling.question().ends_with("persona.cognome"))
            filling.go_back();
        filling.type(family);
        filling.go_on();
        filling.type(given);
        filling.go_to("persona.codice-fiscale");
        filling.type("BNCMRA75C41F205O");
        filling.go_on();
        const std::string words = advice(filling);
        if (!words.empty()) filling.go_on();
        CHECK_FALSE(still_there(filling));
        return words;
    };
    constexpr const char* told = "Le lettere del nome o del cognome nel codice non sono quelle che hai scritto.";
    CHECK(asked_with("Bianchi", "Maria").empty());
    CHECK(asked_with("Bianco", "Mara").empty());
    CHECK(asked_with("بيانكي", "ماريا").empty());
    CHECK(asked_with("Rossi", "Maria") == told);
    CHECK(asked_with("Bianchi", "Giulia") == told);
}

TEST_CASE("codice fiscale: the words speak the language of the visit, and the wipe takes the copy of what was typed") {
    Filling filling;
    to_the_code(filling);
    filling.type("BNCMRA75C41F205A");
    filling.go_on();
    for (const auto& [language, words] : {std::pair{"fr", "La dernière lettre ne correspond pas aux autres."},
                                          std::pair{"en", "The last letter does not match the others."},
                                          std::pair{"ar", "الحرف الأخير لا يطابق بقية الرمز."}}) {
        filling.tap(OpenLanguage{});
        filling.tap(ChooseLanguage{language});
        CHECK(advice(filling) == words);
    }
    CHECK(filling.memory.holds("BNCMRA75C41F205A"));
    filling.tap(ExitNow{});
    CHECK_FALSE(filling.memory.holds("BNCMRA75C41F205A"));
}
