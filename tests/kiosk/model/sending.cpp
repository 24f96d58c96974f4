// SPDX-License-Identifier: EUPL-1.2
#include "tests/kiosk/model/filling.hpp"

#include <doctest/doctest.h>

using namespace kiosk;
using tests::Filling;

namespace {
void to_check(Filling& filling) {
    filling.open("every-kind");
    filling.type("Anna");
    filling.go_to_check();
}
} // namespace

TEST_CASE("receipt: the number is there once it is kept, the reference only after the central system has answered") {
    Filling filling;
    to_check(filling);
    filling.tap(Send{});
    const auto* receipt = filling.screen<ReceiptScreen>();
    REQUIRE(receipt);
    CHECK(receipt->number == "A-00001");
    CHECK_FALSE(receipt->reference);
    CHECK_FALSE(receipt->reference_waiting.empty());
    CHECK(receipt->code == "SPORTELLO:1:A-00001:" + filling.link.last->text());
    filling.link.acknowledge(filling.visit, "Task/7");
    CHECK(filling.screen<ReceiptScreen>()->reference == "Task/7");
}

TEST_CASE("receipt: in an Arabic visit the office's telephone number stays in one piece") {
    VisitSettings settings;
    settings.office = "Punto unico di accesso";
    settings.phone = "0165 123456";
    Filling filling(std::move(settings));
    filling.open("every-kind", "ar");
    filling.type("Anna");
    filling.go_to_check();
    filling.tap(Send{});
    const auto* receipt = filling.screen<ReceiptScreen>();
    REQUIRE(receipt);
    CHECK(receipt->office == "Punto unico di accesso\nالهاتف: \u2068"
                             "0165 123456\u2069");
}

TEST_CASE("receipt: nothing is promised before the disk has it") {
    Filling filling;
    to_check(filling);
    filling.link.silent = true;
    filling.tap(Send{});
    CHECK(filling.screen<SavingScreen>());
    filling.pass(std::chrono::seconds(4));
    CHECK(filling.screen<SavingScreen>()->slow);
    filling.pass(std::chrono::seconds(40));
    CHECK(filling.screen<NotKeptScreen>());
}

TEST_CASE("sending: pressed twice, and again after trouble, it is one request with the same bytes") {
    Filling filling;
    to_check(filling);
    filling.link.silent = true;
    filling.tap(Send{});
    filling.tap(Send{});
    filling.pass(std::chrono::seconds(40));
    REQUIRE(filling.screen<NotKeptScreen>());
    filling.link.silent = false;
    filling.tap(Retry{});
    CHECK(filling.screen<ReceiptScreen>());
    REQUIRE(filling.link.sent.size() == 2);
    CHECK(filling.link.sent[0].id == filling.link.sent[1].id);
    CHECK(filling.link.sent[0].bytes == filling.link.sent[1].bytes);
    CHECK(filling.link.rows.size() == 1);
}

TEST_CASE("sending: an answer that comes after the screen gave up still leads to the receipt") {
    Filling filling;
    to_check(filling);
    filling.link.silent = true;
    filling.tap(Send{});
    filling.pass(std::chrono::seconds(40));
    REQUIRE(filling.screen<NotKeptScreen>());
    filling.visit.hear(RequestKept{filling.link.sent[0].id, 12});
    REQUIRE(filling.screen<ReceiptScreen>());
    CHECK(filling.screen<ReceiptScreen>()->number == "A-00012");
}

TEST_CASE("sending: when it cannot be kept, nothing typed is lost and the code is for the staff") {
    Filling filling;
    to_check(filling);
    filling.link.refuses_with = "K1";
    filling.tap(Send{});
    const auto* not_kept = filling.screen<NotKeptScreen>();
    REQUIRE(not_kept);
    CHECK(not_kept->code.find("K1") != std::string::npos);
    filling.link.refuses_with.reset();
    filling.tap(Retry{});
    CHECK(filling.screen<ReceiptScreen>());
}

TEST_CASE("sending: what must be answered is listed on the check page, and each line leads to its question") {
    Filling filling;
    to_check(filling);
    filling.tap(ChangeRow{"row:name"});
    filling.tap(Edit{"q:name", EditCommand::SelectAll});
    filling.tap(Edit{"q:name", EditCommand::Delete});
    filling.go_back();
    filling.tap(Send{});
    const auto* check = filling.screen<CheckScreen>();
    REQUIRE(check);
    REQUIRE(check->errors.size() == 1);
    CHECK(check->errors[0].field_key == "row:name");
    filling.tap(ChangeRow{"row:name"});
    CHECK(filling.question() == "name");
    CHECK(filling.screen<QuestionScreen>()->errors.size() == 1);
    filling.type("Anna");
    filling.go_on();
    filling.tap(Send{});
    CHECK(filling.screen<ReceiptScreen>());
}

TEST_CASE("sending: hidden answers are kept by the form and never sent") {
    Filling filling;
    filling.open("every-kind");
    filling.type("Anna");
    filling.go_to("school");
    filling.choose("Sì");
    filling.go_on();
    filling.type("HIDDEN-MARK");
    filling.go_back();
    filling.choose("No");
    filling.go_to_check();
    filling.tap(Send{});
    REQUIRE(filling.link.sent.size() == 1);
    CHECK(filling.link.sent[0].bytes.find("HIDDEN-MARK") == std::string::npos);
    CHECK(filling.link.sent[0].bytes.find("Anna") != std::string::npos);
}

TEST_CASE("the request's id is made when the form opens and kept through back and forth") {
    Filling filling;
    filling.open("every-kind");
    filling.type("Anna");
    filling.go_back();
    REQUIRE(filling.screen<ServicesScreen>());
    filling.tap(ChooseService{"every-kind"});
    CHECK(filling.ids == 1);
    CHECK(std::get<TextControl>(filling.screen<QuestionScreen>()->control).content.text == "Anna");
    filling.go_back();
    filling.tap(ChooseService{"primo-accesso"});
    CHECK(filling.ids == 2);
}

TEST_CASE("readiness: a terminal that cannot keep a request says so before anybody starts") {
    Filling filling;
    filling.link.ready = false;
    filling.tap(StartVisit{"it"});
    filling.tap(AcceptNotice{});
    const auto* out = filling.screen<OutOfServiceScreen>();
    REQUIRE(out);
    CHECK(out->code.find("R1") != std::string::npos);
    filling.link.ready = true;
    filling.tap(Retry{});
    CHECK(filling.screen<ServicesScreen>());
}

TEST_CASE("readiness: a sender that says nothing is out of service after five seconds, never a hang") {
    Filling filling;
    filling.link.silent = true;
    filling.tap(StartVisit{"it"});
    filling.tap(AcceptNotice{});
    CHECK(filling.screen<SavingScreen>());
    filling.pass(std::chrono::seconds(6));
    CHECK(filling.screen<OutOfServiceScreen>());
}

TEST_CASE("readiness: is asked again when the answer is old") {
    Filling filling;
    filling.tap(StartVisit{"it"});
    filling.tap(AcceptNotice{});
    filling.pass(std::chrono::seconds(60));
    filling.link.ready = false;
    filling.tap(ChooseService{"every-kind"});
    CHECK(filling.screen<OutOfServiceScreen>());
}
