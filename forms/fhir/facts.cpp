// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhir/facts.hpp"

#include <algorithm>
#include <array>

namespace forms {
namespace {

// The keys of the Italian profiles, as the forms write them in `item.definition`.
constexpr std::string_view person_group = "http://hl7.it/fhir/itcore/StructureDefinition/patient-it-core#Patient";
constexpr std::string_view declarant_group = "http://hl7.it/fhir/StructureDefinition/ContattoPersona#ContattoPersona";
constexpr std::string_view household_group = "http://hl7.org/fhir/StructureDefinition/RelatedPerson#RelatedPerson";
constexpr std::string_view family_key = "http://hl7.org/fhir/StructureDefinition/Patient#Patient.name.family";
constexpr std::string_view given_key = "http://hl7.org/fhir/StructureDefinition/Patient#Patient.name.given";
constexpr std::string_view birth_date_key = "http://hl7.org/fhir/StructureDefinition/Patient#Patient.birthDate";
constexpr std::string_view fiscal_code_key =
    "http://hl7.it/fhir/itcore/StructureDefinition/patient-it-core#Patient.identifier:codiceFiscale.value";
constexpr std::string_view stp_key =
    "http://hl7.it/fhir/itcore/StructureDefinition/patient-it-core#Patient.identifier:codiceSTP.value";
constexpr std::string_view eni_key =
    "http://hl7.it/fhir/itcore/StructureDefinition/patient-it-core#Patient.identifier:codiceENI.value";
constexpr std::string_view full_name_key =
    "http://hl7.it/fhir/StructureDefinition/ContattoPersona#ContattoPersona.nome";
constexpr std::string_view relationship_key =
    "http://hl7.it/fhir/StructureDefinition/ContattoPersona#ContattoPersona.tipoRelazione";
constexpr std::string_view mobile_key =
    "http://hl7.it/fhir/StructureDefinition/ContattoPersona#ContattoPersona.recapiti.cellulare";

enum class Whose { Person, Declarant, SomebodyElse };

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

    /// The nearest enclosing group that says so; without one, the person's.
    Whose whose(const Item& item) const {
        for (std::optional<ItemIndex> up = item.parent; up; up = draft_.definition().item(*up).parent) {
            const std::string& group = draft_.definition().item(*up).definition;
            if (group == person_group) return Whose::Person;
            if (group == declarant_group) return Whose::Declarant;
            if (group == household_group) return Whose::SomebodyElse;
        }
        return Whose::Person;
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
        const Whose owner = whose(item);
        if (owner == Whose::Person) {
            Facts::Person& person = facts_.person;
            if (key == family_key) keep(person.family, value);
            if (key == given_key) keep(person.given, value);
            if (key == fiscal_code_key) keep(person.fiscal_code, value);
            if (key == stp_key) keep(person.stp, value);
            if (key == eni_key) keep(person.eni, value);
            if (const auto* const date = std::get_if<PartialDate>(&value);
                key == birth_date_key && date != nullptr && !person.birth_date)
                person.birth_date = *date;
        }
        if (owner == Whose::Declarant) {
            Facts::Declarant& declarant = facts_.declarant;
            if (key == full_name_key) keep(declarant.full_name, value);
            if (key == family_key || key == given_key) keep_part_of_name(key, value);
            if (key == mobile_key) keep(declarant.mobile, value);
            if (key == fiscal_code_key) keep(declarant.fiscal_code, value);
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
    void keep_part_of_name(std::string_view key, const Value& value) {
        const auto* const text = std::get_if<AnswerText>(&value);
        if (text == nullptr) return;
        AnswerText& name = facts_.declarant.full_name;
        if (name.empty()) {
            name = *text;
        } else if (key == given_key) {
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
