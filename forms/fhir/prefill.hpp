// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/draft.hpp"
#include "forms/fhir/person_elements.hpp"

#include <optional>
#include <vector>

namespace forms {

/// What a scanned document or a register says about the person. Everything may be missing. Lives in the memory of the
/// visit.
struct KnownPerson {
    explicit KnownPerson(std::pmr::memory_resource* memory);
    AnswerText family, given, fiscal_code, stp, eni;
    AnswerText gender; ///< code of http://hl7.org/fhir/administrative-gender
    std::optional<PartialDate> birth_date;
};

/// A question whose `item.definition` names an element of the person.
struct BoundQuestion {
    Path question;
    PersonElement element;
};
/// Those of them that are asked now, answered or not, of the person or of who speaks for them.
[[nodiscard]] std::vector<BoundQuestion> bound_questions(const Draft& draft, Whose whose);
/// What is known as this question takes it; none when it is not known, or the question would not take it.
[[nodiscard]] std::optional<Value> value_for(const Item& item, PersonElement element, const KnownPerson& person,
                                             std::pmr::memory_resource* memory);

struct ProposedAnswer {
    Path question;
    Value value; ///< of the question's type; a choice gets one of its own options
};

/// SDC, definition-based population: answers for the enabled questions about the person whose `item.definition` names
/// the element. Only where nothing is answered or half typed, and where the value is one the question takes: nothing a
/// person wrote is ever replaced. Changes nothing: whoever asks shows the proposals and sets those that are confirmed.
[[nodiscard]] std::vector<ProposedAnswer> propose_answers(const Draft& draft, const KnownPerson& person);

/// SDC, definition-based extraction, the other way: what the enabled answers say about the person. The first answer
/// counts.
[[nodiscard]] KnownPerson known_person(const Draft& draft);

} // namespace forms
