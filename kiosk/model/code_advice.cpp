// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/model/code_advice.hpp"

#include "forms/italian/fiscal_code.hpp"

#include <variant>

namespace kiosk {
namespace {

using forms::FiscalCode;

/// The date of birth that the same group asks for, as far as it is answered and asked now.
const forms::PartialDate* birth_date_beside(const forms::Draft& draft, const forms::Path& question) {
    const forms::Definition& definition = draft.definition();
    const auto group = definition.item(question).parent;
    if (!group) return nullptr;
    for (const forms::ItemIndex sibling : definition.children(group)) {
        const forms::Item& item = definition.item(sibling);
        if (item.type != forms::ItemType::Date || !item.definition.ends_with("Patient.birthDate")) continue;
        auto instances = question.instances();
        instances.back() = 0;
        const forms::Path place(sibling, std::move(instances));
        if (!draft.is_enabled(place)) continue;
        const forms::Answer* answer = draft.answer(place);
        if (answer != nullptr && answer->value) return std::get_if<forms::PartialDate>(&*answer->value);
    }
    return nullptr;
}

/// "1950" and "1950-05" do not contradict 1950-05-31.
bool contradicts(const FiscalCode& code, const forms::PartialDate& born) {
    const auto apart = [&born](const std::optional<forms::PartialDate>& date) {
        if (!date) return true;
        const forms::TimeOrder order = forms::order(*date, born);
        return order == forms::TimeOrder::Before || order == forms::TimeOrder::After;
    };
    return code.kind == FiscalCode::Kind::Person && apart(code.birth_date) && apart(code.hundred_years_earlier);
}

} // namespace

std::optional<Text> code_advice(const forms::Draft& draft, const forms::Path& question,
                                const forms::PartialDate& today) {
    const forms::Item& item = draft.definition().item(question);
    if (!item.definition.ends_with("identifier:codiceFiscale.value")) return std::nullopt;
    const forms::Answer* answer = draft.answer(question);
    if (answer == nullptr || answer->typed.empty()) return std::nullopt;
    const auto read = forms::read_fiscal_code(answer->typed, today);
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
    const forms::PartialDate* born = birth_date_beside(draft, question);
    if (born != nullptr && contradicts(code, *born)) return Text::advice_code_birth;
    return std::nullopt;
}

} // namespace kiosk
