// SPDX-License-Identifier: EUPL-1.2
#include "tests/forms/forms_in_tests.hpp"

#include "forms/engine/pages.hpp"
#include "forms/engine/summary.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

using namespace forms;
using namespace forms_in_tests;

namespace {

/// Random forms with everything that may be nested, repeated and conditional; conditions look back only, so that
/// there is no circle.
class FormMaker {
public:
    explicit FormMaker(std::mt19937& random) : random_(random) {}

    std::string make() {
        std::string items;
        const int count = 2 + pick(6);
        for (int i = 0; i < count; ++i)
            items += (i > 0 ? "," : "") + item(0);
        return items;
    }

private:
    int pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }

    std::string item(int depth) {
        const std::string id = "i" + std::to_string(++count_);
        static constexpr std::string_view types[] = {"boolean",     "integer", "decimal", "date",  "string", "choice",
                                                     "open-choice", "text",    "time",    "group", "group",  "display"};
        const std::string_view type = types[static_cast<std::size_t>(pick(depth > 2 ? 9 : 12))];
        std::string json = R"({"linkId":")" + id + R"(","text":"T","type":")" + std::string(type) + "\"";
        json += condition();
        if (type == "display") return json + "}";
        if (pick(3) == 0) json += R"(,"repeats":true)";
        if (pick(4) == 0 && conditions_ == 0) json += R"(,"required":true)";
        if (type == "choice" || type == "open-choice")
            json +=
                R"(,"answerOption":[{"valueCoding":{"system":"urn:x","code":"a"}},{"valueCoding":{"system":"urn:x","code":"b"}}])";
        const bool nests = type == "group" || (depth < 2 && pick(4) == 0);
        if (type == "boolean") booleans_.push_back(id);
        if (nests) {
            json += R"(,"item":[)";
            const int count = 1 + pick(3);
            for (int i = 0; i < count; ++i)
                json += (i > 0 ? "," : "") + item(depth + 1);
            json += "]";
        }
        return json + "}";
    }

    std::string condition() {
        conditions_ = 0;
        if (booleans_.empty() || pick(3) != 0) return "";
        conditions_ = 1;
        static constexpr std::string_view operators[] = {"=", "!=", "exists"};
        return R"(,"enableWhen":[{"question":")" +
               booleans_[static_cast<std::size_t>(pick(static_cast<int>(booleans_.size())))] + R"(","operator":")" +
               std::string(operators[pick(3)]) + R"(","answerBoolean":)" + (pick(2) == 0 ? "true" : "false") + "}]";
    }

    std::mt19937& random_;
    int count_ = 0;
    int conditions_ = 0;
    std::vector<std::string> booleans_;
};

Path random_path(const Draft& draft, std::mt19937& random) {
    // Mostly places that exist, sometimes nonsense.
    const auto all = draft.enabled();
    if (!all.empty() && random() % 8 != 0) {
        const Path& path = all[random() % all.size()];
        return random() % 4 == 0 ? path.with_instance(static_cast<std::uint32_t>(random() % 4)) : path;
    }
    std::vector<std::uint32_t> instances(random() % 5);
    for (auto& instance : instances)
        instance = static_cast<std::uint32_t>(random() % 3);
    return {static_cast<ItemIndex>(random() % 40), std::move(instances)};
}

void edit_at_random(Draft& draft, std::mt19937& random) {
    static constexpr std::string_view typed[] = {"",     "1",     "12,5", "02/02", "1/2/2020",     "8:30", "ciao",
                                                 "true", "false", " ",    "2020",  "\xE2\x80\x8B", "1.234"};
    const Path path = random_path(draft, random);
    switch (random() % 9) {
    case 0:
        (void)draft.type(path, typed[random() % std::size(typed)]);
        break;
    case 1:
        (void)draft.set(path, random() % 2 == 0);
        break;
    case 2:
        (void)draft.set(path, static_cast<std::int32_t>(random() % 100));
        break;
    case 3:
        (void)draft.choose(path, random() % 3, random() % 3 != 0);
        break;
    case 4:
        (void)draft.clear(path);
        break;
    case 5:
        (void)draft.clear_all(path);
        break;
    case 6:
        (void)draft.add_instance(path);
        break;
    case 7:
        (void)draft.remove_instance(path);
        break;
    case 8:
        (void)draft.move_instance(path, static_cast<std::uint32_t>(random() % 3));
        break;
    }
}

