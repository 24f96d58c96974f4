// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/sandbox/json_text.hpp"
#include "net/sandbox/page/words.hpp"

#include <string>
#include <string_view>

namespace net::sandbox {

/// "22 novembre 2026, ore 09:41", "novembre 2026", "1980": as exact as the FHIR date is, by the clock it was written
/// with. What is no date is returned as it is.
[[nodiscard]] std::string date_text(const Words& words, std::string_view fhir);
/// "22/11/2026 09:41", for tables.
[[nodiscard]] std::string short_date_text(std::string_view fhir);

/// One answer in words: yes/no, a number with its unit, the display of a coding … Attachments give their title.
[[nodiscard]] std::string value_text(const Words& words, const Json& answer);

/// The translation of a text element into a language (R4 extension translation on "_text" beside "text"); empty: none.
[[nodiscard]] std::string translation_of(const Json& owner, std::string_view element, std::string_view language);

/// What a Reference shows to people: its display, else the value of its identifier.
[[nodiscard]] std::string reference_text(const Json* reference);
/// The text of a CodeableConcept, else its first display.
[[nodiscard]] std::string concept_text(const Json* value);

} // namespace net::sandbox
