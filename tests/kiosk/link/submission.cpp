// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/link/submission_builder.hpp"
#include "kiosk/model/identity_kinds.hpp"

#include "forms/fhir/load.hpp"

#include <algorithm>
#include <chrono>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory_resource>

using namespace kiosk;

namespace {

std::shared_ptr<const forms::Definition> first_access() {
    std::ifstream in(std::filesystem::path(SPORTELLO_ROOT) / "forms/definitions/primo-accesso/questionnaire.json",
                     std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    forms::LoadOptions options;
    for (const char* list : {"comune", "luogoNascita", "stato", "cittadinanza"})
        options.known_value_sets.push_back(std::string("https://www.hl7.it/fhir/terminology/ValueSet/istat-") + list);
    auto loaded = forms::load_definition(bytes, options);
    REQUIRE(loaded.ok());
    return loaded.value();
}

/// Whoever asks for themselves and gives a name; then what each test adds.
struct Asking {
    forms::Draft draft{first_access(), std::pmr::get_default_resource()};

    Asking() {
        choose("richiesta/richiesta.chi-parla", "utente");
        choose("richiesta/richiesta.eta", "maggiorenne");
        set("scelta-nome/scelta-nome.anonima", false);
        type("persona/persona.cognome", "Bianchi");
        set("conferma/conferma.privacy", true);
    }
    [[nodiscard]] forms::Path at(const char* place) const {
        const auto path = draft.definition().path_of(place);
        REQUIRE_MESSAGE(path, place);
        return *path;
    }
    void set(const char* place, bool yes) { REQUIRE(draft.set(at(place), yes) == forms::Outcome::Accepted); }
    void type(const char* place, const char* text) { REQUIRE(draft.type(at(place), text) == forms::Outcome::Accepted); }
    void choose(const char* place, std::string_view code) {
        const auto& options = draft.definition().item(at(place)).options;
        for (std::size_t i = 0; i < options.size(); ++i) {
            const auto* coding = std::get_if<forms::Coding>(&options[i].value);
            if (coding != nullptr && coding->code == code) {
                REQUIRE(draft.choose(at(place), i, true) == forms::Outcome::Accepted);
                return;
            }
        }
        FAIL("no such option: " << code);
    }
    [[nodiscard]] net::Submission sent() const {
        using namespace std::chrono_literals;
        VisitFacts visit;
        visit.request = forms::Uuid::from_random({});
        visit.language = "it";
        visit.start = forms::WallTime(std::chrono::sys_days(std::chrono::year(2026) / 5 / 4)) + 9h;
        visit.end = visit.start + 20min;
        auto frozen = freeze(draft, visit, net::Config{});
        REQUIRE(frozen.ok());
        return std::move(frozen).value().submission;
    }
};

using Kind = net::Submission::SubjectKind;
constexpr const char* code_question = "persona/persona.codice-fiscale";

} // namespace

TEST_CASE("request: a codice fiscale names the person as it is registered, however it was typed") {
    for (const char* typed : {"BNCMRA75C41F205O", "bnc mra 75c41 f205o", "BNCMRA-75C41-F205O"}) {
        CAPTURE(typed);
        Asking asking;
        asking.type(code_question, typed);
        const net::Submission sent = asking.sent();
        CHECK(sent.subject_kind == Kind::Identified);
        CHECK(sent.subject_value == "BNCMRA75C41F205O");
        CHECK(sent.response.find(typed) != std::string::npos); // the answer stays what the person wrote
    }
}

TEST_CASE("request: what is no code, or surely mistyped, names nobody; the office reads it among the answers") {
    for (const char* typed : {"non lo so", "BNCMRA75C41F205A", "BNCMRA75C41", "12345678904", "STP0123456789012"}) {
        CAPTURE(typed);
        Asking asking;
        asking.type(code_question, typed);
        const net::Submission sent = asking.sent();
        CHECK(sent.subject_kind == Kind::Temporary);
        CHECK(sent.subject_value.empty());
        CHECK(sent.response.find(typed) != std::string::npos);
    }
}

TEST_CASE("request: a health code names the person when it has the shape of one") {
    Asking asking;
    asking.choose("persona/persona.altro-codice", "stp");
    asking.type("persona/persona.stp", "stp 0123 456789012");
    net::Submission sent = asking.sent();
    CHECK(sent.subject_kind == Kind::Identified);
    CHECK(sent.subject_value == "STP0123456789012");
    asking.type("persona/persona.stp", "STP 12");
    sent = asking.sent();
    CHECK(sent.subject_kind == Kind::Temporary);
}

TEST_CASE("request: every identity document that the desk can name is one that the sender takes, and none goes unasked") {
    for (const IdentityKind& kind : identity_kinds)
        CHECK(std::ranges::find(net::identity_documents, kind.code) != net::identity_documents.end());
    CHECK(identity_kinds.size() == net::identity_documents.size());
    Asking asking;
    CHECK_FALSE(asking.sent().identity_seen);
}
