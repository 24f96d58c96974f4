// SPDX-License-Identifier: EUPL-1.2
// What a form decides while it is filled in, as a person sees it: warnings, calculated answers, tabs, folded groups.
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

void open_at(Filling& filling, std::string_view question, std::string_view language = "it") {
    filling.open("rules", language);
    filling.go_to(question);
}

const AskedPart* part(Filling& filling, std::string_view key) {
    const auto& parts = screen_of(filling).parts;
    const auto found =
        std::find_if(parts.begin(), parts.end(), [key](const AskedPart& each) { return each.key == key; });
    return found == parts.end() ? nullptr : &*found;
}

std::string typed_in(Filling& filling, std::string_view key) {
    const AskedPart* const asked = part(filling, key);
    REQUIRE(asked);
    return std::get<TextControl>(asked->control).content.text;
}

void erase(Filling& filling, const std::string& field) {
    for (int i = 0; i < 20; ++i)
        filling.tap(Edit{field, EditCommand::Backspace});
}

const std::string income = "q:conti/entrate", rent = "q:conti/affitto", left_over = "q:conti/resto";

/// More rent than half of the income.
void pay_too_much(Filling& filling) {
    filling.tap(TypeText{income, "900"});
    filling.tap(TypeText{rent, "500"});
}

/// The words of the tabs, the one that is up in brackets.
std::string tabs(Filling& filling) {
    std::string all;
    for (const Option& tab : screen_of(filling).tabs)
        all += (all.empty() ? "" : " ") + (tab.selected ? "[" + tab.text + "]" : tab.text);
    return all;
}

} // namespace

TEST_CASE("constraint: what does not hold is told at its question in the form's own words") {
    for (const auto& [language, words] : {std::pair{"it", "I minori non possono essere più delle persone in casa."},
                                          std::pair{"ar", "لا يمكن أن يكون عدد القاصرين أكبر من عدد سكان البيت."}}) {
        Filling filling;
        open_at(filling, "persone", language);
        filling.type("2");
        filling.go_to("minori");
        filling.type("3");
        filling.go_on();
        REQUIRE(filling.question() == "casa/minori");
        REQUIRE(screen_of(filling).errors.size() == 1);
        CHECK(screen_of(filling).errors.front().text == words);
        CHECK(screen_of(filling).errors.front().field_key == "q:casa/minori");
        CHECK(screen_of(filling).errors.front().of_form);
        erase(filling, "q:casa/minori");
        filling.type("1");
        filling.go_on();
        CHECK(filling.question() == "casa/adulti");
    }
}

TEST_CASE("constraint: one that breaks later leads from 'check your answers' to its question") {
    Filling filling;
    open_at(filling, "persone");
    filling.type("4");
    filling.go_to("minori");
    filling.type("3");
    filling.go_to_check();
    filling.tap(ChangeRow{"row:casa/persone"});
    erase(filling, "q:casa/persone");
    filling.type("2");
    filling.go_on();
    filling.tap(Send{});
    const auto* check = filling.screen<CheckScreen>();
    REQUIRE(check);
    REQUIRE(check->errors.size() == 1);
    CHECK(check->errors.front().question == "Quante hanno meno di 18 anni?");
    CHECK(check->errors.front().text == "I minori non possono essere più delle persone in casa.");
    filling.tap(ChangeRow{check->errors.front().field_key});
    CHECK(filling.question() == "casa/minori");
    CHECK_FALSE(screen_of(filling).errors.empty()); // the page says itself what is wrong
}

