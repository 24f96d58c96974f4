// SPDX-License-Identifier: EUPL-1.2
#include "forms/base/utf8.hpp"
#include "forms/fhir/loading.hpp"

#include <algorithm>

namespace forms {

void Lists::read(Node questionnaire) {
    std::set<std::string, std::less<>> ids;
    std::size_t room = most_concepts;
    for (const Node resource : members_.objects(questionnaire, "contained")) {
        const auto id = members_.text(resource, "id");
        if (id && !ids.emplace(*id).second)
            mistakes_.add(Reason::BadValue, json_.member(resource, "id"), "another contained resource has this id");
        const auto type = members_.text(resource, "resourceType");
        if (type != "ValueSet" && type != "CodeSystem") continue; // of no use to whoever fills the form
        if (!id || id->empty()) mistakes_.add(Reason::MissingElement, resource, "a contained resource needs an id");
        for (const Node extension : members_.objects(resource, "modifierExtension"))
            mistakes_.add(Reason::UnknownModifierExtension, extension,
                          "a modifier extension changes the meaning; none is known here");
        const std::string url(members_.text(resource, "url").value_or(""));
        if (type == "CodeSystem") {
            if (!url.empty()) store_.add(url, read_code_list(json_, members_, resource, room));
            continue;
        }
        auto list = read_value_list(json_, members_, resource, room);
        if (!url.empty()) store_.add(url, list);
        if (id) {
            contained_.push_back("#" + std::string(*id));
            if (!url.empty()) ids_.emplace(url, *id);
            if (!url.empty()) urls_.emplace(contained_.back(), url);
        }
        if (id) store_.add("#" + std::string(*id), std::move(list));
    }
}

const Lists::Made& Lists::make(std::string_view reference) {
    const auto known = made_.find(reference);
    if (known != made_.end()) return known->second;
    Made made;
    auto codes = store_.expand(reference, work_);
    if (codes.ok()) {
        for (const TermConcept& code : codes.value())
            made.entries.push_back({option_of(code), code.node});
    } else {
        made.problem = codes.error();
    }
    // What stands in the terminal's own files has no place in this one.
    if (store_.is_beyond(reference)) {
        for (Entry& entry : made.entries)
            entry.node = JsonDocument::none;
        if (made.problem) made.problem->node = JsonDocument::none;
    }
    return made_.emplace(std::string(reference), std::move(made)).first->second;
}

Result<AskedList, std::string> Lists::list(std::string_view address) {
    const std::string canonical(address.substr(0, address.find('|')));
    const auto& served = options_.known_value_sets;
    if (!brings(address) && std::find(served.begin(), served.end(), canonical) != served.end())
        return "the list " + shown_text(canonical) + " is searched by the terminal, and no expression can look into it";
    const Made& made = make(address);
    if (made.problem) return made.problem->words;
    if (made.entries.size() > options_.limits.options) return std::string("this list is longer than allowed");
    AskedList list;
    list.address = address;
    list.contained = brings(address);
    if (address.starts_with('#')) {
        list.id = address.substr(1);
        if (const auto url = urls_.find(list.address); url != urls_.end()) list.url = url->second;
    } else {
        list.url = canonical;
        if (const auto id = ids_.find(canonical); id != ids_.end()) list.id = id->second;
    }
    for (const Entry& entry : made.entries)
        list.options.push_back(entry.option);
    return list;
}

} // namespace forms
