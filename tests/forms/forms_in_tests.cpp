// SPDX-License-Identifier: EUPL-1.2
#include "tests/forms/forms_in_tests.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

namespace forms_in_tests {

std::string questionnaire(std::string_view items, std::string_view more) {
    return R"({"resourceType":"Questionnaire","url":"https://example.org/q","version":"2","status":"active","language":"it",)" +
           std::string(more) + (more.empty() ? "" : ",") + R"("item":[)" + std::string(items) + "]}";
}

std::shared_ptr<const forms::Definition> form(std::string_view items, std::string_view more) {
    auto loaded = forms::load_definition(questionnaire(items, more));
    if (!loaded.ok())
        for (const auto& mistake : loaded.error())
            MESSAGE(mistake.json_pointer << " " << std::string(code_of(mistake.reason)) << ": " << mistake.words);
    REQUIRE(loaded.ok());
    return std::move(loaded).value();
}

std::vector<std::string> mistakes_in(std::string_view bytes, const forms::LoadOptions& options) {
    const auto loaded = forms::load_definition(bytes, options);
    std::vector<std::string> lines;
    if (loaded.ok()) return lines;
    for (const auto& mistake : loaded.error())
        lines.push_back((mistake.json_pointer.empty() ? "/" : mistake.json_pointer) + " " +
                        std::string(code_of(mistake.reason)));
    return lines;
}

std::string read_file(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    REQUIRE_MESSAGE(in.good(), file.string());
    return {std::istreambuf_iterator<char>(in), {}};
}

forms::Path Filling::at(std::string_view path) const {
    const auto found = draft.definition().path_of(path);
    REQUIRE_MESSAGE(found.has_value(), std::string(path));
    return *found;
}

std::vector<std::string> Filling::issues() const {
    std::vector<std::string> lines;
    for (const auto& issue : draft.issues())
        lines.push_back(draft.definition().text_of(issue.path) + " " + std::string(code_of(issue.code)));
    return lines;
}

std::vector<std::string> Filling::enabled() const {
    std::vector<std::string> paths;
    for (const auto& path : draft.enabled())
        paths.push_back(draft.definition().text_of(path));
    return paths;
}

std::string Filling::response(std::string_view language) const {
    return std::string(forms::write_response(forms::filled_so_far(draft, language)));
}

std::string Filling::answers(std::string_view language) const {
    const std::string whole = response(language);
    const std::size_t at = whole.find("\"item\":");
    return at == std::string::npos ? "" : whole.substr(at + 7, whole.size() - at - 8);
}

} // namespace forms_in_tests
