// SPDX-License-Identifier: EUPL-1.2
#include "tests/forms/forms_in_tests.hpp"
#include "tests/forms/random_forms.hpp"

#include "forms/fhir/migrate.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace forms;
using namespace forms_in_tests;

namespace {

auto* const memory = std::pmr::get_default_resource();

ParkedDraft parked(const Filling& filling, const std::string& bytes) {
    auto result = park(filling.draft, bytes, "it");
    REQUIRE(result.ok());
    return std::move(result).value();
}

/// Fills in a form of these items, parks it and moves it to a form of those.
struct Move {
    Move(std::string_view before, std::string_view after,
         const std::vector<std::pair<std::string, std::string>>& answers)
        : migration(make(before, after, answers)) {}

    static Migration make(std::string_view before, std::string_view after,
                          const std::vector<std::pair<std::string, std::string>>& answers) {
        const std::string bytes = questionnaire(before);
        Filling filling(load_definition(bytes).value());
        for (const auto& [path, text] : answers) {
            const Path at = filling.at(path);
            const Item& item = filling.draft.definition().item(at);
            if (item.is_group())
                REQUIRE(filling.draft.add_instance(at).ok());
            else if (text.starts_with('#'))
                REQUIRE(filling.choose(path, static_cast<std::size_t>(text[1] - '0')) == Outcome::Accepted);
            else
                REQUIRE(filling.type(path, text) == Outcome::Accepted);
        }
        auto moved = migrate(parked(filling, bytes), form(after), memory);
        REQUIRE(moved.ok());
        return std::move(moved).value();
    }

    /// "old path -> new path: fate, changes or reason: old words", one for each line.
    [[nodiscard]] std::vector<std::string> lines() const {
        static constexpr std::array fates{"kept", "converted", "dropped"};
        static constexpr std::array changes{"renamed",         "type",       "words",    "moved", "now repeats",
                                            "repeats no more", "worked out", "not shown"};
        static constexpr std::array reasons{"", "no such question", "type", "no option", "no room", "refused"};
        std::vector<std::string> all;
        for (const MigrationLine& line : migration.report) {
            std::string text =
                line.old_path + " -> " + line.new_path + ": " + fates[static_cast<std::size_t>(line.fate)];
            for (const FormChange change : line.changes)
                text += std::string(", ") + changes[static_cast<std::size_t>(change)];
            if (line.fate == Fate::Dropped)
                text += std::string(", ") + reasons[static_cast<std::size_t>(line.reason)] + ": " + line.question +
                        " = " + std::string(line.answer);
            all.push_back(text);
        }
        return all;
    }

    Migration migration;
};

using Lines = std::vector<std::string>;

constexpr std::string_view color =
    R"({"linkId":"color","type":"choice","text":"Colore","answerOption":[{"valueCoding":{"system":"urn:c","code":"r","display":"rosso"}},{"valueCoding":{"system":"urn:c","code":"v","display":"verde"}}]})";

} // namespace

TEST_CASE("parked: a draft is taken up again on the very bytes it was given to, however the form has changed since") {
    const std::string bytes = questionnaire(R"({"linkId":"q","type":"string","text":"Nome"})") + "  \n";
    Filling filling(load_definition(bytes).value());
    (void)filling.type("q", "Ada");
    const auto written = write_parked(parked(filling, bytes), memory);
    const auto read = read_parked(written, memory);
    REQUIRE(read.ok());
    CHECK(std::string_view(read.value().definition) == bytes);
    CHECK(read.value().language == "it");
    auto again = unpark(read.value(), memory);
    REQUIRE(again.ok());
    CHECK(again.value().draft.definition().sha256() == filling.draft.definition().sha256());
    CHECK(Filling(std::move(again.value().draft)).answers() == filling.answers());
}

TEST_CASE("parked: bytes that were cut, lengthened or changed are refused, and so is another form") {
    const std::string bytes = questionnaire(R"({"linkId":"q","type":"string"})");
    const Filling filling(load_definition(bytes).value());
    const auto written = write_parked(parked(filling, bytes), memory);
    for (std::size_t size = 0; size < written.size(); ++size)
        CHECK_FALSE(read_parked(std::string_view(written).substr(0, size), memory).ok());
    CHECK_FALSE(read_parked(written + "x", memory).ok());
    auto changed = written;
    changed[changed.find("string")] = 'S';
    const auto refused = read_parked(changed, memory);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error() == ParkedFlaw::OtherDefinition);
    CHECK(code_of(refused.error()) == "other-definition");
    CHECK(park(filling.draft, bytes + " ", "it").error() == ParkedFlaw::OtherDefinition);
    auto unreadable = parked(filling, bytes);
    unreadable.definition = "{}";
    CHECK(unpark(unreadable, memory).error() == ParkedFlaw::NotReadable);
}

