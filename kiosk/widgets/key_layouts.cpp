// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/widgets/key_layouts.hpp"

#include <algorithm>
#include <cstddef>

namespace kiosk {
namespace {

/// Letters given with blanks between them.
KeyRow letters(std::string_view text) {
    KeyRow row;
    while (!text.empty()) {
        const std::size_t blank = std::min(text.find(' '), text.size());
        row.push_back({KeyDoes::Type, std::string(text.substr(0, blank)), 1});
        text.remove_prefix(std::min(blank + 1, text.size()));
    }
    return row;
}

KeyCap cap(KeyDoes does, float width) { return {does, {}, width}; }

bool starts_with_language(std::string_view tag, std::string_view language) {
    return tag.substr(0, tag.find('-')) == language;
}

struct Letters {
    std::string_view accents, first, second, third;
    std::string_view accents_up, first_up, second_up, third_up;
};

constexpr Letters italian{"à è é ì ò ù", "q w e r t y u i o p", "a s d f g h j k l '", "z x c v b n m",
                          "À È É Ì Ò Ù", "Q W E R T Y U I O P", "A S D F G H J K L '", "Z X C V B N M"};
constexpr Letters french{"é è ê ë à â ç ô ù û î ï œ", "a z e r t y u i o p", "q s d f g h j k l m", "w x c v b n '",
                         "É È Ê Ë À Â Ç Ô Ù Û Î Ï Œ", "A Z E R T Y U I O P", "Q S D F G H J K L M", "W X C V B N '"};
constexpr Letters english{"", "q w e r t y u i o p", "a s d f g h j k l '", "z x c v b n m",
                          "", "Q W E R T Y U I O P", "A S D F G H J K L '", "Z X C V B N M"};
constexpr Letters arabic{"أ إ آ ء ئ ؤ ى ة ّ", "ض ص ث ق ف غ ع ه خ ح ج", "ش س ي ب ل ا ت ن م ك ط", "ذ د ز ر و ظ لا",
                         "أ إ آ ء ئ ؤ ى ة ّ", "ض ص ث ق ف غ ع ه خ ح ج", "ش س ي ب ل ا ت ن م ك ط", "ذ د ز ر و ظ لا"};
/// Letters of the names of people who come from elsewhere.
constexpr std::string_view foreign = "á ã ä ă ç č ë í ñ ó ö ø š ș ț ú ü ý ž ß";
constexpr std::string_view foreign_up = "Á Ã Ä Ă Ç Č Ë Í Ñ Ó Ö Ø Š Ș Ț Ú Ü Ý Ž ß";

const Letters& letters_of(const KeyboardState& state) {
    if (starts_with_language(state.language, "fr")) return french;
    if (starts_with_language(state.language, "en")) return english;
    if (starts_with_language(state.language, "ar") && !state.latin) return arabic;
    return italian;
}

KeyRow bottom_row(const KeyboardState& state, std::string_view before, std::string_view after) {
    KeyRow row{cap(KeyDoes::Symbols, 1.5F)};
    if (has_own_script(state.language)) row.push_back(cap(KeyDoes::Script, 1.5F));
    float used = 1.5F + (row.size() > 1 ? 1.5F : 0);
    for (KeyCap& key : letters(before))
        row.push_back(key), used += 1;
    const KeyRow behind = letters(after);
    used += static_cast<float>(behind.size()) + 1.5F + (state.lines ? 1.5F : 0);
    row.push_back(cap(KeyDoes::Space, std::max(2.0F, 10 - used)));
    row.insert(row.end(), behind.begin(), behind.end());
    if (state.lines) row.push_back(cap(KeyDoes::Enter, 1.5F));
    row.push_back(cap(KeyDoes::Hide, 1.5F));
    return row;
}

std::vector<KeyRow> letter_rows(const KeyboardState& state) {
    const Letters& set = letters_of(state);
    std::vector<KeyRow> rows;
    if (!set.accents.empty()) rows.push_back(letters(state.shift ? set.accents_up : set.accents));
    rows.push_back(letters(state.shift ? set.first_up : set.first));
    rows.push_back(letters(state.shift ? set.second_up : set.second));
    KeyRow third;
    const bool cased = &set != &arabic;
    if (cased) third.push_back(cap(KeyDoes::Shift, 1.5F));
    for (KeyCap& key : letters(state.shift ? set.third_up : set.third))
        third.push_back(key);
    third.push_back(cap(KeyDoes::Erase, cased ? 1.5F : 2.0F));
    rows.push_back(std::move(third));
    rows.push_back(&set == &arabic ? bottom_row(state, "،", ". -") : bottom_row(state, ",", ". -"));
    return rows;
}

std::vector<KeyRow> symbol_rows(const KeyboardState& state) {
    const bool arabic_script = has_own_script(state.language) && !state.latin;
    std::vector<KeyRow> rows{letters("1 2 3 4 5 6 7 8 9 0")};
    rows.push_back(letters("@ # / ( ) & + = \" €"));
    KeyRow marks = letters(arabic_script ? "؟ ؛ : ! ? ; _ %" : "' : ; ! ? _ % °");
    marks.push_back(cap(KeyDoes::Erase, 2));
    rows.push_back(std::move(marks));
    const KeyRow strange = letters(state.shift ? foreign_up : foreign);
    const auto half = static_cast<KeyRow::difference_type>(strange.size() / 2);
    if (!arabic_script) {
        rows.emplace_back(strange.begin(), strange.begin() + half);
        rows.emplace_back(strange.begin() + half, strange.end());
    }
    KeyRow last{cap(KeyDoes::Symbols, 1.5F)};
    if (!arabic_script) last.push_back(cap(KeyDoes::Shift, 1.5F));
    last.push_back(cap(KeyDoes::Left, 1));
    last.push_back(cap(KeyDoes::Right, 1));
    last.push_back(cap(KeyDoes::Space, arabic_script ? 4 : 2.5F));
    for (KeyCap& key : letters(". -"))
        last.push_back(key);
    last.push_back(cap(KeyDoes::Hide, 1.5F));
    rows.push_back(std::move(last));
    return rows;
}

std::vector<KeyRow> pad_rows(const KeyboardState& state) {
    std::vector<KeyRow> rows{letters("1 2 3"), letters("4 5 6"), letters("7 8 9")};
    switch (state.kind) {
    case Keyboard::Decimal: {
        const bool point = starts_with_language(state.language, "en");
        rows.push_back(letters(point ? ". 0" : ", 0"));
        rows.back().push_back(cap(KeyDoes::Erase, 1));
        rows.push_back({cap(KeyDoes::Left, 1), cap(KeyDoes::Right, 1), cap(KeyDoes::Hide, 1)});
        break;
    }
    case Keyboard::Phone:
        rows.push_back(letters("+ 0"));
        rows.back().push_back(cap(KeyDoes::Erase, 1));
        rows.push_back({cap(KeyDoes::Space, 2), cap(KeyDoes::Hide, 1)});
        break;
    default:
        rows.push_back({cap(KeyDoes::Hide, 1), {KeyDoes::Type, "0", 1}, cap(KeyDoes::Erase, 1)});
        break;
    }
    return rows;
}

std::vector<KeyRow> email_rows(const KeyboardState& state) {
    const Letters& set = starts_with_language(state.language, "fr") ? french : english;
    std::vector<KeyRow> rows{letters("1 2 3 4 5 6 7 8 9 0"), letters(set.first)};
    KeyRow second = letters(set.second);
    KeyRow third = letters(set.third);
    for (KeyRow* row : {&second, &third})
        if (row->back().types == "'") row->pop_back();
    second.push_back({KeyDoes::Type, "_", 1});
    third.insert(third.begin(), {KeyDoes::Type, "+", 1});
    third.push_back(cap(KeyDoes::Erase, 1.5F));
    rows.push_back(std::move(second));
    rows.push_back(std::move(third));
    rows.push_back({{KeyDoes::Type, "@", 2},
                    {KeyDoes::Type, ".", 1.5F},
                    {KeyDoes::Type, "-", 1.5F},
                    {KeyDoes::Type, ".it", 1.5F},
                    {KeyDoes::Type, ".com", 1.5F},
                    cap(KeyDoes::Hide, 1.5F)});
    return rows;
}

std::vector<KeyRow> code_rows(const KeyboardState& state) {
    const Letters& set = starts_with_language(state.language, "fr") ? french : english;
    std::vector<KeyRow> rows{letters("1 2 3 4 5 6 7 8 9 0"), letters(set.first_up)};
    KeyRow second = letters(set.second_up);
    KeyRow third = letters(set.third_up);
    for (KeyRow* row : {&second, &third})
        if (row->back().types == "'") row->pop_back();
    third.push_back(cap(KeyDoes::Erase, 2));
    rows.push_back(std::move(second));
    rows.push_back(std::move(third));
    rows.push_back({cap(KeyDoes::Left, 1.5F),
                    cap(KeyDoes::Right, 1.5F),
                    {KeyDoes::Type, "-", 1},
                    {KeyDoes::Type, "/", 1},
                    cap(KeyDoes::Space, 3),
                    cap(KeyDoes::Hide, 1.5F)});
    return rows;
}

} // namespace

bool has_own_script(std::string_view language) { return starts_with_language(language, "ar"); }

std::vector<KeyRow> key_rows(const KeyboardState& state) {
    switch (state.kind) {
    case Keyboard::Letters:
        return state.symbols ? symbol_rows(state) : letter_rows(state);
    case Keyboard::Digits:
    case Keyboard::Decimal:
    case Keyboard::Date:
    case Keyboard::Phone:
        return pad_rows(state);
    case Keyboard::Email:
        return email_rows(state);
    case Keyboard::Code:
        return code_rows(state);
    }
    return {};
}

} // namespace kiosk
