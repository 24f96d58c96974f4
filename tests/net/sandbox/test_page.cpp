// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/page/answer_text.hpp"
#include "net/sandbox/page/embedded.hpp"
#include "net/sandbox/web_text.hpp"
#include "tests/net/sandbox/central.hpp"

#include <doctest/doctest.h>

using namespace tests;
using net::sandbox::Language;
using net::sandbox::Words;

namespace {

bool shows(const Reply& reply, const std::string& text) { return reply.body.find(text) != std::string::npos; }

std::string task_id(Central<InMemory>& central) {
    return Json::parse(central.get("/Task").body)["entry"][0]["resource"]["id"];
}

Reply look(Central<InMemory>& central, const std::string& path, net::sandbox::Parameters query = {}) {
    return central.page.answer({.path = path, .query = std::move(query)});
}

Reply move(Central<InMemory>& central, const std::string& id, const std::string& form) {
    return central.page.answer({.method = Method::Post,
                                .path = "/request/" + id + "/status",
                                .content_type = "application/x-www-form-urlencoded",
                                .body = form});
}

std::string location(const Reply& reply) {
    for (const auto& [name, value] : reply.headers)
        if (name == "Location") return value;
    return {};
}

} // namespace

TEST_CASE("page: it says on every page that it is no place for real data") {
    Central<InMemory> central;
    CHECK(shows(look(central, "/"), "Sistema di prova: non usare con dati veri."));
    CHECK(shows(look(central, "/", {{"lang", "en"}}), "Practice system: do not use with real data."));
    CHECK(shows(look(central, "/nowhere"), "Sistema di prova: non usare con dati veri."));
    CHECK(look(central, "/nowhere").status == 404);
    CHECK(look(central, "/request/nobody").status == 404);
}

TEST_CASE("page: what arrived is listed with its reference, and read with all its answers") {
    Central<InMemory> central;
    CHECK(shows(look(central, "/"), "Non è ancora arrivata nessuna richiesta."));
    Json bundle = request_bundle("r-1");
    entry_of(bundle, "QuestionnaireResponse")["resource"]["item"] = Json::parse(R"([
        {"linkId":"a","text":"Famiglia","item":[{"linkId":"a1","text":"Nato il","answer":[{"valueDate":"1980-10-09"}]}]},
        {"linkId":"a","text":"Famiglia","item":[{"linkId":"a1","text":"Nato il","answer":[{"valueDate":"1980-12"}]}]},
        {"linkId":"senza.titolo","item":[{"linkId":"e","text":"Via","answer":[{"valueString":"Piazza Finta 1"}]}]},
        {"linkId":"b","text":"Affitto","answer":[{"valueDecimal":412.50}]},
        {"linkId":"c","text":"Lavora?","answer":[{"valueBoolean":false,"item":[{"linkId":"c1","text":"Da quando?","answer":[{"valueString":"2019"}]}]}]},
        {"linkId":"d","text":"Bisogni","answer":[{"valueCoding":{"code":"x","display":"Aiuto a casa"}},{"valueCoding":{"code":"casa"}}]}])");
    std::string text = bundle.dump();
    text.replace(text.find("412.5"), 5, "412.50");
    REQUIRE(central.post("/", text).status == 200);
    const Reply list = look(central, "/");
    CHECK(shows(list, "SB-2026-000001"));
    CHECK(shows(list, "22/11/2026 09:41"));
    CHECK(shows(list, "Primo accesso"));
    CHECK(shows(list, "Mario Rossi"));
    const Reply one = look(central, "/request/" + task_id(central));
    CHECK(one.status == 200);
    for (const char* expected :
         {"Famiglia · 1", "Famiglia · 2", "9 ottobre 1980", "dicembre 1980", "412,50", "Da quando?", "2019",
          "Aiuto a casa", ">casa<", "Piazza Finta 1", "Bianca Rossi", "Autorizza la condivisione", "RSSMRA80A01H501U",
          "Carta", "/fhir/Provenance/trace-r-1"}) {
        CAPTURE(expected);
        CHECK(shows(one, expected));
    }
    CHECK_FALSE(shows(one, "senza.titolo"));
    CHECK(shows(look(central, "/request/" + task_id(central), {{"lang", "en"}}), "9 October 1980"));
    CHECK(look(central, "/scan/scan-r-1").body == "hello");
}

