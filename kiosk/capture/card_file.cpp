// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/card_file.hpp"

#include "forms/base/utf8.hpp"
#include "forms/italian/fiscal_code.hpp"
#include "kiosk/capture/document.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <variant>

namespace kiosk {
namespace {

using forms::PartialDate;

/// The order in the file.
enum Field : std::size_t {
    Issuer,
    IssuedOn,
    ExpiresOn,
    Family,
    Given,
    BirthDate,
    Sex,
    Height,
    FiscalCodeField,
    Citizenship,
    BirthPlace,
    BirthState,
    BirthCertificate,
    ResidencePlace,
    Residence,
    Expatriation,
    field_count
};

std::optional<std::size_t> hexadecimal(std::string_view digits) {
    std::size_t value = 0;
    for (const char c : digits) {
        if (c >= '0' && c <= '9')
            value = value * 16 + static_cast<std::size_t>(c - '0');
        else if (c >= 'A' && c <= 'F')
            value = value * 16 + static_cast<std::size_t>(c - 'A' + 10);
        else if (c >= 'a' && c <= 'f')
            value = value * 16 + static_cast<std::size_t>(c - 'a' + 10);
        else
            return std::nullopt;
    }
    return value;
}

using Fields = std::array<std::string_view, field_count>;

forms::Result<Fields, CardFileFault> split(std::string_view file) {
    constexpr std::size_t length_digits = 6;
    if (file.size() > most_card_file) return CardFileFault::TooLong;
    if (file.size() < length_digits) return CardFileFault::Truncated;
    const auto declared = hexadecimal(file.substr(0, length_digits));
    if (!declared) return CardFileFault::BadLength;
    file.remove_prefix(length_digits);
    if (*declared > file.size()) return CardFileFault::Truncated;
    file = file.substr(0, *declared);
    Fields fields{};
    std::size_t found = 0;
    for (; found < field_count && !file.empty(); ++found) {
        if (file.size() < 2) return CardFileFault::Truncated;
        const auto length = hexadecimal(file.substr(0, 2));
        if (!length) return CardFileFault::BadLength;
        file.remove_prefix(2);
        if (*length > file.size()) return CardFileFault::Truncated;
        fields[found] = file.substr(0, *length);
        file.remove_prefix(*length);
    }
    if (found <= FiscalCodeField) return CardFileFault::TooShort;
    return fields;
}

std::string as_utf8(std::string_view text) {
    if (forms::is_utf8(text)) return std::string(text);
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            out += c;
        } else {
            out += static_cast<char>(0xC0 | byte >> 6);
            out += static_cast<char>(0x80 | (byte & 0x3F));
        }
    }
    return out;
}

/// None: it holds what no text may hold.
std::optional<std::string> shown(std::string_view raw) {
    const std::string text = as_utf8(raw);
    if (!is_card_text(text)) return std::nullopt;
    return std::string(forms::trimmed(text));
}

/// DDMMYYYY.
std::optional<PartialDate> date_of(const std::string& text) {
    if (text.size() != 8) return std::nullopt;
    for (const char c : text)
        if (c < '0' || c > '9') return std::nullopt;
    return PartialDate::parse(text.substr(4, 4) + "-" + text.substr(2, 2) + "-" + text.substr(0, 2));
}

} // namespace

std::string_view name_of(CardFileFault fault) {
    switch (fault) { // no default: the compiler names the one we forgot
    case CardFileFault::TooLong:
        return "too-long";
    case CardFileFault::Truncated:
        return "truncated";
    case CardFileFault::BadLength:
        return "bad-length";
    case CardFileFault::TooShort:
        return "too-short";
    case CardFileFault::BadText:
        return "bad-text";
    }
    return "bad-text";
}

bool is_card_text(std::string_view text) {
    constexpr std::size_t most = 2 * 255; // of ISO 8859-1 each byte can become two
    if (text.size() > most || !forms::is_utf8(text)) return false;
    for (const char c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return false;
    return forms::shown_text(text) == text;
}

forms::Result<CardFile, CardFileFault> read_card_file(std::span<const std::byte> file) {
    const auto fields = split({reinterpret_cast<const char*>(file.data()), file.size()});
    if (!fields.ok()) return fields.error();
    std::array<std::string, field_count> texts;
    for (std::size_t i = 0; i < field_count; ++i) {
        auto text = shown(fields.value()[i]);
        if (!text) return CardFileFault::BadText;
        texts[i] = *std::move(text);
    }
    CardFile card;
    card.issuer = std::move(texts[Issuer]);
    card.issued_on = date_of(texts[IssuedOn]);
    card.expires_on = date_of(texts[ExpiresOn]);
    card.family = std::move(texts[Family]);
    card.given = std::move(texts[Given]);
    card.birth_date = date_of(texts[BirthDate]);
    if (texts[Sex] == "M" || texts[Sex] == "F") card.sex = std::move(texts[Sex]);
    card.fiscal_code = std::move(texts[FiscalCodeField]);
    card.citizenship = std::move(texts[Citizenship]);
    card.birth_place = std::move(texts[BirthPlace]);
    card.birth_state = std::move(texts[BirthState]);
    card.residence_place = std::move(texts[ResidencePlace]);
    card.residence = std::move(texts[Residence]);
    return card;
}

PersonSeen person_of(const CardFile& file, const forms::PartialDate& today) {
    PersonSeen person;
    // Blanks and small letters are how people type; a card that has them is not one that was issued.
    const std::string& code = file.fiscal_code;
    const bool as_issued = std::all_of(code.begin(), code.end(),
                                       [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
    const auto read = forms::read_fiscal_code(code, today);
    if (as_issued && read.ok() && read.value().check_matches) person.fiscal_code = code;
    person.birth_date = file.birth_date;
    person.family = file.family;
    person.given = file.given;
    person.sex = file.sex;
    person.document_expiry = file.expires_on;
    person.birth_place = file.birth_place;
    return person;
}

} // namespace kiosk