TEST_CASE("warning: it is told once, in the form's words, and the answer may stay as it is") {
    Filling filling;
    open_at(filling, "entrate");
    pay_too_much(filling);
    CHECK(screen_of(filling).advice.empty()); // nobody is disturbed while typing
    filling.go_on();
    REQUIRE(filling.question() == "conti/entrate");
    REQUIRE(screen_of(filling).advice.size() == 2);
    CHECK(screen_of(filling).advice_title == "Guarda ancora questa risposta");
    CHECK(screen_of(filling).advice[0].text == "L’affitto è più della metà delle entrate. È giusto?");
    CHECK(screen_of(filling).advice[0].question == "Quanto costa l’affitto?");
    CHECK(screen_of(filling).errors.empty());
    CHECK(filling.visit.picture().focus_wish == "advice");
    filling.go_on();
    CHECK(filling.question() != "conti/entrate");
}

TEST_CASE("warning: it goes when the answers are right, and speaks the language of the visit") {
    Filling filling;
    open_at(filling, "entrate");
    pay_too_much(filling);
    filling.go_on();
    filling.tap(OpenLanguage{});
    filling.tap(ChooseLanguage{"ar"});
    REQUIRE_FALSE(screen_of(filling).advice.empty());
    CHECK(screen_of(filling).advice[0].text == "الإيجار أكثر من نصف الدخل. هل هذا صحيح؟");
    filling.tap(Edit{rent, EditCommand::Backspace});
    CHECK(screen_of(filling).advice.empty());
    filling.go_on();
    CHECK(filling.question() != "conti/entrate");
}

TEST_CASE("warning: 'check your answers' names it, leads to it and sends all the same") {
    Filling filling;
    open_at(filling, "entrate");
    pay_too_much(filling);
    filling.go_on();
    filling.go_to_check();
    const auto* check = filling.screen<CheckScreen>();
    REQUIRE(check->advice.size() == 1);
    CHECK(check->advice.front().question == "Quanto costa l’affitto?");
    CHECK(check->errors.empty());
    const std::string key = check->advice.front().field_key;
    filling.tap(ChangeRow{key});
    CHECK(filling.question() == "conti/entrate");
    filling.go_on();
    filling.go_to_check();
    filling.tap(Send{});
    CHECK(filling.screen<ReceiptScreen>());
}

TEST_CASE("calculated: the field follows the others on its page, until a person writes into it") {
    Filling filling;
    open_at(filling, "entrate");
    filling.tap(TypeText{income, "900"});
    filling.tap(TypeText{rent, "300"});
    CHECK(typed_in(filling, left_over) == "600");
    filling.tap(Edit{rent, EditCommand::Backspace});
    CHECK(typed_in(filling, left_over) == "870");
    erase(filling, left_over);
    CHECK(typed_in(filling, left_over).empty());
    filling.tap(TypeText{rent, "0"}); // nobody is written over
    CHECK(typed_in(filling, left_over).empty());
    filling.tap(TypeText{left_over, "550"});
    filling.tap(Edit{rent, EditCommand::Backspace});
    CHECK(typed_in(filling, left_over) == "550");
}

TEST_CASE("calculated: what was left empty is the program's again when the person goes on") {
    Filling filling;
    open_at(filling, "entrate");
    filling.tap(TypeText{income, "900"});
    filling.tap(TypeText{rent, "300"});
    erase(filling, left_over);
    filling.go_on();
    filling.go_back();
    REQUIRE(filling.question() == "conti/entrate");
    CHECK(typed_in(filling, left_over) == "600");
    erase(filling, left_over);
    filling.go_back();
    filling.go_on();
    CHECK(typed_in(filling, left_over) == "600");
}

TEST_CASE("tabs: every section of the group is one touch away, and what was typed stays") {
    Filling filling;
    open_at(filling, "abitare.stanze");
    CHECK(tabs(filling) == "[Casa] Lavoro Salute");
    filling.tap(TypeText{"q:schede/abitare/abitare.stanze", "3"});
    filling.tap(ChooseTab{"tab.2"});
    CHECK(filling.question() == "schede/salute/salute.medico");
    CHECK(tabs(filling) == "Casa Lavoro [Salute]");
    CHECK(filling.visit.picture().focus_wish == "tab.2");
    filling.tap(ChooseTab{"tab.0"});
    CHECK(typed_in(filling, "q:schede/abitare/abitare.stanze") == "3");
    filling.tap(ChooseTab{"tab.7"}); // of a frame that is gone
    CHECK(tabs(filling) == "[Casa] Lavoro Salute");
}

