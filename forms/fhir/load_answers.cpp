// SPDX-License-Identifier: EUPL-1.2
#include "forms/base/utf8.hpp"
#include "forms/fhir/json_value.hpp"
#include "forms/fhir/loading.hpp"

#include <algorithm>

namespace forms {
namespace {

constexpr std::size_t most_copied_options = 40'000;

/// The type name after "value" that an initial answer of this item has.
bool fits_initial(const Item& item, std::string_view suffix) {
    if (item.reference) return suffix == "Reference";
    switch (item.type) { // no default: the compiler names the one we forgot
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

bool may_offer(const Item& item) {
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
        return false;
    case ItemType::Integer:
    case ItemType::Date:
    case ItemType::Time:
    case ItemType::String:
    case ItemType::Choice:
    case ItemType::OpenChoice:
        return true;
    }
    return false;
}

void ItemReader::read_options(Node node, ItemIndex index) {
    const Item& item = items_[index];
    const Node own = json_.member(node, "answerOption");
    const Node list = json_.member(node, "answerValueSet");
    if (!may_offer(item)) {
        for (const Node member : {own, list})
            if (member != JsonDocument::none)
                mistakes_.add(Reason::NotAllowedHere, member, "an item of this type has no list of answers (que-5)");
        return;
    }
    const bool takes_codes = item.type == ItemType::Choice || item.type == ItemType::OpenChoice;
    if (list != JsonDocument::none && !takes_codes && !item.reference)
        mistakes_.add(Reason::NotAllowedHere, list, "a value set holds codes, which are no answers of this type");
    for (const Node member : {own, list})
        if (member != JsonDocument::none && !item.offered_by.empty())
            mistakes_.add(Reason::OptionsTwice, member,
                          "an item has a list of its own or answerExpression, not both (SDC answerExpression)");
    if (own != JsonDocument::none && list != JsonDocument::none) {
        mistakes_.add(Reason::OptionsTwice, list, "answerOption and answerValueSet exclude each other (que-4)");
        return;
    }
    if (list != JsonDocument::none) read_value_set(node, index);
    for (const Node option : members_.objects(node, "answerOption"))
        read_answer_option(option, index);
    const bool offers = own != JsonDocument::none || list != JsonDocument::none || has_offers_.contains(index);
    if (item.type == ItemType::Choice && !offers)
        mistakes_.add(Reason::NoOptions, node, "a choice needs answerOption, answerValueSet or answerExpression");
    if (own != JsonDocument::none && json_.kind(own) == JsonKind::Array && json_.size(own) == 0)
        mistakes_.add(Reason::NoOptions, own, "an empty list of options");
    if (own != JsonDocument::none && json_.member(node, "initial") != JsonDocument::none)
        mistakes_.add(Reason::InitialNotAllowed, json_.member(node, "initial"),
                      "with answerOption, use initialSelected (que-11)");
}

void ItemReader::read_answer_option(Node node, ItemIndex index) {
    if (++own_options_ > options_.limits.options) {
        if (own_options_ == options_.limits.options + 1)
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
        members_.each_extension(member, [&](Node extension, ExtensionUse use) {
            if (use == ExtensionUse::Score) option.score = members_.number(extension);
        });
    } else {
        option.words.base = shown_text(json_.text(member));
        members_.translations(json_.member(node, "_value" + std::string(type)), option.words);
    }
    option.value = std::move(*value);
    option.initially_chosen = members_.flag(node, "initialSelected");
    members_.each_extension(node, [&](Node extension, ExtensionUse use) {
        if (use == ExtensionUse::OptionExclusive)
            option.exclusive = extension_flag(extension);
        else if (use == ExtensionUse::OptionPrefix)
            option.prefix = members_.words(extension, "valueString");
        else if (use == ExtensionUse::Score)
            option.score = members_.number(extension);
        else if (use != ExtensionUse::Presentation && use != ExtensionUse::Illustration) // an option has words
            mistakes_.add(Reason::UnsupportedExtension, extension, "this extension does not belong on an option");
    });
    places_.keep(index, "/answerOption", node, item.options.size());
    item.options.push_back(std::move(option));
}

void ItemReader::read_value_set(Node node, ItemIndex index) {
    const auto reference = members_.text(node, "answerValueSet");
    if (!reference) return;
    const Node member = json_.member(node, "answerValueSet");
    Item& item = items_[index];
    const std::string canonical(reference->substr(0, reference->find('|')));
    const auto& served = options_.known_value_sets;
    if (!lists_.brings(*reference) && std::find(served.begin(), served.end(), canonical) != served.end()) {
        if (item.reference)
            mistakes_.add(Reason::NotAllowedHere, member, "this list is searched for codes, and a reference is a name");
        item.value_set = canonical;
        return;
    }
    const Lists::Made& made = lists_.make(*reference);
    if (made.problem) {
        const Node place = made.problem->node != JsonDocument::none ? made.problem->node : member;
        if (told_lists_.emplace(canonical, place).second || place == member)
            mistakes_.add(made.problem->reason, place, made.problem->words);
        return;
    }
    if (made.entries.empty()) mistakes_.add(Reason::NoOptions, member, "this value set is empty");
    copied_options_ += made.entries.size();
    if (made.entries.size() > options_.limits.options || copied_options_ > most_copied_options) {
        mistakes_.add(Reason::TooManyOptions, member, "more answer options than allowed");
        return;
    }
    if (item.reference) return take_names(made, item);
    for (const auto& [option, place] : made.entries) {
        if (place != JsonDocument::none) places_.keep(index, "/answerOption", place, item.options.size());
        item.options.push_back(option);
    }
}

/// A reference is answered by name: the list says which names there are.
void ItemReader::take_names(const Lists::Made& made, Item& item) {
    std::set<std::string_view> seen;
    for (const auto& entry : made.entries) {
        if (!seen.insert(entry.option.words.base).second) continue;
        Option option = entry.option;
        option.value = text_value(option.words.base, std::pmr::get_default_resource());
        item.options.push_back(std::move(option));
    }
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
        auto value =
            fits_initial(item, type) ? value_from(json_, member, type, std::pmr::get_default_resource()) : std::nullopt;
        if (!value) {
            mistakes_.add(Reason::BadValue, member, "this is no answer of the item's type");
            continue;
        }
        if (item.type == ItemType::Decimal && type == "Integer") value = Decimal(std::get<std::int32_t>(*value));
        places_.keep(index, "/initial", initial, item.initial.size());
        item.initial.push_back(std::move(*value));
    }
}

} // namespace forms
