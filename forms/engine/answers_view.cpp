// SPDX-License-Identifier: EUPL-1.2
#include "forms/engine/answers_view.hpp"

#include <algorithm>
#include <array>

namespace forms {

using fhirpath::Collection;
using fhirpath::Element;
using fhirpath::NodeId;
using fhirpath::Primitive;

namespace {

struct TypeName {
    std::string_view suffix, type; ///< as in "valueDateTime"
};
constexpr std::array type_names{
    TypeName{"Boolean", "boolean"},       TypeName{"Integer", "integer"},
    TypeName{"Decimal", "decimal"},       TypeName{"Date", "date"},
    TypeName{"DateTime", "dateTime"},     TypeName{"Time", "time"},
    TypeName{"String", "string"},         TypeName{"Uri", "uri"},
    TypeName{"Coding", "Coding"},         TypeName{"Quantity", "Quantity"},
    TypeName{"Attachment", "Attachment"},
};

/// "value", or written out with the type ("valueCoding"), as many forms do although FHIRPath does not.
bool asks_for(std::string_view name, std::string_view type) {
    if (!name.starts_with("value")) return false;
    if (name.size() == 5) return true;
    const auto* const found = std::find_if(type_names.begin(), type_names.end(),
                                           [&](const TypeName& t) { return t.suffix == name.substr(5); });
    return found != type_names.end() && found->type == type;
}

std::string_view unit_of(const Quantity& quantity) {
    if (!quantity.code.empty()) return quantity.code;
    return quantity.unit.empty() ? std::string_view("1") : std::string_view(quantity.unit);
}

void add_text(const fhirpath::Tree::Visitor& visitor, std::string_view name, std::string_view text,
              std::string_view type = "string") {
    if (!text.empty()) visitor(name, Element(Primitive(text), type));
}

} // namespace

std::string_view fhir_type_of(const Value& value, ItemType type) {
    constexpr std::array<std::string_view, 10> names{"boolean", "integer", "decimal", "date",     "dateTime",
                                                     "time",    "string",  "Coding",  "Quantity", "Attachment"};
    return type == ItemType::Url ? std::string_view("uri") : names.at(value.index());
}

Primitive primitive_of(const Value& value) {
    if (const auto* const truth = std::get_if<bool>(&value)) return *truth;
    if (const auto* const whole = std::get_if<std::int32_t>(&value)) return *whole;
    if (const auto* const number = std::get_if<Decimal>(&value)) return *number;
    if (const auto* const date = std::get_if<PartialDate>(&value)) return *date;
    if (const auto* const moment = std::get_if<PartialDateTime>(&value)) return fhirpath::DateTime::from(*moment);
    if (const auto* const time = std::get_if<TimeOfDay>(&value)) return fhirpath::Time::from(*time);
    if (const auto* const text = std::get_if<AnswerText>(&value)) return std::string_view(*text);
    if (const auto* const quantity = std::get_if<Quantity>(&value))
        return fhirpath::Quantity{quantity->value, unit_of(*quantity), false};
    return {};
}

void visit_texts(const Coding& coding, const std::function<void(std::string_view, std::string_view)>& visit) {
    if (!coding.system.empty()) visit("system", coding.system);
    if (!coding.code.empty()) visit("code", coding.code);
    if (!coding.display.empty()) visit("display", coding.display);
}

Element AnswersView::node(Kind kind, const void* place, ItemIndex item, std::string_view type) const {
    return {fhirpath::Node{this, {place, kind, item, 0}}, type};
}

Element AnswersView::root() const { return node(Root, &draft_, 0, "QuestionnaireResponse"); }

Element AnswersView::item_in(const Container& holder, ItemIndex index, std::size_t instance) const {
    const Item& item = draft_.item(index);
    if (!item.is_group()) return node(Question, &holder, index, "BackboneElement");
    return node(Group, holder.slots[item.position].instances[instance].get(), index, "BackboneElement");
}

const Coding* AnswersView::coding_at(const fhirpath::Node& node, ItemIndex& question) {
    if (dynamic_cast<const AnswersView*>(node.tree) == nullptr || node.id.kind != Code) return nullptr;
    question = node.id.item;
    return static_cast<const Coding*>(node.id.place);
}

Element AnswersView::value(const Value& value, ItemIndex question) const {
    const std::string_view type = fhir_type_of(value, draft_.item(question).type);
    Element element(primitive_of(value), type);
    if (const auto* const code = std::get_if<Coding>(&value)) element.node = node(Code, code, question, type).node;
    if (const auto* const amount = std::get_if<Quantity>(&value))
        element.node = node(Amount, amount, question, type).node;
    if (const auto* const file = std::get_if<AttachmentRef>(&value))
        element.node = node(File, file, question, type).node;
    return element;
}

/// The items that stand directly below a node.
AnswersView::Below AnswersView::below(NodeId id) const {
    if (id.kind == Root) return {&draft_.definition->top(), draft_.root.get()};
    if (id.kind == Group) return {&draft_.item(id.item).children, static_cast<const Container*>(id.place)};
    if (id.kind == Answer)
        return {&draft_.item(id.item).children, static_cast<const AnswerNode*>(id.place)->nested.get()};
    return {};
}

bool AnswersView::has_answer(const Slot& slot) const {
    return is_seen(slot) && std::any_of(slot.answers.begin(), slot.answers.end(),
                                        [](const AnswerNode& node) { return node.answer.value.has_value(); });
}

bool AnswersView::has_answer(const std::vector<ItemIndex>& items, const Container& container) const {
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Slot& slot = container.slots[i];
        if (has_answer(slot)) return true;
        if (!is_seen(slot)) continue;
        for (const auto& instance : slot.instances)
            if (has_answer(draft_.item(items[i]).children, *instance)) return true;
    }
    return false;
}

