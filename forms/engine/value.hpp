// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/calendar.hpp"
#include "forms/base/decimal.hpp"

#include <cstdint>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace forms {

/// Text of an answer. The memory it lives in is chosen by whoever makes it; a plain copy falls back to the default
/// memory, therefore answers are copied with `copy_of`.
using AnswerText = std::pmr::string;

/// FHIR `Coding`. Equal when system and code are: the display is only how it is shown.
struct Coding {
    AnswerText system, code, display;

    friend bool operator==(const Coding& a, const Coding& b) { return a.system == b.system && a.code == b.code; }
};

/// FHIR `Quantity` without comparator. Equal when value, system and code (or, without a code, the unit's text) are.
struct Quantity {
    Decimal value;
    AnswerText unit, system, code;

    friend bool operator==(const Quantity&, const Quantity&);
};

/// What an answer says about a scan; the bytes live elsewhere, in the visit's store, found by `index`.
struct AttachmentRef {
    AnswerText content_type, title;
    AnswerText creation; ///< FHIR dateTime, may be empty
    AnswerText sha1;     ///< base64, as `Attachment.hash`; may be empty
    std::int64_t size = 0;
    int index = 0;  ///< counts from 0, unique in the draft; identical scans differ by it
    AnswerText url; ///< as read from a stored response; empty for a fresh scan

    friend bool operator==(const AttachmentRef& a, const AttachmentRef& b) {
        return a.index == b.index && a.sha1 == b.sha1;
    }
};

/// One typed answer. `AnswerText` serves string, text, url and the free answer of open-choice.
using Value = std::variant<bool, std::int32_t, Decimal, PartialDate, PartialDateTime, TimeOfDay, AnswerText, Coding,
                           Quantity, AttachmentRef>;

/// The same value, every text of it in `memory`.
[[nodiscard]] Value copy_of(const Value& value, std::pmr::memory_resource* memory);
[[nodiscard]] Value text_value(std::string_view text, std::pmr::memory_resource* memory);
[[nodiscard]] Coding coding(std::string_view system, std::string_view code, std::string_view display = {},
                            std::pmr::memory_resource* memory = std::pmr::get_default_resource());

/// Whether a choice may offer such a value at all (R4 `answerOption.value[x]`: integer, date, time, string, Coding).
[[nodiscard]] bool may_be_offered(const Value& value);

/// How two values of comparable types relate; an integer and a decimal compare by number, quantities only with equal
/// units. None when they cannot be put in order (codings, booleans, attachments, mixed types, unclear dates).
enum class Order { Less, Equal, Greater };
[[nodiscard]] std::optional<Order> compare(const Value& a, const Value& b);
/// Equality in the sense of FHIR R4 `enableWhen`: codings by system and code, decimals by value, dates only when
/// they are as precise as each other.
[[nodiscard]] bool same(const Value& a, const Value& b);

} // namespace forms
