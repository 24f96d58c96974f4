// SPDX-License-Identifier: EUPL-1.2
// Questions that are answered with papers.
#include "forms/fhir/load.hpp"
#include "tests/kiosk/model/filling.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

using namespace kiosk;
using tests::Filling;

namespace {

std::shared_ptr<const PagePicture> page(const char* content) {
    auto made = std::make_shared<PagePicture>();
    for (const char* c = content; *c != '\0'; ++c)
        made->jpeg.push_back(static_cast<std::byte>(*c));
    return made;
}

SharedBytes file(std::size_t bytes) { return std::make_shared<const std::vector<std::byte>>(bytes, std::byte{'x'}); }

void go_to_the_papers(Filling& filling) {
    filling.open("every-control");
    filling.go_to("carta");
    filling.visit.hear(CaptureNews{DeviceChanged{DeviceKind::Camera, DeviceState::Ready}});
}

const RepeatControl& rows(Filling& filling) {
    const auto* question = filling.screen<QuestionScreen>();
    REQUIRE(question);
    const auto* control = std::get_if<RepeatControl>(&question->control);
    REQUIRE(control);
    return *control;
}

void take(Filling& filling, std::uint64_t number, const char* content) {
    REQUIRE(filling.screen<LookScreen>());
    filling.tap(TakeSheet{});
    CHECK(filling.screen<LookScreen>()->busy);
    filling.visit.hear(CaptureNews{PageRead{filling.link.watch, number, page(content)}});
    filling.link.work(filling.visit);
}

/// The form with every control, whose question for a paper takes several.
std::shared_ptr<const forms::Definition> several_papers() {
    std::ifstream in(std::filesystem::path(SPORTELLO_ROOT) / "tests/samples/forms/every-control.json", std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    const std::string type = "\"type\": \"attachment\",";
    const auto at = bytes.find(type);
    REQUIRE(at != std::string::npos);
    bytes.insert(at, "\"repeats\": true, ");
    forms::LoadOptions options;
    options.known_value_sets = {"https://www.hl7.it/fhir/terminology/ValueSet/istat-comune"};
    auto loaded = forms::load_definition(bytes, options);
    REQUIRE(loaded.ok());
    return loaded.value();
}

/// With one sheet taken, as far as "what paper is it".
void name_it(Filling& filling) {
    filling.tap(AddInstance{});
    take(filling, 1, "one");
    filling.go_on();
    filling.tap(ChooseOption{"option.3"});
}

} // namespace

TEST_CASE("attachments: without a device the question says what to bring to the desk, and the form goes on") {
    Filling filling;
    filling.open("every-control");
    filling.go_to("carta");
    REQUIRE(filling.screen<QuestionScreen>());
    CHECK(std::holds_alternative<NoticeControl>(filling.screen<QuestionScreen>()->control));
    filling.go_on();
    CHECK_FALSE(filling.question().ends_with("carta"));
}

TEST_CASE("attachments: sheets are taken, put in order, named, and become one answer") {
    Filling filling;
    go_to_the_papers(filling);
    CHECK(rows(filling).rows.empty());
    filling.tap(AddInstance{});
    take(filling, 1, "two");
    filling.tap(AddInstance{});
    take(filling, 2, "one");
    REQUIRE(rows(filling).rows.size() == 2);
    CHECK(rows(filling).rows[1].picture == "sheet.2");
    filling.tap(MoveInstanceUp{"row.1"});
    CHECK(rows(filling).rows[0].picture == "sheet.2");
    filling.go_on();
    filling.go_on(); // the kind is asked for
    REQUIRE(filling.screen<QuestionScreen>());
    CHECK(filling.screen<QuestionScreen>()->errors.size() == 1);
    filling.tap(ChooseOption{"option.3"});
    filling.tap(TypeText{"paper.expiry.day", "31"});
    filling.tap(TypeText{"paper.expiry.month", "2"});
    filling.tap(TypeText{"paper.expiry.year", "2027"});
    filling.go_on();
    CHECK(filling.screen<QuestionScreen>()->errors.size() == 1); // no such day
    filling.tap(Edit{"paper.expiry.day", EditCommand::Backspace});
    filling.tap(Edit{"paper.expiry.day", EditCommand::Backspace});
    filling.tap(TypeText{"paper.expiry.day", "28"});
    filling.visit.touched();
    filling.visit.apply(Continue{});
    std::vector<std::shared_ptr<const PagePicture>> sent;
    std::uint64_t watch = 0;
    for (const Order& order : filling.visit.take_orders())
        if (const auto* capture = std::get_if<CaptureOrder>(&order))
            if (const auto* make = std::get_if<MakePaper>(capture)) {
                sent = make->pages;
                watch = make->watch;
            }
    REQUIRE(sent.size() == 2);
    CHECK(sent[0]->jpeg == page("one")->jpeg);
    filling.visit.hear(CaptureNews{PaperMade{watch, file(70'000)}});
    CHECK(filling.question().ends_with("carta"));
    REQUIRE(rows(filling).rows.size() == 1);
    CHECK(rows(filling).rows[0].text == "ISEE, scade 28 febbraio 2027 · 2 pagine");
    CHECK_FALSE(rows(filling).can_add); // the question takes one
    const auto* answer = filling.visit.draft()->answer(*filling.visit.draft()->definition().path_of(filling.question()));
    REQUIRE(answer);
    CHECK(std::get<forms::AttachmentRef>(*answer->value).size == 70'000);
    CHECK(std::get<forms::AttachmentRef>(*answer->value).content_type == "application/pdf");
}

TEST_CASE("attachments: a sheet is taken again in its own place, and the last one taken away leads back") {
    Filling filling;
    go_to_the_papers(filling);
    filling.tap(AddInstance{});
    take(filling, 1, "one");
    filling.tap(AddInstance{});
    take(filling, 2, "two");
    filling.tap(ChangeInstance{"row.0"});
    take(filling, 3, "better");
    REQUIRE(rows(filling).rows.size() == 2);
    CHECK(rows(filling).rows[0].picture == "sheet.3");
    filling.tap(RemoveInstance{"row.0"});
    filling.tap(RemoveInstance{"row.0"});
    CHECK(filling.question().ends_with("carta"));
    CHECK(rows(filling).rows.empty());
}

TEST_CASE("attachments: going back to the question loses no sheet") {
    Filling filling;
    go_to_the_papers(filling);
    filling.tap(AddInstance{});
    take(filling, 1, "one");
    filling.go_back();
    CHECK(filling.question().ends_with("carta"));
    CHECK(rows(filling).add == "Continua con il foglio iniziato");
    filling.tap(AddInstance{});
    CHECK(rows(filling).rows.size() == 1);
}

TEST_CASE("attachments: what cannot be taken is refused in words, and nothing is lost") {
    Filling filling;
    go_to_the_papers(filling);
    name_it(filling);
    filling.go_on();
    filling.visit.hear(CaptureNews{PaperMade{filling.link.watch, nullptr}});
    REQUIRE(filling.screen<QuestionScreen>());
    CHECK(filling.all_words().find("Non siamo riusciti a preparare il foglio") != std::string::npos);
    filling.go_on();
    filling.visit.hear(CaptureNews{PaperMade{filling.link.watch, file((20U << 20) + 1)}});
    CHECK(filling.all_words().find("troppo grandi") != std::string::npos);
    filling.go_back();
    CHECK(rows(filling).rows.size() == 1);
}

TEST_CASE("attachments: a paper that is attached can be taken away, after a question") {
    Filling filling;
    go_to_the_papers(filling);
    name_it(filling);
    filling.go_on();
    filling.visit.hear(CaptureNews{PaperMade{filling.link.watch, file(1000)}});
    REQUIRE(rows(filling).rows.size() == 1);
    filling.tap(RemoveInstance{"row.0"});
    REQUIRE(filling.panel<RemovePanel>());
    filling.tap(ConfirmRemove{true});
    CHECK(rows(filling).rows.empty());
    CHECK(rows(filling).can_add);
}

TEST_CASE("attachments: whether there is room is asked before the first sheet, and where there is none the desk is named") {
    Filling filling;
    go_to_the_papers(filling);
    filling.link.room = 10u << 20; // enough for answers
    filling.tap(AddInstance{});
    const auto* question = filling.screen<QuestionScreen>();
    REQUIRE(question);
    CHECK(std::holds_alternative<NoticeControl>(question->control));
    CHECK_FALSE(question->advice_title.empty());
    filling.go_on();
    CHECK_FALSE(filling.question().ends_with("carta"));
}

TEST_CASE("attachments: where the room ends between two papers, the page says what stays and what can be done") {
    for (const bool begun : {false, true}) {
        CAPTURE(begun);
        Filling filling;
        filling.visit.hear(PublishedNews{{{several_papers(), false}}, {}});
        go_to_the_papers(filling);
        name_it(filling);
        filling.go_on();
        filling.visit.hear(CaptureNews{PaperMade{filling.link.watch, file(100)}});
        filling.link.work(filling.visit);
        REQUIRE(rows(filling).rows.size() == 1);
        CHECK(filling.screen<QuestionScreen>()->advice_title.empty());
        if (begun) { // a sheet of the second paper, left for the moment
            filling.tap(AddInstance{});
            take(filling, 2, "two");
            filling.go_back();
        }
        filling.pass(std::chrono::seconds(31)); // what the sender said last is not believed any more
        filling.link.room = 10u << 20;
        filling.tap(AddInstance{});
        REQUIRE(filling.screen<QuestionScreen>());
        CHECK(rows(filling).rows.size() == 1); // it stays
        CHECK_FALSE(rows(filling).can_add);
        const auto& words = *filling.screen<QuestionScreen>();
        CHECK(words.advice_title == "Adesso qui non c’è posto per altri fogli.");
        REQUIRE(words.advice.size() == 1);
        CHECK((words.advice[0].text.find("iniziato non è aggiunto") != std::string::npos) == begun);
        filling.go_on();
        CHECK_FALSE(filling.question().ends_with("carta"));
    }
}

TEST_CASE("attachments: a sender that does not say whether there is room holds nobody up") {
    Filling filling;
    go_to_the_papers(filling);
    filling.link.silent = true;
    filling.tap(AddInstance{});
    CHECK(filling.screen<SavingScreen>());
    filling.pass(std::chrono::seconds(6));
    REQUIRE(filling.screen<QuestionScreen>());
    CHECK(std::holds_alternative<NoticeControl>(filling.screen<QuestionScreen>()->control));
}

TEST_CASE("attachments: what was said before a form was opened is not believed about papers") {
    Filling filling;
    go_to_the_papers(filling);
    const int before = filling.link.asked;
    filling.tap(AddInstance{}); // a moment after the form was offered
    CHECK(filling.screen<LookScreen>());
    CHECK(filling.link.asked == before + 1);
}

namespace {

void scanner_is(Filling& filling, DeviceState state) {
    filling.visit.hear(CaptureNews{DeviceChanged{DeviceKind::PageScanner, state}});
}

/// A terminal with a page scanner alone, whose order has just been given.
void order_a_scan(Filling& filling) {
    filling.open("every-control");
    filling.go_to("carta");
    scanner_is(filling, DeviceState::Ready);
    filling.tap(AddInstance{});
    REQUIRE(filling.screen<LookScreen>());
    filling.tap(TakeSheet{});
    scanner_is(filling, DeviceState::Working);
    REQUIRE(filling.screen<LookScreen>()->busy);
}

} // namespace

TEST_CASE("attachments: the scanner tells how far it is, and can be stopped") {
    Filling filling;
    order_a_scan(filling);
    const std::string before = filling.screen<LookScreen>()->status;
    filling.visit.hear(CaptureNews{SheetUnderWay{filling.link.watch, 0.42}});
    CHECK(filling.screen<LookScreen>()->status != before);
    CHECK(filling.screen<LookScreen>()->status.find("40") != std::string::npos);
    CHECK(filling.screen<LookScreen>()->back != "Indietro");
    filling.go_back();
    CHECK_FALSE(filling.screen<LookScreen>());
    filling.link.work(filling.visit);
    CHECK(filling.link.watch == 0);
}

TEST_CASE("attachments: each trouble of the scanner has its own words, and the sheet can be tried again") {
    std::set<std::string> said;
    for (const DeviceState trouble : {DeviceState::Jammed, DeviceState::CoverOpen, DeviceState::NoPaper,
                                      DeviceState::Busy, DeviceState::Failed}) {
        Filling filling;
        order_a_scan(filling);
        scanner_is(filling, trouble);
        const auto* look = filling.screen<LookScreen>();
        REQUIRE(look);
        CHECK(look->problem);
        CHECK_FALSE(look->busy);
        CHECK_FALSE(look->take.empty());
        said.insert(look->status);
        filling.tap(TakeSheet{});
        scanner_is(filling, DeviceState::Working);
        filling.visit.hear(CaptureNews{LookingBegun{filling.link.watch}});
        scanner_is(filling, DeviceState::Ready);
        CHECK(filling.screen<LookScreen>()->busy);
        filling.visit.hear(CaptureNews{PageRead{filling.link.watch, 1, page("one")}});
        CHECK_FALSE(filling.screen<LookScreen>()); // the sheet is shown
    }
    CHECK(said.size() == 5);
}

TEST_CASE("attachments: a scanner that jams three times leads to the other ways, and one that is gone at once") {
    Filling filling;
    order_a_scan(filling);
    for (int time = 0; time < 3; ++time) {
        if (time > 0) {
            filling.tap(TakeSheet{});
            scanner_is(filling, DeviceState::Working);
        }
        scanner_is(filling, DeviceState::Jammed);
    }
    const auto* ways = filling.screen<WaysScreen>();
    REQUIRE(ways);
    CHECK(std::ranges::none_of(ways->ways, [](const auto& way) { return way.key == "way.scanner"; }));

    Filling gone;
    order_a_scan(gone);
    scanner_is(gone, DeviceState::Absent);
    REQUIRE(gone.screen<WaysScreen>());
    CHECK_FALSE(gone.screen<WaysScreen>()->problem.empty());
}

TEST_CASE("attachments: an order that ends without a sheet frees the button") {
    Filling filling;
    order_a_scan(filling);
    scanner_is(filling, DeviceState::Ready);
    REQUIRE(filling.screen<LookScreen>());
    CHECK_FALSE(filling.screen<LookScreen>()->busy);
    CHECK_FALSE(filling.screen<LookScreen>()->problem);
}
