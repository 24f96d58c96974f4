// SPDX-License-Identifier: EUPL-1.2
#include "tests/kiosk/model/filling.hpp"

#include <doctest/doctest.h>

using namespace kiosk;
using tests::Filling;

namespace {

/// The promises on the receipt of somebody who chose this way to be answered (empty: none), and wrote this at the
/// question (both empty: nothing).
std::string promises(std::string_view way, std::string_view question = {}, std::string_view written = {}) {
    Filling filling;
    filling.open("primo-accesso");
    filling.choose("Per me");
    filling.go_to("contatto.come");
    if (!way.empty()) filling.choose(way);
    if (!question.empty()) {
        filling.go_to(question);
        filling.type(written);
    }
    filling.go_to_check();
    filling.tap(Send{});
    const auto* receipt = filling.screen<ReceiptScreen>();
    REQUIRE(receipt);
    std::string all;
    for (const std::string& step : receipt->next_steps)
        if (step.find("legge la tua richiesta") == std::string::npos && step.find("prepara") == std::string::npos)
            all += step + "|";
    return all;
}

constexpr const char* come = "Per avere notizie, torna allo sportello con il tuo numero.|";

} // namespace

TEST_CASE("receipt: it promises the way of answering that was chosen") {
    CHECK(promises("Telefonata", "contatto.telefono", "347 1234567") ==
          std::string("Telefoniamo al numero che hai scritto.|") + come);
    CHECK(promises("Messaggio sul telefono", "contatto.telefono", "347 1234567") ==
          std::string("Mandiamo un messaggio al numero che hai scritto.|") + come);
    CHECK(promises("Email", "contatto.email", "anna@posta.example") ==
          std::string("Scriviamo all’indirizzo email che hai indicato.|") + come);
    CHECK(promises("Lettera", "contatto.lettera", "Via Finta 1, Aosta") ==
          std::string("Mandiamo una lettera all’indirizzo che hai scritto.|") + come);
    CHECK(promises("Torno io allo sportello") == "Ti rispondiamo qui: torna allo sportello con il tuo numero.|");
}

TEST_CASE("receipt: nobody is promised a call, a message or a letter who left no place for it") {
    const std::string none = "Non abbiamo un tuo recapito. Per la risposta torna allo sportello con il tuo numero.|";
    for (const char* way : {"", "Telefonata", "Messaggio sul telefono", "Email", "Lettera"}) {
        CAPTURE(way);
        CHECK(promises(way) == none);
    }
}
