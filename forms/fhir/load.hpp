// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/definition.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace forms {

/// How much of a definition is accepted. A caller may only ask for less.
struct DefinitionLimits {
    std::size_t bytes = 6u << 20; ///< so that what is refused at its very end is refused within 100 ms
    std::size_t depth = 64;       ///< of nested items; JSON may nest four times as deep
    std::size_t items = 10'000;
    std::size_t options = 20'000; ///< in the whole form
    std::size_t text_bytes = 64u << 10;
    std::size_t conditions = 20'000;
    std::size_t expressions = 10'000;
    std::size_t expression_bytes = 1u << 20; ///< of all expressions together
};

class Terminology;

struct LoadOptions {
    /// Canonicals of the lists the host can serve ("https://www.hl7.it/fhir/terminology/ValueSet/istat-comune").
    std::vector<std::string> known_value_sets;
    /// Lists named by address that are in no form and not among the served ones. May be null; outlives the call.
    std::shared_ptr<const Terminology> terminology;
    DefinitionLimits limits{};
};

/// A FHIR R4 Questionnaire in JSON → a compiled definition, or every mistake of it by place, in the order of the file.
/// What cannot be run is refused, never ignored; which extensions are accepted stands in forms/README.md.
/// The limits hold while reading. Pure: reads no file, fetches nothing. Thread: any.
[[nodiscard]] Result<std::shared_ptr<const Definition>, std::vector<Mistake>>
load_definition(std::string_view bytes, const LoadOptions& options = {});

} // namespace forms
