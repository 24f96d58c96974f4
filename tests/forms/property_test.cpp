// SPDX-License-Identifier: EUPL-1.2
// A hundred thousand random edits that are accepted, and twice as many that are refused, on random forms. After each
// one a plain copy of the draft says whether the edit did what it should and nothing else, and which places should be
// enabled.
#include "tests/forms/forms_in_tests.hpp"
#include "tests/forms/mirror.hpp"

#include "forms/engine/pages.hpp"
#include "forms/engine/summary.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace forms;
using namespace forms_in_tests;

namespace {

// A sanitizer makes each edit many times slower: fewer of them, the same checks.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__OPTIMIZE__)
constexpr int forms_tried = 60;
#else
constexpr int forms_tried = 3500;
#endif
constexpr int edits_each = 100;

/// Compared as text only when they differ: text is what a person can read, and slow.
void check_same_places(const Definition& definition, const std::vector<Path>& found, const std::vector<Path>& wanted) {
    if (found == wanted) return;
    const auto only_in = [&](const std::vector<Path>& these, const std::vector<Path>& others) {
        std::string texts;
        for (const Path& path : these)
            if (std::find(others.begin(), others.end(), path) == others.end()) texts += " " + definition.text_of(path);
        return texts;
    };
    FAIL("wrongly enabled:" << only_in(found, wanted) << "; wrongly not:" << only_in(wanted, found));
}

void check_saved_and_read(const Filling& filling) {
    const std::string saved = filling.response();
    auto read = read_response(saved, filling.draft.shared_definition(), std::pmr::get_default_resource());
    REQUIRE(read.ok());
    for (const ResponseIssue& issue : read.value().issues)
        FAIL_CHECK(issue.json_pointer << " " << std::string(code_of(issue.reason)));
    const Filling again(std::move(read.value().draft));
    CHECK(again.response() == saved);
}

void check_rebuilt(const Filling& filling, const Mirror& copy) {
    const Filling again(copy.rebuilt());
    check_same_places(filling.draft.definition(), filling.draft.enabled(), again.draft.enabled());
    CHECK(again.response() == filling.response());
}

void check_what_a_terminal_shows(const Draft& draft) {
    const auto issues = draft.issues();
    for (const Issue& issue : issues)
        CHECK(draft.is_enabled(issue.path.with_instance(0)));
    for (const Path& path : draft.enabled()) { // one question alone is judged as it is among all
        const auto is_here = [&](const Issue& issue) { return issue.path.with_instance(0) == path.with_instance(0); };
        const auto own = draft.issues_of(path);
        CHECK(own.size() == static_cast<std::size_t>(std::count_if(issues.begin(), issues.end(), is_here)));
        for (const Issue& issue : own)
            CHECK(std::any_of(issues.begin(), issues.end(), [&](const Issue& other) {
                return other.path == issue.path && other.code == issue.code;
            }));
        REQUIRE(draft.definition().path_of(draft.definition().text_of(path)) == path);
        REQUIRE(draft.exists(path));
    }
    const auto all = pages(draft);
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].kind == PageKind::Question) CHECK(position_of(all, all[i].path) == i);
    CHECK(expected_pages(draft) >= all.size());
    (void)summary(draft, "it");
}

} // namespace

namespace {

/// Random edits of one form, each checked; returns how many were accepted.
int edit_and_check(const std::shared_ptr<const Definition>& definition, Random& random) {
    int accepted = 0;
    Filling filling(definition);
    auto before = std::make_unique<Mirror>(filling.draft);
    for (int number = 0; number < edits_each; ++number) {
        const Edit edit = edit_at_random(filling.draft, random);
        if (edit.outcome == Outcome::Accepted) ++accepted;
        auto after = std::make_unique<Mirror>(filling.draft);
        CAPTURE(number);
        CAPTURE(static_cast<int>(edit.kind));
        CAPTURE(edit.path.item());
        REQUIRE(before->flaw_of(edit, *after) == "");
        REQUIRE(after->flaw_of_expressions(filling.draft) == "");
        check_same_places(*definition, filling.draft.enabled(), after->enabled());
        before = std::move(after);
    }
    check_saved_and_read(filling);
    check_rebuilt(filling, *before);
    check_what_a_terminal_shows(filling.draft);
    CHECK(filling.draft.troubles().empty());
    return accepted;
}

} // namespace

TEST_CASE(
    "draft: a hundred thousand edits on any forms do what they should, lose nothing and enable what they should") {
    Random random(20261122);
    int accepted = 0;
    for (int round = 0; round < forms_tried; ++round) {
        const std::string items = random_items(random);
        const auto definition = form(items);
        CAPTURE(items);
        CAPTURE(round);
        accepted += edit_and_check(definition, random);
    }
    MESSAGE(accepted, " edits accepted and ", forms_tried * edits_each - accepted, " refused");
    CHECK(accepted > forms_tried * edits_each * 2 / 7); // 100,000; else it would be nonsense that was tried
}

TEST_CASE("draft: what expressions say follows any edits on any forms, as a count from the answers alone has it") {
    Random random(20261123);
    int accepted = 0;
    for (int round = 0; round < forms_tried / 3; ++round) {
        const std::string items = random_items_with_expressions(random);
        CAPTURE(items);
        CAPTURE(round);
        accepted += edit_and_check(form(items, random_list()), random);
    }
    CHECK(accepted > forms_tried / 3 * edits_each / 4); // much of what is computed is for reading only
}
