// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/definition.hpp"
#include "forms/fhirpath/value.hpp"

namespace forms {

/// A definition as the Questionnaire it was read from (%questionnaire, %qitem), as far as expressions look at one:
/// items with their texts and types, options with their scores, initial values, and of the contained value sets those
/// that an expression asks for, with their codes listed (`expansion`, `compose`). Lives as long as the definition.
class FormView final : public fhirpath::Tree {
public:
    explicit FormView(const Definition& definition) : definition_(definition) {}

    [[nodiscard]] fhirpath::Element root() const;
    [[nodiscard]] fhirpath::Element item(ItemIndex item) const;

    /// A value set as a node.
    [[nodiscard]] fhirpath::Element list(const AskedList& list) const;
    /// The option of the form that stands behind a node: of a list, or of an item. Null for any other node.
    [[nodiscard]] static const Option* option_at(const fhirpath::Node& node);

    void visit(fhirpath::NodeId node, const Visitor& visitor) const override;
    void children(fhirpath::NodeId node, std::string_view name, fhirpath::Collection& out) const override;
    bool items(fhirpath::NodeId node, std::string_view link_id, fhirpath::Reach reach,
               fhirpath::Collection& out) const override;

private:
    enum Kind : std::uint32_t {
        Root,
        ItemNode,
        OptionNode,
        InitialNode,
        Code,
        ScoredCode,
        Score,
        List,
        Expansion,
        Compose,
        Include, ///< neighbours of one system: from `item` to before `part`
        Listed   ///< a code of a list
    };
    [[nodiscard]] fhirpath::Element node(Kind kind, const void* place, ItemIndex item, std::string_view type) const;
    void visit_list(fhirpath::NodeId node, const Visitor& visitor) const;
    void visit_item(ItemIndex item, const Visitor& visitor) const;
    void visit_value(const Value& value, const Option* option, ItemIndex item, const Visitor& visitor) const;
    const Definition& definition_;
};

} // namespace forms
