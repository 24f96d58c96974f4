// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdio>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace card_sample {

inline std::string hexadecimal(std::size_t value, int digits) {
    std::string out(static_cast<std::size_t>(digits), '0');
    for (auto at = out.rbegin(); at != out.rend(); ++at, value /= 16)
        *at = "0123456789ABCDEF"[value % 16];
    return out;
}

/// The personal data file as a card keeps it.
inline std::string file_of(const std::vector<std::string>& fields) {
    std::string body;
    for (const std::string& field : fields)
        body += hexadecimal(field.size(), 2) + field;
    return hexadecimal(body.size(), 6) + body;
}

/// An invented person.
inline std::vector<std::string> rossi() {
    return {"6030", "15062022",         "14062028", "ROSSI", "MARIO", "01011980", "M", "",
            "RSSMRA80A01H501U", "100", "H501",     "",      "",      "H501",     "VIA DI PROVA 1", ""};
}

inline std::span<const std::byte> bytes_of(const std::string& text) { return std::as_bytes(std::span(text)); }

} // namespace card_sample
