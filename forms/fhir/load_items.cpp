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
constexpr std::size_t most_copied_options = 200'000;

std::string counted(const char* name, std::size_t number) {
    return "/" + std::string(name) + "/" + std::to_string(number);
}

/// "…/X|1.0#path" → "…/X#path".
std::string without_version(std::string_view definition) {
    const std::size_t bar = definition.find('|');
    if (bar == std::string_view::npos) return std::string(definition);
    const std::size_t hash = definition.find('#', bar);
    return std::string(definition.substr(0, bar)) +
           std::string(hash == std::string_view::npos ? "" : definition.substr(hash));
}

std::optional<Operator> operator_from(std::string_view text) {
    if (text == "exists") return Operator::Exists;
    if (text == "=") return Operator::Equal;
    if (text == "!=") return Operator::NotEqual;
    if (text == ">") return Operator::Greater;
    if (text == "<") return Operator::Less;
    if (text == ">=") return Operator::GreaterOrEqual;
    if (text == "<=") return Operator::LessOrEqual;
    return std::nullopt;
}

/// The type name after "value" that an initial answer of this item has.
bool fits_initial(ItemType type, std::string_view suffix) {
    switch (type) { // no default: the compiler names the one we forgot
    case ItemType::Group:
    case ItemType::Display:
        return false;
    case ItemType::Boolean:
        return suffix == "Boolean";
    case ItemType::Decimal:
        return suffix == "Decimal" || suffix == "Integer";
    case ItemType::Integer:
        return suffix == "Integer";
    case ItemType::Date:
        return suffix == "Date";
    case ItemType::DateTime:
        return suffix == "DateTime";
    case ItemType::Time:
        return suffix == "Time";
    case ItemType::String:
    case ItemType::Text:
        return suffix == "String";
    case ItemType::Url:
        return suffix == "Uri";
    case ItemType::Choice:
        return suffix != "Attachment" && suffix != "Quantity" && suffix != "Reference";
    case ItemType::OpenChoice:
        return suffix == "Coding" || suffix == "String";
    case ItemType::Attachment:
        return suffix == "Attachment";
    case ItemType::Quantity:
        return suffix == "Quantity";
    }
    return false;
}

} // namespace

