// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhir/json_value.hpp"
#include "forms/fhir/loading.hpp"

#include <algorithm>
#include <charconv>

namespace forms {
namespace {

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

} // namespace

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
    const LinkIds link_ids(items_);
    for (PendingCondition& pending : pending_) {
        const auto source = link_ids.find(pending.question);
        if (!source) {
            mistakes_.add(Reason::UnknownSource, json_.member(pending.node, "question"),
                          "there is no item with this linkId");
            continue;
        }
        if (broken_.contains(*source)) continue; // that mistake is told already
        auto& conditions = items_[pending.item].conditions;
        places_.keep(pending.item, "/enableWhen", pending.node, conditions.size());
        conditions.push_back({*source, pending.op, std::move(pending.operand)});
    }
}

namespace {

void append_words(Words& to, const Words& more) {
    if (more.empty()) return;
    if (to.empty()) {
        to = more;
        return;
    }
    // Marked texts are joined only when every part has marks: half of a wording would be lost otherwise.
    Wordings marked;
    for (const auto& [language, text] : to.markdown)
        if (const std::string_view rest = more.markdown_in(language); !rest.empty())
            marked.emplace_back(language, text + "\n\n" + std::string(rest));
    for (auto& [language, text] : to.translations)
        text += "\n" + std::string(more.in(language));
    to.base += "\n" + more.base;
    to.markdown = std::move(marked);
}

} // namespace

/// Help, why and unit are shown with the question they stand under. A text with its own condition stays an item.
void ItemReader::attach_texts() {
    for (Item& item : items_) {
        if (item.type != ItemType::Display || !item.parent || !item.conditions.empty() || !item.enabled_by.empty())
            continue;
        Item& question = items_[*item.parent];
        if (!question.is_question()) continue;
        Words* target = nullptr;
        const bool plain = item.control == Control::None;
        if (item.control == Control::Help || item.control == Control::Flyover ||
            (plain && item.category == DisplayCategory::Help))
            target = &question.help;
        if (item.control == Control::Why) target = &question.why;
        if (item.control == Control::Unit) target = &question.unit_text;
        if (item.control == Control::Lower) target = &question.lower_text;
        if (item.control == Control::Upper) target = &question.upper_text;
        if (target == nullptr) continue;
        append_words(*target, item.text);
        item.attached_text = true;
    }
}

std::pair<Node, std::string> FlawPlaces::of(const Flaw& flaw, Node item) {
    if (!is_sorted_) std::sort(all_.begin(), all_.end());
    is_sorted_ = true;
    // "/enableWhen/1/question": first the part this reader knows, then the rest as it stands.
    const std::string_view below = flaw.below;
    const std::size_t slash = below.find('/', 1);
    const std::string_view name = below.substr(0, slash);
    std::size_t end = slash;
    std::optional<std::size_t> number;
    if (slash != std::string_view::npos) {
        std::size_t read = 0;
        const auto [stop, error] = std::from_chars(below.data() + slash + 1, below.data() + below.size(), read);
        if (error == std::errc()) {
            number = read;
            end = static_cast<std::size_t>(stop - below.data());
        }
    }
    const auto find = [&](std::optional<std::size_t> its_number,
                          std::size_t from) -> std::optional<std::pair<Node, std::string>> {
        const auto place = std::lower_bound(all_.begin(), all_.end(), Place{flaw.item, name, its_number, 0});
        if (place == all_.end() || place->item != flaw.item || place->name != name || place->number != its_number)
            return std::nullopt;
        return std::pair(place->node, from >= below.size() ? std::string() : std::string(below.substr(from)));
    };
    if (number)
        if (auto found = find(number, end)) return *found;
    if (auto found = find(std::nullopt, slash)) return *found;
    return {item, flaw.below};
}

std::pair<Node, std::string> ItemReader::place_of(const Flaw& flaw) {
    return places_.of(flaw, flaw.item < nodes_.size() ? nodes_[flaw.item] : JsonDocument::root());
}

} // namespace forms
