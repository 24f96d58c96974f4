// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/definition.hpp"

#include <string_view>

namespace kiosk {

enum class DatePrecision { Year, Month, Day };

/// How much of a date a question asks for. FHIR R4 has one type for all three ("1985", "1985-03", "1985-03-27"), and no
/// element that says which is meant; authors write it as a pattern in `entryFormat`: "YYYY", "MM/AAAA", "GG-MM-AAAA".
/// Only a text made of such letters counts: any other entry format is words for the person, and a whole date is meant.
[[nodiscard]] inline DatePrecision date_precision(const forms::Item& item) {
    bool day = false;
    bool month = false;
    bool year = false;
    for (const char c : item.entry_hint.base) {
        if (std::string_view("dDgGjJ").find(c) != std::string_view::npos)
            day = true;
        else if (std::string_view("mM").find(c) != std::string_view::npos)
            month = true;
        else if (std::string_view("yYaA").find(c) != std::string_view::npos)
            year = true;
        else if (std::string_view("/.- ").find(c) == std::string_view::npos)
            return DatePrecision::Day;
    }
    if (!year || day) return DatePrecision::Day;
    return month ? DatePrecision::Month : DatePrecision::Year;
}

} // namespace kiosk
