// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>

namespace forms {

enum class PhoneKind {
    ItalianMobile,
    ItalianFixed,
    ItalianService, ///< 800 …, 1522, 112: reaches an office, not a person
    Foreign,
    Unclear, ///< could be dialled, but from where is not known
};

/// A phone number as it can be dialled.
struct PhoneNumber {
    PhoneKind kind = PhoneKind::Unclear;
    std::pmr::string number; ///< "+393331234567" (E.164), or the digits alone for a service or an unclear one
    std::pmr::string shown;  ///< the same in groups, as people read it: "+39 333 123 4567"
};

/// Takes what people write: blanks, dots, slashes, hyphens, brackets, "+39", "0039", "39 333…", "(0)". None when it
/// holds anything else, or fewer than 3 or more than 15 digits. It is a proposal to show: a number that is not
/// understood is kept as it was typed, and never a reason to stop. Lives in `memory`.
[[nodiscard]] std::optional<PhoneNumber> read_phone(std::string_view typed, std::pmr::memory_resource* memory);

} // namespace forms
