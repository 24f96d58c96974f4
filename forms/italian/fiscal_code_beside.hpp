// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/calendar.hpp"

#include <optional>
#include <string_view>

namespace forms {

class Places;

/// As the registry of births has it: what a document says in its field for the sex. Never a gender.
enum class RegistrySex { Male, Female };

/// What a person typed, or another mark of a document says, beside a codice fiscale. Empty = not said.
struct SaidBeside {
    std::string_view family = {}, given = {}; ///< as written, any script
    std::optional<PartialDate> birth = {};    ///< may lack its day, or day and month
    std::optional<RegistrySex> sex = {};
    std::string_view birth_place = {}; ///< cadastral code: "H501", "Z138"
};

/// Where a codice fiscale and what is said beside it cannot both be so.
struct CodeDisagreement {
    bool family = false, given = false, birth = false, sex = false, birth_place = false;
    [[nodiscard]] bool names() const { return family || given; }
    [[nodiscard]] bool any() const { return names() || birth || sex || birth_place; }
    bool operator==(const CodeDisagreement&) const = default;
};

/// A reason to ask once more, never one to refuse: many disagreements are rightful (a code from before a marriage, a
/// name written in another alphabet, a sex that the registry has changed). Only what is said is compared, and nothing
/// is computed that could be taken for the person's code. "1950" agrees with 1950-05-31; both centuries of a code
/// count. A comune or state that is no more agrees with every other place: what became of it is not known, and people
/// name their birthplace by what it is called today. Without `places` birthplaces are not compared. What is no codice
/// fiscale, or a provisional one, disagrees with nothing. Pure; `today` as in `read_fiscal_code`.
[[nodiscard]] CodeDisagreement compare_with_code(std::string_view typed_code, const SaidBeside& said,
                                                 const PartialDate& today, const Places* places);

} // namespace forms
