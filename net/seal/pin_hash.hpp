// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace net {

/// Argon2id (RFC 9106) with a fresh salt, as the text that libsodium checks again ("$argon2id$v=19$…"): 2 passes over
/// 64 MiB, some 0.2 s of one core. Six digits are a million: whoever takes the file home tries them all in days,
/// whatever the cost of one; the file is therefore for this user alone, and the pauses and the lock guard the screen.
/// Nothing when there is not memory enough.
[[nodiscard]] std::optional<std::string> hash_pin(std::string_view pin);

/// Compares in constant time. False, at once, for a text that is no such hash.
[[nodiscard]] bool pin_matches(std::string_view hash, std::string_view pin);

} // namespace net
