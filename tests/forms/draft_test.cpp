// SPDX-License-Identifier: EUPL-1.2
#include "tests/forms/forms_in_tests.hpp"

#include <doctest/doctest.h>

using namespace forms;
using namespace forms_in_tests;

namespace {

/// Memory that knows how much of it is in use, and that nobody used another by mistake.
class CountingMemory final : public std::pmr::memory_resource {
public:
    std::size_t in_use = 0;

private:
    void* do_allocate(std::size_t bytes, std::size_t alignment) override {
        in_use += bytes;
        return std::pmr::new_delete_resource()->allocate(bytes, alignment);
    }
    void do_deallocate(void* place, std::size_t bytes, std::size_t alignment) override {
        in_use -= bytes;
        std::pmr::new_delete_resource()->deallocate(place, bytes, alignment);
    }
    bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }
};

constexpr std::string_view needs = R"({"linkId":"need","type":"choice","repeats":true,"answerOption":[
    {"valueCoding":{"system":"urn:x","code":"home","display":"Casa"}},{"valueCoding":{"system":"urn:x","code":"money","display":"Soldi"}},
    {"valueCoding":{"system":"urn:x","code":"none","display":"Nulla"},"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive","valueBoolean":true}]}]})";

} // namespace

TEST_CASE("draft: half-typed text stays beside the answers and is none") {
    Filling filling(form(R"({"linkId":"d","type":"date"})"));
    CHECK(filling.type("d", "02/02") == Outcome::NotYetAValue);
    REQUIRE(filling.draft.answer(filling.at("d")) != nullptr);
    CHECK(filling.draft.answer(filling.at("d"))->typed == "02/02");
    CHECK_FALSE(filling.draft.answer(filling.at("d"))->value);
    CHECK(filling.issues() == std::vector<std::string>{"d malformed"});
    CHECK(filling.answers().empty());
    CHECK(filling.type("d", "02/02/1990") == Outcome::Accepted);
    CHECK(filling.draft.answer(filling.at("d"))->typed == "02/02/1990");
    CHECK(filling.answers() == R"([{"linkId":"d","answer":[{"valueDate":"1990-02-02"}]}])");
    CHECK(filling.type("d", "") == Outcome::Accepted);
    CHECK(filling.answers().empty());
    CHECK(filling.issues().empty());
}

