// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "kiosk/model/notice.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace kiosk {

/// Why a notice is not shown. For the staff: a code, never its words.
enum class NoticeFault {
    NotJson,
    NotANotice, ///< no CommunicationRequest with an identifier, or doubled members
    NoWords,    ///< title or text missing in the language it is written in
    TooLong,    ///< words, or lists
    NoPeriod,   ///< no end, an end before its beginning, or more than a year long
};

struct ReadNotice {
    Notice notice;
    std::string name; ///< "system|value" of its identifier: what was signed with it
};

inline constexpr std::size_t longest_notice_title = 120, longest_notice_text = 1000; ///< characters

/// A FHIR R4 CommunicationRequest as a notice to the public (hl7.org/fhir/R4/communicationrequest.html):
///   identifier        what it is; the same again replaces it
///   status            active; revoked, completed and entered-in-error withdraw it; anything else is not in force yet
///   category          <base_uri>/CodeSystem/notice-kind: emergency, opening-hours, procedure
///   priority          urgent, asap and stat are urgent
///   language, payload the language; first content: title, second: text; other languages by the translation extension
///   occurrencePeriod  from, until (needed)
///   recipient         Organizations by identifier <base_uri>/sid/body; none: everybody
///   about             Questionnaires by identifier urn:ietf:rfc:3986
/// Addresses in it are words like any other. Pure; reads without recursion, at most 64 KiB.
[[nodiscard]] forms::Result<ReadNotice, NoticeFault> read_notice(std::string_view json, std::string_view base_uri);

} // namespace kiosk
