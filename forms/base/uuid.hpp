// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace forms {

/// A UUID (RFC 4122). Random ones (v4) are made only in the mains' wiring; parts of a request get name-based ones (v5),
/// so that building the same request twice gives the same bytes.
class Uuid {
public:
    using Bytes = std::array<std::uint8_t, 16>;

    Uuid() = default; ///< the nil UUID
    explicit Uuid(const Bytes& bytes) : bytes_(bytes) {}

    /// 36 characters with hyphens, any case; anything else is refused.
    [[nodiscard]] static std::optional<Uuid> parse(std::string_view text);
    /// Sets version 4 and the variant on 16 random bytes.
    [[nodiscard]] static Uuid from_random(Bytes bytes);
    /// RFC 4122 §4.3 with SHA-1.
    [[nodiscard]] static Uuid named(const Uuid& space, std::string_view name);

    [[nodiscard]] std::string text() const; ///< lower case, with hyphens
    [[nodiscard]] const Bytes& bytes() const { return bytes_; }
    [[nodiscard]] bool nil() const { return bytes_ == Bytes{}; }

    auto operator<=>(const Uuid&) const = default;

private:
    Bytes bytes_{};
};

} // namespace forms
