// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory_resource>
#include <string>
#include <string_view>

/// Letters and blanks of texts, as N1 §5.6 and §6.1.2 need them. Results live in `arena`.
namespace forms::fhirpath {

/// Simple case mapping of Latin, Greek and Cyrillic letters; all others stay (N1 leaves the set to the implementation).
[[nodiscard]] std::string_view in_lower_case(std::string_view text, std::pmr::memory_resource* arena);
[[nodiscard]] std::string_view in_upper_case(std::string_view text, std::pmr::memory_resource* arena);
/// For `~`: lower case, every run of blanks one space.
[[nodiscard]] std::string_view normalized(std::string_view text, std::pmr::memory_resource* arena);
/// Keeps `text` in the arena.
[[nodiscard]] std::string_view kept(std::string_view text, std::pmr::memory_resource* arena);

} // namespace forms::fhirpath
