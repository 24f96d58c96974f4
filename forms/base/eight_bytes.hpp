// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace forms {

/// Eight bytes of a text, looked at together: most of a text asks for nothing to be done, and the rest can wait.
class EightBytes {
public:
    /// `text` has eight bytes or more.
    explicit EightBytes(const char* text) { std::memcpy(&bytes_, text, sizeof bytes_); }

    /// How many of them, from the first on, are printable ASCII and neither quote nor backslash: what a text in JSON
    /// may hold as it is.
    [[nodiscard]] std::size_t plain_text() const {
        // A borrow goes upwards only: above the first byte that is found more may seem to be, below it none.
        const auto below = [](std::uint64_t bytes, unsigned char bound) { return (bytes - each(bound)) & ~bytes; };
        const std::uint64_t found = bytes_ | below(bytes_, 0x20) | below(bytes_ ^ each('"'), 1) |
                                    below(bytes_ ^ each('\\'), 1);
        return static_cast<std::size_t>(std::countr_zero(found & each(0x80))) / 8; // 64 / 8 where there is none
    }

    [[nodiscard]] std::size_t count(char c) const {
        // The top bit of a byte stays clear only where it equals c: no carry goes from one byte to the next.
        const std::uint64_t other = bytes_ ^ each(static_cast<unsigned char>(c));
        const std::uint64_t unequal = ((other & each(0x7F)) + each(0x7F)) | other;
        return static_cast<std::size_t>(((~unequal & each(0x80)) >> 7) * each(1) >> 56);
    }

private:
    static_assert(std::endian::native == std::endian::little, "the first byte is taken for the lowest");
    [[nodiscard]] static constexpr std::uint64_t each(unsigned char byte) { return 0x0101010101010101u * byte; }
    std::uint64_t bytes_ = 0;
};

} // namespace forms
