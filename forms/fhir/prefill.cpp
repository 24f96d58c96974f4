// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhir/prefill.hpp"

#include <algorithm>

namespace forms {
namespace {

/// The text that an element is kept in; null for the date of birth. `Person` is const or not.
template <class Person>
auto text_of(Person& person, PersonElement element) -> decltype(&person.family) {
    switch (element) { // no default: the compiler names the one we forgot
    case PersonElement::Family:
        return &person.family;
    case PersonElement::Given:
        return &person.given;
    case PersonElement::FiscalCode:
        return &person.fiscal_code;
    case PersonElement::Stp:
        return &person.stp;
    case PersonElement::Eni:
        return &person.eni;
    case PersonElement::Gender:
        return &person.gender;
    case PersonElement::BirthDate:
        break;
    }
    return nullptr;
}

bool is_free_text(const Item& item) {
    return (item.type == ItemType::String || item.type == ItemType::Text) && item.options.empty() && !item.reference;
}

} // namespace

std::optional<Value> value_for(const Item& item, PersonElement element, const KnownPerson& person,
                               std::pmr::memory_resource* memory) {
    if (element == PersonElement::BirthDate) {
        if (!person.birth_date || item.type != ItemType::Date) return std::nullopt;
        return Value(*person.birth_date);
    }
    const AnswerText& text = *text_of(person, element);
    if (text.empty()) return std::nullopt;
    if (is_free_text(item)) return Value(AnswerText(text, memory));
    const auto option = std::find_if(item.options.begin(), item.options.end(), [&](const Option& candidate) {
        const auto* const code = std::get_if<Coding>(&candidate.value);
        return code != nullptr && code->code == text;
    });
    if (element != PersonElement::Gender || option == item.options.end()) return std::nullopt;
    return copy_of(option->value, memory);
}

namespace {

bool is_touched(const Draft& draft, const Path& question) {
    const auto answers = draft.answers(question);
    return std::any_of(answers.begin(), answers.end(), [](const Answer* answer) { return !answer->empty(); });
}

/// Calls `visit(path, item, element)` for each enabled question about the person.
template <class Visit>
void for_each_bound(const Draft& draft, Visit&& visit, Whose of = Whose::Person) {
    for (const Path& path : draft.enabled()) {
        const Item& item = draft.definition().item(path);
        if (!item.is_question() || item.definition.empty()) continue;
        const auto element = person_element(item.definition);
        if (element && whose(draft.definition(), item) == of) visit(path, item, *element);
    }
}

} // namespace

KnownPerson::KnownPerson(std::pmr::memory_resource* memory)
    : family(memory), given(memory), fiscal_code(memory), stp(memory), eni(memory), gender(memory) {}

std::vector<BoundQuestion> bound_questions(const Draft& draft, Whose whose) {
    std::vector<BoundQuestion> bound;
    for_each_bound(
        draft, [&](const Path& path, const Item&, PersonElement element) { bound.push_back({path, element}); }, whose);
    return bound;
}

std::vector<ProposedAnswer> propose_answers(const Draft& draft, const KnownPerson& person) {
    std::vector<ProposedAnswer> proposals;
    for_each_bound(draft, [&](const Path& path, const Item& item, PersonElement element) {
        if (is_touched(draft, path)) return;
        if (auto value = value_for(item, element, person, draft.memory())) proposals.push_back({path, std::move(*value)});
    });
    return proposals;
}

KnownPerson known_person(const Draft& draft) {
    KnownPerson person(draft.memory());
    for_each_bound(draft, [&](const Path& path, const Item&, PersonElement element) {
        for (const Answer* const answer : draft.answers(path)) {
            if (!answer->value) continue;
            if (const auto* const date = std::get_if<PartialDate>(&*answer->value)) {
                if (element == PersonElement::BirthDate && !person.birth_date) person.birth_date = *date;
                return;
            }
            AnswerText* const text = text_of(person, element);
            if (text == nullptr || !text->empty()) return;
            if (const auto* const words = std::get_if<AnswerText>(&*answer->value)) *text = *words;
            if (const auto* const code = std::get_if<Coding>(&*answer->value)) *text = code->code;
            return;
        }
    });
    return person;
}

} // namespace forms
