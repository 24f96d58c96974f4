// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/value.hpp"
#include "forms/fhir/json.hpp"

namespace forms {

/// The member of `object` whose name is `prefix` and a type ("answerBoolean"), or `none`. `type` becomes "Boolean".
[[nodiscard]] JsonDocument::Node typed_member(const JsonDocument& json, JsonDocument::Node object,
                                              std::string_view prefix, std::string_view& type);

/// A FHIR R4 value by the name of its type: Boolean, Decimal, Integer, Date, DateTime, Time, String, Uri, Coding,
/// Quantity, Attachment; and a Reference that only names what it means (display), which gives its text. None when it is
/// not one, or of a type that no answer has.
[[nodiscard]] std::optional<Value> value_from(const JsonDocument& json, JsonDocument::Node node, std::string_view type,
                                              std::pmr::memory_resource* memory);

} // namespace forms
