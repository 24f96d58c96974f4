// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/setting.hpp"
#include "forms/fhir/json.hpp"
#include "forms/fhirpath/value.hpp"

namespace forms {

/// A FHIR resource in JSON as FHIRPath sees it: choice types by their short name (`value`), primitives as values,
/// extensions of primitives below them. JSON does not say of which type a member is: dates are known by the names of
/// the members that hold them in R4 (`birthDate`, `authored`, `start` …). Lives as long as the document, on its thread.
class JsonTree final : public fhirpath::Tree {
public:
    explicit JsonTree(const JsonDocument& json) : json_(json) {}

    [[nodiscard]] fhirpath::Element root() const;
    /// One node of the document as an element, its type unknown.
    [[nodiscard]] fhirpath::Element element(JsonDocument::Node node) const;

    void visit(fhirpath::NodeId node, const Visitor& visitor) const override;
    void children(fhirpath::NodeId node, std::string_view name, fhirpath::Collection& out) const override;

private:
    [[nodiscard]] fhirpath::Element element(JsonDocument::Node node, std::string_view type) const;
    void add(JsonDocument::Node member, std::string_view name, std::string_view type, const Visitor& visitor) const;
    void extensions_of(JsonDocument::Node primitive, const Visitor& visitor) const;
    const JsonDocument& json_;
};

/// A resource in JSON, ready to be handed to a draft under the name the form has for it. None when it is no resource or
/// longer than 1 MiB. The text is copied into `memory`, which must outlive the draft.
[[nodiscard]] std::optional<Launched> read_launched(std::string_view name, std::string_view json,
                                                    std::pmr::memory_resource* memory);

} // namespace forms
