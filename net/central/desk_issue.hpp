// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace net {

/// The kinds of complaint of http://hl7.org/fhir/issue-type (R4). The numbers are stored; never reuse one.
enum class IssueCode : std::uint8_t {
    Unknown = 0, ///< a code that FHIR R4 does not have
    Invalid = 1,
    Structure = 2,
    Required = 3,
    Value = 4,
    Invariant = 5,
    Security = 6,
    Processing = 7,
    NotSupported = 8,
    Duplicate = 9,
    MultipleMatches = 10,
    NotFound = 11,
    TooLong = 12,
    CodeInvalid = 13,
    Extension = 14,
    BusinessRule = 15,
    Conflict = 16,
    Other = 17, ///< one of the codes that say nothing about the content: transient, throttled, …
};
[[nodiscard]] std::string_view name_of(IssueCode code);
/// The code behind FHIR's word for it; Unknown for any other word.
[[nodiscard]] IssueCode issue_code(std::string_view word);

/// One complaint of the central system about a request, as far as the desk can act on it: never its words, which may
/// quote an answer.
struct DeskIssue {
    IssueCode code = IssueCode::Unknown;
    std::string part; ///< which resource of the request: "response", "task", "consent", …; empty: not told
    std::string
        path; ///< which question, as `forms::Definition::path_of` reads it ("children[1]/name"); empty: not told
    bool operator==(const DeskIssue&) const = default;
};
/// Beyond these nothing is read: an answer is data from an attacker.
inline constexpr std::size_t most_desk_issues = 50;
inline constexpr std::size_t longest_issue_path = 2'000; ///< bytes

} // namespace net
