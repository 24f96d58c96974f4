// SPDX-License-Identifier: EUPL-1.2
#include "forms/base/utf8.hpp"
#include "forms/fhir/loading.hpp"

namespace forms {

void ContainedLists::read(Node questionnaire) {
    std::set<std::string, std::less<>> ids;
    for (const Node resource : members_.objects(questionnaire, "contained")) {
        const auto id = members_.text(resource, "id");
        if (id && !ids.emplace(*id).second)
            mistakes_.add(Reason::BadValue, json_.member(resource, "id"), "another contained resource has this id");
        // Other contained resources are read by nobody here: only expressions use them, and those are refused.
        if (members_.text(resource, "resourceType") == "ValueSet") read_list(resource);
    }
}

void ContainedLists::read_list(Node value_set) {
    for (const Node extension : members_.objects(value_set, "modifierExtension"))
        mistakes_.add(Reason::UnknownModifierExtension, extension,
                      "a modifier extension changes the meaning; none is known here");
    std::vector<Entry> entries;
    const Node expansion = json_.member(value_set, "expansion");
    const Node compose = json_.member(value_set, "compose");
    if (expansion != JsonDocument::none) {
        read_expansion(expansion, entries, 0);
    } else if (compose != JsonDocument::none) {
        if (json_.member(compose, "exclude") != JsonDocument::none)
            mistakes_.add(Reason::UnsupportedValueSet, json_.member(compose, "exclude"),
                          "exclude needs a terminology server");
        for (const Node include : members_.objects(compose, "include"))
            read_include(include, entries);
    } else {
        mistakes_.add(Reason::UnsupportedValueSet, value_set, "a contained value set needs compose or expansion");
    }
    options_ += entries.size();
    const auto id = members_.text(value_set, "id");
    if (!id || id->empty()) {
        mistakes_.add(Reason::MissingElement, value_set, "a contained resource needs an id");
        return;
    }
    if (const auto url = members_.text(value_set, "url"); url && !url->empty())
        lists_.emplace(std::string(*url), entries);
    lists_.emplace("#" + std::string(*id), std::move(entries));
}

void ContainedLists::read_include(Node include, std::vector<Entry>& entries) {
    for (const std::string_view key : {"filter", "valueSet"})
        if (const Node member = json_.member(include, key); member != JsonDocument::none) {
            mistakes_.add(Reason::UnsupportedValueSet, member,
                          "this needs a terminology server; list the codes instead");
            return;
        }
    if (json_.member(include, "concept") == JsonDocument::none) {
        mistakes_.add(Reason::UnsupportedValueSet, include, "a whole code system is meant; list the codes instead");
        return;
    }
    const std::string_view system = members_.text(include, "system").value_or("");
    for (const Node node : members_.objects(include, "concept"))
        add(node, system, entries);
}

void ContainedLists::read_expansion(Node node, std::vector<Entry>& entries, int depth) {
    if (depth > 16) {
        mistakes_.add(Reason::TooDeep, node, "the expansion is nested too deeply");
        return;
    }
    for (const Node entry : members_.objects(node, "contains")) {
        if (!members_.flag(entry, "abstract")) add(entry, members_.text(entry, "system").value_or(""), entries);
        read_expansion(entry, entries, depth + 1);
    }
}

void ContainedLists::add(Node node, std::string_view system, std::vector<Entry>& entries) {
    const auto code = members_.text(node, "code");
    if (!code || code->empty()) {
        mistakes_.add(Reason::MissingElement, node, "a code is missing");
        return;
    }
    Option option;
    option.words = members_.words(node, "display");
    for (const Node designation : members_.objects(node, "designation")) {
        const auto language = members_.text(designation, "language");
        const auto value = members_.text(designation, "value");
        if (language && value && !value->empty()) option.words.translations.emplace_back(*language, shown_text(*value));
    }
    if (option.words.base.empty()) option.words.base = shown_text(*code);
    members_.each_extension(node, [&](Node extension, ExtensionUse use) {
        if (use == ExtensionUse::Score) option.score = members_.number(extension);
    });
    option.value = coding(system, *code, option.words.base);
    entries.push_back({std::move(option), node});
}

const std::vector<ContainedLists::Entry>* ContainedLists::find(std::string_view reference) const {
    const auto found = lists_.find(reference.starts_with('#') ? reference : reference.substr(0, reference.find('|')));
    return found == lists_.end() ? nullptr : &found->second;
}

} // namespace forms