TEST_CASE(
    "migration: an unchanged question keeps its answer, a new one is empty, a vanished one is told with its words") {
    const Move move(
        R"({"linkId":"name","type":"string","text":"Nome"},{"linkId":"car","type":"boolean","text":"Auto?"})",
        R"({"linkId":"new","type":"string","text":"N"},{"linkId":"name","type":"string","text":"Nome"})",
        {{"name", "Ada"}, {"car", "true"}});
    CHECK(move.lines() == Lines{"name -> name: kept", "car -> : dropped, no such question: Auto? = true"});
    CHECK(move.migration.draft.answers(Path(0, {0})).empty());
}

TEST_CASE("migration: numbers, dates and texts are written anew where nothing is lost by it") {
    const Move move(
        R"({"linkId":"a","type":"integer","text":"A"},{"linkId":"b","type":"decimal","text":"B"},
        {"linkId":"c","type":"decimal","text":"C"},{"linkId":"d","type":"string","text":"D"},{"linkId":"e","type":"date","text":"E"},
        {"linkId":"f","type":"text","text":"F"},{"linkId":"g","type":"string","text":"G"})",
        R"({"linkId":"a","type":"decimal"},{"linkId":"b","type":"integer"},{"linkId":"c","type":"integer"},
        {"linkId":"d","type":"text"},{"linkId":"e","type":"dateTime"},{"linkId":"f","type":"string"},{"linkId":"g","type":"boolean"})",
        {{"a", "3"}, {"b", "4,0"}, {"c", "4,5"}, {"d", "x"}, {"e", "2020"}, {"f", "one\ntwo"}, {"g", "true"}});
    CHECK(move.lines() == Lines{"a -> a: converted, type", "b -> b: converted, type", "c -> : dropped, type: C = 4.5",
                                "d -> d: converted, type", "e -> e: converted, type",
                                "f -> : dropped, type: F = one\ntwo", "g -> : dropped, type: G = true"});
}

TEST_CASE("migration: an option is found by its code under other words, one that is offered no more is told") {
    const std::string after =
        R"({"linkId":"color","type":"choice","text":"Colore","answerOption":[{"valueCoding":{"system":"urn:c","code":"v","display":"verde scuro"}}]})";
    CHECK(Move(color, after, {{"color", "#1"}}).lines() == Lines{"color -> color: converted, words"});
    CHECK(Move(color, after, {{"color", "#0"}}).lines() == Lines{"color -> : dropped, no option: Colore = rosso"});
    CHECK(Move(color, R"({"linkId":"color","type":"string"})", {{"color", "#0"}}).lines() ==
          Lines{"color -> color: converted, type"});
    CHECK(Move(R"({"linkId":"color","type":"string","text":"Colore"})", color, {{"color", "verde"}}).lines() ==
          Lines{"color -> color: converted, type"});
}

TEST_CASE("migration: a renamed question is found by a code that only it has") {
    const std::string code = R"("code":[{"system":"urn:q","code":"name"}])";
    CHECK(Move(R"({"linkId":"n1","type":"string",)" + code + "}", R"({"linkId":"n2","type":"string",)" + code + "}",
               {{"n1", "Ada"}})
              .lines() == Lines{"n1 -> n2: converted, renamed"});
    const Move twice(R"({"linkId":"n1","type":"string","text":"N",)" + code + "}",
                     R"({"linkId":"n2","type":"string",)" + code + R"(},{"linkId":"n3","type":"string",)" + code + "}",
                     {{"n1", "Ada"}});
    CHECK(twice.lines() == Lines{"n1 -> : dropped, no such question: N = Ada"});
}

TEST_CASE("migration: answers follow their question into other groups, and find room where it repeats") {
    CHECK(Move(R"({"linkId":"q","type":"string"})",
               R"({"linkId":"g","type":"group","item":[{"linkId":"q","type":"string","repeats":true}]})", {{"q", "x"}})
              .lines() == Lines{"q -> g/q: converted, moved, now repeats"});
    const std::string list = R"({"linkId":"q","type":"string","text":"Q","repeats":true})";
    CHECK(Move(list, R"({"linkId":"q","type":"string"})", {{"q", "x"}, {"q[1]", "y"}}).lines() ==
          Lines{"q -> q: converted, repeats no more", "q[1] -> : dropped, no room: Q = y"});
}

TEST_CASE("migration: instances of a repeating group stay together, and are told when the group repeats no longer") {
    const std::string child = R"("type":"group","item":[{"linkId":"name","type":"string","text":"Nome"},
        {"linkId":"age","type":"integer","text":"Anni"}])";
    const std::vector<std::pair<std::string, std::string>> answers{
        {"c", ""}, {"c/name", "Ada"}, {"c", ""}, {"c[1]/name", "Bea"}, {"c[1]/age", "7"}};
    const std::string before = R"({"linkId":"c","repeats":true,)" + child + "}";
    CHECK(Move(before, R"({"linkId":"top","type":"group","item":[)" + before + "]}", answers).lines() ==
          Lines{"c/name -> top/c/name: kept", "c[1]/name -> top/c[1]/name: kept", "c[1]/age -> top/c[1]/age: kept"});
    CHECK(Move(before, R"({"linkId":"c",)" + child + "}", answers).lines() ==
          Lines{"c/name -> c/name: kept", "c[1]/name -> : dropped, no room: Nome = Bea",
                "c[1]/age -> : dropped, no room: Anni = 7"});
}

