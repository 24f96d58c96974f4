// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/draft.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// A shipped form, filled in as a person would.
namespace shipped {

[[nodiscard]] std::filesystem::path folder(); ///< forms/definitions
[[nodiscard]] std::vector<std::string> names();
[[nodiscard]] std::string bytes_of(const std::filesystem::path& file);
[[nodiscard]] std::shared_ptr<const forms::Definition> form(const std::string& name);

class Filling {
public:
    explicit Filling(const std::string& name) : draft(form(name), std::pmr::get_default_resource()) {}

    /// Takes one option by its code; of a question with several answers it is added.
    Filling& choose(std::string_view link_id, std::string_view code);
    Filling& say(std::string_view link_id, bool yes);
    Filling& type(std::string_view link_id, std::string_view text);

    [[nodiscard]] bool asks(std::string_view link_id) const;
    [[nodiscard]] bool can_be_sent() const { return draft.issues().empty(); }
    /// linkIds of the pages a citizen walks through now.
    [[nodiscard]] std::vector<std::string> pages() const;

    forms::Draft draft;

private:
    [[nodiscard]] forms::Path at(std::string_view link_id) const;
};

} // namespace shipped