TEST_CASE("draft: what is typed is read by the type of the question") {
    Filling filling(form(
        R"({"linkId":"decimal","type":"decimal"},{"linkId":"integer","type":"integer"},{"linkId":"time","type":"time"},
        {"linkId":"string","type":"string"},{"linkId":"text","type":"text"},{"linkId":"url","type":"url"},{"linkId":"moment","type":"dateTime"},
        {"linkId":"weight","type":"quantity","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-unit",
            "valueCoding":{"system":"http://unitsofmeasure.org","code":"kg","display":"chili"}}]})"));
    (void)filling.type("decimal", "1.234,50");
    (void)filling.type("integer", "1.500");
    (void)filling.type("time", "8.30");
    (void)filling.type("string", "  Ada \n Lovelace\u202e ");
    (void)filling.type("text", "uno\ndue");
    (void)filling.type("url", "https://example.org/a");
    (void)filling.type("moment", "22/7/2026 9:30");
    (void)filling.type("weight", "70,5");
    const std::string answers = filling.answers();
    for (const std::string_view part :
         {R"("valueDecimal":1234.50})", R"("valueInteger":1500})", R"("valueTime":"08:30:00")",
          R"("valueString":"Ada   Lovelace")", R"("valueString":"uno\ndue")", R"("valueUri":"https://example.org/a")",
          R"("valueDateTime":"2026-07-22T09:30:00+02:00")",
          R"("valueQuantity":{"value":70.5,"unit":"chili","system":"http://unitsofmeasure.org","code":"kg"})"})
        CHECK_MESSAGE(answers.find(part) != std::string::npos, std::string(part) << " in " << answers);
    CHECK(filling.type("integer", "1,5") == Outcome::NotYetAValue);
    CHECK(filling.type("integer", "99999999999") == Outcome::NotYetAValue);
    CHECK(filling.type("url", "not a link") == Outcome::NotYetAValue);
    CHECK(filling.type("weight", "70 stone") == Outcome::NotYetAValue);
}

TEST_CASE("draft: an answer of another type is refused and changes nothing") {
    Filling filling(form(
        R"({"linkId":"i","type":"integer"},{"linkId":"g","type":"group","item":[{"linkId":"t","type":"display","text":"x"}]},
        {"linkId":"r","type":"string","readOnly":true},{"linkId":"c","type":"choice","answerOption":[{"valueCoding":{"code":"x"}}]},
        {"linkId":"o","type":"open-choice","answerOption":[{"valueCoding":{"code":"x"}}]})"));
    (void)filling.set("i", std::int32_t{3});
    const auto before = filling.draft.revision();
    CHECK(filling.set("i", true) == Outcome::WrongType);
    CHECK(filling.set("g", true) == Outcome::NotAQuestion);
    CHECK(filling.set("g/t", true) == Outcome::NotAQuestion);
    CHECK(filling.type("r", "x") == Outcome::ReadOnly);
    CHECK(filling.set("c", coding("", "y")) == Outcome::NotAllowedOption);
    CHECK(filling.set("o", coding("", "y")) == Outcome::NotAllowedOption);
    CHECK(filling.choose("c", 1) == Outcome::NotAllowedOption);
    CHECK(filling.set("i[1]", std::int32_t{4}) == Outcome::NotRepeating);
    CHECK(filling.draft.set(Path(77, {0}), true) == Outcome::NotAnItem);
    CHECK(filling.draft.set(Path(0, {}), true) == Outcome::NotAnItem);
    CHECK(filling.draft.set(Path(0, {0, 0}), true) == Outcome::NotAnItem);
    CHECK(filling.draft.revision() == before);
    CHECK(filling.draft.set(filling.at("r"), text_value("x", filling.draft.memory()), Writer::Program) ==
          Outcome::Accepted);
    CHECK(filling.type("o", "altro") == Outcome::Accepted);
    CHECK(filling.type("c", "altro") == Outcome::NotYetAValue);
}

TEST_CASE("draft: options are chosen and taken back, an exclusive one stands alone") {
    Filling filling(form(needs));
    (void)filling.choose("need", 0);
    (void)filling.choose("need", 1);
    (void)filling.choose("need", 1);
    CHECK(filling.draft.answers(filling.at("need")).size() == 2);
    (void)filling.choose("need", 2);
    CHECK(filling.draft.answers(filling.at("need")).size() == 1);
    CHECK(filling.draft.is_chosen(filling.at("need"), 2));
    (void)filling.choose("need", 0);
    CHECK_FALSE(filling.draft.is_chosen(filling.at("need"), 2));
    (void)filling.choose("need", 0, false);
    CHECK(filling.draft.answers(filling.at("need")).empty());
}

TEST_CASE("draft: repeated answers can be added, cleared and move up") {
    Filling filling(form(R"({"linkId":"phone","type":"string","repeats":true})"));
    (void)filling.type("phone", "1");
    (void)filling.type("phone[1]", "2");
    (void)filling.type("phone[2]", "3");
    CHECK(filling.type("phone[9]", "x") == Outcome::NotAnItem);
    CHECK(filling.draft.clear(filling.at("phone[1]")) == Outcome::Accepted);
    CHECK(filling.answers() == R"([{"linkId":"phone","answer":[{"valueString":"1"},{"valueString":"3"}]}])");
    (void)filling.type("phone", ""); // being typed over: the line stays until it is cleared
    CHECK(filling.draft.answers(filling.at("phone")).size() == 2);
    CHECK(filling.answers() == R"([{"linkId":"phone","answer":[{"valueString":"3"}]}])");
    CHECK(filling.draft.clear_all(filling.at("phone")) == Outcome::Accepted);
    CHECK(filling.draft.answers(filling.at("phone")).empty());
}

TEST_CASE("draft: at most five hundred answers and instances") {
    Filling filling(form(
        R"({"linkId":"q","type":"string","repeats":true},{"linkId":"g","type":"group","repeats":true,"item":[{"linkId":"x","type":"string"}]})"));
    for (std::uint32_t i = 0; i < 500; ++i)
        REQUIRE(filling.draft.type(filling.at("q").with_instance(i), "x") == Outcome::Accepted);
    CHECK(filling.type("q[500]", "x") == Outcome::TooMany);
    for (int i = 0; i < 500; ++i)
        REQUIRE(filling.draft.add_instance(filling.at("g")).ok()); // the first one begins what is there
    const auto refused = filling.draft.add_instance(filling.at("g"));
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error() == Outcome::TooMany);
}

TEST_CASE("draft: nested repeating groups cannot grow without end") {
    Filling filling(
        form(R"({"linkId":"a","type":"group","repeats":true,"item":[{"linkId":"b","type":"group","repeats":true,"item":[
        {"linkId":"c","type":"group","repeats":true,"item":[{"linkId":"x","type":"string"}]}]}]})"));
    std::size_t added = 0;
    for (std::uint32_t i = 0; i < 500; ++i) {
        if (i > 0 && !filling.draft.add_instance(filling.at("a")).ok()) break;
        (void)filling.draft.type(*filling.draft.definition().path_of("a[" + std::to_string(i) + "]/b/c/x"), "x");
        for (int k = 0; k < 499; ++k)
            if (filling.draft.add_instance(*filling.draft.definition().path_of("a[" + std::to_string(i) + "]/b")).ok())
                ++added;
    }
    CHECK(added < 200'000);
}

