// SPDX-License-Identifier: EUPL-1.2
#include "forms/base/uuid.hpp"

#include "forms/base/digest.hpp"

#include <algorithm>

namespace forms {
namespace {

constexpr std::array<std::size_t, 4> hyphens{8, 13, 18, 23};

int nibble(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

Uuid::Bytes stamped(Uuid::Bytes bytes, int version) {
    bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0F) | (version << 4));
    bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3F) | 0x80);
    return bytes;
}

} // namespace

std::optional<Uuid> Uuid::parse(std::string_view text) {
    if (text.size() != 36) return std::nullopt;
    Bytes bytes{};
    std::size_t at = 0;
    for (std::size_t i = 0; i < text.size();) {
        if (std::find(hyphens.begin(), hyphens.end(), i) != hyphens.end()) {
            if (text[i] != '-') return std::nullopt;
            ++i;
            continue;
        }
        const int high = nibble(text[i]);
        const int low = nibble(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes[at++] = static_cast<std::uint8_t>(high * 16 + low);
        i += 2;
    }
    return Uuid(bytes);
}

Uuid Uuid::from_random(Bytes bytes) { return Uuid(stamped(bytes, 4)); }

Uuid Uuid::named(const Uuid& space, std::string_view name) {
    std::string input(space.bytes_.begin(), space.bytes_.end());
    input += name;
    const Sha1 digest = sha1(input);
    Bytes bytes{};
    std::copy_n(digest.begin(), bytes.size(), bytes.begin());
    return Uuid(stamped(bytes, 5));
}

std::string Uuid::text() const {
    const std::string digits = hex(bytes_);
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i == 8 || i == 12 || i == 16 || i == 20) out += '-';
        out += digits[i];
    }
    return out;
}

} // namespace forms
