// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/ctl/form_commands.hpp"
#include "tests/forms/forms_in_tests.hpp"

#include "forms/fhir/json.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>
#include <utility>

using namespace forms;
using namespace forms_in_tests;

namespace {

const std::filesystem::path root = SPORTELLO_ROOT;

/// The same members with the same values; their order and the blanks between them do not count.
bool same_json(const JsonDocument& a, JsonDocument::Node x, const JsonDocument& b, JsonDocument::Node y) {
    if (a.kind(x) != b.kind(y) || a.text(x) != b.text(y) || a.size(x) != b.size(y)) return false;
    auto other = b.first(y);
    for (auto child = a.first(x); child != JsonDocument::none; child = a.next(child)) {
        const auto match =
            a.kind(x) == JsonKind::Object ? b.member(y, a.key(child)) : std::exchange(other, b.next(other));
        if (match == JsonDocument::none || !same_json(a, child, b, match)) return false;
    }
    return true;
}

JsonDocument parsed(const std::string& bytes) {
    JsonDocument document(std::pmr::get_default_resource());
    REQUIRE_MESSAGE(read_json(bytes, {}, document).flaws.empty(), bytes);
    return document;
}

} // namespace

TEST_CASE("form check: accepted files end with 0 and say nothing on standard output") {
    std::ostringstream out;
    std::ostringstream notes;
    const std::string file = (root / "forms/definitions/primo-accesso/questionnaire.json").string();
    if (!std::filesystem::exists(file)) return;
    CHECK(kiosk::run(kiosk::FormCheck{{file}, false}, out, notes) == 0);
    CHECK(out.str().empty());
    CHECK(notes.str().find("accepted") != std::string::npos);
}

TEST_CASE("form check: a broken file ends with 1, one line a mistake: file, pointer, code, words") {
    std::ostringstream out;
    std::ostringstream notes;
    const std::string file = (root / "tests/samples/forms/broken/many-mistakes.json").string();
    CHECK(kiosk::run(kiosk::FormCheck{{file, "no-such-file"}, false}, out, notes) == 1);
    std::istringstream lines(out.str());
    std::vector<std::string> all;
    for (std::string line; std::getline(lines, line);)
        all.push_back(line);
    REQUIRE(all.size() == 5);
    CHECK(all[0] == file + ": /item/1/linkId: duplicate-link-id: another item has this linkId");
    CHECK(all[4].rfind("no-such-file: /: not-readable: ", 0) == 0);
    std::ostringstream json;
    CHECK(kiosk::run(kiosk::FormCheck{{file}, true}, json, notes) == 1);
    const std::string first = json.str().substr(0, json.str().find('\n'));
    const JsonDocument object = parsed(first);
    CHECK(object.text(object.member(0, "pointer")) == "/item/1/linkId");
    CHECK(object.text(object.member(0, "code")) == "duplicate-link-id");
}

TEST_CASE("form check: a form with warnings alone ends with 0, and with 1 when it is told to be strict") {
    const std::string file = (root / "tests/samples/forms/household.json").string();
    std::ostringstream out;
    std::ostringstream notes;
    CHECK(kiosk::run(kiosk::FormCheck{{file}}, out, notes) == 0);
    CHECK(out.str() == file + ": /title: missing-translation: warning: fr: 6 texts are missing, so the form is not "
                              "offered in it; also /item/0/text, /item/1/text\n");
    std::ostringstream json;
    CHECK(kiosk::run(kiosk::FormCheck{{file}, true, true}, json, notes) == 1);
    const JsonDocument object = parsed(json.str());
    CHECK(object.text(object.member(0, "pointer")) == "/title");
    CHECK(object.text(object.member(0, "code")) == "missing-translation");
    CHECK(object.text(object.member(0, "weight")) == "warning");
}

