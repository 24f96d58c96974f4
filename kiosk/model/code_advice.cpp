// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/model/code_advice.hpp"

#include "forms/italian/fiscal_code.hpp"
#include "forms/italian/fiscal_code_beside.hpp"

#include <variant>

namespace kiosk {
namespace {

using forms::FiscalCode;

/// As it was typed, or as a paper said it and nobody has typed since.
std::string_view written(const forms::Answer& answer) {
    if (!answer.typed.empty()) return answer.typed;
    const auto* const text = answer.value ? std::get_if<forms::AnswerText>(&*answer.value) : nullptr;
    return text ? std::string_view(*text) : std::string_view();
}

/// What the same group says about the person, as far as it is answered and asked now.
forms::SaidBeside said_beside(const forms::Draft& draft, const forms::Path& question) {
    forms::SaidBeside said;
    const forms::Definition& definition = draft.definition();
    const auto group = definition.item(question).parent;
    if (!group) return said;
    for (const forms::ItemIndex sibling : definition.children(group)) {
        const forms::Item& item = definition.item(sibling);
        auto instances = question.instances();
        instances.back() = 0;
        const forms::Path place(sibling, std::move(instances));
        const forms::Answer* const answer = draft.is_enabled(place) ? draft.answer(place) : nullptr;
        if (answer == nullptr || !answer->value) continue;
        if (item.definition.ends_with("Patient.birthDate")) {
            if (const auto* const date = std::get_if<forms::PartialDate>(&*answer->value)) said.birth = *date;
        } else if (item.definition.ends_with("Patient.name.family")) {
            said.family = written(*answer);
        } else if (item.definition.ends_with("Patient.name.given")) {
            said.given = written(*answer);
        }
    }
    return said;
}

} // namespace

std::optional<Text> code_advice(const forms::Draft& draft, const forms::Path& question,
                                const forms::PartialDate& today) {
    const forms::Item& item = draft.definition().item(question);
    if (!item.definition.ends_with("identifier:codiceFiscale.value")) return std::nullopt;
    const forms::Answer* answer = draft.answer(question);
    if (answer == nullptr || written(*answer).empty()) return std::nullopt;
    const auto read = forms::read_fiscal_code(written(*answer), today);
    if (!read.ok()) {
        switch (read.error()) {
        case forms::FiscalCodeFlaw::Empty:
            return std::nullopt;
        case forms::FiscalCodeFlaw::HealthCode:
            return Text::advice_code_health;
        case forms::FiscalCodeFlaw::TooShort:
        case forms::FiscalCodeFlaw::TooLong:
        case forms::FiscalCodeFlaw::WrongCharacter:
            return Text::advice_code_shape;
        }
    }
    const FiscalCode& code = read.value();
    if (!code.check_matches)
        return code.kind == FiscalCode::Kind::Person ? Text::advice_code_letter : Text::advice_code_digit;
    const auto differs = forms::compare_with_code(written(*answer), said_beside(draft, question), today, nullptr);
    if (differs.birth) return Text::advice_code_birth;
    if (differs.names()) return Text::advice_code_name;
    return std::nullopt;
}

} // namespace kiosk
