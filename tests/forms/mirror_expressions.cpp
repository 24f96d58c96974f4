// SPDX-License-Identifier: EUPL-1.2
// What the expressions of random forms should come to, worked out from a copy of the answers by counting. It shares
// nothing with the engine: it knows the few shapes in which random_forms.cpp writes them.
#include "tests/forms/mirror.hpp"

#include <algorithm>

using namespace forms;

namespace forms_in_tests {
namespace {

/// The text between two marks.
std::string_view between(std::string_view text, std::string_view first, std::string_view second) {
    const std::size_t at = text.find(first);
    if (at == std::string_view::npos) return {};
    const std::size_t begin = at + first.size();
    return text.substr(begin, text.find(second, begin) - begin);
}

std::string text_of(const std::vector<Value>& values) {
    std::string text;
    for (const Value& value : values)
        text += " " + (std::holds_alternative<std::int32_t>(value) ? std::to_string(std::get<std::int32_t>(value))
                                                                   : std::string(std::get<Coding>(value).code));
    return text;
}

} // namespace

/// Values of a question, everywhere, of what would be sent: shown, and not below a line without an answer.
std::int32_t Mirror::count_of(const Box& box, std::string_view link_id) const {
    std::int32_t count = 0;
    for (const Place& place : box.places) {
        const bool is_it = definition_->item(place.item).link_id == link_id;
        const auto wanted = definition_->find(link_id);
        if (!wanted || (!is_it && !definition_->is_ancestor(place.item, *wanted)) || !is_enabled(place)) continue;
        for (const AnswerCopy& answer : place.answers) {
            if (!answer.value) continue;
            if (is_it) ++count;
            if (answer.nested) count += count_of(*answer.nested, link_id);
        }
        for (const auto& instance : place.instances)
            count += count_of(*instance, link_id);
    }
    return count;
}

/// "…where(linkId='i3').answer.value.count()…": the number that this part comes to.
std::int32_t Mirror::number_in(std::string_view expression) const {
    return count_of(*top_, between(expression, "linkId='", "'"));
}

bool Mirror::says(const std::string& enabled_by) const {
    return number_in(enabled_by) > std::stoi(enabled_by.substr(enabled_by.rfind('>') + 1));
}

std::string Mirror::flaw_at(const Draft& draft, const Place& place, const Path& path) const {
    const Item& item = definition_->item(place.item);
    if (!item.calculated_by.empty()) {
        const std::string& text = item.calculated_by.starts_with("%`")
                                      ? definition_->item(*item.parent).variables.front().text
                                      : item.calculated_by;
        const auto answers = draft.answers(path);
        if (answers.size() != 1 || !answers[0]->value || *answers[0]->value != Value(number_in(text)))
            return "calculated otherwise than " + std::to_string(number_in(text));
    }
    if (!item.offered_by.empty()) {
        std::vector<Value> offered, wanted;
        for (const Offer& offer : draft.offers(path))
            offered.push_back(*offer.value);
        const std::int32_t count = number_in(item.offered_by.substr(item.offered_by.find("%resource")));
        if (item.type == ItemType::Integer)
            for (std::int32_t i = 0; i <= std::min(count, 3); ++i)
                wanted.emplace_back(i);
        else
            for (std::int32_t i = 0; i < std::min(count, 3); ++i)
                wanted.emplace_back(coding("urn:x", std::string(1, static_cast<char>('a' + i))));
        const bool alike = std::equal(offered.begin(), offered.end(), wanted.begin(), wanted.end(), same);
        if (!alike) return "offers" + text_of(offered) + " instead of" + text_of(wanted);
    }
    if (!item.constraints.empty()) {
        const bool judged = is_enabled(place) && std::any_of(place.answers.begin(), place.answers.end(),
                                                             [](const AnswerCopy& a) { return a.value.has_value(); });
        const bool wanted = judged && number_in(item.constraints.front().text) > 2;
        const auto issues = draft.issues_of(path);
        const bool broken = std::any_of(issues.begin(), issues.end(),
                                        [](const Issue& i) { return i.code == IssueCode::ConstraintBroken; });
        if (broken != wanted) return wanted ? "a broken constraint is not told" : "a constraint that holds is told";
    }
    if (!item.worded_by.empty()) {
        const std::string wanted = "n " + std::to_string(number_in(item.worded_by));
        if (draft.text(path, "it") != wanted) return "reads " + std::string(draft.text(path, "it")) + ", not " + wanted;
    }
    return "";
}

std::string Mirror::flaw_below(const Draft& draft, const Box& box, const Path* parent) const {
    for (const Place& place : box.places) {
        const Path first = parent != nullptr ? parent->child(place.item) : Path(place.item, {0});
        if (const std::string flaw = flaw_at(draft, place, first); !flaw.empty())
            return definition_->text_of(first) + ": " + flaw;
        const auto look_at = [&](const Box* inside, std::size_t k) {
            const Path here = first.with_instance(static_cast<std::uint32_t>(k));
            return inside == nullptr ? std::string() : flaw_below(draft, *inside, &here);
        };
        for (std::size_t k = 0; k < place.instances.size(); ++k)
            if (const std::string flaw = look_at(place.instances[k].get(), k); !flaw.empty()) return flaw;
        for (std::size_t k = 0; k < place.answers.size(); ++k)
            if (const std::string flaw = look_at(place.answers[k].nested.get(), k); !flaw.empty()) return flaw;
    }
    return "";
}

std::string Mirror::flaw_of_expressions(const Draft& draft) const { return flaw_below(draft, *top_, nullptr); }

} // namespace forms_in_tests
