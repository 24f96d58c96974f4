// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhir/person_elements.hpp"

#include <algorithm>
#include <array>

namespace forms {
namespace {

// The keys of the Italian profiles, as the forms write them in `item.definition`.
constexpr std::string_view person_group = "http://hl7.it/fhir/itcore/StructureDefinition/patient-it-core#Patient";
constexpr std::string_view declarant_group = "http://hl7.it/fhir/StructureDefinition/ContattoPersona#ContattoPersona";
constexpr std::string_view household_group = "http://hl7.org/fhir/StructureDefinition/RelatedPerson#RelatedPerson";

struct Key {
    std::string_view definition;
    PersonElement element;
};

constexpr std::array keys{
    Key{"http://hl7.org/fhir/StructureDefinition/Patient#Patient.name.family", PersonElement::Family},
    Key{"http://hl7.org/fhir/StructureDefinition/Patient#Patient.name.given", PersonElement::Given},
    Key{"http://hl7.org/fhir/StructureDefinition/Patient#Patient.birthDate", PersonElement::BirthDate},
    Key{"http://hl7.org/fhir/StructureDefinition/Patient#Patient.gender", PersonElement::Gender},
    Key{"http://hl7.it/fhir/itcore/StructureDefinition/patient-it-core#Patient.identifier:codiceFiscale.value",
        PersonElement::FiscalCode},
    Key{"http://hl7.it/fhir/itcore/StructureDefinition/patient-it-core#Patient.identifier:codiceSTP.value",
        PersonElement::Stp},
    Key{"http://hl7.it/fhir/itcore/StructureDefinition/patient-it-core#Patient.identifier:codiceENI.value",
        PersonElement::Eni},
};

} // namespace

std::optional<PersonElement> person_element(std::string_view definition) {
    const auto* const found =
        std::find_if(keys.begin(), keys.end(), [&](const Key& key) { return key.definition == definition; });
    if (found == keys.end()) return std::nullopt;
    return found->element;
}

Whose whose(const Definition& definition, const Item& item) {
    for (std::optional<ItemIndex> up = item.parent; up; up = definition.item(*up).parent) {
        const std::string& group = definition.item(*up).definition;
        if (group == person_group) return Whose::Person;
        if (group == declarant_group) return Whose::Declarant;
        if (group == household_group) return Whose::SomebodyElse;
    }
    return Whose::Person;
}

} // namespace forms