TEST_CASE("migration: an answer that the newer form does not ask for now is kept, and that is told") {
    const Move move(
        R"({"linkId":"a","type":"boolean"},{"linkId":"b","type":"string"})",
        R"({"linkId":"a","type":"boolean"},{"linkId":"b","type":"string","enableWhen":[{"question":"a","operator":"=","answerBoolean":true}]})",
        {{"a", "false"}, {"b", "x"}});
    CHECK(move.lines() == Lines{"a -> a: kept", "b -> b: converted, not shown"});
}

TEST_CASE(
    "migration: between drafts, half-typed text goes along, and only new questions begin with what their form says") {
    Filling old(
        form(R"({"linkId":"born","type":"date"},{"linkId":"town","type":"string","initial":[{"valueString":"Roma"}]},
        {"linkId":"n","type":"integer"})"));
    CHECK(old.type("born", "02/02") == Outcome::NotYetAValue);
    CHECK(old.type("town", "") == Outcome::Accepted);
    CHECK(old.type("n", "3") == Outcome::Accepted);
    Filling fresh(
        form(R"({"linkId":"n","type":"integer","initial":[{"valueInteger":1}]},{"linkId":"born","type":"date"},
        {"linkId":"town","type":"string","initial":[{"valueString":"Roma"}]},
        {"linkId":"new","type":"string","initial":[{"valueString":"Ciao"}]})"));
    CHECK(move_answers(old.draft, fresh.draft, "it").size() == 2);
    CHECK(std::string(fresh.draft.answer(fresh.at("born"))->typed) == "02/02");
    CHECK(fresh.answers() ==
          R"([{"linkId":"n","answer":[{"valueInteger":3}]},{"linkId":"new","answer":[{"valueString":"Ciao"}]}])");
}

TEST_CASE("migration: what both forms work out is worked out anew, what a person wrote instead stays") {
    const auto with = [](const std::string& expression) {
        return R"({"linkId":"a","type":"integer"},{"linkId":"sum","type":"integer","extension":[{"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression","valueExpression":{"language":"text/fhirpath","expression":"%resource.item.where(linkId='a').answer.value )" +
               expression + R"("}}]})";
    };
    CHECK(Move(with("+ 1"), with("+ 1"), {{"a", "2"}}).lines() == Lines{"a -> a: kept", "sum -> sum: kept"});
    CHECK(Move(with("+ 1"), with("+ 2"), {{"a", "2"}}).lines() ==
          Lines{"a -> a: kept", "sum -> sum: converted, worked out"});
    const Move by_hand(with("+ 1"), with("+ 2"), {{"a", "2"}, {"sum", "9"}});
    CHECK(by_hand.lines() == Lines{"a -> a: kept", "sum -> sum: kept"});
    const Draft& draft = by_hand.migration.draft;
    CHECK(std::get<std::int32_t>(*draft.answer(draft.definition().path_of("sum").value())->value) == 9);
}

TEST_CASE(
    "migration: whatever the two forms are, every answer has exactly one line, and every one not dropped is there") {
    Random random(77);
    std::size_t kept = 0, dropped = 0;
    for (int round = 0; round < 400; ++round) {
        CAPTURE(round);
        // Both have linkIds i1, i2 …, of other types, in other places; every third time it is the same form.
        const std::string before = random_items(random);
        const std::string after = round % 3 == 0 ? before : random_items(random);
        const std::string bytes = questionnaire(before);
        Filling filling(load_definition(bytes).value());
        for (int edit = 0; edit < 120; ++edit)
            (void)edit_at_random(filling.draft, random);
        const ParkedDraft set_aside = parked(filling, bytes);
        const auto old = unpark(set_aside, memory);
        REQUIRE(old.ok());
        auto moved = migrate(set_aside, form(after), memory);
        REQUIRE(moved.ok());
        const Migration& migration = moved.value();
        const std::string& text = std::string(set_aside.response);
        std::size_t answers = 0;
        for (std::size_t at = text.find("\"value", text.find("\"item\"")); at != std::string::npos;
             at = text.find("\"value", at + 1))
            if (text[at + 6] >= 'A' && text[at + 6] <= 'Z') ++answers;
        CHECK(migration.report.size() == answers);
        std::vector<std::string> places;
        for (const MigrationLine& line : migration.report) {
            if (line.fate == Fate::Dropped) {
                ++dropped;
                CHECK(line.reason != DropReason::None);
                CHECK_FALSE(line.answer.empty());
                continue;
            }
            ++kept;
            places.push_back(line.new_path);
            const auto path = migration.draft.definition().path_of(line.new_path);
            REQUIRE(path.has_value());
            const Answer* const answer = migration.draft.answer(*path);
            REQUIRE(answer != nullptr);
            CHECK(answer->value.has_value());
        }
        std::sort(places.begin(), places.end());
        CHECK(std::adjacent_find(places.begin(), places.end()) == places.end()); // no answer over another
        if (round % 3 == 0) CHECK(places.size() == migration.report.size());     // the same form loses nothing
    }
    CHECK(kept > 500);
    CHECK(dropped > 100);
}
