// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhir/load.hpp"
#include "kiosk/model/visit.hpp"
#include "tests/doubles/hand_clock.hpp"
#include "tests/doubles/memory_link.hpp"

#include <doctest/doctest.h>
#include <memory_resource>

using namespace kiosk;

namespace {

std::shared_ptr<const forms::Definition> form(const std::string& items) {
    auto loaded = forms::load_definition(
        R"({"resourceType":"Questionnaire","url":"https://a.example/f","status":"draft","language":"it","title":"Prova","item":[)" +
            items + "]}",
        {});
    REQUIRE(loaded.ok());
    return loaded.value();
}

const std::string name_and_age = R"({"linkId":"nome","type":"string","text":"Nome?"},
    {"linkId":"eta","type":"integer","text":"Età?"})";

/// An author's desk: the form comes and goes, nothing is behind the terminal.
struct Desk {
    tests::HandClock clock;
    tests::MemoryLink link;
    Visit visit{settings(), {}, ports()};

    Desk() { settle(); }
    static VisitSettings settings() {
        VisitSettings settings;
        settings.preview = true;
        return settings;
    }
    VisitPorts ports() {
        VisitPorts ports;
        ports.clock = &clock;
        ports.memory = std::pmr::new_delete_resource();
        ports.new_id = [] { return forms::Uuid::from_random({}); };
        ports.freeze = [](const forms::Draft&, const forms::FilledForm&, const RequestRecord&) {
            return std::optional(FrozenBytes("x", std::pmr::new_delete_resource()));
        };
        return ports;
    }
    void settle() {
        for (int i = 0; i < 4; ++i)
            link.work(visit);
        (void)visit.picture();
        visit.presented();
    }
    void save(std::shared_ptr<const forms::Definition> definition) {
        visit.hear(FormChanged{std::move(definition), {}});
        settle();
    }
    void save_broken(const std::string& mistake) {
        visit.hear(FormChanged{nullptr, {mistake}});
        settle();
    }
    void tap(const Intent& intent) {
        visit.apply(intent);
        settle();
    }
    std::string typed() {
        const auto* screen = std::get_if<QuestionScreen>(&visit.picture().screen);
        REQUIRE(screen);
        return std::get<TextControl>(screen->control).content.text;
    }
};

} // namespace

TEST_CASE("preview: the form is opened as soon as it is read, and every screen says that nothing is sent") {
    Desk desk;
    desk.save(form(name_and_age));
    CHECK(desk.visit.question_shown() == "nome");
    CHECK(desk.visit.picture().office == "Anteprima: niente viene inviato");
}

TEST_CASE("preview: a form in another language than the visit's says which one it is in") {
    Desk desk;
    auto loaded = forms::load_definition(
        R"({"resourceType":"Questionnaire","url":"https://a.example/f","status":"draft","language":"fr",
            "title":"Essai","item":[{"linkId":"nom","type":"string","text":"Nom ?"}]})",
        {});
    REQUIRE(loaded.ok());
    desk.save(loaded.value());
    const auto* screen = std::get_if<QuestionScreen>(&desk.visit.picture().screen);
    REQUIRE(screen);
    REQUIRE(screen->language == "fr");
    CHECK(screen->note.find("francese") != std::string::npos);
    CHECK(screen->note.find("taliano") == std::string::npos);
}

TEST_CASE("preview: a change keeps the page and the answers that still fit") {
    Desk desk;
    desk.save(form(name_and_age));
    desk.tap(TypeText{"q:nome", "Ada"});
    desk.tap(Continue{});
    desk.tap(TypeText{"q:eta", "7"});
    desk.save(form(R"({"linkId":"prima","type":"display","text":"Benvenuto"},
        {"linkId":"nome","type":"string","text":"Come ti chiami?"},{"linkId":"eta","type":"string","text":"Quanti anni?"})"));
    CHECK(desk.visit.question_shown() == "eta");
    CHECK(desk.typed() == "7"); // what was typed is a text as well
    desk.tap(Back{});
    CHECK(desk.visit.question_shown() == "nome");
    CHECK(desk.typed() == "Ada");
}

TEST_CASE("preview: instances and nested answers go along") {
    Desk desk;
    const std::string people = R"({"linkId":"chi","type":"group","text":"Chi","repeats":true,"item":[
        {"linkId":"nome","type":"string","text":"Nome?"}]})";
    desk.save(form(people));
    for (const char* name : {"Ada", "Bruno"}) {
        desk.tap(AddInstance{});
        desk.tap(TypeText{"q:" + desk.visit.question_shown().value_or(""), name});
        desk.tap(Continue{});
    }
    desk.save(form(people + R"(,{"linkId":"fine","type":"string","text":"Altro?"})"));
    const auto* screen = std::get_if<QuestionScreen>(&desk.visit.picture().screen);
    REQUIRE(screen);
    const auto& rows = std::get<RepeatControl>(screen->control).rows;
    REQUIRE(rows.size() == 2);
    CHECK(rows[1].text == "Bruno");
}

TEST_CASE("preview: mistakes stand over the last good version, and go when they are mended") {
    Desk desk;
    desk.save(form(name_and_age));
    desk.tap(TypeText{"q:nome", "Ada"});
    desk.save_broken("questionnaire.json: /item/1/type: unknown-type: no such type");
    const auto& panel = desk.visit.picture().panel;
    REQUIRE(panel);
    const auto* mistakes = std::get_if<HelpPanel>(&*panel);
    REQUIRE(mistakes);
    CHECK(mistakes->paragraphs.front().find("/item/1/type") != std::string::npos);
    CHECK(desk.typed() == "Ada");
    desk.tap(ClosePanel{});
    CHECK_FALSE(desk.visit.picture().panel);
    desk.save_broken("questionnaire.json: /item/1/type: unknown-type: still");
    CHECK(desk.visit.picture().panel);
    desk.save(form(name_and_age));
    CHECK_FALSE(desk.visit.picture().panel);
    CHECK(desk.typed() == "Ada");
}

TEST_CASE("preview: a form that is broken from the start is shown when it is mended") {
    Desk desk;
    desk.save_broken("questionnaire.json: /: not-json");
    CHECK(desk.visit.picture().panel);
    desk.save(form(name_and_age));
    CHECK(desk.visit.question_shown() == "nome");
}

TEST_CASE("preview: after the last screen the form begins anew, empty") {
    Desk desk;
    desk.save(form(name_and_age));
    desk.tap(TypeText{"q:nome", "Ada"});
    desk.tap(ExitNow{});
    for (int i = 0; i < 5; ++i) {
        desk.clock.forward(std::chrono::seconds(1));
        desk.visit.tick();
        desk.settle();
    }
    CHECK(desk.visit.question_shown() == "nome");
    CHECK(desk.typed().empty());
}

TEST_CASE("a terminal in an office takes no form from outside") {
    tests::HandClock clock;
    VisitPorts ports;
    ports.clock = &clock;
    ports.memory = std::pmr::new_delete_resource();
    Visit visit({}, {}, ports);
    visit.hear(FormChanged{form(name_and_age), {}});
    CHECK(std::holds_alternative<AttractScreen>(visit.picture().screen));
}
