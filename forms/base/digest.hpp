// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace forms {

using Sha1 = std::array<std::uint8_t, 20>;
using Sha256 = std::array<std::uint8_t, 32>;

/// SHA-1, only where a standard wants it: UUIDs of version 5 (RFC 4122 §4.3) and `Attachment.hash` (FHIR R4).
[[nodiscard]] Sha1 sha1(std::string_view bytes);
/// SHA-256 (FIPS 180-4): what identifies the exact bytes of a definition.
[[nodiscard]] Sha256 sha256(std::string_view bytes);

[[nodiscard]] std::string hex(std::span<const std::uint8_t> bytes);    ///< lower case
[[nodiscard]] std::string base64(std::span<const std::uint8_t> bytes); ///< RFC 4648 §4, with padding

} // namespace forms
