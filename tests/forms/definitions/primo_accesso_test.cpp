// SPDX-License-Identifier: EUPL-1.2
#include "tests/forms/definitions/filling.hpp"

#include "forms/fhir/facts.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using shipped::Filling;

namespace {

Filling begun(std::string_view who = "utente", std::string_view age = "maggiorenne", bool without_name = false) {
    Filling filling("primo-accesso");
    filling.choose("richiesta.chi-parla", who).choose("richiesta.eta", age).say("scelta-nome.anonima", without_name);
    return filling;
}

} // namespace

TEST_CASE("first access: only who is asking, with or without a name, and the notice are needed") {
    Filling filling("primo-accesso");
    CHECK_FALSE(filling.can_be_sent());
    CHECK(filling.draft.issues().size() == 3);
    filling.choose("richiesta.chi-parla", "utente").say("scelta-nome.anonima", false).say("conferma.privacy", true);
    CHECK(filling.can_be_sent());
}

TEST_CASE("first access: for somebody under 18 the story is needed, for others it is not") {
    auto filling = begun("utente", "minorenne");
    filling.say("conferma.privacy", true);
    CHECK_FALSE(filling.can_be_sent());
    CHECK(filling.asks("bisogni.racconto-minorenne"));
    CHECK_FALSE(filling.asks("bisogni.racconto"));
    filling.type("bisogni.racconto-minorenne", "A scuola mi fanno paura.");
    CHECK(filling.can_be_sent());
    filling.choose("richiesta.eta", "maggiorenne");
    CHECK(filling.asks("bisogni.racconto"));
    CHECK_FALSE(filling.asks("bisogni.racconto-minorenne"));
}

TEST_CASE("first access: who stays without a name is asked for none, nor for anything that gives one away") {
    const auto filling = begun("utente", "maggiorenne", true);
    for (const char* question : {"persona.cognome", "persona.nome", "persona.luogo-nascita", "persona.codice-fiscale",
                                 "persona.stp", "persona.cittadinanza", "residenza.comune", "residenza.via",
                                 "salute.medico", "familiare.nome", "conferma.condivisione", "riferimento.nome"})
        CHECK_MESSAGE(!filling.asks(question), question);
    CHECK(filling.asks("persona.alias"));
    CHECK(filling.asks("persona.data-nascita"));
    const auto facts = forms::read_facts(filling.draft);
    CHECK(facts.anonymous == true);
}

TEST_CASE("first access: only a capable adult who speaks for themselves is asked to share with the ASL") {
    CHECK(begun("utente", "maggiorenne").asks("conferma.condivisione"));
    CHECK_FALSE(begun("parente", "maggiorenne").asks("conferma.condivisione"));
    CHECK_FALSE(begun("organizzazione", "maggiorenne").asks("conferma.condivisione"));
    CHECK_FALSE(begun("utente", "minorenne").asks("conferma.condivisione"));
    CHECK_FALSE(begun("utente", "non-so").asks("conferma.condivisione"));
    CHECK_FALSE(begun("utente", "maggiorenne", true).asks("conferma.condivisione"));
}

TEST_CASE("first access: who speaks for another gives their own name, and the right number is asked once") {
    auto filling = begun("parente");
    CHECK(filling.asks("dichiarante.nome"));
    CHECK(filling.asks("dichiarante.relazione"));
    CHECK_FALSE(filling.asks("dichiarante.ente"));
    CHECK(begun("organizzazione").asks("dichiarante.ente"));
    CHECK_FALSE(begun("utente").asks("dichiarante.nome"));
    CHECK_FALSE(begun("parente", "maggiorenne", true).asks("dichiarante.nome"));
    filling.choose("contatto.come", "telefono").choose("contatto.chi", "dichiarante");
    CHECK_FALSE(filling.asks("contatto.telefono"));
    filling.choose("contatto.chi", "persona");
    CHECK(filling.asks("contatto.telefono"));
    filling.type("dichiarante.nome", "Ada Prova")
        .type("dichiarante.telefono", "333 0000009")
        .type("persona.cognome", "Esempio");
    const auto facts = forms::read_facts(filling.draft);
    CHECK(facts.has_declarant);
    CHECK(facts.declarant.full_name == "Ada Prova");
    CHECK(facts.declarant.mobile == "333 0000009");
    CHECK(facts.person.family == "Esempio");
}