TEST_CASE("page: the title of the form comes from its definition, in the language of the page") {
    Central<InMemory> central;
    REQUIRE(central.post("/", request_bundle("r-1").dump()).status == 200);
    REQUIRE(central
                .put("/Questionnaire/q",
                     Json::parse(R"({"resourceType":"Questionnaire","id":"q","language":"it","status":"active",
        "url":"https://sportello.example.org/fhir/Questionnaire/primo-accesso","title":"Richiesta di primo accesso",
        "_title":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/translation","extension":[
            {"url":"lang","valueCode":"en"},{"url":"content","valueString":"First access request"}]}]}})"))
                .status == 201);
    CHECK(shows(look(central, "/"), "Richiesta di primo accesso"));
    CHECK(shows(look(central, "/", {{"lang", "en"}}), "First access request"));
}

TEST_CASE("page: an anonymous person is called so and nothing else") {
    Central<InMemory> central;
    Json bundle = request_bundle("r-1");
    for (Json& entry : bundle["entry"])
        if (entry["resource"].contains("for"))
            entry["resource"]["for"] = {
                {"type", "Patient"},
                {"identifier", {{"system", std::string(base_uri) + "/sid/anonymous"}, {"value", "r-1"}}}};
    REQUIRE(central.post("/", bundle.dump()).status == 200);
    CHECK(shows(look(central, "/"), "Anonimo"));
    CHECK_FALSE(shows(look(central, "/"), "Mario"));
}

TEST_CASE("page: nothing that a person wrote becomes part of the page's own language") {
    Central<InMemory> central;
    std::string text = request_bundle("r-1").dump();
    const std::string evil = R"(<script>alert(1)</script>\"onload='x'&amp;)";
    for (const std::string from : {"Mario Rossi", "Bianca Rossi", "\"Nome\"", "\"Mario\"", "\"Carta\"", "orvieto-01"}) {
        const std::string quoted = from.starts_with('"') ? '"' + evil + '"' : evil;
        for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + quoted.size()))
            text.replace(at, from.size(), quoted);
    }
    REQUIRE(central.post("/", text).status == 200);
    for (const std::string& path : {std::string("/"), "/request/" + task_id(central)}) {
        const Reply reply = look(central, path);
        CHECK(shows(reply, "&lt;script&gt;alert(1)&lt;/script&gt;&quot;onload=&#39;x&#39;&amp;amp;"));
        CHECK_FALSE(shows(reply, "<script"));
    }
    const Reply odd = look(central, "/", {{"status", "\"><script>"}, {"from", "\"><script>"}});
    CHECK_FALSE(shows(odd, "<script"));
    for (const auto& [name, value] : odd.headers)
        if (name == "Content-Security-Policy") CHECK(value.starts_with("default-src 'none'"));
}

TEST_CASE("page: a scan is shown only if it is a picture") {
    Central<InMemory> central;
    Json bundle = request_bundle("r-1");
    entry_of(bundle, "Binary")["resource"]["contentType"] = "text/html";
    REQUIRE(central.post("/", bundle.dump()).status == 200);
    CHECK(look(central, "/scan/scan-r-1").status == 404);
}

