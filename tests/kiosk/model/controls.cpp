// SPDX-License-Identifier: EUPL-1.2
#include "tests/kiosk/model/filling.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace kiosk;
using tests::Filling;

namespace {

const QuestionScreen& screen_of(Filling& filling) {
    const auto* screen = filling.screen<QuestionScreen>();
    REQUIRE(screen);
    return *screen;
}

template <class C>
C control(Filling& filling) {
    const auto* found = std::get_if<C>(&screen_of(filling).control);
    REQUIRE(found);
    return *found;
}

const AskedPart& part(Filling& filling, std::string_view key) {
    for (const AskedPart& each : screen_of(filling).parts)
        if (each.key == key) return each;
    FAIL("no such question on the page");
    return screen_of(filling).parts.front();
}

void open_at(Filling& filling, std::string_view question) {
    filling.open("every-control");
    filling.go_to(question);
}

} // namespace

TEST_CASE("slider: no answer is not the lowest answer") {
    Filling filling;
    open_at(filling, "scala");
    CHECK_FALSE(control<SliderControl>(filling).at);
    CHECK(control<SliderControl>(filling).value == "Nessuna risposta");
    CHECK(screen_of(filling).clear.empty());
    filling.tap(AdjustNumber{"q:numeri/scala", 1});
    REQUIRE(control<SliderControl>(filling).at);
    CHECK(*control<SliderControl>(filling).at == 0.0);
    CHECK(control<SliderControl>(filling).value == "0");
    filling.tap(ClearAnswer{"clear"});
    CHECK_FALSE(control<SliderControl>(filling).at);
}

TEST_CASE("slider: plus, minus and a finger stay on the scale") {
    Filling filling;
    open_at(filling, "scala");
    filling.tap(PlaceNumber{"q:numeri/scala", 0.74});
    CHECK(control<SliderControl>(filling).value == "7");
    for (int i = 0; i < 6; ++i)
        filling.visit.apply(AdjustNumber{"q:numeri/scala", 1});
    CHECK(control<SliderControl>(filling).value == "10");
    filling.tap(PlaceNumber{"q:numeri/scala", -3});
    CHECK(control<SliderControl>(filling).value == "0");
    CHECK(control<SliderControl>(filling).least_means == "Per niente");
}

TEST_CASE("counted number: it begins at the least the form allows, and can be typed too") {
    Filling filling;
    open_at(filling, "contatore");
    CHECK(control<TextControl>(filling).more == "Più");
    filling.tap(AdjustNumber{"q:numeri/contatore", 1});
    CHECK(control<TextControl>(filling).content.text == "0");
    filling.tap(AdjustNumber{"q:numeri/contatore", 1});
    CHECK(control<TextControl>(filling).content.text == "1");
    filling.tap(TypeText{"q:numeri/contatore", "2"});
    CHECK(control<TextControl>(filling).content.text == "12");
    filling.tap(AdjustNumber{"q:numeri/contatore", -1});
    CHECK(control<TextControl>(filling).content.text == "11");
}

TEST_CASE("dates: a question for a month or a year has no field for the day") {
    Filling month;
    open_at(month, "mese");
    CHECK(control<DateControl>(month).parts.size() == 2);
    month.tap(TypeText{"q:date/mese.month", "13"});
    month.tap(TypeText{"q:date/mese.year", "1999"});
    month.go_on();
    CHECK(screen_of(month).errors.front().field_key == "q:date/mese.month");
    Filling year;
    open_at(year, "anno");
    CHECK(control<DateControl>(year).parts.size() == 1);
    year.tap(TypeText{"q:date/anno.year", "1946"});
    year.go_on();
    CHECK(year.question() != "date/anno");
}

TEST_CASE("list in the form: searching knows no accents, and what begins with the letters comes first") {
    Filling filling;
    open_at(filling, "ricerca");
    filling.tap(TypeText{"q:scelte/ricerca", "e"});
    const auto hits = control<SearchControl>(filling).hits;
    REQUIRE(hits.size() == 2);
    CHECK(hits[0].text == "Émarèse");
    CHECK(hits[1].text == "Étroubles");
}