TEST_CASE("first access: a code is asked one way or another, and its lack stops nobody") {
    auto filling = begun();
    CHECK(filling.asks("persona.codice-fiscale"));
    CHECK(filling.asks("persona.altro-codice"));
    filling.choose("persona.altro-codice", "stp").type("persona.stp", "STP0550010000001");
    CHECK(forms::read_facts(filling.draft).person.stp == "STP0550010000001");
    filling.type("persona.codice-fiscale", "RSSMRA80A01H501U");
    CHECK_FALSE(filling.asks("persona.altro-codice"));
    CHECK_FALSE(filling.asks("persona.stp"));
    CHECK(forms::read_facts(filling.draft).person.stp.empty());
}

TEST_CASE("first access: a permit is never asked of people with an STP code, nor of Italians") {
    auto filling = begun();
    filling.choose("persona.cittadinanza", "altra").choose("persona.altro-codice", "stp");
    CHECK(filling.asks("stranieri.lingua"));
    CHECK_FALSE(filling.asks("permesso.stato"));
    filling.type("persona.codice-fiscale", "KVLLNO85L55Z138J");
    CHECK(filling.asks("permesso.stato"));
    filling.choose("persona.cittadinanza", "100");
    CHECK_FALSE(filling.asks("stranieri.lingua"));
    CHECK_FALSE(filling.asks("permesso.stato"));
}

TEST_CASE("first access: people without a home are asked where to find them, not about a house") {
    auto filling = begun();
    filling.choose("bisogni.temi", "fisiologici")
        .choose("bisogni.ogni-giorno", "casa")
        .say("abitare.senza-dimora", true);
    CHECK(filling.asks("abitare.dove-trovarsi"));
    CHECK_FALSE(filling.asks("residenza.comune"));
    CHECK_FALSE(filling.asks("casa.titolo"));
    CHECK(forms::read_facts(filling.draft).no_fixed_abode == true);
    filling.say("abitare.senza-dimora", false);
    CHECK(filling.asks("residenza.comune"));
    CHECK(filling.asks("casa.titolo"));
}

TEST_CASE("first access: a simple request is about 25 pages, and nobody sees the part of the desk") {
    auto filling = begun();
    filling.say("richiesta.urgente", false).choose("bisogni.temi", "fisiologici").choose("bisogni.ogni-giorno", "cibo");
    filling.choose("persona.cittadinanza", "100").type("persona.codice-fiscale", "RSSMRA80A01H501U");
    filling.say("abitare.senza-dimora", false).say("residenza.stessa-casa", true).choose("famiglia.con-chi", "nessuno");
    filling.say("riferimenti.presenti", false).choose("contatto.come", "telefono");
    const auto pages = filling.pages();
    CHECK(pages.size() >= 20);
    CHECK(pages.size() <= 27);
    for (const auto& page : pages)
        CHECK_MESSAGE(page.find("ufficio") == std::string::npos, page);
    CHECK(pages.front() == "richiesta.chi-parla");
    CHECK(pages.back() == "conferma.condivisione");
}

TEST_CASE("first access: danger and violence are answered at once, with a number to call") {
    auto filling = begun();
    CHECK_FALSE(filling.asks("richiesta.urgente-avviso"));
    filling.say("richiesta.urgente", true);
    CHECK(filling.asks("richiesta.urgente-avviso"));
    CHECK(forms::read_facts(filling.draft).urgent);
    filling.choose("bisogni.temi", "sicurezza").choose("bisogni.sicurezza", "violenza");
    CHECK(filling.asks("bisogni.violenza-avviso"));
}

TEST_CASE("only information: nobody's name is asked, and the request is marked so") {
    Filling filling("informazioni");
    CHECK(forms::read_facts(filling.draft).anonymous == true);
    CHECK_FALSE(filling.can_be_sent());
    filling.choose("informazioni.argomento", "anziani");
    CHECK(filling.can_be_sent());
    CHECK(filling.pages().size() == 4);
    filling.choose("informazioni.risposta", "telefono");
    CHECK(filling.pages().size() == 5);
    const auto pages = filling.pages();
    CHECK(std::find(pages.begin(), pages.end(), "informazioni.senza-nome") == pages.end());
}
