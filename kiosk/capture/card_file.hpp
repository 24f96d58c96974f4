// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/calendar.hpp"
#include "forms/base/result.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace kiosk {

struct PersonSeen; // kiosk/capture/document.hpp

/// EF_Dati_Personali of a Carta Nazionale dei Servizi (3F00/1100/1102), readable without a PIN: what the card says of its
/// holder. Texts are UTF-8, safe to show, trimmed; empty where the card says nothing. No date that does not exist.
struct CardFile {
    std::string issuer;
    std::optional<forms::PartialDate> issued_on, expires_on;
    std::string family, given;
    std::optional<forms::PartialDate> birth_date;
    std::string sex;                        ///< "M", "F" or empty
    std::string fiscal_code;                ///< 16 or 11 characters, not checked yet
    std::string citizenship;                ///< code as written
    std::string birth_place;                ///< cadastral code: "H501"
    std::string birth_state;                ///< code as written
    std::string residence_place, residence; ///< cadastral code; street and number
    bool operator==(const CardFile&) const = default;
};

enum class CardFileFault {
    TooLong,   ///< more than `most_card_file`
    Truncated, ///< a length points past the bytes that were read
    BadLength, ///< a length that is not written in hexadecimal digits
    TooShort,  ///< ends before the codice fiscale: this is another file
    BadText,   ///< control characters in a text
};
[[nodiscard]] std::string_view name_of(CardFileFault fault); ///< "bad-length"

/// The largest file that is read from a card, its length word included. Real ones have 384 bytes at most.
inline constexpr std::size_t most_card_file = 400;

/// Six hexadecimal digits: the length of what follows. Then fields: two hexadecimal digits, so many bytes. What a card
/// declares is measured against the bytes that are there; bytes after the declared length are padding, fields after
/// the known ones are passed over. A text that is not UTF-8 is ISO 8859-1. Hostile input: called in a decoder.
[[nodiscard]] forms::Result<CardFile, CardFileFault> read_card_file(std::span<const std::byte> file);

/// UTF-8 that may stand in a `CardFile`: safe to show, and no longer than a field of a card.
[[nodiscard]] bool is_card_text(std::string_view text);

/// What it proposes. A codice fiscale whose check is wrong stays empty, as every field whose check fails.
[[nodiscard]] PersonSeen person_of(const CardFile& file, const forms::PartialDate& today);

} // namespace kiosk