TEST_CASE("page: staff move a request along, and both kinds of status say the same") {
    struct Move {
        const char* step;
        const char* business;
        const char* status;
        const char* shown;
    };
    for (const Move& wanted : {Move{"under-review", "under-review", "received", "In esame"},
                               Move{"taken-in-charge", "taken-in-charge", "accepted", "Presa in carico"},
                               Move{"come-to-desk", "come-to-desk", "on-hold", "Passi allo sportello"},
                               Move{"closed", "closed", "completed", "Conclusa"},
                               Move{"rejected", "closed", "rejected", "Conclusa, non accolta"}}) {
        CAPTURE(wanted.step);
        Central<InMemory> central;
        REQUIRE(central.post("/", request_bundle("r-1").dump()).status == 200);
        const std::string id = task_id(central);
        central.clock.forward(std::chrono::hours(24 * 7));
        const Reply moved = move(central, id, std::string("version=1&step=") + wanted.step + "&reason=Porti+la+carta");
        CHECK(moved.status == 303);
        CHECK(location(moved) == "/request/" + id + "?notice=moved");
        const Json task = Json::parse(central.get("/Task/" + id).body);
        CHECK(task["status"] == wanted.status);
        CHECK(task["businessStatus"]["coding"][0]["code"] == wanted.business);
        CHECK(task["statusReason"]["text"] == "Porti la carta");
        CHECK(task["lastModified"] == "2026-11-25T11:06:40.000Z");
        CHECK(task["meta"]["versionId"] == "2");
        CHECK(shows(look(central, "/request/" + id), std::string(">") + wanted.shown + "</span>"));
        CHECK(shows(look(central, "/", {{"status", wanted.business}}), "SB-2026-000001"));
        CHECK_FALSE(shows(look(central, "/", {{"status", "received"}}), "SB-2026-000001"));
    }
}

TEST_CASE("page: a move that cannot be is told, and changes nothing") {
    Central<InMemory> central;
    REQUIRE(central.post("/", request_bundle("r-1").dump()).status == 200);
    const std::string id = task_id(central);
    central.clock.forward(std::chrono::hours(24 * 7));
    CHECK(location(move(central, id, "version=9&step=closed")).ends_with("notice=meanwhile"));
    CHECK(location(move(central, id, "version=1&step=nonsense")).ends_with("notice=refused"));
    CHECK(location(move(central, id, "version=1&step=received")).ends_with("notice=refused"));
    CHECK(location(move(central, id, "version=1&step=closed&reason=%01")).ends_with("notice=refused"));
    CHECK(location(move(central, id, "version=1&step=closed&reason=" + std::string(3000, 'x')))
              .ends_with("notice=refused"));
    CHECK(location(move(central, id, "%")).ends_with("notice=refused"));
    CHECK(move(central, "nobody", "version=1&step=closed").status == 404);
    CHECK(Json::parse(central.get("/Task/" + id).body)["meta"]["versionId"] == "1");
}

TEST_CASE("page: both languages have every word") {
    const Json italian = Json::parse(net::sandbox::page::words_it_json());
    const Json english = Json::parse(net::sandbox::page::words_en_json());
    CHECK(italian.size() == net::sandbox::word_keys.size());
    CHECK(english.size() == net::sandbox::word_keys.size());
    for (const std::string_view key : net::sandbox::word_keys) {
        CAPTURE(std::string(key));
        CHECK_FALSE(net::sandbox::text_of(italian, key).empty());
        CHECK_FALSE(net::sandbox::text_of(english, key).empty());
    }
}

TEST_CASE("page: a desk reads its own language, with the words of the visit below, as far as the request brings both") {
    Central<InMemory> central;
    Json bundle = request_bundle("r-1");
    const auto in_italian = [](const char* words) {
        return R"({"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/translation","extension":[)"
               R"({"url":"lang","valueCode":"it"},{"url":"content","valueString":")" +
               std::string(words) + R"("}]}]})";
    };
    Json& response = entry_of(bundle, "QuestionnaireResponse")["resource"];
    response["language"] = "ar";
    response["item"] =
        Json::parse(R"([{"linkId":"a","text":"العائلة","_text":)" + in_italian("Famiglia") +
                    R"(,"item":[{"linkId":"a1","text":"هل تعمل؟","_text":)" + in_italian("Lavori?") +
                    R"(,"answer":[{"valueCoding":{"code":"x","display":"نعم","_display":)" + in_italian("Sì, a volte") +
                    R"(}}]},{"linkId":"a2","text":"ملاحظة","answer":[{"valueString":"–"}]}]}])");
    REQUIRE(central.post("/", bundle.dump()).status == 200);
    const Reply one = look(central, "/request/" + task_id(central));
    for (const char* expected : {"Famiglia", ">Lavori?<", ">هل تعمل؟<", "Sì, a volte", ">نعم<", "ملاحظة"}) {
        CAPTURE(expected);
        CHECK(shows(one, expected));
    }
}
