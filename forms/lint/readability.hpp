// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string_view>

namespace forms {

/// What the index of readability is computed from.
struct TextCounts {
    int letters = 0; ///< letters and digits, accents and all; no blanks, no punctuation
    int words = 0;   ///< an apostrophe divides two words: "l'aiuto"
    int sentences = 0;
    int longest_sentence = 0; ///< in words

    /// Texts read one after the other; the last sentence of each ends with it.
    TextCounts& operator+=(const TextCounts& other);
};

/// Counts an Italian text. A sentence ends at . ? ! : ; … before a blank, at a line break, or with the text.
[[nodiscard]] TextCounts count_text(std::string_view text);

/// Gulpease index of an Italian text, 0 to 100: 89 + (300 · sentences − 10 · letters) / words (Lucisano and Piemontese,
/// "GULPEASE: una formula per la predizione della difficoltà dei testi in lingua italiana", 1988). 60 and more is easy
/// for who finished middle school, 80 and more for who finished primary school. 100 when there is nothing to read.
[[nodiscard]] int gulpease(const TextCounts& counts);

} // namespace forms
