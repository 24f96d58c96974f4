// SPDX-License-Identifier: EUPL-1.2
// Whatever a card answers: a refusal, or texts that are safe to show and dates that exist.
#include "forms/base/utf8.hpp"
#include "kiosk/capture/card_file.hpp"
#include "kiosk/capture/document.hpp"

#include <cstdint>
#include <cstdlib>
#include <vector>

namespace {

void must(bool promise) {
    if (!promise) std::abort();
}

void must_be_safe(const std::string& text) {
    must(text.size() <= 2 * 255); // each byte of a field can become two
    must(forms::is_utf8(text) && forms::shown_text(text) == text);
    for (const char c : text)
        must(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    // A copy of the very size, so that the sanitizer sees a byte read past the end.
    const std::vector<std::uint8_t> file(bytes, bytes + size);
    const auto read = kiosk::read_card_file(std::as_bytes(std::span(file)));
    if (!read.ok()) {
        must(!kiosk::name_of(read.error()).empty());
        return 0;
    }
    must(size <= kiosk::most_card_file);
    const kiosk::CardFile& card = read.value();
    for (const std::string* const text :
         {&card.issuer, &card.family, &card.given, &card.sex, &card.fiscal_code, &card.citizenship, &card.birth_place,
          &card.birth_state, &card.residence_place, &card.residence})
        must_be_safe(*text);
    for (const auto* const date : {&card.issued_on, &card.expires_on, &card.birth_date})
        must(!*date || (*date)->complete());
    const kiosk::PersonSeen person = kiosk::person_of(card, forms::PartialDate{2026, 11, 22});
    must(person.fiscal_code.empty() || person.fiscal_code == card.fiscal_code);
    return 0;
}