/// The nodes of one item in a container, as far as they would be sent.
void AnswersView::add_slot(const Container& container, ItemIndex index, Collection& out) const {
    const Item& item = draft_.item(index);
    const Slot& slot = container.slots[item.position];
    if (!is_seen(slot)) return;
    for (const auto& instance : slot.instances)
        if (has_answer(item.children, *instance)) out.push_back(node(Group, instance.get(), index, "BackboneElement"));
    if (has_answer(slot)) out.push_back(node(Question, &container, index, "BackboneElement"));
}

void AnswersView::add_answers(NodeId question, Collection& out) const {
    const auto& container = *static_cast<const Container*>(question.place);
    const Slot& slot = container.slots[draft_.item(question.item).position];
    if (&slot == unseen_) return;
    for (const AnswerNode& answer : slot.answers)
        if (answer.answer.value) out.push_back(node(Answer, &answer, question.item, "BackboneElement"));
}

void AnswersView::visit(NodeId id, const Visitor& visitor) const {
    Collection found(draft_.memory);
    const auto all = [&](std::string_view name) {
        for (const Element& element : found)
            visitor(name, element);
        found.clear();
    };
    switch (static_cast<Kind>(id.kind)) { // no default: the compiler names the one we forgot
    case Root:
        add_text(visitor, "questionnaire", draft_.definition->url(), "canonical");
        add_text(visitor, "status", "in-progress", "code");
        break;
    case Group:
    case Question:
        add_text(visitor, "linkId", draft_.item(id.item).link_id);
        add_text(visitor, "definition", draft_.item(id.item).definition, "uri");
        add_text(visitor, "text", draft_.item(id.item).text.base);
        if (id.kind == Question) add_answers(id, found);
        return id.kind == Question ? all("answer") : (children(id, "item", found), all("item"));
    case Answer:
        visitor("value", value(*static_cast<const AnswerNode*>(id.place)->answer.value, id.item));
        break;
    case Code:
        return visit_texts(*static_cast<const Coding*>(id.place), [&](std::string_view name, std::string_view text) {
            add_text(visitor, name, text, name == "system" ? "uri" : (name == "code" ? "code" : "string"));
        });
    case Amount: {
        const auto& amount = *static_cast<const Quantity*>(id.place);
        visitor("value", Element(Primitive(amount.value), "decimal"));
        add_text(visitor, "unit", amount.unit);
        add_text(visitor, "system", amount.system, "uri");
        return add_text(visitor, "code", amount.code, "code");
    }
    case File: {
        const auto& file = *static_cast<const AttachmentRef*>(id.place);
        add_text(visitor, "contentType", file.content_type, "code");
        visitor("size", Element(Primitive(Decimal::scaled(file.size, 0)), "unsignedInt"));
        return add_text(visitor, "title", file.title);
    }
    }
    children(id, "item", found);
    all("item");
}

void AnswersView::children(NodeId id, std::string_view name, Collection& out) const {
    if (name == "item") {
        const Below inside = below(id);
        if (inside.container == nullptr) return;
        for (const ItemIndex item : *inside.items)
            add_slot(*inside.container, item, out);
        return;
    }
    if (id.kind == Question && name == "answer") return add_answers(id, out);
    if (id.kind == Answer) {
        const Value& answered = *static_cast<const AnswerNode*>(id.place)->answer.value;
        if (asks_for(name, fhir_type_of(answered, draft_.item(id.item).type))) out.push_back(value(answered, id.item));
        return;
    }
    if (id.kind == Group && name == "answer") return;
    visit(id, [&](std::string_view member, const Element& element) {
        if (member == name) out.push_back(element);
    });
}

bool AnswersView::items(NodeId id, std::string_view link_id, fhirpath::Reach reach, Collection& out) const {
    if (id.kind != Root && id.kind != Group && id.kind != Question && id.kind != Answer) return false;
    const auto wanted = draft_.definition->find(link_id);
    if (!wanted) return true;
    auto line = draft_.definition->line_of(*wanted);
    if (id.kind != Root) {
        if (*wanted <= id.item || *wanted >= draft_.item(id.item).end) return true;
        line = line.subspan(static_cast<std::size_t>(draft_.item(id.item).depth) + 1);
    }
    if (reach == fhirpath::Reach::Children && line.size() > 1) return true;
    if (id.kind == Question) { // its items stand below its answers
        if (reach != fhirpath::Reach::Descendants) return true;
        Collection answers(out.get_allocator());
        add_answers(id, answers);
        for (const Element& answer : answers)
            if (const Below inside = below(answer.node.id); inside.container != nullptr)
                descend(*inside.container, line, reach, out);
        return true;
    }
    if (const Below inside = below(id); inside.container != nullptr) descend(*inside.container, line, reach, out);
    return true;
}

void AnswersView::descend(const Container& container, std::span<const ItemIndex> line, fhirpath::Reach reach,
                          Collection& out) const {
    if (line.size() == 1) return add_slot(container, line.front(), out);
    const Slot& slot = container.slots[draft_.item(line.front()).position];
    if (!is_seen(slot)) return;
    for (const auto& instance : slot.instances)
        descend(*instance, line.subspan(1), reach, out);
    if (reach != fhirpath::Reach::Descendants) return;
    for (const AnswerNode& answer : slot.answers)
        if (answer.answer.value && answer.nested) descend(*answer.nested, line.subspan(1), reach, out);
}

} // namespace forms
