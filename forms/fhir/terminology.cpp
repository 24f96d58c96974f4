// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhir/terminology.hpp"

#include "forms/base/utf8.hpp"
#include "forms/fhir/loading.hpp"
#include "forms/fhir/term_store.hpp"

namespace forms {
namespace {

constexpr std::size_t longest_text = 64u << 10;

/// Takes one resource, when it is one of ours and has no mistake.
void take(const JsonDocument& json, Node node, TermStore& store, std::size_t& room, std::vector<Mistake>& mistakes) {
    Mistakes found(json);
    const Members members(json, found, longest_text);
    const auto type = members.text(node, "resourceType");
    if (type != "ValueSet" && type != "CodeSystem") return;
    for (const Node extension : members.objects(node, "modifierExtension"))
        members.mistake(Reason::UnknownModifierExtension, extension, "none is known here");
    const auto url = members.text(node, "url");
    if (!url || url->empty()) members.mistake(Reason::MissingElement, node, "a value set or code system needs its url");
    bool is_new = true;
    if (type == "ValueSet") {
        auto list = read_value_list(json, members, node, room);
        if (found.empty()) is_new = store.add(std::string(*url), std::move(list));
    } else {
        CodeList list = read_code_list(json, members, node, room);
        if (found.empty()) is_new = store.add(std::string(*url), std::move(list));
    }
    if (!is_new) members.mistake(Reason::BadValue, json.member(node, "url"), "this url is here already");
    for (Mistake& mistake : found.take())
        mistakes.push_back(std::move(mistake));
}

} // namespace

Terminology::Terminology() : store_(std::make_unique<TermStore>()) {}
Terminology::~Terminology() = default;

std::vector<Mistake> Terminology::add(std::string_view bytes) {
    std::vector<Mistake> mistakes;
    JsonDocument json(std::pmr::get_default_resource());
    const JsonReading reading = read_json(bytes, JsonLimits{}, json);
    for (const JsonFlaw& flaw : reading.flaws)
        mistakes.push_back({flaw.pointer, flaw.reason, flaw.words, {}});
    if (!mistakes.empty()) return mistakes;
    const Node root = JsonDocument::root();
    if (json.kind(root) != JsonKind::Object) return mistakes;
    std::size_t room = most_concepts;
    const Node type = json.member(root, "resourceType");
    if (type == JsonDocument::none || json.kind(type) != JsonKind::String || json.text(type) != "Bundle") {
        take(json, root, *store_, room, mistakes);
        return mistakes;
    }
    const Node entries = json.member(root, "entry");
    if (entries == JsonDocument::none || json.kind(entries) != JsonKind::Array) return mistakes;
    for (Node entry = json.first(entries); entry != JsonDocument::none; entry = json.next(entry)) {
        const Node resource = json.member(entry, "resource");
        if (resource != JsonDocument::none && json.kind(resource) == JsonKind::Object)
            take(json, resource, *store_, room, mistakes);
    }
    return mistakes;
}

std::size_t Terminology::value_sets() const { return store_->value_sets(); }
std::size_t Terminology::code_systems() const { return store_->code_systems(); }

std::optional<std::vector<Option>> Terminology::expand(std::string_view canonical, std::string& why) const {
    TermWork work;
    const auto codes = store_->expand(canonical, work);
    if (!codes.ok()) {
        why = codes.error().words;
        return std::nullopt;
    }
    std::vector<Option> options;
    for (const TermConcept& code : codes.value())
        options.push_back(option_of(code));
    return options;
}

} // namespace forms
