// SPDX-License-Identifier: EUPL-1.2
#include "forms/italian/fold.hpp"

#include "forms/base/utf8.hpp"

#include <array>
#include <cstdint>
#include <cstring>

namespace forms {
namespace {

struct Range {
    char32_t first, last;
    const char* plain;
};

// Latin-1 and Latin Extended-A, and the Romanian letters with a comma below. Sorted.
constexpr Range latin[] = {
    {0x00AA, 0x00AA, "a"},  {0x00BA, 0x00BA, "o"},  {0x00C0, 0x00C5, "a"},  {0x00C6, 0x00C6, "ae"},
    {0x00C7, 0x00C7, "c"},  {0x00C8, 0x00CB, "e"},  {0x00CC, 0x00CF, "i"},  {0x00D0, 0x00D0, "d"},
    {0x00D1, 0x00D1, "n"},  {0x00D2, 0x00D6, "o"},  {0x00D8, 0x00D8, "o"},  {0x00D9, 0x00DC, "u"},
    {0x00DD, 0x00DD, "y"},  {0x00DE, 0x00DE, "th"}, {0x00DF, 0x00DF, "ss"}, {0x00E0, 0x00E5, "a"},
    {0x00E6, 0x00E6, "ae"}, {0x00E7, 0x00E7, "c"},  {0x00E8, 0x00EB, "e"},  {0x00EC, 0x00EF, "i"},
    {0x00F0, 0x00F0, "d"},  {0x00F1, 0x00F1, "n"},  {0x00F2, 0x00F6, "o"},  {0x00F8, 0x00F8, "o"},
    {0x00F9, 0x00FC, "u"},  {0x00FD, 0x00FD, "y"},  {0x00FE, 0x00FE, "th"}, {0x00FF, 0x00FF, "y"},
    {0x0100, 0x0105, "a"},  {0x0106, 0x010D, "c"},  {0x010E, 0x0111, "d"},  {0x0112, 0x011B, "e"},
    {0x011C, 0x0123, "g"},  {0x0124, 0x0127, "h"},  {0x0128, 0x0131, "i"},  {0x0132, 0x0133, "ij"},
    {0x0134, 0x0135, "j"},  {0x0136, 0x0138, "k"},  {0x0139, 0x0142, "l"},  {0x0143, 0x014B, "n"},
    {0x014C, 0x0151, "o"},  {0x0152, 0x0153, "oe"}, {0x0154, 0x0159, "r"},  {0x015A, 0x0161, "s"},
    {0x0162, 0x0167, "t"},  {0x0168, 0x0173, "u"},  {0x0174, 0x0175, "w"},  {0x0176, 0x0178, "y"},
    {0x0179, 0x017E, "z"},  {0x017F, 0x017F, "s"},  {0x0218, 0x0219, "s"},  {0x021A, 0x021B, "t"},
    {0x1E9E, 0x1E9E, "ss"},
};

const char* plain_letter(char32_t c) {
    for (const Range& range : latin) {
        if (c < range.first) return nullptr;
        if (c <= range.last) return range.plain;
    }
    return nullptr;
}

/// Letters that many people write without their hamza, dots or tail; Persian keyboards have their own yeh and kaf.
const char* plain_arabic(char32_t c) {
    switch (c) {
    case 0x0622: // with madda
    case 0x0623: // with hamza above
    case 0x0625: // with hamza below
    case 0x0671: // wasla
        return "ا";
    case 0x0629: // teh marbuta
        return "ه";
    case 0x0649: // alef maksura
    case 0x06CC:
        return "ي";
    case 0x06A9:
        return "ك";
    default:
        return nullptr;
    }
}

/// Accents, Arabic vowel signs, and the stroke that only lengthens an Arabic word.
bool is_left_out(char32_t c) {
    return (c >= 0x0300 && c <= 0x036F) || (c >= 0x064B && c <= 0x0652) || c == 0x0670 || c == 0x0640;
}

/// Not exact for every script of the world; enough to divide what people type into words.
bool divides_words(char32_t c) {
    return c < 0x00C0 || c == 0x00D7 || c == 0x00F7 || (c >= 0x02B0 && c <= 0x02FF) || (c >= 0x2000 && c <= 0x206F) ||
           (c >= 0x3000 && c <= 0x303F) || c == 0x060C || c == 0x061B || c == 0x061F || c == 0xFEFF;
}

class Writer {
public:
    explicit Writer(std::span<char> out) : out_(out) {}

    /// False when there is no room left.
    bool letters(std::string_view bytes) {
        const std::size_t needed = bytes.size() + (blank_waits_ && used_ > 0 ? 1 : 0);
        if (out_.size() - used_ < needed) return false;
        if (blank_waits_ && used_ > 0) out_[used_++] = ' ';
        blank_waits_ = false;
        std::memcpy(out_.data() + used_, bytes.data(), bytes.size());
        used_ += bytes.size();
        return true;
    }
    void blank() { blank_waits_ = true; }
    [[nodiscard]] std::size_t used() const { return used_; }

private:
    std::span<char> out_;
    std::size_t used_ = 0;
    bool blank_waits_ = false;
};

} // namespace

std::size_t fold_into(std::string_view text, std::span<char> out) {
    Writer writer(out);
    while (!text.empty()) {
        const char byte = text.front();
        if (static_cast<unsigned char>(byte) < 0x80) {
            text.remove_prefix(1);
            const bool upper = byte >= 'A' && byte <= 'Z';
            const char lower = upper ? static_cast<char>(byte - 'A' + 'a') : byte;
            if ((lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9')) {
                if (!writer.letters({&lower, 1})) break;
            } else {
                writer.blank();
            }
            continue;
        }
        const auto point = first_code_point(text);
        if (!point) {
            writer.blank();
            text.remove_prefix(1);
            continue;
        }
        const std::string_view bytes = text.substr(0, point->bytes);
        text.remove_prefix(point->bytes);
        if (is_left_out(point->value)) continue;
        const char* plain = plain_letter(point->value);
        if (plain == nullptr) plain = plain_arabic(point->value);
        if (plain != nullptr) {
            if (!writer.letters(plain)) break;
        } else if (divides_words(point->value)) {
            writer.blank();
        } else if (!writer.letters(bytes)) {
            break;
        }
    }
    return writer.used();
}

} // namespace forms
