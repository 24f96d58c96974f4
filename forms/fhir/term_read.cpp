// SPDX-License-Identifier: EUPL-1.2
#include "forms/base/utf8.hpp"
#include "forms/fhir/loading.hpp"
#include "forms/fhir/term_store.hpp"

namespace forms {
namespace {

constexpr int deepest_nesting = 64;

/// Reads what a ValueSet and a CodeSystem have in common: codes with their words.
class TermReader {
public:
    TermReader(const JsonDocument& json, const Members& members, std::size_t& room)
        : json_(json), members_(members), room_(room) {}

    ValueList value_list(Node node) {
        ValueList list;
        list.node = node;
        const Node expansion = json_.member(node, "expansion");
        if (expansion != JsonDocument::none) {
            list.has_expansion = true;
            read_expansion(expansion, list, 0);
        }
        if (const Node compose = json_.member(node, "compose"); compose != JsonDocument::none) {
            list.has_compose = true;
            for (const Node part : members_.objects(compose, "include"))
                list.include.push_back(part_of(part));
            for (const Node part : members_.objects(compose, "exclude"))
                list.exclude.push_back(part_of(part));
        }
        list.too_long = is_full_;
        return list;
    }

    CodeList code_list(Node node) {
        CodeList list;
        const auto content = members_.text(node, "content");
        list.complete = !content || *content == "complete" || *content == "supplement";
        read_concepts(node, std::string(members_.text(node, "url").value_or("")), list, std::nullopt, 0);
        list.too_long = is_full_;
        for (std::size_t i = 0; i < list.concepts.size(); ++i)
            list.by_code.emplace(list.concepts[i].code, i);
        // Some systems write the hierarchy as properties instead of nesting.
        for (TermConcept& entry : list.concepts)
            for (const auto& [name, value] : entry.properties)
                if (name == "parent" || name == "subsumedBy")
                    if (const auto parent = list.by_code.find(value); parent != list.by_code.end())
                        entry.parents.push_back(parent->second);
        return list;
    }

private:
    TermPart part_of(Node node) {
        TermPart part;
        part.node = node;
        part.system = members_.text(node, "system").value_or("");
        part.names_concepts = json_.member(node, "concept") != JsonDocument::none;
        for (const Node entry : members_.objects(node, "concept")) {
            if (is_full()) break;
            if (auto read = concept_at(entry, part.system)) part.concepts.push_back(std::move(*read));
        }
        for (const Node filter : members_.objects(node, "filter"))
            part.filters.push_back({std::string(members_.text(filter, "property").value_or("")),
                                    std::string(members_.text(filter, "op").value_or("")),
                                    std::string(members_.text(filter, "value").value_or(""))});
        if (const Node sets = json_.member(node, "valueSet"); sets != JsonDocument::none)
            for (Node set = json_.first(sets); set != JsonDocument::none; set = json_.next(set))
                if (json_.kind(set) == JsonKind::String) part.value_sets.emplace_back(json_.text(set));
        return part;
    }

    void read_expansion(Node node, ValueList& list, int depth) {
        if (depth > deepest_nesting)
            return members_.mistake(Reason::TooDeep, node, "the expansion is nested too deeply");
        for (const Node entry : members_.objects(node, "contains")) {
            if (is_full()) return;
            const bool is_heading = members_.flag(entry, "abstract");
            if (!is_heading)
                if (auto read = concept_at(entry, members_.text(entry, "system").value_or("")))
                    list.expansion.push_back(std::move(*read));
            read_expansion(entry, list, depth + 1);
        }
    }

    void read_concepts(Node node, const std::string& system, CodeList& list, std::optional<std::size_t> parent,
                       int depth) {
        if (depth > deepest_nesting) return members_.mistake(Reason::TooDeep, node, "concepts are nested too deeply");
        for (const Node entry : members_.objects(node, "concept")) {
            if (is_full()) return;
            auto read = concept_at(entry, system);
            if (!read) continue;
            if (parent) read->parents.push_back(*parent);
            for (const Node property : members_.objects(entry, "property"))
                read_property(property, *read);
            const std::size_t here = list.concepts.size();
            list.concepts.push_back(std::move(*read));
            read_concepts(entry, system, list, here, depth + 1);
        }
    }

    void read_property(Node node, TermConcept& entry) {
        const std::string name(members_.text(node, "code").value_or(""));
        for (const std::string_view key : {"valueCode", "valueString", "valueBoolean", "valueInteger"}) {
            const Node member = json_.member(node, key);
            if (member == JsonDocument::none) continue;
            std::string value(json_.text(member));
            if (json_.kind(member) == JsonKind::True) value = "true";
            if (json_.kind(member) == JsonKind::False) value = "false";
            // The usual names of "a heading, no answer".
            if ((name == "notSelectable" || name == "abstract") && value == "true") entry.selectable = false;
            entry.properties.emplace_back(name, std::move(value));
            return;
        }
    }

    std::optional<TermConcept> concept_at(Node node, std::string_view system) {
        const auto code = members_.text(node, "code");
        if (!code || code->empty()) {
            members_.mistake(Reason::MissingElement, node, "a code is missing");
            return std::nullopt;
        }
        TermConcept entry;
        entry.system = system;
        entry.code = *code;
        entry.node = node;
        entry.words = members_.words(node, "display");
        for (const Node designation : members_.objects(node, "designation")) {
            const auto language = members_.text(designation, "language");
            const auto value = members_.text(designation, "value");
            if (language && !language->empty() && value && !value->empty())
                entry.words.translations.emplace_back(*language, shown_text(*value));
        }
        // Other extensions say things about the code that no answer depends on.
        for (const Node extension : members_.objects(node, "extension")) {
            ExtensionUse use{};
            const auto url = members_.text(extension, "url");
            if (url && judge_extension(*url, use) == ExtensionVerdict::Known && use == ExtensionUse::Score)
                entry.score = members_.number(extension);
        }
        return entry;
    }

    /// One more code; true when there is no room for it.
    bool is_full() {
        if (room_ == 0)
            is_full_ = true;
        else
            --room_;
        return is_full_;
    }

    const JsonDocument& json_;
    const Members& members_;
    std::size_t& room_;
    bool is_full_ = false;
};

} // namespace

std::shared_ptr<const ValueList> read_value_list(const JsonDocument& json, const Members& members, Node node,
                                                 std::size_t& room) {
    return std::make_shared<const ValueList>(TermReader(json, members, room).value_list(node));
}

CodeList read_code_list(const JsonDocument& json, const Members& members, Node node, std::size_t& room) {
    return TermReader(json, members, room).code_list(node);
}

} // namespace forms
