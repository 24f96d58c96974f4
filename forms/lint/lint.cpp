// SPDX-License-Identifier: EUPL-1.2
#include "forms/lint/lint.hpp"

#include "forms/base/utf8.hpp"
#include "forms/lint/linting.hpp"

#include <algorithm>

namespace forms {
namespace {

using Node = JsonDocument::Node;

/// Items in pre-order, as the definition has them.
std::vector<Node> items_of(const JsonDocument& json) {
    std::vector<Node> found;
    std::vector<Node> open; // the next item of each list that is being walked; no recursion
    const auto enter = [&](Node object) {
        const Node list = json.member(object, "item");
        if (list != JsonDocument::none && json.first(list) != JsonDocument::none) open.push_back(json.first(list));
    };
    enter(JsonDocument::root());
    while (!open.empty()) {
        const Node node = open.back();
        open.pop_back();
        if (json.next(node) != JsonDocument::none) open.push_back(json.next(node));
        found.push_back(node);
        enter(node);
    }
    return found;
}

} // namespace

std::string_view code_of(Remark remark) {
    switch (remark) { // no default: the compiler names the one we forgot
    case Remark::NoIdentity:
        return "no-identity";
    case Remark::MissingTranslation:
        return "missing-translation";
    case Remark::FormHardToRead:
        return "form-hard-to-read";
    case Remark::UnusedList:
        return "unused-list";
    case Remark::NeverShown:
        return "never-shown";
    case Remark::OptionNotOffered:
        return "option-not-offered";
    case Remark::OptionWithoutRule:
        return "option-without-rule";
    case Remark::RuleLooksAhead:
        return "rule-looks-ahead";
    case Remark::WaitsForDesk:
        return "waits-for-desk";
    case Remark::DoubledCondition:
        return "doubled-condition";
    case Remark::RequiredNotAsked:
        return "required-not-asked";
    case Remark::NoWords:
        return "no-words";
    case Remark::PictureNotShown:
        return "picture-not-shown";
    case Remark::HardToRead:
        return "hard-to-read";
    case Remark::LongSentence:
        return "long-sentence";
    case Remark::LongText:
        return "long-text";
    case Remark::SameWords:
        return "same-words";
    case Remark::SameOptionWords:
        return "same-option-words";
    case Remark::LongList:
        return "long-list";
    case Remark::AllCapitals:
        return "all-capitals";
    }
    return "";
}

std::string named(std::string_view text) {
    constexpr std::size_t most_bytes = 60;
    std::string shown;
    for (std::string_view rest = text; !rest.empty();) {
        const auto point = first_code_point(rest);
        const std::size_t bytes = point ? point->bytes : 1;
        if (shown.size() + bytes > most_bytes) return "'" + shown + "…'";
        shown += rest.front() == '\n' ? " " : rest.substr(0, bytes);
        rest.remove_prefix(bytes);
    }
    return "'" + shown + "'";
}

Linted::Linted(const Definition& definition, const JsonDocument& json)
    : definition_(definition), json_(json), reach_(definition), nodes_(items_of(json)) {}

Node Linted::node_of(ItemIndex item, std::string_view member) const {
    if (item >= nodes_.size()) return JsonDocument::root();
    const Node found = member.empty() ? JsonDocument::none : json_.member(nodes_[item], member);
    return found == JsonDocument::none ? nodes_[item] : found;
}

Node Linted::options_of(ItemIndex item) const {
    const Node own = node_of(item, "answerOption");
    return own != node_of(item) ? own : node_of(item, "answerValueSet");
}

Node Linted::extension_in(Node object, std::string_view name) const {
    const Node list = json_.member(object, "extension");
    if (list == JsonDocument::none) return list;
    for (Node extension = json_.first(list); extension != JsonDocument::none; extension = json_.next(extension)) {
        const Node url = json_.member(extension, "url");
        if (url != JsonDocument::none && json_.text(url).ends_with(name)) return extension;
    }
    return JsonDocument::none;
}

Node Linted::extension_of(ItemIndex item, std::string_view name) const {
    const Node found = extension_in(node_of(item), name);
    return found == JsonDocument::none ? node_of(item) : found;
}

Node Linted::condition_of(ItemIndex item, std::size_t number) const {
    const Node list = node_of(item, "enableWhen");
    if (list == node_of(item)) return list;
    Node condition = json_.first(list);
    for (std::size_t i = 0; i < number && condition != JsonDocument::none; ++i)
        condition = json_.next(condition);
    return condition == JsonDocument::none ? list : condition;
}

void Linted::add(Remark remark, Node node, std::string words, ItemIndex item, Weight weight) {
    if (is_full()) return;
    const std::string link_id = item < definition_.items().size() ? definition_.item(item).link_id : std::string();
    found_.push_back({node, Finding{json_.pointer(node), remark, weight, std::move(words), link_id}});
}

void Linted::add(Remark remark, Node node, std::string words, Weight weight) {
    add(remark, node, std::move(words), static_cast<ItemIndex>(definition_.items().size()), weight);
}

std::vector<Finding> Linted::take() {
    std::stable_sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Finding> all;
    all.reserve(found_.size());
    for (auto& [node, finding] : found_)
        all.push_back(std::move(finding));
    return all;
}

LintReport lint(const Definition& definition, std::string_view bytes) {
    JsonDocument json(std::pmr::get_default_resource());
    LintReport report;
    if (!read_json(bytes, {}, json).whole) return report; // cannot be what the definition was loaded from
    Linted form(definition, json);
    lint_rules(form);
    lint_lists(form);
    report.italian = lint_words(form);
    report.findings = form.take();
    return report;
}

} // namespace forms
