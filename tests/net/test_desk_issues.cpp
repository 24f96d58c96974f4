// SPDX-License-Identifier: EUPL-1.2
// From a complaint of the central system to the question on the desk's screen, and what of it lies on the disk.
#include "net/central/fhir/outcome_issues.hpp"
#include "net/outbox/desk_issues.hpp"
#include "tests/doubles/folder.hpp"
#include "tests/doubles/sealed.hpp"
#include "tests/doubles/submissions.hpp"
#include "tests/net/replies.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace net;
using tests::reply;

namespace {

std::vector<DeskIssue> issues_of(const std::string& issue) {
    const auto s = tests::daughter_speaks(std::pmr::get_default_resource());
    return fhir::desk_issues(reply(422, R"({"resourceType":"OperationOutcome","issue":[)" + issue + "]}"), s);
}
std::vector<DeskIssue> at(const std::string& expression) {
    return issues_of(R"({"severity":"error","code":"required","diagnostics":"Bianca Rossi","expression":[")" +
                     expression + "\"]}");
}
DeskIssue one(const std::string& expression) {
    const auto found = at(expression);
    REQUIRE(found.size() == 1);
    return found[0];
}

} // namespace

TEST_CASE("desk issues: an expression leads to the question it complains of") {
    // Binary, RelatedPerson, QuestionnaireResponse, Task, … : the response is the third entry.
    const DeskIssue name{IssueCode::Required, "response", "1/1.2/1.2.1"};
    CHECK(one("Bundle.entry[2].resource.item[0].item[1].item[0].answer[0].value") == name);
    CHECK(one("QuestionnaireResponse.item[0].item[1].item[0]") == name);
    CHECK(one("QuestionnaireResponse.item.item[1].item") == name);
    CHECK(one("Bundle.entry[2].resource.ofType(QuestionnaireResponse).item[0].item[1].item[0]") == name);
    CHECK(one("QuestionnaireResponse.item.where(linkId='1').item.where(linkId = '1.2').item[0].answer") == name);
    CHECK(one("Bundle.entry[2].resource/*QuestionnaireResponse/null*/.item[0].item[1].item[0]") == name);
    // The second of the people in the household.
    CHECK(one("QuestionnaireResponse.item[3].item[0]").path == "3[1]/3.1");
    CHECK(one("QuestionnaireResponse.item.where(linkId='3')[1].item[1]").path == "3[1]/3.2");
    // Other resources have no questions.
    CHECK(one("Bundle.entry[3].resource.status") == DeskIssue{IssueCode::Required, "task", ""});
    CHECK(one("Task.status") == DeskIssue{IssueCode::Required, "task", ""});
    CHECK(one("QuestionnaireResponse.status") == DeskIssue{IssueCode::Required, "response", ""});
}

TEST_CASE("desk issues: what leads nowhere still tells its kind, and never any words") {
    for (const char* bad : {"", "Patient.name", "Bundle", "Bundle.entry", "Bundle.entry[99].resource",
                            "Bundle.entry[x].resource", "%context.item[0]", "....", "[[[", ")))"})
        CHECK(one(bad) == DeskIssue{IssueCode::Required, "", ""});
    CHECK(one("QuestionnaireResponse.item[99]").path.empty());
    CHECK(one("QuestionnaireResponse.item[0].item[99]").path == "1");
    CHECK(one("QuestionnaireResponse.item[18446744073709551615].item").path.empty());
    CHECK(issues_of(R"({"severity":"error","code":"made-up"})")[0].code == IssueCode::Unknown);
    CHECK(issues_of(R"({"severity":"error","code":"throttled"})")[0].code == IssueCode::Other);
    CHECK(issues_of(R"({"severity":"warning","code":"value"},{"severity":"information","code":"value"})").empty());
    CHECK(issues_of("17").size() == 1);
    const auto s = tests::daughter_speaks(std::pmr::get_default_resource());
    CHECK(fhir::desk_issues(reply(422, "<html>", "text/html"), s).empty());
    CHECK(fhir::desk_issues(reply(422, "{"), s).empty());
    CHECK(fhir::desk_issues(reply(422, R"({"resourceType":"Bundle"})"), s).empty());
}

TEST_CASE("desk issues: however much a server complains, only so much is kept") {
    std::string many;
    for (int i = 0; i < 2'000; ++i)
        many += (i == 0 ? "" : ",") +
                std::string(R"({"severity":"error","code":"value","expression":["QuestionnaireResponse.item[)") +
                std::to_string(i % 8) + "].item[" + std::to_string(i / 8 % 5) + "].item[" + std::to_string(i / 40) +
                R"(]"]})";
    CHECK(issues_of(many).size() <= most_desk_issues);
    CHECK(one("QuestionnaireResponse.item[0]" + std::string(5'000, ' ')) == DeskIssue{IssueCode::Required, "", ""});
    std::string deep = "QuestionnaireResponse";
    for (int i = 0; i < 100; ++i)
        deep += ".item";
    CHECK(one(deep).path == "1/1.1");
}

TEST_CASE("desk issues: sealed they come back as they were, and the disk shows neither question nor form") {
    tests::Folder folder;
    auto ring = KeyRing::open(folder.path() / "keys", std::pmr::get_default_resource());
    REQUIRE(ring.ok());
    const std::vector<DeskIssue> issues = {{IssueCode::Required, "response", "1/1.2/Marker-linkId"},
                                           {IssueCode::Invariant, "task", ""}};
    const auto id = tests::id_number(1);
    auto* memory = std::pmr::get_default_resource();
    Bytes sealed = seal_issues(issues, id, ring.value().current(), memory);
    const std::string_view text(reinterpret_cast<const char*>(sealed.data()), sealed.size());
    CHECK(text.find("Marker") == std::string_view::npos);
    CHECK(text.find("required") == std::string_view::npos);
    REQUIRE(ring.value().rotate().ok()); // an older key still opens them
    CHECK(open_issues(sealed, id, ring.value(), memory).value() == issues);
    CHECK_FALSE(open_issues(sealed, tests::id_number(2), ring.value(), memory).ok()); // another request's
    sealed.back() ^= std::byte{1};
    CHECK_FALSE(open_issues(sealed, id, ring.value(), memory).ok());
    CHECK(seal_issues({}, id, ring.value().current(), memory).empty());
    CHECK(open_issues({}, id, ring.value(), memory).value().empty());
}
