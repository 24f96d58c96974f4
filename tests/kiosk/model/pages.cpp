// SPDX-License-Identifier: EUPL-1.2
#include "tests/kiosk/model/filling.hpp"

#include <doctest/doctest.h>

using namespace kiosk;
using tests::Filling;

TEST_CASE("first access: a person who speaks for herself is never asked who she is for herself") {
    Filling filling;
    filling.open("primo-accesso");
    CHECK(filling.question() == "richiesta/richiesta.chi-parla");
    filling.tap(ChooseOption{"option.0"});
    CHECK_FALSE(filling.asks("dichiarante.relazione"));
    filling.tap(ChooseOption{"option.1"});
    filling.go_to("scelta-nome.anonima");
    filling.choose("No");
    CHECK(filling.asks("dichiarante.nome"));
}

TEST_CASE("first access: the fewest answers lead to the check page, and the office hears what is missing") {
    Filling filling;
    filling.open("primo-accesso");
    filling.go_to("scelta-nome.anonima");
    filling.choose("No");
    filling.go_to_check();
    const auto* check = filling.screen<CheckScreen>();
    REQUIRE(check);
    CHECK(check->missing.size() >= 3);
    CHECK(filling.all_words().find("la data di nascita") != std::string::npos);
}

TEST_CASE("first access: who stays anonymous is asked for no name, and nothing is held to be missing") {
    Filling filling;
    filling.open("primo-accesso");
    filling.go_to("scelta-nome.anonima");
    filling.choose("Sì");
    CHECK_FALSE(filling.asks("persona.cognome"));
    CHECK_FALSE(filling.asks("persona.codice-fiscale"));
    filling.go_to_check();
    for (const std::string& missing : filling.screen<CheckScreen>()->missing)
        CHECK(missing != "il cognome");
}

TEST_CASE("a page: going on without what must be answered says what to do, and keeps what is there") {
    Filling filling;
    filling.open("every-kind");
    filling.go_on();
    const auto* question = filling.screen<QuestionScreen>();
    REQUIRE(question);
    CHECK(filling.question() == "name");
    REQUIRE(question->errors.size() == 1);
    CHECK(question->errors[0].field_key == "q:name");
    CHECK(question->errors[0].text == "Scrivi una risposta per continuare.");
    CHECK(question->error_title == "C’è un problema");
    filling.type("  Anna ");
    filling.go_on();
    CHECK(filling.question() == "rent");
    filling.go_back();
    CHECK(std::get<TextControl>(filling.screen<QuestionScreen>()->control).content.text == "Anna");
}

TEST_CASE("a page: half of a date survives going back, and is not yet an answer") {
    Filling filling;
    filling.open("every-kind");
    filling.go_to("since");
    filling.type_date("31", "2", "");
    filling.go_back();
    filling.go_on();
    CHECK(filling.question() == "since");
    const auto& parts = std::get<DateControl>(filling.screen<QuestionScreen>()->control).parts;
    REQUIRE(parts.size() == 3);
    CHECK(parts[0].content.text == "31");
    CHECK(parts[1].content.text == "2");
    CHECK(parts[2].content.text.empty());
    filling.go_on();
    CHECK(filling.question() == "since");
    CHECK(filling.screen<QuestionScreen>()->errors[0].field_key == "q:since.year");
    filling.tap(TypeText{"q:since.year", "1985"});
    filling.go_on();
    CHECK(filling.screen<QuestionScreen>()->errors[0].text ==
          "Questo giorno non c’è in quel mese: controlla giorno e mese.");
    filling.tap(Edit{"q:since.day", EditCommand::SelectAll});
    filling.tap(TypeText{"q:since.day", "15"});
    filling.go_on();
    CHECK(filling.question() == "meeting");
}

TEST_CASE("a page: a year alone is a date, when that is all a person knows") {
    Filling filling;
    filling.open("every-kind");
    filling.go_to("since");
    filling.tap(TypeText{"q:since.year", "1985"});
    filling.go_to_check();
    CHECK(filling.all_words().find("Da quando?: 1985") != std::string::npos);
}

TEST_CASE("check: an answer is changed and the check page comes straight back") {
    Filling filling;
    filling.open("every-kind");
    filling.type("Anna");
    filling.go_to_check();
    filling.tap(ChangeRow{"row:name"});
    CHECK(filling.question() == "name");
    filling.tap(Edit{"q:name", EditCommand::SelectAll});
    filling.type("Bruno");
    filling.go_on();
    REQUIRE(filling.screen<CheckScreen>());
    CHECK(filling.all_words().find("Come ti chiami?: Bruno") != std::string::npos);
}

