// SPDX-License-Identifier: EUPL-1.2
#include "forms/lint/readability.hpp"

#include "forms/base/utf8.hpp"

#include <algorithm>

namespace forms {
namespace {

/// Latin letters and digits: the alphabet in which the index means something.
bool is_letter(char32_t point) {
    const bool ascii =
        (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z') || (point >= '0' && point <= '9');
    const bool accented = point >= 0xC0 && point <= 0x24F && point != 0xD7 && point != 0xF7;
    return ascii || accented;
}

bool ends_sentence(char32_t point) {
    return point == '.' || point == '?' || point == '!' || point == ':' || point == ';' || point == 0x2026;
}

} // namespace

TextCounts& TextCounts::operator+=(const TextCounts& other) {
    letters += other.letters;
    words += other.words;
    sentences += other.sentences;
    longest_sentence = std::max(longest_sentence, other.longest_sentence);
    return *this;
}

TextCounts count_text(std::string_view text) {
    TextCounts counts;
    int words_here = 0;
    bool inside = false;
    const auto end_sentence = [&] {
        if (words_here > 0) ++counts.sentences;
        counts.longest_sentence = std::max(counts.longest_sentence, words_here);
        words_here = 0;
    };
    bool may_end = false; // the last character was one that ends a sentence, if a blank comes now
    while (!text.empty()) {
        const auto point = first_code_point(text);
        text.remove_prefix(point ? point->bytes : 1);
        const char32_t value = point ? point->value : U' ';
        if (value == '\n' || (may_end && (value == ' ' || value == 0xA0))) end_sentence();
        may_end = ends_sentence(value);
        if (!is_letter(value)) {
            inside = false;
            continue;
        }
        ++counts.letters;
        if (!inside) {
            ++counts.words;
            ++words_here;
        }
        inside = true;
    }
    end_sentence();
    return counts;
}

int gulpease(const TextCounts& counts) {
    if (counts.words == 0) return 100;
    return std::clamp(89 + (300 * counts.sentences - 10 * counts.letters) / counts.words, 0, 100);
}

} // namespace forms
