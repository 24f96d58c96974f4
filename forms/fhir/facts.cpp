// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhir/facts.hpp"

#include "forms/fhir/person_elements.hpp"

#include <algorithm>
#include <array>

namespace forms {
namespace {

// The keys of the Italian profiles, as the forms write them in `item.definition`.
constexpr std::string_view full_name_key =
    "http://hl7.it/fhir/StructureDefinition/ContattoPersona#ContattoPersona.nome";
constexpr std::string_view relationship_key =
    "http://hl7.it/fhir/StructureDefinition/ContattoPersona#ContattoPersona.tipoRelazione";
constexpr std::string_view mobile_key =
    "http://hl7.it/fhir/StructureDefinition/ContattoPersona#ContattoPersona.recapiti.cellulare";

class FactReader {
public:
    explicit FactReader(const Draft& draft) : draft_(draft), facts_(draft.memory()) {}

    Facts read() {
        for (const Path& path : draft_.enabled()) {
            const Item& item = draft_.definition().item(path);
            if (!item.is_question()) continue;
            const Value* const value = first_value(path);
            if (value == nullptr) continue;
            read_by_role(item, path, *value);
            if (!item.definition.empty()) read_by_definition(item, *value);
        }
        const bool answered = facts_.speaks_for.has_value();
        facts_.has_declarant = answered ? facts_.speaks_for->code != "utente" : !facts_.declarant.full_name.empty();
        return std::move(facts_);
    }

private:
    const Value* first_value(const Path& path) const {
        for (const Answer* const answer : draft_.answers(path))
            if (answer->value) return &*answer->value;
        return nullptr;
    }

    void read_by_role(const Item& item, const Path& path, const Value& value) {
        for (const Coding& role : item.codes) {
            if (role.system != item_role_system) continue;
            const std::string_view code = role.code;
            const auto* const flag = std::get_if<bool>(&value);
            const auto* const choice = std::get_if<Coding>(&value);
            if (code == "speaks-for" && choice != nullptr && !facts_.speaks_for)
                facts_.speaks_for = std::get<Coding>(copy_of(value, draft_.memory()));
            if (code == "anonymous") keep(facts_.anonymous, flag);
            if (code == "no-fixed-abode") keep(facts_.no_fixed_abode, flag);
            if (code == "privacy-notice") keep(facts_.privacy_notice_read, flag);
            if (code == "urgent") facts_.urgent = facts_.urgent || is_yes(value);
            if (code.starts_with("consent-") && (flag != nullptr || choice != nullptr))
                facts_.consents.push_back({path, AnswerText(code, draft_.memory()), is_yes(value)});
        }
    }

    static void keep(std::optional<bool>& fact, const bool* flag) {
        if (flag != nullptr && !fact) fact = *flag;
    }

    /// A boolean, or a choice whose codes are those of everyday forms. Whatever is not a clear yes is a no.
    static bool is_yes(const Value& value) {
        if (const auto* const flag = std::get_if<bool>(&value)) return *flag;
        const auto* const choice = std::get_if<Coding>(&value);
        if (choice == nullptr) return false;
        constexpr std::array<std::string_view, 6> yes{"true", "yes", "si", "Y", "urgent", "urgente"};
        return std::find(yes.begin(), yes.end(), std::string_view(choice->code)) != yes.end();
    }

    void read_by_definition(const Item& item, const Value& value) {
        const std::string_view key = item.definition;
        const auto element = person_element(key);
        const Whose owner = whose(draft_.definition(), item);
        if (owner == Whose::Person) {
            Facts::Person& person = facts_.person;
            if (element == PersonElement::Family) keep(person.family, value);
            if (element == PersonElement::Given) keep(person.given, value);
            if (element == PersonElement::FiscalCode) keep(person.fiscal_code, value);
            if (element == PersonElement::Stp) keep(person.stp, value);
            if (element == PersonElement::Eni) keep(person.eni, value);
            if (const auto* const date = std::get_if<PartialDate>(&value);
                element == PersonElement::BirthDate && date != nullptr && !person.birth_date)
                person.birth_date = *date;
        }
        if (owner == Whose::Declarant) {
            Facts::Declarant& declarant = facts_.declarant;
            if (key == full_name_key) keep(declarant.full_name, value);
            if (element == PersonElement::Family || element == PersonElement::Given) keep_part_of_name(*element, value);
            if (key == mobile_key) keep(declarant.mobile, value);
            if (element == PersonElement::FiscalCode) keep(declarant.fiscal_code, value);
            if (key == relationship_key) {
                keep(declarant.relationship, value);
                if (std::holds_alternative<Coding>(value) && !declarant.relationship_coding)
                    declarant.relationship_coding = std::get<Coding>(copy_of(value, draft_.memory()));
            }
        }
    }

    static void keep(AnswerText& fact, const Value& value) {
        if (!fact.empty()) return;
        if (const auto* const text = std::get_if<AnswerText>(&value)) fact = *text;
        if (const auto* const choice = std::get_if<Coding>(&value))
            fact = choice->display.empty() ? choice->code : choice->display;
    }

    /// A declarant asked for name and family name apart: given name first, as it is spoken.
    void keep_part_of_name(PersonElement part, const Value& value) {
        const auto* const text = std::get_if<AnswerText>(&value);
        if (text == nullptr) return;
        AnswerText& name = facts_.declarant.full_name;
        if (name.empty()) {
            name = *text;
        } else if (part == PersonElement::Given) {
            name.insert(0, " ");
            name.insert(0, *text);
        } else {
            name += ' ';
            name += *text;
        }
    }

    const Draft& draft_;
    Facts facts_;
};

} // namespace

Facts::Facts(std::pmr::memory_resource* memory) : person(memory), declarant(memory) {}

Facts::Person::Person(std::pmr::memory_resource* memory)
    : family(memory), given(memory), fiscal_code(memory), stp(memory), eni(memory) {}

Facts::Declarant::Declarant(std::pmr::memory_resource* memory)
    : full_name(memory), relationship(memory), mobile(memory), fiscal_code(memory) {}

Facts read_facts(const Draft& draft) { return FactReader(draft).read(); }

} // namespace forms
