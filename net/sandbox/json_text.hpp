// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace net::sandbox {

/// Keeps the order of the members: what is served is what was sent.
using Json = nlohmann::ordered_json;

enum class JsonFault {
    NotJson,            ///< not JSON, not UTF-8, or a number no double can hold
    TooDeep,            ///< more than `deepest_json` levels
    TooWide,            ///< more than `widest_object` members in one object
    DoubledKey,         ///< RFC 8259 leaves it open what that means, so it is refused
    ForbiddenCharacter, ///< a control character FHIR does not allow in a string
};

inline constexpr std::size_t deepest_json = 256;
inline constexpr std::size_t widest_object = 256;

/// Checks depth, width and doubled members while reading, so nothing unbounded is ever built.
/// Numbers with a fraction or an exponent keep the digits they were written with (FHIR R4 §decimal): see
/// `decimal_text`.
forms::Result<Json, JsonFault> read_json(std::string_view text);

/// The opposite of `read_json`; `pretty` puts two spaces per level.
[[nodiscard]] std::string write_json(const Json& value, bool pretty = false);

/// True for a number, whole or not.
[[nodiscard]] bool is_number(const Json& value);
/// The digits of a number, as sent: "1.50". Empty for anything else.
[[nodiscard]] std::string decimal_text(const Json& value);

/// The member if it is there and is a string, else empty.
[[nodiscard]] std::string text_of(const Json& object, std::string_view member);
/// The member if it is there, else nullptr. Any JSON value may be asked.
[[nodiscard]] const Json* member_of(const Json& object, std::string_view member);

} // namespace net::sandbox