TEST_CASE("check: a change that needs a new answer leads through it, and only through it") {
    Filling filling;
    filling.open("every-kind");
    filling.go_to_check();
    filling.tap(ChangeRow{"row:school"});
    filling.choose("Sì");
    filling.go_on();
    CHECK(filling.question() == "which-school");
    filling.type("Media");
    filling.go_on();
    CHECK(filling.screen<CheckScreen>());
}

TEST_CASE("check: going back from a change changes nothing in the way") {
    Filling filling;
    filling.open("every-kind");
    filling.go_to_check();
    filling.tap(ChangeRow{"row:rent"});
    filling.go_back();
    CHECK(filling.screen<CheckScreen>());
    filling.go_back();
    CHECK(filling.question() == "last");
}

TEST_CASE("a repeating group: rows are added, named by their first answers, changed and taken away") {
    Filling filling;
    filling.open("every-kind");
    filling.go_to("children");
    filling.tap(AddInstance{});
    CHECK(filling.question() == "children/child-name");
    filling.type("Lucia");
    filling.go_on();
    CHECK(filling.question() == "children/child-born");
    filling.go_on();
    CHECK(filling.question() == "children");
    filling.tap(AddInstance{});
    filling.type("Marco");
    filling.go_on();
    filling.go_on();
    const auto* rows = std::get_if<RepeatControl>(&filling.screen<QuestionScreen>()->control);
    REQUIRE(rows);
    REQUIRE(rows->rows.size() == 2);
    CHECK(rows->rows[0].text == "Lucia");
    CHECK(rows->rows[1].text == "Marco");

    filling.tap(RemoveInstance{"row.0"});
    REQUIRE(filling.panel<RemovePanel>());
    CHECK(filling.panel<RemovePanel>()->text.find("Lucia") != std::string::npos);
    filling.tap(ConfirmRemove{false});
    CHECK_FALSE(filling.panel<RemovePanel>());
    filling.tap(RemoveInstance{"row.0"});
    filling.tap(ConfirmRemove{true});
    const auto* left = std::get_if<RepeatControl>(&filling.screen<QuestionScreen>()->control);
    REQUIRE(left->rows.size() == 1);
    CHECK(left->rows[0].text == "Marco");

    filling.tap(ChangeInstance{"row.0"});
    CHECK(filling.question() == "children/child-name");
    filling.go_back();
    CHECK(filling.question() == "children");
    filling.go_on();
    CHECK(filling.question() == "school");
    filling.go_back();
    CHECK(filling.question() == "children");
}

TEST_CASE("a repeating group: a row can still be added from the check page") {
    Filling filling;
    filling.open("every-kind");
    filling.go_to_check();
    filling.tap(ChangeRow{"row:children"});
    CHECK(filling.question() == "children");
    filling.tap(AddInstance{});
    filling.type("Lucia");
    filling.go_on();
    filling.go_on();
    CHECK(filling.question() == "children");
    filling.go_on();
    REQUIRE(filling.screen<CheckScreen>());
    CHECK(filling.all_words().find("Come si chiama?: Lucia") != std::string::npos);
}

TEST_CASE("a repeating question: each answer has its own row") {
    Filling filling;
    filling.open("every-kind");
    filling.go_to("phones");
    filling.type("075 111");
    filling.go_on();
    const auto* rows = std::get_if<RepeatControl>(&filling.screen<QuestionScreen>()->control);
    REQUIRE(rows);
    CHECK(rows->rows.size() == 1);
    filling.tap(AddInstance{});
    filling.type("075 222");
    filling.go_on();
    filling.go_on();
    CHECK(filling.question() == "children");
    filling.go_to_check();
    CHECK(filling.all_words().find("075 111, 075 222") != std::string::npos);
}

TEST_CASE("a search: one types, chooses, and can search again") {
    Filling filling;
    filling.open("every-kind");
    filling.go_to("where");
    filling.type("Per");
    const auto control = [&] { return std::get<SearchControl>(filling.screen<QuestionScreen>()->control); };
    REQUIRE(control().hits.size() == 2);
    filling.go_on(); // typed, not chosen
    CHECK(filling.question() == "where");
    CHECK(filling.screen<QuestionScreen>()->errors.size() == 1);
    filling.tap(ChooseHit{"hit.0"});
    CHECK(control().chosen == "Perugia (XX)");
    filling.tap(ForgetChosen{});
    CHECK(control().chosen.empty());
    filling.type("Pad");
    filling.tap(ChooseHit{"hit.0"});
    filling.go_on();
    CHECK(filling.question() == "born");
}

