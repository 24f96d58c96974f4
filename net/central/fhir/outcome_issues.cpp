// SPDX-License-Identifier: EUPL-1.2
#include "net/central/fhir/outcome_issues.hpp"

#include "net/central/fhir/bundle.hpp"
#include "net/runtime/json_text.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace net::fhir {
namespace {

constexpr std::size_t most_expressions = 10; ///< of one issue
constexpr std::size_t longest_expression = 1'000;
constexpr std::size_t deepest_question = 64;

std::string_view member(std::string_view object, std::string_view name) {
    const auto members = json_members(object);
    if (!members) return {};
    const auto found = std::ranges::find(*members, name, &JsonMembers::value_type::first);
    return found == members->end() ? std::string_view() : found->second;
}

std::string word(std::string_view json) {
    const auto text = json_string(json, std::pmr::get_default_resource());
    return text ? std::string(*text) : std::string();
}

/// "item[3]", "answer", "where(linkId='a.b')".
struct Step {
    std::string_view name, argument;
    std::optional<std::size_t> index;
};

/// A FHIRPath of names, indices and calls, cut at its points; what stands in brackets or quotation marks holds no cut.
std::vector<Step> steps_of(std::string_view expression) {
    std::vector<Step> steps;
    while (!expression.empty() && steps.size() < 4 * deepest_question) {
        std::size_t end = 0, depth = 0;
        bool quoted = false;
        for (; end < expression.size(); ++end) {
            const char c = expression[end];
            if (c == '\'') quoted = !quoted;
            if (quoted) continue;
            if (c == '(') ++depth;
            if (c == ')' && depth > 0) --depth;
            if (c == '.' && depth == 0) break;
        }
        std::string_view one = expression.substr(0, end);
        expression.remove_prefix(std::min(end + 1, expression.size()));
        Step step;
        if (const auto comment = one.find("/*"); comment != std::string_view::npos) one = one.substr(0, comment);
        if (one.ends_with(']')) {
            const auto open = one.rfind('[');
            std::size_t index = 0;
            if (open == std::string_view::npos) break;
            const auto [last, error] = std::from_chars(one.data() + open + 1, one.data() + one.size() - 1, index);
            if (error != std::errc() || last != one.data() + one.size() - 1) break;
            step.index = index;
            one = one.substr(0, open);
        }
        if (one.ends_with(')')) {
            const auto open = one.find('(');
            step.argument = one.substr(open + 1, one.size() - open - 2);
            one = one.substr(0, open);
        }
        step.name = one;
        steps.push_back(step);
    }
    return steps;
}

/// The text in `linkId = 'text'`; empty for any other condition.
std::string_view wanted_link_id(std::string_view condition) {
    if (!condition.starts_with("linkId")) return {};
    const auto open = condition.find('\'');
    const auto close = condition.rfind('\'');
    return open == std::string_view::npos || close <= open ? std::string_view()
                                                           : condition.substr(open + 1, close - open - 1);
}

/// From the steps behind the QuestionnaireResponse to the path of the question they stop at.
std::string question_path(std::string_view response, std::span<const Step> steps) {
    std::string path;
    std::string_view here = response;
    std::size_t depth = 0;
    for (std::size_t i = 0; i < steps.size() && depth < deepest_question; ++i) {
        if (steps[i].name == "answer") {
            const auto answers = json_elements(member(here, "answer"));
            const std::size_t index = steps[i].index.value_or(0);
            if (!answers || index >= answers->size()) break;
            here = (*answers)[index];
            continue;
        }
        if (steps[i].name != "item") break;
        const auto items = json_elements(member(here, "item"));
        if (!items) break;
        std::size_t index = steps[i].index.value_or(0);
        if (i + 1 < steps.size() && steps[i + 1].name == "where") {
            const std::string_view wanted = wanted_link_id(steps[i + 1].argument);
            std::size_t skip = steps[i + 1].index.value_or(0);
            for (index = 0; index < items->size(); ++index)
                if (word(member((*items)[index], "linkId")) == wanted && skip-- == 0) break;
            ++i;
        }
        if (index >= items->size()) break;
        const std::string link_id = word(member((*items)[index], "linkId"));
        if (link_id.empty()) break;
        std::size_t instance = 0;
        for (std::size_t before = 0; before < index; ++before)
            instance += word(member((*items)[before], "linkId")) == link_id ? 1 : 0;
        std::string longer = path + (path.empty() ? "" : "/") + link_id;
        if (instance != 0) longer += '[' + std::to_string(instance) + ']';
        if (longer.size() > longest_issue_path) break;
        path = std::move(longer);
        here = (*items)[index];
        ++depth;
    }
    return path;
}

DeskIssue place_of(std::string_view expression, const Submission& s) {
    DeskIssue issue;
    if (expression.size() > longest_expression) return issue;
    const std::vector<Step> steps = steps_of(expression);
    if (steps.empty()) return issue;
    std::vector<Entry> entries = entries_of(s);
    std::size_t inside = 1;
    if (steps[0].name == "Bundle") {
        if (files_go_ahead(s)) std::erase_if(entries, [](const Entry& e) { return e.type == "Binary"; });
        if (steps.size() < 2 || steps[1].name != "entry" || !steps[1].index || *steps[1].index >= entries.size())
            return issue;
        issue.part = entries[*steps[1].index].part;
        inside = 3; // past "resource"
        if (steps.size() > 3 && steps[3].name == "ofType") inside = 4;
    } else {
        const auto found = std::ranges::find(entries, steps[0].name, &Entry::type);
        if (found == entries.end()) return issue;
        issue.part = found->part;
    }
    if (issue.part == "response" && steps.size() > inside)
        issue.path = question_path(s.response, std::span(steps).subspan(inside));
    return issue;
}

} // namespace

std::vector<DeskIssue> desk_issues(const HttpReply& reply, const Submission& submission) {
    std::vector<DeskIssue> issues;
    const auto add = [&](DeskIssue issue) {
        if (issues.size() < most_desk_issues && std::ranges::find(issues, issue) == issues.end())
            issues.push_back(std::move(issue));
    };
    if (reply.end != HttpReply::End::Answered || reply.content_type != "application/fhir+json") return issues;
    if (word(member(reply.body, "resourceType")) != "OperationOutcome") return issues;
    const auto list = json_elements(member(reply.body, "issue"));
    if (!list) return issues;
    for (const std::string_view one : *list) {
        if (issues.size() >= most_desk_issues) break;
        const std::string severity = word(member(one, "severity"));
        if (severity == "warning" || severity == "information") continue;
        const IssueCode code = issue_code(word(member(one, "code")));
        const auto expressions = json_elements(member(one, "expression"));
        bool placed = false;
        for (std::size_t i = 0; expressions && i < std::min(expressions->size(), most_expressions); ++i) {
            DeskIssue issue = place_of(word((*expressions)[i]), submission);
            issue.code = code;
            if (issue.part.empty()) continue;
            placed = true;
            add(std::move(issue));
        }
        if (!placed) add({code, {}, {}});
    }
    return issues;
}

} // namespace net::fhir
