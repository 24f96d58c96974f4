// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/text/words.hpp"

#include <array>
#include <cstdint>
#include <string>

namespace kiosk {

/// What a paper is: a code of our code system document-type, and its words.
struct PaperKind {
    const char* code;
    Text words;
};
inline constexpr std::array paper_kinds{
    PaperKind{"identity-document", Text::paper_kind_identity},
    PaperKind{"health-card", Text::paper_kind_health_card},
    PaperKind{"residence-permit", Text::paper_kind_permit},
    PaperKind{"means-test", Text::paper_kind_isee},
    PaperKind{"disability-report", Text::paper_kind_disability},
    PaperKind{"income", Text::paper_kind_income},
    PaperKind{"document", Text::paper_kind_other},
};

inline constexpr std::size_t most_papers = 10; ///< of a request: threat model §4
inline constexpr std::size_t largest_paper = 20u << 20, most_paper_bytes = 60u << 20; ///< bytes; likewise
inline constexpr std::size_t most_sheets = 30; ///< of a paper: about 6 MB at 200 kB a page

/// Of the small picture of a sheet on the shelf of the screen.
inline std::string picture_name(std::uint64_t number) { return "sheet." + std::to_string(number); }

} // namespace kiosk
