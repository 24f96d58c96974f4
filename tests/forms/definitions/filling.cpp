// SPDX-License-Identifier: EUPL-1.2
#include "tests/forms/definitions/filling.hpp"

#include "forms/engine/pages.hpp"
#include "forms/fhir/load.hpp"
#include "forms/italian/places.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace shipped {

std::filesystem::path folder() { return std::filesystem::path(SPORTELLO_ROOT) / "forms/definitions"; }

std::vector<std::string> names() {
    std::vector<std::string> all;
    for (const auto& entry : std::filesystem::directory_iterator(folder()))
        if (entry.is_directory()) all.push_back(entry.path().filename().string());
    std::sort(all.begin(), all.end());
    return all;
}

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    REQUIRE_MESSAGE(in.good(), file.string());
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return std::move(bytes).str();
}

std::shared_ptr<const forms::Definition> form(const std::string& name) {
    forms::LoadOptions options;
    options.known_value_sets = forms::place_value_sets();
    auto loaded = forms::load_definition(bytes_of(folder() / name / "questionnaire.json"), options);
    if (!loaded.ok())
        for (const auto& mistake : loaded.error())
            MESSAGE(mistake.json_pointer << " " << mistake.words);
    REQUIRE(loaded.ok());
    return loaded.value();
}

forms::Path Filling::at(std::string_view link_id) const {
    const auto index = draft.definition().find(link_id);
    REQUIRE_MESSAGE(index, std::string(link_id));
    return draft.definition().path_to(*index);
}

Filling& Filling::choose(std::string_view link_id, std::string_view code) {
    const forms::Path path = at(link_id);
    const auto& options = draft.definition().item(path).options;
    const auto wanted = std::find_if(options.begin(), options.end(), [&](const forms::Option& option) {
        const auto* coding = std::get_if<forms::Coding>(&option.value);
        return coding && std::string_view(coding->code) == code;
    });
    REQUIRE_MESSAGE(wanted != options.end(), std::string(code));
    REQUIRE(draft.choose(path, static_cast<std::size_t>(wanted - options.begin()), true) == forms::Outcome::Accepted);
    return *this;
}

Filling& Filling::say(std::string_view link_id, bool yes) {
    REQUIRE(draft.set(at(link_id), yes) == forms::Outcome::Accepted);
    return *this;
}

Filling& Filling::type(std::string_view link_id, std::string_view text) {
    REQUIRE(draft.type(at(link_id), text) == forms::Outcome::Accepted);
    return *this;
}

bool Filling::asks(std::string_view link_id) const { return draft.is_enabled(at(link_id)); }

std::vector<std::string> Filling::pages() const {
    std::vector<std::string> all;
    for (const forms::Page& page : forms::pages(draft))
        all.push_back(draft.definition().item(page.path).link_id);
    return all;
}

} // namespace shipped
