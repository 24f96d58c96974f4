// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "kiosk/text/direction.hpp"
#include "kiosk/text/text_keys.hpp" // enum class Text, written by the build from assets/lang/it.json

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

enum class WordsError {
    UnknownLanguage, ///< there is no assets/lang/<language>.json in this build
};

/// What replaces `{name}` in a text. The value is put in as it is and never searched for placeholders again.
struct WordsArgument {
    std::string_view name;
    std::string_view value;
};

/// The words of the program's own screens in one language. A key that does not exist does not compile; a text that a
/// language lacks is taken from Italian, the source language (a test keeps that from shipping).
/// Cheap to copy. Thread: any; immutable. Returned views live as long as the program.
class Words {
public:
    /// `language`: BCP 47; a region is ignored ("it-CH" gives "it").
    [[nodiscard]] static forms::Result<Words, WordsError> load(std::string_view language);

    [[nodiscard]] std::string_view language() const; ///< "it"
    [[nodiscard]] Direction direction() const;

    /// The text as written, placeholders included.
    [[nodiscard]] std::string_view get(Text text) const;
    /// The text with its placeholders filled in. A placeholder without an argument stays visible: `{name}`.
    /// A value that runs against the language's direction is put between U+2068 and U+2069, so that it stays in one
    /// piece.
    [[nodiscard]] std::string get(Text text, std::initializer_list<WordsArgument> arguments) const;
    /// The form of the text that belongs to the number (Unicode CLDR plural categories; keys `x.one`, `x.few`,
    /// `x.many`, `x.other` …), with `{count}` and the arguments filled in.
    [[nodiscard]] std::string count(Text text, std::uint64_t number,
                                    std::initializer_list<WordsArgument> arguments = {}) const;

    /// What a language is called in this one: "francese". Of a language that this build does not have, its code.
    [[nodiscard]] std::string_view name_of(std::string_view language) const;

private:
    explicit Words(std::size_t catalogue) : catalogue_(catalogue) {}
    std::size_t catalogue_;
};

/// Languages of this build, Italian first, then in alphabetical order of their codes.
[[nodiscard]] std::span<const std::string_view> languages();

/// The language's name in itself: "العربية". Its own code when this build does not have it.
[[nodiscard]] std::string_view own_name(std::string_view language);

/// By the language's usual script. Unknown ones run left to right.
[[nodiscard]] Direction direction(std::string_view language);

/// Unicode CLDR 42 categories of cardinal numbers.
enum class Plural { Zero, One, Two, Few, Many, Other };
[[nodiscard]] Plural plural(std::string_view language, std::uint64_t number);

/// What is wrong in the catalogues, for the test and the technician: "fr receipt.thanks: missing".
/// Looks for missing keys, missing plural forms and placeholders that differ from the Italian ones.
[[nodiscard]] std::vector<std::string> catalogue_mistakes();

} // namespace kiosk
