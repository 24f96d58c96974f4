// SPDX-License-Identifier: EUPL-1.2
// What is offered, and how a question is worded, as far as answers before it decide it.
#include "tests/kiosk/model/filling.hpp"

#include <doctest/doctest.h>

using namespace kiosk;
using tests::Filling;

namespace {

const QuestionScreen& screen_of(Filling& filling) {
    const auto* screen = filling.screen<QuestionScreen>();
    REQUIRE(screen);
    return *screen;
}

/// "Scuola e asilo, [Sport]": the options of the question, those that are chosen in brackets.
std::string options(Filling& filling) {
    const auto* choice = std::get_if<ChoiceControl>(&screen_of(filling).control);
    REQUIRE(choice);
    std::string all;
    for (const Option& option : choice->options)
        all += (all.empty() ? "" : ", ") + (option.selected ? "[" + option.text + "]" : option.text);
    return all;
}

const SearchControl& search(Filling& filling) {
    const auto* found = std::get_if<SearchControl>(&screen_of(filling).control);
    REQUIRE(found);
    return *found;
}

void choose(Filling& filling, int option) { filling.tap(ChooseOption{"option." + std::to_string(option)}); }

/// On the page before: for an adult (0) or for somebody under age (1).
void ask_for(Filling& filling, int who) {
    filling.tap(ChooseOption{"q:richiesta/chi.option." + std::to_string(who)});
    filling.go_on();
    REQUIRE(filling.question() == "richiesta/servizi");
}

/// To the page where one is asked whether all streets are to be seen (0: yes, 1: no), and on.
void see_streets(Filling& filling, int all) {
    while (filling.question() != "zona/tutte")
        filling.go_on();
    filling.tap(ChooseOption{"q:zona/tutte.option." + std::to_string(all)});
    filling.go_on();
    REQUIRE(filling.question() == "zona/via");
}

} // namespace

TEST_CASE("offers: an answer decides what a later question offers, also after going back") {
    Filling filling;
    filling.open("offers");
    ask_for(filling, 0);
    CHECK(options(filling) == "Cercare casa, Soldi per l'affitto");
    filling.go_back();
    ask_for(filling, 1);
    CHECK(options(filling) == "Scuola e asilo, Sport e tempo libero");
    choose(filling, 1);
    CHECK(options(filling) == "Scuola e asilo, [Sport e tempo libero]");
}

TEST_CASE("offers: they have the words of the language, also when it changes while they are shown") {
    Filling filling;
    filling.open("offers", "fr");
    ask_for(filling, 0);
    CHECK(options(filling) == "Chercher un logement, Argent pour le loyer");
    filling.tap(ChooseLanguage{"en"});
    CHECK(options(filling) == "Finding a home, Money for the rent");
}

TEST_CASE("offers: what is offered no longer stays in sight, keeps the person here, and goes with one touch") {
    Filling filling;
    filling.open("offers");
    ask_for(filling, 0);
    choose(filling, 0);
    filling.go_back();
    ask_for(filling, 1);
    CHECK(options(filling) == "Scuola e asilo, Sport e tempo libero, [Cercare casa]");
    filling.go_on();
    REQUIRE_FALSE(screen_of(filling).errors.empty());
    choose(filling, 0);
    CHECK(options(filling) == "[Scuola e asilo], Sport e tempo libero, [Cercare casa]");
    choose(filling, 2);
    CHECK(options(filling) == "[Scuola e asilo], Sport e tempo libero");
    filling.go_on();
    CHECK(filling.question() == "zona/tutte");
}

TEST_CASE("wording: a question names the person that an earlier answer names") {
    Filling filling;
    filling.open("offers");
    ask_for(filling, 0);
    CHECK(screen_of(filling).heading == "Che cosa serve?");
    filling.go_back();
    filling.tap(TypeText{"q:richiesta/nome", "Ada"});
    ask_for(filling, 0);
    CHECK(screen_of(filling).heading == "Che cosa serve a Ada?");
}

TEST_CASE("offers: a list that is too long to show is searched; a short one is shown") {
    Filling filling;
    filling.open("offers");
    ask_for(filling, 0);
    see_streets(filling, 1);
    CHECK(options(filling) == "Via Roma, Via Garibaldi, Via Mazzini");
    filling.go_back();
    see_streets(filling, 0);
    CHECK(search(filling).hits.size() == 28);
    filling.tap(TypeText{"q:zona/via", "ro"});
    REQUIRE(search(filling).hits.size() == 2);
    CHECK(search(filling).hits[1].text == "Via Rossini");
    filling.tap(ChooseHit{search(filling).hits[1].key});
    CHECK(search(filling).chosen == "Via Rossini");
    filling.go_back();
    see_streets(filling, 1);
    CHECK(options(filling) == "Via Roma, Via Garibaldi, Via Mazzini, [Via Rossini]");
}
