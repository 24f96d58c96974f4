// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/model/answer_words.hpp"
#include "tests/kiosk/model/filling.hpp"

#include <doctest/doctest.h>

using namespace kiosk;
using tests::Filling;

namespace {
bool says(Filling& filling, std::string_view text) { return filling.all_words().find(text) != std::string::npos; }
} // namespace

TEST_CASE("answers: written for people in the language of the visit, exact underneath") {
    Filling filling;
    filling.open("every-kind");
    filling.type("Anna");
    filling.go_to("rent");
    filling.type("1250,50");
    filling.go_on();
    filling.type("3");
    filling.go_on();
    filling.type_date("15", "7", "2026");
    filling.go_on();
    filling.type_date("1", "8", "2026");
    filling.tap(TypeText{"q:meeting.hour", "9"});
    filling.tap(TypeText{"q:meeting.minute", "30"});
    filling.go_on();
    filling.tap(TypeText{"q:hour.hour", "14"});
    filling.tap(TypeText{"q:hour.minute", "05"});
    filling.go_on();
    filling.type("70,5");
    filling.go_on();
    CHECK(filling.question() == "weight"); // the unit is missing
    filling.tap(ChooseOption{"unit.0"});
    filling.go_to_check();
    CHECK(says(filling, "Quanto paghi al mese?: 1.250,50"));
    CHECK(says(filling, "Quante stanze?: 3"));
    CHECK(says(filling, "Da quando?: 15 luglio 2026"));
    CHECK(says(filling, "Quando ci vediamo?: 1º agosto 2026, ore 09:30"));
    CHECK(says(filling, "A che ora?: 14:05"));
    CHECK(says(filling, "Quanto pesa?: 70,5\u00a0chili"));
    filling.tap(OpenLanguage{});
    filling.tap(ChooseLanguage{"en"});
    CHECK(says(filling, "15 luglio 2026")); // this form speaks Italian only: so do the answers, marked as such
    CHECK(filling.screen<CheckScreen>()->language == "it");
}

TEST_CASE("answers: dates and numbers are written as each language writes them") {
    const auto written = [](std::string_view language) {
        const auto words = Words::load(language);
        REQUIRE(words.ok());
        return date_words(*forms::PartialDate::of(2026, 7, 1), words.value()) + " | " +
               date_words(*forms::PartialDate::of(2026, 7), words.value()) + " | " +
               decimal_words(*forms::Decimal::parse("-1234567.50"), words.value());
    };
    CHECK(written("it") == "1º luglio 2026 | luglio 2026 | -1.234.567,50");
    CHECK(written("fr") == "1er juillet 2026 | juillet 2026 | -1\u00a0234\u00a0567,50");
    CHECK(written("en") == "1 July 2026 | July 2026 | -1,234,567.50");
    CHECK(written("ar") == "1 يوليو 2026 | يوليو 2026 | -1.234.567,50");
}

TEST_CASE("answers: a number that is none, or too small, is told with the way out") {
    Filling filling;
    filling.open("every-kind");
    filling.type("Anna");
    filling.go_to("rooms");
    filling.type("1-2");
    filling.go_on();
    CHECK(says(filling, "Scrivi un numero intero, per esempio 3."));
    filling.tap(Edit{"q:rooms", EditCommand::SelectAll});
    filling.type("0");
    filling.go_on();
    CHECK(says(filling, "Il numero più piccolo possibile è 1."));
    filling.tap(Edit{"q:rooms", EditCommand::SelectAll});
    filling.type("2");
    filling.go_on();
    CHECK(filling.question() == "since");
}

TEST_CASE("language: a change in the middle keeps every answer, also a half-typed one") {
    Filling filling;
    filling.open("primo-accesso");
    filling.choose("Per me");
    filling.go_to("scelta-nome.anonima");
    filling.choose("No");
    filling.go_to("persona.data-nascita");
    filling.type_date("27", "3", "");
    const std::string italian = filling.screen<QuestionScreen>()->heading;
    filling.tap(OpenLanguage{});
    filling.tap(ChooseLanguage{"fr"});
    const auto* french = filling.screen<QuestionScreen>();
    REQUIRE(french);
    CHECK(french->heading != italian);
    CHECK(french->next == "Continuer");
    CHECK(french->language == "fr");
    CHECK(french->note.empty());
    CHECK(std::get<DateControl>(french->control).parts[0].content.text == "27");
    CHECK(std::get<DateControl>(french->control).parts[0].label == "Jour");
}

TEST_CASE("language: where the form does not speak it, the screen says so and marks the form's own language") {
    Filling filling;
    filling.tap(StartVisit{"ar"});
    filling.tap(AcceptNotice{});
    const auto* services = filling.screen<ServicesScreen>();
    REQUIRE(services);
    CHECK(services->services[1].language == "it");
    CHECK(services->services[1].direction == Direction::LeftToRight);
    CHECK_FALSE(services->services[1].note.empty());
    CHECK(filling.visit.picture().direction == Direction::RightToLeft);
    filling.tap(ChooseService{"every-kind"});
    const auto* question = filling.screen<QuestionScreen>();
    REQUIRE(question);
    CHECK(question->language == "it");
    CHECK_FALSE(question->note.empty());
    CHECK(question->next == "متابعة");
}

TEST_CASE("language: where the form speaks Arabic, every word on the screen does, from right to left") {
    Filling filling;
    filling.tap(StartVisit{"ar"});
    filling.tap(AcceptNotice{});
    const auto* services = filling.screen<ServicesScreen>();
    REQUIRE(services);
    CHECK(services->services[0].title == "أطلب المساعدة من الخدمات الاجتماعية");
    CHECK(services->services[0].direction == Direction::RightToLeft);
    CHECK(services->services[0].note.empty());
    filling.tap(ChooseService{"primo-accesso"});
    const auto* question = filling.screen<QuestionScreen>();
    REQUIRE(question);
    CHECK(question->language == "ar");
    CHECK(question->heading == "لمن المساعدة؟");
    CHECK(question->note.empty());
}