TEST_CASE("draft: more than eight megabytes of text are refused") {
    Filling filling(form(R"({"linkId":"q","type":"text","repeats":true})"));
    const std::string page(60'000, 'x');
    std::uint32_t accepted = 0;
    while (accepted < 500 && filling.draft.set(filling.at("q").with_instance(accepted),
                                               text_value(page, filling.draft.memory())) == Outcome::Accepted)
        ++accepted;
    CHECK(accepted == (8u << 20) / 60'000);
    CHECK(filling.type("q", std::string(65'537, 'x')) == Outcome::TooLong);
    CHECK(filling.draft.clear(filling.at("q")) == Outcome::Accepted);
    CHECK(filling.draft.set(filling.at("q").with_instance(accepted - 1), text_value(page, filling.draft.memory())) ==
          Outcome::Accepted);
}

TEST_CASE("draft: attachments are limited in number and size") {
    Filling filling(form(R"({"linkId":"scan","type":"attachment","repeats":true})"));
    const auto scan = [&](int index, std::int64_t size) {
        auto* const memory = filling.draft.memory();
        return AttachmentRef{AnswerText("image/png", memory),
                             AnswerText(memory),
                             AnswerText(memory),
                             AnswerText(memory),
                             size,
                             index,
                             AnswerText(memory)};
    };
    CHECK(filling.set("scan", scan(0, (20 << 20) + 1)) == Outcome::TooLong);
    for (std::uint32_t i = 0; i < 3; ++i)
        CHECK(filling.draft.set(filling.at("scan").with_instance(i), scan(static_cast<int>(i), 20 << 20)) ==
              Outcome::Accepted);
    CHECK(filling.set("scan[3]", scan(3, 1)) == Outcome::TooLong);
    CHECK(filling.draft.clear_all(filling.at("scan")) == Outcome::Accepted);
    for (std::uint32_t i = 0; i < 10; ++i)
        CHECK(filling.draft.set(filling.at("scan").with_instance(i), scan(static_cast<int>(i), 5)) ==
              Outcome::Accepted);
    CHECK(filling.set("scan[10]", scan(10, 5)) == Outcome::TooMany);
    CHECK(filling.set("scan[9]", scan(9, 6)) == Outcome::Accepted); // in the place of another
}

TEST_CASE("draft: a repeating group has one instance to write into, which counts once it is begun") {
    Filling filling(form(
        R"({"linkId":"child","type":"group","repeats":true,"item":[{"linkId":"name","type":"string","required":true}]})"));
    const Path child = filling.at("child");
    CHECK(filling.draft.instances(child) == 1);
    CHECK(filling.draft.begun_instances(child) == 0);
    CHECK(filling.issues().empty());
    REQUIRE(filling.draft.add_instance(child).ok());
    CHECK(filling.draft.begun_instances(child) == 1);
    CHECK(filling.draft.instances(child) == 1);
    CHECK(filling.issues() == std::vector<std::string>{"child/name required-missing"});
    (void)filling.type("child/name", "Ada");
    const auto second = filling.draft.add_instance(child);
    REQUIRE(second.ok());
    CHECK(filling.draft.definition().text_of(second.value()) == "child[1]");
    (void)filling.type("child[1]/name", "Bruno");
    CHECK(filling.draft.move_instance(filling.at("child[1]"), 0) == Outcome::Accepted);
    CHECK(filling.draft.answer(filling.at("child/name"))->typed == "Bruno");
    CHECK(filling.draft.remove_instance(filling.at("child")) == Outcome::Accepted);
    CHECK(filling.draft.answer(filling.at("child/name"))->typed == "Ada");
    CHECK(filling.draft.remove_instance(filling.at("child")) == Outcome::Accepted);
    CHECK(filling.draft.begun_instances(child) == 0);
    CHECK(filling.answers().empty());
}

TEST_CASE("draft: initial answers are there at the start, also below a new instance, and not in a stored response") {
    const auto definition = form(
        R"({"linkId":"a","type":"choice","answerOption":[{"valueCoding":{"code":"x"}},{"valueCoding":{"code":"y"},"initialSelected":true}]},
        {"linkId":"g","type":"group","repeats":true,"item":[{"linkId":"n","type":"integer","initial":[{"valueInteger":1}]}]})");
    Filling filling(definition);
    CHECK(filling.draft.is_chosen(filling.at("a"), 1));
    REQUIRE(filling.draft.add_instance(filling.at("g")).ok());
    CHECK(
        filling.answers().find(
            R"({"linkId":"g","item":[{"linkId":"n","answer":[{"valueInteger":1}]}]},{"linkId":"g","item":[{"linkId":"n","answer":[{"valueInteger":1}]}]})") !=
        std::string::npos);
    CHECK(Filling(Draft(definition, std::pmr::get_default_resource(), Start::Empty)).answers().empty());
}

TEST_CASE("draft: answers live in the memory handed in and leave it with the draft") {
    CountingMemory memory;
    const auto definition = form(
        std::string(needs) +
        R"(,{"linkId":"q","type":"text","repeats":true},{"linkId":"g","type":"group","repeats":true,"item":[{"linkId":"x","type":"string"}]})");
    {
        Draft draft(definition, &memory);
        // From here on, whatever takes from the default memory is a leak of somebody's answers.
        std::pmr::memory_resource* const before = std::pmr::set_default_resource(std::pmr::null_memory_resource());
        const Path q = *definition->path_of("q");
        const std::string long_text(200, 'x');
        bool accepted = true;
        for (std::uint32_t i = 0; i < 30; ++i)
            accepted = draft.type(q.with_instance(i), long_text) == Outcome::Accepted && accepted;
        accepted = draft.clear(q.with_instance(3)) == Outcome::Accepted && accepted;
        accepted = draft.choose(*definition->path_of("need"), 0, true) == Outcome::Accepted && accepted;
        accepted = draft.add_instance(*definition->path_of("g")).ok() && accepted;
        accepted = draft.type(*definition->path_of("g/x"), long_text) == Outcome::Accepted && accepted;
        accepted = draft.add_instance(*definition->path_of("g")).ok() && accepted;
        accepted = draft.move_instance(*definition->path_of("g[1]"), 0) == Outcome::Accepted && accepted;
        const std::pmr::string response = write_response(filled_so_far(draft, "it"));
        const bool in_memory = response.get_allocator().resource() == &memory;
        const auto read = read_response(response, definition, &memory);
        std::pmr::set_default_resource(before);
        CHECK(accepted);
        CHECK(in_memory);
        REQUIRE(read.ok());
        CHECK(read.value().issues.empty());
        CHECK(memory.in_use > 30 * 200);
    }
    CHECK(memory.in_use == 0);
}

TEST_CASE("draft: a text of which nothing can be seen is no answer") {
    Filling filling(form(R"({"linkId":"u","type":"url"},{"linkId":"s","type":"string","repeats":true})"));
    CHECK(filling.type("u", "\xE2\x80\x8B") == Outcome::NotYetAValue);
    CHECK(filling.set("s", AnswerText("\xE2\x80\x8B")) == Outcome::Accepted);
    CHECK(filling.draft.answers(filling.at("s")).empty());
    (void)filling.type("s", "x");
    CHECK(filling.set("s", AnswerText("")) == Outcome::Accepted);
    CHECK(filling.answers() == "");
}