TEST_CASE("several questions: each is answered for itself, and the errors say which one is meant") {
    Filling filling;
    open_at(filling, "insieme.stanze");
    CHECK(screen_of(filling).heading == "Come sta la tua casa");
    CHECK(screen_of(filling).parts.size() == 4);
    filling.go_on();
    REQUIRE(screen_of(filling).errors.size() == 2);
    CHECK(screen_of(filling).errors[0].question == "Stanze");
    filling.tap(ChooseOption{"q:insieme/insieme.riscaldata.option.1"});
    CHECK(screen_of(filling).errors.size() == 1); // what was asked for has been done
    filling.tap(AdjustNumber{"q:insieme/insieme.stanze", 1});
    filling.tap(TypeText{"q:insieme/insieme.note", "Il tetto"});
    filling.go_on();
    CHECK(filling.question() == "tabella/tabella.sonno");
    filling.go_back();
    CHECK(std::get<TextControl>(part(filling, "q:insieme/insieme.note").control).content.text == "Il tetto");
    CHECK(std::get<ChoiceControl>(part(filling, "q:insieme/insieme.riscaldata").control).options[1].selected);
}

TEST_CASE("several questions: an optional answer can be taken back on its own") {
    Filling filling;
    open_at(filling, "insieme.stanze");
    filling.tap(ChooseOption{"q:insieme/insieme.tipo.option.3"});
    CHECK(std::get<ChoiceControl>(part(filling, "q:insieme/insieme.tipo").control).folded);
    filling.tap(ClearAnswer{part(filling, "q:insieme/insieme.tipo").stem + "clear"});
    CHECK(part(filling, "q:insieme/insieme.tipo").clear.empty());
}

TEST_CASE("follow-up: a short question comes up under the answer that asks for it, and goes with it") {
    Filling filling;
    open_at(filling, "seguito");
    CHECK(screen_of(filling).parts.empty());
    filling.tap(ChooseOption{"option.0"});
    REQUIRE(screen_of(filling).parts.size() == 1);
    filling.tap(TypeText{"q:scelte/seguito/seguito.nome", "Dottoressa Rossi"});
    filling.tap(ChooseOption{"option.1"});
    CHECK(screen_of(filling).parts.empty());
    filling.tap(ChooseOption{"option.0"});
    CHECK(std::get<TextControl>(screen_of(filling).parts[0].control).content.text == "Dottoressa Rossi");
}

TEST_CASE("table: questions with the same few answers make one, others do not") {
    Filling table;
    open_at(table, "tabella.sonno");
    CHECK(screen_of(table).table == TableLook::Rows);
    Filling mixed;
    open_at(mixed, "insieme.stanze");
    CHECK(screen_of(mixed).table == TableLook::None);
}

TEST_CASE("read-only: what the program wrote is shown and cannot be changed") {
    Filling filling;
    open_at(filling, "scritto");
    CHECK(control<ShownControl>(filling).value == "Ufficio Servizi sociali, via Roma 1");
    CHECK(screen_of(filling).optional_mark.empty());
    filling.visit.apply(TypeText{"q:testi/scritto", "x"});
    CHECK(control<ShownControl>(filling).value == "Ufficio Servizi sociali, via Roma 1");
}

TEST_CASE("papers: the page says which kinds and how large") {
    Filling filling;
    open_at(filling, "carta");
    const auto paragraphs = control<NoticeControl>(filling).paragraphs;
    REQUIRE(paragraphs.size() == 4);
    CHECK(paragraphs[2] == "Va bene: una foto, un file PDF.");
    CHECK(paragraphs[3] == "Se è un file: al massimo 5 MB.");
}

TEST_CASE("instances: they stand in columns, and one can be moved up with its answers and its way") {
    Filling filling;
    open_at(filling, "persone");
    for (const char* name : {"Ada", "Bruno"}) {
        filling.tap(AddInstance{});
        const std::string place = name == std::string("Ada") ? "persone" : "persone[1]";
        filling.tap(TypeText{"q:" + place + "/persone.nome", name});
        filling.go_on();
        CHECK(filling.question() == "persone");
    }
    CHECK(control<RepeatControl>(filling).columns == std::vector<std::string>{"Nome", "Età", "Lavora"});
    CHECK(control<RepeatControl>(filling).rows[0].up.empty());
    CHECK(control<RepeatControl>(filling).rows[1].cells[0] == "Bruno");
    filling.tap(MoveInstanceUp{"row.1"});
    CHECK(control<RepeatControl>(filling).rows[0].cells[0] == "Bruno");
    CHECK(control<RepeatControl>(filling).rows[1].text == "Ada");
    filling.go_on();
    CHECK(filling.question() == "animali"); // nobody is sent through an instance again
}