/// What incremental evaluation left behind must be what a fresh look finds.
std::vector<std::string> enabled_after_reading_again(const Filling& filling, std::string& response) {
    auto read = read_response(filling.response(), filling.draft.shared_definition(), std::pmr::get_default_resource());
    REQUIRE(read.ok());
    CHECK(read.value().issues.empty());
    Filling again(std::move(read.value().draft));
    response = again.response();
    return again.enabled();
}

} // namespace

TEST_CASE("draft: any edits on any form leave a draft that is saved and read again as it was") {
    std::mt19937 random(20261122);
    for (int round = 0; round < 300; ++round) {
        const auto definition = form(FormMaker(random).make());
        Filling filling(Draft(definition, std::pmr::get_default_resource()));
        for (int edit = 0; edit < 60; ++edit)
            edit_at_random(filling.draft, random);
        CAPTURE(round);
        const std::string before = filling.response();
        std::string after;
        (void)enabled_after_reading_again(filling, after);
        REQUIRE(after == before);
        const auto issues = filling.draft.issues();
        for (const Issue& issue : issues)
            CHECK(filling.draft.is_enabled(issue.path.with_instance(0)));
        for (const Path& path : filling.draft.enabled()) { // one question alone is judged as it is among all
            const auto is_here = [&](const Issue& issue) {
                return issue.path.with_instance(0) == path.with_instance(0);
            };
            const auto own = filling.draft.issues_of(path);
            CHECK(own.size() == static_cast<std::size_t>(std::count_if(issues.begin(), issues.end(), is_here)));
            for (const Issue& issue : own)
                CHECK(std::any_of(issues.begin(), issues.end(), [&](const Issue& other) {
                    return other.path == issue.path && other.code == issue.code;
                }));
        }
        for (const Path& path : filling.draft.enabled()) {
            REQUIRE(definition->path_of(definition->text_of(path)) == path);
            REQUIRE(filling.draft.exists(path));
        }
        const auto all = pages(filling.draft);
        for (std::size_t i = 0; i < all.size(); ++i)
            if (all[i].kind == PageKind::Question) CHECK(position_of(all, all[i].path) == i);
        CHECK(expected_pages(filling.draft) >= all.size());
        (void)summary(filling.draft, "it");
    }
}

TEST_CASE("draft: what a change re-evaluates is what a look at everything finds") {
    // Hidden answers are kept, so the comparison is made with a draft that took the same edits and was then turned
    // over completely: each boolean set to itself again, last to first.
    std::mt19937 random(99);
    for (int round = 0; round < 200; ++round) {
        const auto definition = form(FormMaker(random).make());
        Filling filling(Draft(definition, std::pmr::get_default_resource()));
        for (int edit = 0; edit < 40; ++edit)
            edit_at_random(filling.draft, random);
        const auto before = filling.enabled();
        for (ItemIndex i = static_cast<ItemIndex>(definition->items().size()); i-- > 0;) {
            if (definition->item(i).type != ItemType::Boolean) continue;
            const Path path = definition->path_to(i);
            const Answer* const answer = filling.draft.answer(path);
            if (answer == nullptr || !answer->value) continue;
            const Value value = *answer->value;
            (void)filling.draft.set(path, !std::get<bool>(value));
            (void)filling.draft.set(path, value);
        }
        CAPTURE(round);
        CHECK(filling.enabled() == before);
    }
}
