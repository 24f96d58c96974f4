// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/fhir/prefill.hpp"

#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>

namespace forms {

/// Identifier systems of the person's numbers, as HL7 Italia Core names them.
inline constexpr std::string_view fiscal_code_system = "urn:oid:2.16.840.1.113883.2.9.4.3.2";
inline constexpr std::string_view stp_system = "urn:oid:2.16.840.1.113883.2.9.4.3.17";
inline constexpr std::string_view eni_system = "urn:oid:2.16.840.1.113883.2.9.4.3.18";

/// What is known of the person as a FHIR R4 Patient in one line of JSON, in the person's memory: the resource that a
/// form asks for by its launchContext "patient" (SDC). Nothing unknown stands in it.
[[nodiscard]] std::pmr::string write_patient(const KnownPerson& person);

/// The reverse: the official name, else the first; the first identifier of each system. None when it is no Patient, no
/// JSON, or longer than 1 MiB. A date of birth that is no FHIR date is left out.
[[nodiscard]] std::optional<KnownPerson> read_patient(std::string_view json, std::pmr::memory_resource* memory);

} // namespace forms
