// SPDX-License-Identifier: EUPL-1.2
#include "tests/kiosk/model/filling.hpp"

#include <doctest/doctest.h>

using namespace kiosk;
using namespace std::chrono_literals;
using tests::Filling;

namespace {
/// Half a form, with marks in every kind of field.
void fill_with_marks(Filling& filling) {
    filling.open("every-kind");
    filling.type("MARK-ONE");
    filling.go_to("pet");
    filling.choose("Altra risposta");
    filling.tap(TypeText{"q:pet.other", "MARK-TWO"});
    filling.go_to("phones");
    filling.type("MARK-THREE");
    filling.go_to("children");
    filling.tap(AddInstance{});
    filling.type("MARK-FOUR");
    CHECK(filling.memory.holds("MARK-"));
}
} // namespace

TEST_CASE("leave now: the neutral screen comes in the same frame, and after it nothing of the visit is in memory") {
    Filling filling;
    const std::size_t before = filling.memory.in_use();
    fill_with_marks(filling);
    filling.visit.apply(ExitNow{});
    CHECK(filling.screen<NeutralScreen>()); // this is the frame that is drawn
    CHECK_FALSE(filling.visit.picture().strip_shown);
    filling.visit.presented();
    CHECK_FALSE(filling.memory.holds("MARK-"));
    CHECK(filling.memory.in_use() == before);
    CHECK(filling.visit.at_rest());
    filling.link.work(filling.visit);
    CHECK(filling.link.forgotten == 1);
    filling.pass(5s);
    CHECK(filling.screen<AttractScreen>());
}

TEST_CASE("leave now: works from a panel, from the check page, from the receipt, and sends nothing") {
    Filling filling;
    filling.open("every-kind");
    filling.type("Anna");
    SUBCASE("panel") { filling.tap(OpenHelp{}); }
    SUBCASE("check") { filling.go_to_check(); }
    SUBCASE("idle warning") { filling.pass(181s); }
    filling.tap(ExitNow{});
    CHECK(filling.screen<NeutralScreen>());
    CHECK(filling.link.sent.empty());
    CHECK_FALSE(filling.panel<HelpPanel>());
}

TEST_CASE("leave now: an answer of the sender that comes later shows nothing of the visit again") {
    Filling filling;
    filling.open("every-kind");
    filling.type("Anna");
    filling.go_to_check();
    filling.link.silent = true;
    filling.tap(Send{});
    const forms::Uuid id = filling.link.sent[0].id;
    filling.tap(ExitNow{});
    filling.visit.hear(RequestKept{id, 1});
    CHECK(filling.screen<NeutralScreen>());
    filling.visit.hear(RequestAcknowledged{id, "Task/1"});
    CHECK(filling.screen<NeutralScreen>());
}

TEST_CASE("idle: after three minutes the warning appears, counts down, and wipes") {
    Filling filling;
    fill_with_marks(filling);
    filling.pass(179s);
    CHECK_FALSE(filling.panel<IdlePanel>());
    filling.pass(1s);
    REQUIRE(filling.panel<IdlePanel>());
    CHECK(filling.panel<IdlePanel>()->seconds_left == 45);
    filling.pass(20s);
    CHECK(filling.panel<IdlePanel>()->seconds_left == 25);
    filling.pass(25s);
    CHECK(filling.screen<NeutralScreen>());
    CHECK_FALSE(filling.memory.holds("MARK-"));
}

TEST_CASE("idle: more time gives the whole time again, with everything where it was, as often as it takes") {
    Filling filling;
    fill_with_marks(filling);
    const std::string here = filling.question();
    for (int i = 0; i < 12; ++i) {
        filling.pass(190s);
        REQUIRE(filling.panel<IdlePanel>());
        filling.tap(MoreTime{});
        CHECK_FALSE(filling.panel<IdlePanel>());
    }
    CHECK(filling.question() == here);
    filling.pass(170s);
    CHECK_FALSE(filling.panel<IdlePanel>());
}

TEST_CASE("idle: any touch takes the warning away") {
    Filling filling;
    filling.open("every-kind");
    filling.pass(185s);
    REQUIRE(filling.panel<IdlePanel>());
    filling.visit.touched();
    CHECK_FALSE(filling.panel<IdlePanel>());
    CHECK(filling.screen<QuestionScreen>());
}

TEST_CASE("receipt: goes after a minute without a touch, and the next person finds the first screen") {
    Filling filling;
    filling.open("every-kind");
    filling.type("MARK-ONE");
    filling.go_to_check();
    filling.tap(Send{});
    REQUIRE(filling.screen<ReceiptScreen>());
    filling.pass(59s);
    CHECK(filling.screen<ReceiptScreen>());
    filling.pass(2s);
    CHECK(filling.screen<NeutralScreen>());
    filling.pass(4s);
    CHECK(filling.screen<AttractScreen>());
    CHECK_FALSE(filling.memory.holds("MARK-"));
}

TEST_CASE("the next person finds language, size and contrast as the office set them") {
    Filling filling;
    filling.open("every-kind", "fr");
    filling.tap(OpenSize{});
    filling.tap(ChooseSize{TextSize::ExtraLarge});
    filling.tap(ClosePanel{});
    filling.tap(OpenContrast{});
    filling.tap(ChooseTheme{Theme::HighDark});
    CHECK(filling.visit.picture().text_size == TextSize::ExtraLarge);
    filling.tap(ExitNow{});
    CHECK(filling.visit.picture().language == "it");
    CHECK(filling.visit.picture().text_size == TextSize::Medium);
    CHECK(filling.visit.picture().theme == Theme::Medium);
}

TEST_CASE("a picture is built anew only when something changed") {
    Filling filling;
    filling.open("every-kind");
    const Picture* first = &filling.visit.picture();
    const std::uint64_t version = first->version;
    filling.visit.tick();
    filling.visit.apply(StartVisit{"it"}); // does not belong to this screen
    CHECK(filling.visit.picture().version == version);
    CHECK(&filling.visit.picture() == first);
    filling.type("A");
    CHECK(filling.visit.picture().version > version);
}

TEST_CASE("a countdown changes the picture once a second and not oftener") {
    Filling filling;
    filling.open("every-kind");
    filling.pass(181s);
    REQUIRE(filling.panel<IdlePanel>());
    const std::uint64_t version = filling.visit.picture().version;
    for (int i = 0; i < 9; ++i) {
        filling.clock.forward(100ms);
        filling.visit.tick();
    }
    CHECK(filling.visit.picture().version == version);
    filling.clock.forward(100ms);
    filling.visit.tick();
    CHECK(filling.visit.picture().version == version + 1);
    REQUIRE(filling.visit.next_deadline());
    CHECK(*filling.visit.next_deadline() == filling.clock.boot + 1s);
}

TEST_CASE("refusing the notice ends the visit before anything was asked") {
    Filling filling;
    filling.tap(StartVisit{"it"});
    filling.tap(RefuseNotice{});
    CHECK(filling.screen<NeutralScreen>());
    CHECK(filling.ids == 0);
}
