// SPDX-License-Identifier: EUPL-1.2
// What is published while the terminal runs, and where a request stands.
#include "tests/kiosk/model/filling.hpp"

#include "forms/fhir/load.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace kiosk;
using namespace std::chrono_literals;
using tests::Filling;

namespace {

std::shared_ptr<const forms::Definition> form(const std::string& version, const std::string& question) {
    auto loaded = forms::load_definition(
        R"({"resourceType":"Questionnaire","language":"it","url":"https://a.example/q","version":")" + version +
        R"(","title":"Buono )" + version + R"(","status":"active","item":[{"linkId":"a","type":"text","text":")" +
        question + "\"}]}");
    REQUIRE(loaded.ok());
    return loaded.value();
}

PublishedNews news_of(std::vector<PublishedForm> forms, std::vector<Notice> notices = {}) {
    return {std::move(forms), std::move(notices)};
}

Notice notice(const Filling& f, std::string id, std::chrono::seconds begins, std::chrono::seconds lasts) {
    Notice n;
    n.id = std::move(id);
    n.title = {{"it", "Titolo " + n.id}};
    n.text = {{"it", "Testo " + n.id}};
    n.from = f.clock.wall + begins;
    n.until = n.from + lasts;
    return n;
}

std::size_t on_attract(Filling& f) {
    const auto* attract = f.screen<AttractScreen>();
    REQUIRE(attract != nullptr);
    return attract->notices.size();
}

bool offers(Filling& f, std::string_view title) {
    const auto* services = f.screen<ServicesScreen>();
    REQUIRE(services != nullptr);
    for (const auto& service : services->services)
        if (service.title == title) return true;
    return false;
}

void to_services(Filling& f) {
    f.link.work(f.visit);
    f.visit.apply(StartVisit{"it"});
    f.link.work(f.visit);
    f.visit.apply(AcceptNotice{});
    f.link.work(f.visit);
}

std::string said(Filling& f) {
    const auto* news = f.screen<NewsScreen>();
    REQUIRE(news != nullptr);
    REQUIRE_FALSE(news->paragraphs.empty());
    return news->paragraphs.front();
}

/// "Esci subito", and the neutral screen passes.
void leave(Filling& f) {
    f.visit.apply(ExitNow{});
    (void)f.visit.picture();
    f.visit.presented();
    f.pass(4s);
    f.link.work(f.visit);
}

} // namespace

TEST_CASE("a published form is offered to the next visit, and taken back when its owner withdraws it") {
    Filling f;
    f.visit.hear(news_of({{form("1", "Perché?"), false}}));
    to_services(f);
    CHECK(offers(f, "Buono 1"));
    f.visit.hear(news_of({{form("1", "Perché?"), true}}));
    CHECK(offers(f, "Buono 1")); // not while somebody is choosing
    leave(f);
    to_services(f);
    CHECK_FALSE(offers(f, "Buono 1"));
}

TEST_CASE("a new version never touches a form that somebody is filling in") {
    Filling f;
    f.visit.hear(news_of({{form("1", "Perché?"), false}}));
    to_services(f);
    f.visit.apply(ChooseService{"published.https://a.example/q"});
    f.link.work(f.visit);
    REQUIRE(f.question() == "a");
    f.type("Il lavoro");
    f.visit.hear(news_of({{form("2", "Altro?"), false}}));
    REQUIRE(f.screen<QuestionScreen>() != nullptr);
    CHECK(f.screen<QuestionScreen>()->heading == "Perché?");
    f.visit.apply(Back{});
    f.visit.apply(ChooseService{"published.https://a.example/q"});
    f.link.work(f.visit);
    CHECK(f.screen<QuestionScreen>()->heading == "Perché?");
    CHECK(f.visit.draft()->definition().version() == "1");
    leave(f);
    to_services(f);
    CHECK(offers(f, "Buono 2"));
}

TEST_CASE("a published version takes the place of the installed form of the same name") {
    Filling f;
    to_services(f);
    const std::size_t before = f.screen<ServicesScreen>()->services.size();
    leave(f);
    f.visit.hear(news_of({{form("1", "Perché?"), false}, {form("1", "Perché?"), false}}));
    to_services(f);
    CHECK(f.screen<ServicesScreen>()->services.size() == before + 1);
}

TEST_CASE("notices appear when they begin and vanish when they end, without any news") {
    Filling f;
    f.visit.hear(news_of({}, {notice(f, "a", -1h, 2h), notice(f, "b", 30min, 1h)}));
    CHECK(on_attract(f) == 1);
    REQUIRE(f.visit.next_deadline());
    CHECK(*f.visit.next_deadline() <= f.clock.boot + 60s);
    f.pass(31min);
    CHECK(on_attract(f) == 2);
    f.pass(30min);
    CHECK(on_attract(f) == 1);
    f.pass(1h);
    CHECK(on_attract(f) == 0);
}

TEST_CASE("the most urgent notice comes first, and all can be read from the first screen and left again") {
    Filling f;
    Notice hours = notice(f, "hours", -1h, 5h);
    Notice snow = notice(f, "snow", -1h, 5h);
    snow.urgent = true;
    f.visit.hear(news_of({}, {hours, snow}));
    CHECK(f.screen<AttractScreen>()->notices[0].title == "Titolo snow");
    f.visit.apply(OpenNotices{});
    const auto* news = f.screen<NewsScreen>();
    REQUIRE(news != nullptr);
    REQUIRE(news->entries.size() == 2);
    CHECK(news->entries[0].text == "Testo snow");
    f.visit.apply(ChooseLanguage{"ar"});
    news = f.screen<NewsScreen>();
    CHECK(news->entries[0].language == "it"); // nobody translated it, and that is said
    CHECK_FALSE(news->entries[0].note.empty());
    f.visit.apply(Back{});
    CHECK(f.screen<AttractScreen>() != nullptr);
    f.visit.apply(OpenNotices{});
    f.pass(4min); // nobody is there any more
    CHECK(f.screen<AttractScreen>() != nullptr);
}

TEST_CASE("a notice is read before the service that it concerns, once in a visit") {
    Filling f;
    Notice about = notice(f, "about", -1h, 5h);
    about.about = {"https://a.example/q"};
    f.visit.hear(news_of({{form("1", "Perché?"), false}}, {about, notice(f, "general", -1h, 5h)}));
    to_services(f);
    f.visit.apply(ChooseService{"published.https://a.example/q"});
    const auto* news = f.screen<NewsScreen>();
    REQUIRE(news != nullptr);
    REQUIRE(news->entries.size() == 1);
    CHECK(news->entries[0].title == "Titolo about");
    f.visit.apply(Continue{});
    f.link.work(f.visit);
    CHECK(f.question() == "a");
    f.visit.apply(Back{});
    f.visit.apply(ChooseService{"published.https://a.example/q"});
    CHECK(f.screen<NewsScreen>() == nullptr);
}

TEST_CASE("whoever asks where a request stands needs number and code, and is told plain words") {
    Filling f;
    to_services(f);
    f.visit.apply(OpenStatus{});
    f.visit.apply(Continue{});
    REQUIRE(f.screen<QuestionScreen>() != nullptr);
    CHECK(f.screen<QuestionScreen>()->errors.size() == 2);
    (void)f.visit.take_orders();
    f.visit.apply(TypeText{"status.number", "a-00042"});
    f.visit.apply(TypeText{"status.code", "7k3p 9xq2"});
    f.visit.apply(Continue{});
    const auto orders = f.visit.take_orders();
    REQUIRE(orders.size() == 1);
    const auto* asked = std::get_if<AskRequestStatus>(&orders[0]);
    REQUIRE(asked != nullptr);
    CHECK(asked->number == 42);
    CHECK(asked->code == "7k3p 9xq2");
    CHECK(asked->since == 0ms);
    f.visit.hear(RequestStatusTold{41, RequestStatusTold::Where::Closed, true}); // an answer to somebody else
    CHECK(f.screen<NewsScreen>() == nullptr);
    f.visit.hear(RequestStatusTold{42, RequestStatusTold::Where::UnderReview, false});
    REQUIRE(f.screen<NewsScreen>() != nullptr);
    CHECK(said(f) == "L’ufficio la sta leggendo.");
    f.clock.forward(3s); // not fresh: asked again by itself
    f.visit.tick();
    const auto again = f.visit.take_orders();
    REQUIRE(again.size() == 1);
    REQUIRE(std::holds_alternative<AskRequestStatus>(again[0]));
    CHECK(std::get<AskRequestStatus>(again[0]).since == 3s); // only what the office says after that is fresh
    f.visit.hear(RequestStatusTold{42, RequestStatusTold::Where::AtDesk, true});
    CHECK(said(f).starts_with("Vai allo sportello con il tuo numero"));
    leave(f);
    to_services(f);
    f.visit.apply(OpenStatus{});
    CHECK(f.screen<QuestionScreen>()->errors.empty());
    for (const AskedPart& part : f.screen<QuestionScreen>()->parts)
        CHECK(std::get<TextControl>(part.control).content.text.empty());
}

TEST_CASE("a sender that does not answer about a request is said to be silent") {
    Filling f;
    to_services(f);
    f.visit.apply(OpenStatus{});
    f.visit.apply(TypeText{"status.number", "7"});
    f.visit.apply(TypeText{"status.code", "00000000"});
    f.visit.apply(Continue{});
    CHECK(f.screen<SavingScreen>() != nullptr);
    f.pass(10s);
    REQUIRE(f.screen<NewsScreen>() != nullptr);
    CHECK(said(f).starts_with("Riprova tra poco"));
}