TEST_CASE("a search: what is not in the list can be kept as it was written, where the form allows it") {
    Filling filling;
    filling.open("every-kind");
    filling.go_to("born");
    filling.type("Atlantide");
    const auto control = [&] { return std::get<SearchControl>(filling.screen<QuestionScreen>()->control); };
    CHECK(control().chosen.empty());
    CHECK(control().hits.empty());
    CHECK_FALSE(control().none_found.empty());
    filling.tap(KeepFreeText{});
    CHECK(control().chosen == "Atlantide");
}

TEST_CASE("an open choice: another answer is written beside the options") {
    Filling filling;
    filling.open("every-kind");
    filling.go_to("pet");
    filling.choose("Altra risposta");
    filling.go_on();
    CHECK(filling.screen<QuestionScreen>()->errors[0].field_key == "q:pet.other");
    filling.tap(TypeText{"q:pet.other", "Iguana"});
    filling.go_on();
    CHECK(filling.question() == "where");
    filling.go_back();
    const auto choice = std::get<ChoiceControl>(filling.screen<QuestionScreen>()->control);
    CHECK(choice.options[2].selected);
    CHECK(choice.other_text->text == "Iguana");
    filling.choose("Gatto");
    const auto cat = std::get<ChoiceControl>(filling.screen<QuestionScreen>()->control);
    CHECK(cat.options[0].selected);
    CHECK_FALSE(cat.options[2].selected);
}

TEST_CASE("the privacy notice: who has accepted it on its own screen is not asked again, and the request says so") {
    Filling filling;
    filling.open("primo-accesso");
    filling.go_to_check();
    CHECK(filling.seen.size() > 10);
    CHECK_FALSE(filling.seen.contains("conferma/conferma.privacy"));
    CHECK(filling.all_words().find("Hai letto come usiamo i tuoi dati?") == std::string::npos);
    filling.tap(Send{});
    REQUIRE(filling.link.sent.size() == 1);
    const std::string sent(filling.link.sent[0].bytes.begin(), filling.link.sent[0].bytes.end());
    const auto asked = sent.find("conferma.privacy");
    REQUIRE(asked != std::string::npos);
    const auto answer = sent.find("valueBoolean", asked);
    REQUIRE(answer != std::string::npos);
    CHECK(sent.substr(answer, 20).find("true") != std::string::npos);
}

TEST_CASE("search: what was typed and neither chosen nor kept is there again after going back") {
    Filling filling;
    filling.open("primo-accesso");
    filling.choose("Per me");
    filling.go_to("scelta-nome.anonima");
    filling.choose("No");
    filling.go_to("persona.luogo-nascita");
    filling.type("Per");
    const auto query = [&filling] {
        const auto* search = std::get_if<SearchControl>(&filling.screen<QuestionScreen>()->control);
        REQUIRE(search);
        return search->query.text + " " + std::to_string(search->hits.size()) + " " + search->chosen;
    };
    CHECK(query() == "Per 2 ");
    filling.go_back();
    filling.go_on();
    REQUIRE(filling.question().ends_with("persona.luogo-nascita"));
    CHECK(query() == "Per 2 ");
    CHECK(filling.visit.draft()
              ->answers(*filling.visit.draft()->definition().path_of("persona/persona.luogo-nascita"))
              .empty()); // it is no answer yet

    filling.tap(ChooseHit{"hit.0"});
    filling.go_back();
    filling.go_on();
    CHECK(query() == " 0 Perugia (XX)"); // chosen: nothing is left of the search
    filling.tap(ForgetChosen{});
    CHECK(query() == " 0 ");

    filling.type("Nowhere");
    filling.go_on(); // whoever goes on keeps what they wrote
    filling.go_back();
    CHECK(query() == " 0 Nowhere");
    filling.tap(ForgetChosen{});
    filling.type("Unfinished");
    filling.go_back();
    CHECK(filling.memory.holds("Unfinished"));
    filling.tap(ExitNow{});
    CHECK_FALSE(filling.memory.holds("Unfinished"));
}
