// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/complete.hpp"
#include "forms/fhir/load.hpp"
#include "forms/fhir/response.hpp"

#include <filesystem>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

/// Small helpers to write a form and fill it in as a person would.
namespace forms_in_tests {

/// A whole Questionnaire around these items (JSON, without the brackets of the list).
[[nodiscard]] std::string questionnaire(std::string_view items, std::string_view more = {});

/// Loads it; a mistake ends the test with its place.
[[nodiscard]] std::shared_ptr<const forms::Definition> form(std::string_view items, std::string_view more = {});

/// "pointer code", one for each mistake.
[[nodiscard]] std::vector<std::string> mistakes_in(std::string_view bytes, const forms::LoadOptions& options = {});

[[nodiscard]] std::string read_file(const std::filesystem::path& file);

/// Filling a form in by path: filling.type("children[1]/name", "Ada").
class Filling {
public:
    explicit Filling(std::shared_ptr<const forms::Definition> definition)
        : draft(std::move(definition), std::pmr::get_default_resource()) {}
    explicit Filling(forms::Draft filled) : draft(std::move(filled)) {}

    [[nodiscard]] forms::Path at(std::string_view path) const;
    forms::Outcome type(std::string_view path, std::string_view text) { return draft.type(at(path), text); }
    forms::Outcome set(std::string_view path, const forms::Value& value) { return draft.set(at(path), value); }
    forms::Outcome choose(std::string_view path, std::size_t option, bool chosen = true) {
        return draft.choose(at(path), option, chosen);
    }
    [[nodiscard]] bool asks(std::string_view path) const { return draft.is_enabled(at(path)); }
    /// "path code" for every issue.
    [[nodiscard]] std::vector<std::string> issues() const;
    /// Paths of everything enabled.
    [[nodiscard]] std::vector<std::string> enabled() const;
    [[nodiscard]] std::string response(std::string_view language = "it") const;
    /// The part of the response after "item":, or empty.
    [[nodiscard]] std::string answers(std::string_view language = "it") const;

    forms::Draft draft;
};

} // namespace forms_in_tests
