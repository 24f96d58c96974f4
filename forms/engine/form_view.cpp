// SPDX-License-Identifier: EUPL-1.2
#include "forms/engine/form_view.hpp"

#include "forms/engine/answers_view.hpp"

namespace forms {

using fhirpath::Collection;
using fhirpath::Element;
using fhirpath::NodeId;
using fhirpath::Primitive;

namespace {

constexpr std::string_view score_address = "http://hl7.org/fhir/StructureDefinition/ordinalValue";

void add_text(const fhirpath::Tree::Visitor& visitor, std::string_view name, std::string_view text,
              std::string_view type = "string") {
    if (!text.empty()) visitor(name, Element(Primitive(text), type));
}

} // namespace

Element FormView::node(Kind kind, const void* place, ItemIndex item, std::string_view type) const {
    return {fhirpath::Node{this, {place, kind, item, 0}}, type};
}

Element FormView::root() const { return node(Root, &definition_, 0, "Questionnaire"); }
Element FormView::item(ItemIndex index) const { return node(ItemNode, nullptr, index, "BackboneElement"); }

Element FormView::list(const AskedList& list) const { return node(List, &list, 0, "ValueSet"); }

const Option* FormView::option_at(const fhirpath::Node& node) {
    if (dynamic_cast<const FormView*>(node.tree) == nullptr) return nullptr;
    const bool option = node.id.kind == OptionNode || node.id.kind == ScoredCode || node.id.kind == Listed;
    return option ? static_cast<const Option*>(node.id.place) : nullptr;
}

void FormView::visit(NodeId id, const Visitor& visitor) const {
    const auto scored = [&](const Option& option) {
        if (option.score) visitor("extension", node(Score, &option, id.item, "Extension"));
    };
    switch (static_cast<Kind>(id.kind)) { // no default: the compiler names the one we forgot
    case Root:
        add_text(visitor, "url", definition_.url(), "uri");
        add_text(visitor, "version", definition_.version());
        add_text(visitor, "title", definition_.title().base);
        for (const AskedList& asked : definition_.asked_lists().all())
            if (asked.contained) visitor("contained", list(asked));
        for (const ItemIndex child : definition_.top())
            visitor("item", item(child));
        return;
    case ItemNode:
        return visit_item(id.item, visitor);
    case OptionNode: {
        const auto& option = *static_cast<const Option*>(id.place);
        visit_value(option.value, &option, id.item, visitor);
        return scored(option);
    }
    case InitialNode:
        return visit_value(*static_cast<const Value*>(id.place), nullptr, id.item, visitor);
    case Code:
    case ScoredCode: {
        const auto* const option = id.kind == ScoredCode ? static_cast<const Option*>(id.place) : nullptr;
        const auto& code = option != nullptr ? std::get<Coding>(option->value) : *static_cast<const Coding*>(id.place);
        visit_texts(code, [&](std::string_view name, std::string_view text) {
            add_text(visitor, name, text, name == "system" ? "uri" : (name == "code" ? "code" : "string"));
        });
        if (option != nullptr) scored(*option);
        return;
    }
    case List:
    case Expansion:
    case Compose:
    case Include:
    case Listed:
        return visit_list(id, visitor);
    case Score:
        add_text(visitor, "url", score_address, "uri");
        visitor("value", Element(Primitive(*static_cast<const Option*>(id.place)->score), "decimal"));
        return;
    }
}

void FormView::visit_list(NodeId id, const Visitor& visitor) const {
    if (id.kind == Listed) {
        const auto& option = *static_cast<const Option*>(id.place);
        visit_texts(std::get<Coding>(option.value), [&](std::string_view name, std::string_view text) {
            add_text(visitor, name, text, name == "system" ? "uri" : (name == "code" ? "code" : "string"));
        });
        if (option.score) visitor("extension", node(Score, &option, 0, "Extension"));
        return;
    }
    const auto& list = *static_cast<const AskedList*>(id.place);
    const auto listed = [&](std::string_view name, std::size_t from, std::size_t end) {
        for (std::size_t i = from; i < end; ++i)
            visitor(name, node(Listed, &list.options[i], 0, "BackboneElement"));
    };
    const auto system_of = [&](std::size_t i) -> std::string_view {
        return std::get<Coding>(list.options[i].value).system;
    };
    switch (id.kind) {
    case List:
        add_text(visitor, "resourceType", "ValueSet");
        add_text(visitor, "id", list.id, "id");
        add_text(visitor, "url", list.url, "uri");
        visitor("expansion", node(Expansion, &list, 0, "BackboneElement"));
        visitor("compose", node(Compose, &list, 0, "BackboneElement"));
        return;
    case Expansion:
        visitor("total", Element(Primitive(static_cast<std::int32_t>(list.options.size())), "integer"));
        return listed("contains", 0, list.options.size());
    case Compose:
        for (std::size_t from = 0, end = 0; from < list.options.size(); from = end) {
            while (end < list.options.size() && system_of(end) == system_of(from))
                ++end;
            Element include = node(Include, &list, static_cast<ItemIndex>(from), "BackboneElement");
            include.node.id.part = static_cast<std::uint32_t>(end);
            visitor("include", include);
        }
        return;
    default: // Include
        add_text(visitor, "system", system_of(id.item), "uri");
        return listed("concept", id.item, id.part);
    }
}

void FormView::visit_item(ItemIndex index, const Visitor& visitor) const {
    const Item& item = definition_.item(index);
    add_text(visitor, "linkId", item.link_id);
    add_text(visitor, "definition", item.definition, "uri");
    for (const Coding& code : item.codes)
        visitor("code", node(Code, &code, index, "Coding"));
    add_text(visitor, "prefix", item.prefix.base);
    add_text(visitor, "text", item.text.base);
    add_text(visitor, "type", name_of(item.type), "code");
    visitor("required", Element(Primitive(item.required), "boolean"));
    visitor("repeats", Element(Primitive(item.repeats), "boolean"));
    visitor("readOnly", Element(Primitive(item.read_only), "boolean"));
    if (item.max_length > 0) visitor("maxLength", Element(Primitive(item.max_length), "integer"));
    for (const Option& option : item.options)
        visitor("answerOption", node(OptionNode, &option, index, "BackboneElement"));
    for (const Value& value : item.initial)
        visitor("initial", node(InitialNode, &value, index, "BackboneElement"));
    for (const ItemIndex child : item.children)
        visitor("item", this->item(child));
}

void FormView::visit_value(const Value& value, const Option* option, ItemIndex index, const Visitor& visitor) const {
    const std::string_view type = fhir_type_of(value, definition_.item(index).type);
    Element element(primitive_of(value), type);
    if (const auto* const code = std::get_if<Coding>(&value))
        element.node =
            option != nullptr ? node(ScoredCode, option, index, type).node : node(Code, code, index, type).node;
    visitor("value", element);
}

void FormView::children(NodeId id, std::string_view name, Collection& out) const {
    // Written out with its type ("valueCoding") it is no FHIRPath, and yet what many forms write.
    const bool value =
        name.starts_with("value") && (id.kind == OptionNode || id.kind == InitialNode || id.kind == Score);
    const std::string_view member = value ? std::string_view("value") : name;
    visit(id, [&](std::string_view child, const Element& element) {
        if (child == member) out.push_back(element);
    });
}

bool FormView::items(NodeId id, std::string_view link_id, fhirpath::Reach reach, Collection& out) const {
    if (id.kind != Root && id.kind != ItemNode) return false;
    const auto wanted = definition_.find(link_id);
    if (!wanted) return true;
    const Item& its = definition_.item(*wanted);
    if (id.kind == ItemNode && (*wanted <= id.item || *wanted >= definition_.item(id.item).end)) return true;
    const bool child = id.kind == Root ? !its.parent : its.parent == id.item;
    if (reach != fhirpath::Reach::Children || child) out.push_back(item(*wanted));
    return true;
}

} // namespace forms
