// SPDX-License-Identifier: EUPL-1.2
#include "forms/base/utf8.hpp"
#include "forms/fhir/json_value.hpp"
#include "forms/fhir/loading.hpp"

#include <algorithm>
#include <array>

namespace forms {
namespace {

constexpr std::array<ItemType, 15> item_types{
    ItemType::Group, ItemType::Display,  ItemType::Boolean,    ItemType::Decimal,    ItemType::Integer,
    ItemType::Date,  ItemType::DateTime, ItemType::Time,       ItemType::String,     ItemType::Text,
    ItemType::Url,   ItemType::Choice,   ItemType::OpenChoice, ItemType::Attachment, ItemType::Quantity};

constexpr std::size_t longest_link_id = 255; // R4 recommends it

/// "…/X|1.0#path" → "…/X#path".
std::string without_version(std::string_view definition) {
    const std::size_t bar = definition.find('|');
    if (bar == std::string_view::npos) return std::string(definition);
    const std::size_t hash = definition.find('#', bar);
    return std::string(definition.substr(0, bar)) +
           std::string(hash == std::string_view::npos ? "" : definition.substr(hash));
}

} // namespace

void ItemReader::read_all(Node questionnaire) {
    if (json_.member(questionnaire, "item") == JsonDocument::none)
        mistakes_.add(Reason::MissingElement, questionnaire, "a form without items asks nothing");
    // Items are large: moving them again and again as the list grows would take longer than reading them.
    std::size_t expected = 0;
    for (Node node = JsonDocument::root(); node != json_.end(); ++node)
        if (json_.kind(node) == JsonKind::Array && json_.key(node) == "item") expected += json_.size(node);
    items_.reserve(std::min(expected, options_.limits.items));
    read_items(questionnaire, std::nullopt, 1);
    connect_conditions();
    attach_texts();
}

void ItemReader::read_items(Node object, std::optional<ItemIndex> parent, std::size_t depth) {
    const auto nodes = members_.objects(object, "item");
    const Node list = json_.member(object, "item");
    if (list != JsonDocument::none && json_.kind(list) == JsonKind::Array && json_.size(list) == 0)
        mistakes_.add(Reason::MissingElement, list, "an empty list of items");
    if (!nodes.empty() && depth > options_.limits.depth) {
        mistakes_.add(Reason::TooDeep, list, "items are nested deeper than allowed");
        return;
    }
    for (const Node node : nodes) {
        if (items_.size() == options_.limits.items) {
            mistakes_.add(Reason::TooManyItems, node, "more items than allowed");
            return;
        }
        if (items_.size() > options_.limits.items) return;
        read_item(node, parent, depth);
    }
}

void ItemReader::read_item(Node node, std::optional<ItemIndex> parent, std::size_t depth) {
    members_.only(node,
                  {"linkId", "definition", "code", "prefix", "text", "type", "enableWhen", "enableBehavior", "required",
                   "repeats", "readOnly", "maxLength", "answerValueSet", "answerOption", "initial", "item"});
    const auto index = static_cast<ItemIndex>(items_.size());
    items_.emplace_back();
    nodes_.push_back(node);
    Item& item = items_[index];
    item.parent = parent;
    read_link_id(node, item);
    const bool typed = read_type(node, item);
    if (!typed) broken_.insert(index);
    item.prefix = members_.words(node, "prefix");
    Node wording = JsonDocument::none;
    item.text = members_.words(node, "text", &wording);
    item.definition = without_version(members_.text(node, "definition").value_or(""));
    item.required = members_.flag(node, "required");
    item.repeats = members_.flag(node, "repeats");
    item.read_only = members_.flag(node, "readOnly");
    if (const auto length = members_.whole(node, "maxLength")) {
        if (*length < 1)
            mistakes_.add(Reason::BadValue, json_.member(node, "maxLength"), "maxLength must be 1 or more");
        item.max_length = *length;
    }
    read_codes(node, item);
    read_extensions(node, index);
    if (wording != JsonDocument::none) read_wording(wording, index);
    if (typed) {
        check_shape(node, items_[index]);
        read_options(node, index);
        read_initial(node, index);
    }
    read_conditions(node, index);
    check_expressions(node, items_[index]);
    read_items(node, index, depth + 1);
}

void ItemReader::read_link_id(Node node, Item& item) {
    const auto link_id = members_.text(node, "linkId");
    if (!link_id) {
        if (json_.member(node, "linkId") == JsonDocument::none)
            mistakes_.add(Reason::MissingElement, node, "linkId is missing");
        // A name of its own, so that no other mistake follows from this one.
        item.link_id = "\x01" + std::to_string(nodes_.size());
        return;
    }
    item.link_id = *link_id;
    if (link_id->empty() || link_id->size() > longest_link_id || trimmed(*link_id) != *link_id ||
        shown_text(*link_id) != *link_id || link_id->find_first_of("\n\t") != std::string_view::npos)
        mistakes_.add(Reason::BadLinkId, json_.member(node, "linkId"),
                      "a linkId has 1 to 255 visible characters and no blanks at its ends");
}

bool ItemReader::read_type(Node node, Item& item) {
    const Node member = json_.member(node, "type");
    const auto type = members_.text(node, "type");
    if (member == JsonDocument::none) mistakes_.add(Reason::MissingElement, node, "type is missing");
    if (!type) return false;
    const auto* const found = std::find_if(item_types.begin(), item_types.end(),
                                           [&](ItemType candidate) { return name_of(candidate) == *type; });
    if (found != item_types.end()) {
        item.type = *found;
        return true;
    }
    if (*type == "reference") {
        // Nobody looks up a resource here. What a person can do is name it, which is what Reference.display is for.
        item.type = ItemType::String;
        item.reference = true;
        return true;
    }
    if (*type == "question")
        mistakes_.add(Reason::UnsupportedType, member, "this type only gathers the others: name one of them");
    else
        mistakes_.add(Reason::UnknownType, member, "FHIR R4 has no such type of item");
    return false;
}

void ItemReader::read_codes(Node node, Item& item) {
    for (const Node code : members_.objects(node, "code")) {
        const auto value = value_from(json_, code, "Coding", std::pmr::get_default_resource());
        if (value)
            item.codes.push_back(std::get<Coding>(*value));
        else
            mistakes_.add(Reason::BadValue, code, "this is no coding");
    }
}

/// The invariants of FHIR R4 Questionnaire (que-1 to que-13) that concern one item's own members.
void ItemReader::check_shape(Node node, const Item& item) {
    const auto refuse = [&](std::string_view key, const char* words) {
        if (const Node member = json_.member(node, key); member != JsonDocument::none)
            mistakes_.add(Reason::NotAllowedHere, member, words);
    };
    if (item.type == ItemType::Group && json_.member(node, "item") == JsonDocument::none)
        mistakes_.add(Reason::MissingElement, node, "a group needs items (que-1)");
    if (item.type == ItemType::Display) {
        refuse("item", "a display item has no items (que-1)");
        refuse("code", "a display item has no code (que-3)");
        // Many editors write false where nothing should stand, and readOnly where it goes without saying.
        if (item.required) refuse("required", "a display item is not answered (que-6)");
        if (item.repeats) refuse("repeats", "a display item does not repeat (que-6)");
    }
    if (!item.is_question()) {
        refuse("initial", "a group or display has no answer (que-8)");
        refuse("maxLength", "a group or display has no answer (que-10)");
    }
    switch (item.type) { // no default: the compiler names the one we forgot
    case ItemType::Date:
    case ItemType::DateTime:
    case ItemType::Time:
    case ItemType::Choice:
    case ItemType::Attachment:
    case ItemType::Quantity:
        refuse("maxLength", "maxLength is for texts and numbers (que-10)");
        break;
    case ItemType::Group:
    case ItemType::Display:
    case ItemType::Boolean:
    case ItemType::Decimal:
    case ItemType::Integer:
    case ItemType::String:
    case ItemType::Text:
    case ItemType::Url:
    case ItemType::OpenChoice:
        break;
    }
}

} // namespace forms
