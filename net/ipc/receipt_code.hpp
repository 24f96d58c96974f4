// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/uuid.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace net {

/// What a receipt says beside its number, so that nobody can ask for somebody else's request by counting: eight
/// characters that follow from the request's id (122 random bits) by SHA-256, and from which nothing of the id follows.
/// Whoever scans the receipt's QR code has the id itself. Nothing more has to be stored, here or over there.
/// 40 bits; guesses are counted where they are judged. Alphabet: Crockford's base 32, without I, L, O, U.
[[nodiscard]] std::string receipt_code(const forms::Uuid& request);
/// "7K3P-9XQ2": as it is shown.
[[nodiscard]] std::string shown_receipt_code(std::string_view code);
/// What somebody typed: case, spaces and hyphens do not matter, O is 0, I and L are 1. Nothing when it is no such code.
[[nodiscard]] std::optional<std::string> read_receipt_code(std::string_view typed);

} // namespace net