void ItemReader::read_all(Node questionnaire) {
    if (json_.member(questionnaire, "item") == JsonDocument::none)
        mistakes_.add(Reason::MissingElement, questionnaire, "a form without items asks nothing");
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
    item.text = members_.words(node, "text");
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
    if (typed) {
        check_shape(node, items_[index]);
        read_options(node, index);
        read_initial(node, index);
    }
    read_conditions(node, index);
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
    if (*type == "reference" || *type == "question")
        mistakes_.add(Reason::UnsupportedType, member, "items of this type cannot be answered at a terminal");
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
        refuse("required", "a display item is not answered (que-6)");
        refuse("repeats", "a display item does not repeat (que-6)");
        refuse("readOnly", "a display item is not answered (que-9)");
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

void ItemReader::read_options(Node node, ItemIndex index) {
    const Item& item = items_[index];
    const Node own = json_.member(node, "answerOption");
    const Node list = json_.member(node, "answerValueSet");
    switch (item.type) { // no default: the compiler names the one we forgot
    case ItemType::Group:
    case ItemType::Display:
    case ItemType::Boolean:
    case ItemType::Decimal:
    case ItemType::DateTime:
    case ItemType::Text:
    case ItemType::Url:
    case ItemType::Attachment:
    case ItemType::Quantity:
        for (const Node member : {own, list})
            if (member != JsonDocument::none)
                mistakes_.add(Reason::NotAllowedHere, member, "an item of this type has no list of answers (que-5)");
        return;
    case ItemType::Integer:
    case ItemType::Date:
    case ItemType::Time:
    case ItemType::String:
        if (list != JsonDocument::none)
            mistakes_.add(Reason::NotAllowedHere, list, "a value set holds codes, which are no answers of this type");
        break;
    case ItemType::Choice:
    case ItemType::OpenChoice:
        break;
    }
    if (own != JsonDocument::none && list != JsonDocument::none) {
        mistakes_.add(Reason::OptionsTwice, list, "answerOption and answerValueSet exclude each other (que-4)");
        return;
    }
    if (list != JsonDocument::none) read_value_set(node, index);
    for (const Node option : members_.objects(node, "answerOption"))
        read_answer_option(option, index);
    if (item.type == ItemType::Choice && own == JsonDocument::none && list == JsonDocument::none)
        mistakes_.add(Reason::NoOptions, node, "a choice needs answerOption or answerValueSet");
    if (own != JsonDocument::none && json_.kind(own) == JsonKind::Array && json_.size(own) == 0)
        mistakes_.add(Reason::NoOptions, own, "an empty list of options");
    if (own != JsonDocument::none && json_.member(node, "initial") != JsonDocument::none)
        mistakes_.add(Reason::InitialNotAllowed, json_.member(node, "initial"),
                      "with answerOption, use initialSelected (que-11)");
}

void ItemReader::read_answer_option(Node node, ItemIndex index) {
    if (++own_options_ + lists_.options() > options_.limits.options) {
        if (own_options_ + lists_.options() == options_.limits.options + 1)
            mistakes_.add(Reason::TooManyOptions, node, "more answer options than allowed");
        return;
    }
    Item& item = items_[index];
    members_.only(node, {"valueInteger", "valueDate", "valueTime", "valueString", "valueCoding", "valueReference",
                         "initialSelected"});
    std::string_view type;
    const Node member = typed_member(json_, node, "value", type);
    if (member == JsonDocument::none) {
        mistakes_.add(Reason::MissingElement, node, "an option needs a value");
        return;
    }
    const bool allowed =
        (type == "Coding" && (item.type == ItemType::Choice || item.type == ItemType::OpenChoice)) ||
        (type == "String" &&
         (item.type == ItemType::Choice || item.type == ItemType::OpenChoice || item.type == ItemType::String)) ||
        (type == "Integer" &&
         (item.type == ItemType::Choice || item.type == ItemType::OpenChoice || item.type == ItemType::Integer)) ||
        (type == "Date" &&
         (item.type == ItemType::Choice || item.type == ItemType::OpenChoice || item.type == ItemType::Date)) ||
        (type == "Time" &&
         (item.type == ItemType::Choice || item.type == ItemType::OpenChoice || item.type == ItemType::Time));
    auto value = allowed ? value_from(json_, member, type, std::pmr::get_default_resource()) : std::nullopt;
    if (!value) {
        mistakes_.add(Reason::BadValue, member, "this is no option of the item's type");
        return;
    }
    Option option;
    if (const auto* const code = std::get_if<Coding>(&*value)) {
        option.words = members_.words(member, "display");
        if (option.words.empty()) option.words.base = shown_text(code->code);
        for (const Node extension : members_.objects(member, "modifierExtension"))
            mistakes_.add(Reason::UnknownModifierExtension, extension, "none is known here");
        members_.each_extension(member, [](Node, ExtensionUse) {});
    } else {
        option.words.base = shown_text(json_.text(member));
        members_.translations(json_.member(node, "_value" + std::string(type)), option.words);
    }
    option.value = std::move(*value);
    option.initially_chosen = members_.flag(node, "initialSelected");
    members_.each_extension(node, [&](Node extension, ExtensionUse use) {
        if (use == ExtensionUse::OptionExclusive)
            option.exclusive = extension_flag(extension);
        else if (use != ExtensionUse::Presentation)
            mistakes_.add(Reason::UnsupportedExtension, extension, "this extension does not belong on an option");
    });
    places_[{index, counted("answerOption", item.options.size())}] = node;
    item.options.push_back(std::move(option));
}

void ItemReader::read_value_set(Node node, ItemIndex index) {
    const auto reference = members_.text(node, "answerValueSet");
    if (!reference) return;
    const Node member = json_.member(node, "answerValueSet");
    Item& item = items_[index];
    if (const auto* const entries = lists_.find(*reference)) {
        copied_options_ += entries->size();
        if (copied_options_ > most_copied_options) {
            mistakes_.add(Reason::TooManyOptions, member, "long lists are used by too many items");
            return;
        }
        if (entries->empty()) mistakes_.add(Reason::NoOptions, member, "this value set is empty");
        for (const auto& entry : *entries) {
            places_[{index, counted("answerOption", item.options.size())}] = entry.node;
            item.options.push_back(entry.option);
        }
        return;
    }
    const std::string canonical(reference->substr(0, reference->find('|')));
    const auto& served = options_.known_value_sets;
    if (std::find(served.begin(), served.end(), canonical) == served.end()) {
        mistakes_.add(Reason::UnknownValueSet, member, "this list is neither in the form nor served by this terminal");
        return;
    }
    item.value_set = canonical;
}

void ItemReader::read_initial(Node node, ItemIndex index) {
    Item& item = items_[index];
    if (!item.is_question()) return;
    for (const Node initial : members_.objects(node, "initial")) {
        std::string_view type;
        const Node member = typed_member(json_, initial, "value", type);
        if (member == JsonDocument::none) {
            mistakes_.add(Reason::MissingElement, initial, "an initial answer needs a value");
            continue;
        }
        auto value = fits_initial(item.type, type) ? value_from(json_, member, type, std::pmr::get_default_resource())
                                                   : std::nullopt;
        if (!value) {
            mistakes_.add(Reason::BadValue, member, "this is no answer of the item's type");
            continue;
        }
        if (item.type == ItemType::Decimal && type == "Integer") value = Decimal(std::get<std::int32_t>(*value));
        places_[{index, counted("initial", item.initial.size())}] = initial;
        item.initial.push_back(std::move(*value));
    }
}

void ItemReader::read_conditions(Node node, ItemIndex index) {
    const auto conditions = members_.objects(node, "enableWhen");
    const Node behavior_node = json_.member(node, "enableBehavior");
    if (const auto behavior = members_.text(node, "enableBehavior")) {
        if (*behavior == "any")
            items_[index].behavior = Behavior::Any;
        else if (*behavior != "all")
            mistakes_.add(Reason::BadCode, behavior_node, "enableBehavior is all or any");
    } else if (conditions.size() > 1 && behavior_node == JsonDocument::none) {
        mistakes_.add(Reason::BehaviorMissing, json_.member(node, "enableWhen"),
                      "several conditions need enableBehavior (que-12)");
    }
    for (const Node condition : conditions) {
        if (pending_.size() >= options_.limits.conditions) {
            mistakes_.add(Reason::TooManyConditions, condition, "more conditions than allowed");
            return;
        }
        members_.only(condition, {"question", "operator", "answerBoolean", "answerDecimal", "answerInteger",
                                  "answerDate", "answerDateTime", "answerTime", "answerString", "answerCoding",
                                  "answerQuantity", "answerReference"});
        members_.each_extension(condition, [](Node, ExtensionUse) {});
        const auto question = members_.text(condition, "question");
        const auto op_text = members_.text(condition, "operator");
        for (const std::string_view key : {"question", "operator"})
            if (json_.member(condition, key) == JsonDocument::none)
                mistakes_.add(Reason::MissingElement, condition, std::string(key) + " is missing");
        const auto op = op_text ? operator_from(*op_text) : std::nullopt;
        if (op_text && !op)
            mistakes_.add(Reason::BadCode, json_.member(condition, "operator"), "FHIR R4 has no such operator");
        std::string_view type;
        const Node member = typed_member(json_, condition, "answer", type);
        if (member == JsonDocument::none) {
            mistakes_.add(Reason::MissingElement, condition, "an answer to compare with is missing");
            continue;
        }
        auto operand =
            type == "Reference" ? std::nullopt : value_from(json_, member, type, std::pmr::get_default_resource());
        if (!operand) {
            mistakes_.add(Reason::BadValue, member, "this is no value that answers can be compared with");
            continue;
        }
        if (question && op) pending_.push_back({index, condition, *question, *op, std::move(*operand)});
    }
}

void ItemReader::connect_conditions() {
    std::map<std::string_view, ItemIndex> by_link_id;
    for (ItemIndex i = 0; i < items_.size(); ++i)
        by_link_id.emplace(items_[i].link_id, i);
    for (PendingCondition& pending : pending_) {
        const auto source = by_link_id.find(pending.question);
        if (source == by_link_id.end()) {
            mistakes_.add(Reason::UnknownSource, json_.member(pending.node, "question"),
                          "there is no item with this linkId");
            continue;
        }
        if (broken_.contains(source->second)) continue; // that mistake is told already
        auto& conditions = items_[pending.item].conditions;
        places_[{pending.item, counted("enableWhen", conditions.size())}] = pending.node;
        conditions.push_back({source->second, pending.op, std::move(pending.operand)});
    }
}

namespace {

void append_words(Words& to, const Words& more) {
    if (more.empty()) return;
    if (to.empty()) {
        to = more;
        return;
    }
    for (auto& [language, text] : to.translations)
        text += "\n" + std::string(more.in(language));
    to.base += "\n" + more.base;
}

} // namespace

/// Help, why and unit are shown with the question they stand under. A text with its own condition stays an item.
void ItemReader::attach_texts() {
    for (Item& item : items_) {
        if (item.type != ItemType::Display || !item.parent || !item.conditions.empty()) continue;
        Item& question = items_[*item.parent];
        if (!question.is_question()) continue;
        Words* target = nullptr;
        if (item.control == Control::Help || item.control == Control::Flyover) target = &question.help;
        if (item.control == Control::Why) target = &question.why;
        if (item.control == Control::Unit) target = &question.unit_text;
        if (target == nullptr) continue;
        append_words(*target, item.text);
        item.attached_text = true;
    }
}

std::pair<Node, std::string> ItemReader::place_of(const Flaw& flaw) const {
    // "/enableWhen/1/question": first the part this reader knows, then the rest as it stands.
    const std::size_t slash = flaw.below.find('/', 1);
    const std::size_t second = slash == std::string::npos ? std::string::npos : flaw.below.find('/', slash + 1);
    for (const std::size_t cut : {second, slash}) {
        const std::string known = flaw.below.substr(0, cut);
        if (const auto place = places_.find({flaw.item, known}); place != places_.end())
            return {place->second, cut == std::string::npos ? "" : flaw.below.substr(cut)};
    }
    return {nodes_[flaw.item], flaw.below};
}

} // namespace forms
