// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/xlsform/survey.hpp"

#include <string_view>

namespace forms::xlsform {

/// What the column `type` says.
enum class TypeRole { Row, End, Impossible };
struct TypeReading {
    TypeRole role = TypeRole::Row;
    EntryKind kind = EntryKind::Text;
    std::string word; ///< the type without its list: "select_one"
    std::string list;
    bool or_other = false;
    std::string_view words; ///< why it is impossible
};
/// None when XLSForm has no such type. Takes the spellings of old forms too: "select one from", "begin_group".
[[nodiscard]] std::optional<TypeReading> type_from(std::string_view text);

/// "yes", "TRUE", "true()", "1" and their opposites; none for anything else.
[[nodiscard]] std::optional<bool> is_yes(std::string_view text);

} // namespace forms::xlsform
