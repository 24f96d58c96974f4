// SPDX-License-Identifier: EUPL-1.2
#include "forms/engine/definition.hpp"

#include "forms/base/utf8.hpp"

#include <algorithm>

namespace forms {
namespace {

/// More than any country speaks; a form that names thousands must not cost thousands of passes over its texts.
constexpr std::size_t most_languages = 64;

std::string_view main_language(std::string_view language) { return language.substr(0, language.find('-')); }

/// The texts a person reads, one by one. Prefixes ("1.", "a)") and units speak every language.
template <class Visit>
void for_each_text(const DefinitionParts& parts, Visit&& visit) {
    visit(parts.title);
    for (const Item& item : parts.items) {
        for (const Words* const words : {&item.text, &item.entry_hint})
            visit(*words);
        for (const Option& option : item.options)
            visit(option.words);
    }
}

} // namespace

namespace {

/// The translation that a reader of `language` gets: exact, then the main language, then a sister ("fr-CA" for
/// "fr-CH").
const std::pair<std::string, std::string>* translation_for(const Words& words, std::string_view language) {
    const auto find = [&](auto&& matches) -> const std::pair<std::string, std::string>* {
        for (const auto& translation : words.translations)
            if (matches(translation.first)) return &translation;
        return nullptr;
    };
    if (const auto* const exact = find([&](std::string_view l) { return equals_ignoring_ascii_case(l, language); }))
        return exact;
    const std::string_view wanted = main_language(language);
    if (const auto* const near = find([&](std::string_view l) { return equals_ignoring_ascii_case(l, wanted); }))
        return near;
    return find([&](std::string_view l) { return equals_ignoring_ascii_case(main_language(l), wanted); });
}

} // namespace

std::string_view Words::in(std::string_view language) const {
    const auto* const found = translation_for(*this, language);
    return found != nullptr ? std::string_view(found->second) : std::string_view(base);
}

std::string_view Words::markdown_in(std::string_view language) const {
    if (markdown.empty()) return {};
    const auto* const found = translation_for(*this, language);
    const std::string_view wanted = found != nullptr ? std::string_view(found->first) : std::string_view();
    for (const auto& [its_language, text] : markdown)
        if (equals_ignoring_ascii_case(its_language, wanted)) return text;
    return {};
}

bool Words::speaks(std::string_view language) const {
    return std::any_of(translations.begin(), translations.end(), [&](const auto& translation) {
        return equals_ignoring_ascii_case(translation.first, language) ||
               equals_ignoring_ascii_case(main_language(translation.first), main_language(language));
    });
}

std::string_view name_of(ItemType type) {
    switch (type) { // no default: the compiler names the one we forgot
    case ItemType::Group:
        return "group";
    case ItemType::Display:
        return "display";
    case ItemType::Boolean:
        return "boolean";
    case ItemType::Decimal:
        return "decimal";
    case ItemType::Integer:
        return "integer";
    case ItemType::Date:
        return "date";
    case ItemType::DateTime:
        return "dateTime";
    case ItemType::Time:
        return "time";
    case ItemType::String:
        return "string";
    case ItemType::Text:
        return "text";
    case ItemType::Url:
        return "url";
    case ItemType::Choice:
        return "choice";
    case ItemType::OpenChoice:
        return "open-choice";
    case ItemType::Attachment:
        return "attachment";
    case ItemType::Quantity:
        return "quantity";
    }
    return "";
}

bool Item::has_code(std::string_view system, std::string_view code) const {
    return std::any_of(codes.begin(), codes.end(),
                       [&](const Coding& c) { return c.system == system && c.code == code; });
}

std::string Definition::canonical() const { return version().empty() ? url() : url() + "|" + version(); }

std::optional<ItemIndex> Definition::find(std::string_view link_id) const { return by_link_id_.find(link_id); }

bool Definition::is_ancestor(ItemIndex ancestor, ItemIndex index) const {
    return ancestor < index && index < item(ancestor).end;
}

std::string Definition::text_of(const Path& path) const {
    if (path.depth() == 0 || path.item() >= parts_.items.size()) return {};
    std::string text;
    const auto line = line_of(path.item());
    for (std::size_t i = 0; i < line.size() && i < path.depth(); ++i) {
        if (i > 0) text += '/';
        text += item(line[i]).link_id;
        if (path.instances()[i] != 0) text += '[' + std::to_string(path.instances()[i]) + ']';
    }
    return text;
}

namespace {

/// Matches "[12]" at the front of `text`; 0 when there is none. None when the number is no instance.
std::optional<std::uint32_t> take_instance(std::string_view& text) {
    if (!text.starts_with('[')) return 0;
    std::uint32_t number = 0;
    std::size_t at = 1;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9' && at <= 9; ++at)
        number = number * 10 + static_cast<std::uint32_t>(text[at] - '0');
    if (at == 1 || at >= text.size() || text[at] != ']') return std::nullopt;
    text.remove_prefix(at + 1);
    return number;
}

bool follow(const Definition& definition, std::optional<ItemIndex> parent, std::string_view text, Path& path) {
    for (const ItemIndex child : definition.children(parent)) {
        std::string_view rest = text;
        if (!rest.starts_with(definition.item(child).link_id)) continue;
        rest.remove_prefix(definition.item(child).link_id.size());
        const auto instance = take_instance(rest);
        if (!instance) continue;
        Path here = parent ? path.child(child, *instance) : Path(child, {*instance});
        if (!rest.empty()) {
            if (rest.front() != '/') continue;
            if (!follow(definition, child, rest.substr(1), here)) continue;
        }
        path = std::move(here);
        return true;
    }
    return false;
}

} // namespace

std::optional<Path> Definition::path_of(std::string_view text) const {
    Path path;
    if (!follow(*this, std::nullopt, text, path)) return std::nullopt;
    return path;
}

Path Definition::path_to(ItemIndex index) const {
    return Path(index, std::vector<std::uint32_t>(static_cast<std::size_t>(item(index).depth) + 1, 0));
}

void Definition::connect() {
    auto& items = parts_.items;
    for (ItemIndex i = 0; i < items.size(); ++i) {
        Item& item = items[i];
        auto& siblings = item.parent ? items[*item.parent].children : top_;
        item.position = static_cast<std::uint32_t>(siblings.size());
        siblings.push_back(i);
        item.depth = item.parent ? items[*item.parent].depth + 1 : 0;
        if (item.parent) {
            item.filled_by_desk = item.filled_by_desk || items[*item.parent].filled_by_desk;
            item.hidden = item.hidden || items[*item.parent].hidden;
        }
        item.end = i + 1;
        for (std::optional<ItemIndex> up = item.parent; up; up = items[*up].parent)
            items[*up].end = i + 1;
    }
    by_link_id_ = LinkIds(items);
    for (ItemIndex i = 0; i < items.size(); ++i) {
        line_begin_.push_back(static_cast<std::uint32_t>(lines_.size()));
        lines_.resize(lines_.size() + static_cast<std::size_t>(items[i].depth) + 1);
        auto place = lines_.rbegin();
        for (std::optional<ItemIndex> up = i; up; up = items[*up].parent)
            *place++ = *up;
        for (Condition& condition : items[i].conditions)
            condition.shared = shared_depth(items, condition.source, i);
    }
}

void Definition::find_languages() {
    for_each_text(parts_, [this](const Words& words) {
        for (const auto& translation : words.translations)
            if (missing_translations_.size() < most_languages) missing_translations_.emplace(translation.first, 0);
    });
    for (auto& translation : missing_translations_) {
        int without = 0;
        for_each_text(parts_, [&](const Words& words) {
            if (!words.empty() && !words.speaks(translation.first)) ++without;
        });
        translation.second = without;
    }
    complete_languages_.push_back(language());
    for (const auto& [language, missing] : missing_translations_)
        if (missing == 0 && language != this->language()) complete_languages_.push_back(language);
}

} // namespace forms