TEST_CASE("tabs: Continue goes through all of them, and a tab that was jumped over is asked before sending") {
    Filling filling;
    open_at(filling, "abitare.stanze");
    filling.tap(ChooseTab{"tab.2"});
    filling.go_on();
    REQUIRE(filling.screen<CheckScreen>());
    filling.tap(Send{});
    const auto* check = filling.screen<CheckScreen>();
    REQUIRE(check);
    REQUIRE(check->errors.size() == 1);
    CHECK(check->errors.front().question == "Hai un lavoro?");
    filling.tap(ChangeRow{check->errors.front().field_key});
    CHECK(tabs(filling) == "Casa [Lavoro] Salute");
}

TEST_CASE("folded: a group that begins closed shows its name alone until somebody opens it") {
    Filling filling;
    open_at(filling, "contatto.nome");
    REQUIRE(screen_of(filling).fold);
    CHECK_FALSE(screen_of(filling).fold->open);
    CHECK(screen_of(filling).fold->label == "Mostra le domande");
    CHECK(screen_of(filling).heading == "Un’altra persona da chiamare");
    CHECK(screen_of(filling).parts.empty());
    filling.go_on(); // nobody has to open it
    CHECK(filling.question() == "animali/animali.cane");
    REQUIRE(screen_of(filling).fold);
    CHECK(screen_of(filling).fold->open); // this one begins open
    filling.go_back();
    filling.tap(ToggleFold{});
    CHECK(screen_of(filling).parts.size() == 2);
    filling.tap(TypeText{"q:contatto/contatto.nome", "Ada"});
    filling.tap(ToggleFold{});
    CHECK(screen_of(filling).parts.empty());
    filling.tap(ToggleFold{});
    CHECK(typed_in(filling, "q:contatto/contatto.nome") == "Ada"); // hidden, not lost
}

TEST_CASE("folded: whoever comes to change an answer in it finds it open") {
    Filling filling;
    filling.open("rules");
    filling.go_to_check();
    filling.tap(ChangeRow{"row:contatto/contatto.telefono"});
    REQUIRE(screen_of(filling).fold);
    CHECK(screen_of(filling).fold->open);
    CHECK(part(filling, "q:contatto/contatto.telefono"));
}

TEST_CASE("tables: the author says whether the questions are the rows or the columns") {
    Filling rows;
    rows.open("every-control");
    rows.go_to("tabella.sonno");
    CHECK(screen_of(rows).table == TableLook::Rows);
    Filling columns;
    open_at(columns, "colonne.dormito");
    CHECK(screen_of(columns).table == TableLook::Columns);
}

TEST_CASE("tables: answers with questions below them are rows, and those questions their columns") {
    Filling filling;
    open_at(filling, "lingue");
    filling.type("Italiano");
    filling.go_on();
    const auto* list = std::get_if<RepeatControl>(&screen_of(filling).control);
    REQUIRE(list);
    CHECK(list->columns == std::vector<std::string>{"Quali lingue parli?", "Quanto bene la parli?", "La scrivi?"});
    REQUIRE(list->rows.size() == 1);
    CHECK(list->rows[0].cells == std::vector<std::string>{"Italiano", "", ""});
    filling.go_on();
    CHECK(filling.question() == "lingue/lingue.livello");
    CHECK(screen_of(filling).section == "Quali lingue parli? · Italiano"); // of which answer it asks
    filling.choose("Bene");
    filling.go_back();
    list = std::get_if<RepeatControl>(&screen_of(filling).control);
    REQUIRE(list);
    CHECK(list->rows[0].cells == std::vector<std::string>{"Italiano", "Bene", ""});
}
