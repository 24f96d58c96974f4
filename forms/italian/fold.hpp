// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstddef>
#include <span>
#include <string_view>

namespace forms {

/// Writes `text` as words that can be compared: lower case, Latin letters without accents ("Forlì" → "forli",
/// "Völs" → "vols", "Weinstraße" → "weinstrasse"), Arabic ones without vowel
/// signs and with one shape for those that people write in several ways ("إيطاليا" → "ايطاليا"), everything that is
/// neither letter nor digit as one blank
/// ("Sant'Agata de' Goti" → "sant agata de goti"). Other scripts stay as they are. Returns the bytes written; stops
/// when `out` is full, never in the middle of a character. Bytes that are no UTF-8 count as blanks.
/// Needs no memory of its own, because what is compared was typed by a citizen.
std::size_t fold_into(std::string_view text, std::span<char> out);

} // namespace forms