TEST_CASE("form check: notes are told when they are asked for, and never refuse a form") {
    const std::string file = (root / "forms/definitions/informazioni/questionnaire.json").string();
    std::ostringstream out;
    std::ostringstream notes;
    CHECK(kiosk::run(kiosk::FormCheck{{file}, false, true, true}, out, notes) == 0);
    CHECK(out.str().find(": option-without-rule: note: ") != std::string::npos);
    CHECK(notes.str().find("; Gulpease 9") != std::string::npos);
}

TEST_CASE("form run: the shipped examples give the expected responses") {
    const std::filesystem::path folder = root / "forms/definitions";
    int examples = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        constexpr std::string_view ending = ".answers.json";
        if (!name.ends_with(ending)) continue;
        ++examples;
        CAPTURE(entry.path().string());
        std::filesystem::path expected = entry.path();
        expected.replace_filename(name.substr(0, name.size() - ending.size()) + ".response.json");
        const std::filesystem::path definition = entry.path().parent_path().parent_path() / "questionnaire.json";
        std::ostringstream out;
        std::ostringstream notes;
        const int code = kiosk::run(kiosk::FormRun{definition.string(), entry.path().string(), "", false}, out, notes);
        CHECK_MESSAGE(code == 0, notes.str());
        if (code != 0) continue;
        const JsonDocument result = parsed(out.str());
        const JsonDocument wanted = parsed(read_file(expected));
        CHECK(same_json(result, result.member(0, "response"), wanted, JsonDocument::root()));
    }
    MESSAGE(examples << " examples");
}

TEST_CASE("form run: tells what is enabled, the response and what is missing, as one line") {
    const std::filesystem::path folder = root / "tests/samples/forms";
    std::ostringstream out;
    std::ostringstream notes;
    CHECK(kiosk::run(kiosk::FormRun{(folder / "household.json").string(), (folder / "household.answers.json").string(),
                                    "fr", false},
                     out, notes) == 0);
    CHECK(notes.str().empty());
    const JsonDocument wanted = parsed(read_file(folder / "household.run.json"));
    const JsonDocument result = parsed(out.str());
    CHECK_MESSAGE(same_json(result, 0, wanted, 0), out.str());
    const std::string line = out.str();
    CHECK(std::count(line.begin(), line.end(), '\n') == 1);
}

TEST_CASE("form run: answers to another form are refused with 1 and a reason") {
    const std::filesystem::path folder = root / "tests/samples/forms";
    std::ostringstream out;
    std::ostringstream notes;
    CHECK(
        kiosk::run(kiosk::FormRun{(folder / "household.json").string(), (folder / "household.json").string(), "", true},
                   out, notes) == 1);
    CHECK(out.str().empty());
    CHECK(notes.str().find("\"code\":\"not-a-response\"") != std::string::npos);
}

TEST_CASE("form run: a form that asks for the patient is handed the one in the file, and nobody without it") {
    const auto folder = root / "tests/samples/forms";
    const auto answers_with = [&](const std::string& patient) {
        std::ostringstream out;
        std::ostringstream notes;
        kiosk::FormRun command{(folder / "known-person.json").string(),
                               (folder / "known-person.answers.json").string()};
        command.patient = patient;
        CHECK(kiosk::run(command, out, notes) == 0);
        return out.str();
    };
    CHECK(answers_with((folder / "known-person.patient.json").string()).find(R"("valueString":"Mari")") !=
          std::string::npos);
    CHECK(answers_with("").find("Mari") == std::string::npos);
}

TEST_CASE("form run: what is no Patient is refused with 1 and named") {
    const auto folder = root / "tests/samples/forms";
    std::ostringstream out;
    std::ostringstream notes;
    kiosk::FormRun command{(folder / "known-person.json").string(), (folder / "known-person.answers.json").string()};
    command.patient = (folder / "household.json").string();
    CHECK(kiosk::run(command, out, notes) == 1);
    CHECK(out.str().empty());
    CHECK(notes.str().find("not-a-patient") != std::string::npos);
}
