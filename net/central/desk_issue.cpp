// SPDX-License-Identifier: EUPL-1.2
#include "net/central/desk_issue.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace net {
namespace {

constexpr std::array words = {
    std::pair{IssueCode::Unknown, std::string_view("unknown")},
    std::pair{IssueCode::Invalid, std::string_view("invalid")},
    std::pair{IssueCode::Structure, std::string_view("structure")},
    std::pair{IssueCode::Required, std::string_view("required")},
    std::pair{IssueCode::Value, std::string_view("value")},
    std::pair{IssueCode::Invariant, std::string_view("invariant")},
    std::pair{IssueCode::Security, std::string_view("security")},
    std::pair{IssueCode::Processing, std::string_view("processing")},
    std::pair{IssueCode::NotSupported, std::string_view("not-supported")},
    std::pair{IssueCode::Duplicate, std::string_view("duplicate")},
    std::pair{IssueCode::MultipleMatches, std::string_view("multiple-matches")},
    std::pair{IssueCode::NotFound, std::string_view("not-found")},
    std::pair{IssueCode::TooLong, std::string_view("too-long")},
    std::pair{IssueCode::CodeInvalid, std::string_view("code-invalid")},
    std::pair{IssueCode::Extension, std::string_view("extension")},
    std::pair{IssueCode::BusinessRule, std::string_view("business-rule")},
    std::pair{IssueCode::Conflict, std::string_view("conflict")},
    std::pair{IssueCode::Other, std::string_view("other")},
};
/// The rest of the value set: true, and no help to the person who corrects a request.
constexpr std::array others = {
    std::string_view("login"),      std::string_view("expired"),       std::string_view("forbidden"),
    std::string_view("suppressed"), std::string_view("deleted"),       std::string_view("too-costly"),
    std::string_view("transient"),  std::string_view("exception"),     std::string_view("lock-error"),
    std::string_view("timeout"),    std::string_view("no-store"),      std::string_view("incomplete"),
    std::string_view("throttled"),  std::string_view("informational"),
};

} // namespace

std::string_view name_of(IssueCode code) {
    const auto found = std::ranges::find(words, code, [](const auto& one) { return one.first; });
    return found == words.end() ? "unknown" : found->second;
}

IssueCode issue_code(std::string_view word) {
    if (const auto found = std::ranges::find(words, word, [](const auto& one) { return one.second; });
        found != words.end())
        return found->first;
    return std::ranges::find(others, word) != others.end() ? IssueCode::Other : IssueCode::Unknown;
}

} // namespace net
