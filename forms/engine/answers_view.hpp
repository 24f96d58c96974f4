// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/draft_tree.hpp"
#include "forms/fhirpath/value.hpp"

namespace forms {

/// A draft as the QuestionnaireResponse it would be sent as: enabled items with an answer, and their ancestors. An
/// answer without a value is not seen, nor what stands below it. Valid while the draft is not changed, on its thread.
/// Looking for an item by its linkId costs the places it has, not the size of the form.
class AnswersView final : public fhirpath::Tree {
public:
    /// `unseen`: the slot that is being decided; a rule does not see what it decides.
    explicit AnswersView(const Draft::Tree& draft, const Slot* unseen = nullptr) : draft_(draft), unseen_(unseen) {}

    [[nodiscard]] fhirpath::Element root() const;
    /// One instance of an item in `holder`, whether it has an answer or not: what %context is.
    [[nodiscard]] fhirpath::Element item_in(const Container& holder, ItemIndex item, std::size_t instance) const;

    void visit(fhirpath::NodeId node, const Visitor& visitor) const override;
    void children(fhirpath::NodeId node, std::string_view name, fhirpath::Collection& out) const override;
    bool items(fhirpath::NodeId node, std::string_view link_id, fhirpath::Reach reach,
               fhirpath::Collection& out) const override;

    /// The coding behind a node of this view and the question it answers; null for any other node.
    [[nodiscard]] static const Coding* coding_at(const fhirpath::Node& node, ItemIndex& question);

private:
    enum Kind : std::uint32_t { Root, Group, Question, Answer, Code, Amount, File };

    struct Below {
        const std::vector<ItemIndex>* items = nullptr;
        const Container* container = nullptr;
    };
    [[nodiscard]] fhirpath::Element node(Kind kind, const void* place, ItemIndex item, std::string_view type) const;
    [[nodiscard]] fhirpath::Element value(const Value& value, ItemIndex question) const;
    [[nodiscard]] Below below(fhirpath::NodeId node) const;
    [[nodiscard]] bool is_seen(const Slot& slot) const { return slot.enabled && &slot != unseen_; }
    [[nodiscard]] bool has_answer(const std::vector<ItemIndex>& items, const Container& container) const;
    [[nodiscard]] bool has_answer(const Slot& slot) const;
    void add_slot(const Container& container, ItemIndex item, fhirpath::Collection& out) const;
    void add_answers(fhirpath::NodeId question, fhirpath::Collection& out) const;
    void descend(const Container& container, std::span<const ItemIndex> line, fhirpath::Reach reach,
                 fhirpath::Collection& out) const;

    const Draft::Tree& draft_;
    const Slot* unseen_;
};

/// FHIR's name for the type of an answer: "date", "Coding".
[[nodiscard]] std::string_view fhir_type_of(const Value& value, ItemType type);
/// A value as FHIRPath sees it, without the node that a coding, a quantity or an attachment needs.
[[nodiscard]] fhirpath::Primitive primitive_of(const Value& value);
/// Calls `visit(name, text)` for each text that a coding or an attachment has.
void visit_texts(const Coding& coding, const std::function<void(std::string_view, std::string_view)>& visit);

} // namespace forms
