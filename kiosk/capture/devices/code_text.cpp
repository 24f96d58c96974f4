// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/devices/code_text.hpp"

#include <utility>

namespace kiosk {
namespace {

bool allowed(char byte) {
    const auto value = static_cast<unsigned char>(byte);
    return (value >= 0x20 && value != 0x7F) || value == 0x04 || value == 0x1D || value == 0x1E || value == 0x1F;
}

} // namespace

std::optional<CodeText::Ended> CodeText::add(char byte) {
    if (byte == '\r' || byte == '\n') return end();
    if (++bytes_ > most_code_bytes || !allowed(byte)) bad_ = true;
    if (bad_)
        text_.clear();
    else
        text_ += byte;
    return std::nullopt;
}

std::optional<CodeText::Ended> CodeText::end() {
    if (!begun()) return std::nullopt;
    Ended ended{std::exchange(text_, {}), bytes_};
    forget();
    return ended;
}

void CodeText::forget() {
    text_.clear();
    bytes_ = 0;
    bad_ = false;
}

} // namespace kiosk
