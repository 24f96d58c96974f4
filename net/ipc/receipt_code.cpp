// SPDX-License-Identifier: EUPL-1.2
#include "net/ipc/receipt_code.hpp"

#include "forms/base/digest.hpp"

namespace net {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view use = "sportello receipt code 1";
constexpr std::size_t length = 8;

} // namespace

std::string receipt_code(const forms::Uuid& request) {
    std::string text(use);
    for (const std::uint8_t byte : request.bytes())
        text += static_cast<char>(byte);
    const auto hash = forms::sha256(text);
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 5; ++i)
        bits = bits << 8 | hash[i];
    std::string code(length, '0');
    for (std::size_t i = length; i-- > 0; bits >>= 5)
        code[i] = alphabet[bits & 31];
    return code;
}

std::string shown_receipt_code(std::string_view code) {
    if (code.size() != length) return std::string(code);
    return std::string(code.substr(0, 4)) + "-" + std::string(code.substr(4));
}

std::optional<std::string> read_receipt_code(std::string_view typed) {
    std::string code;
    for (char c : typed) {
        if (c == ' ' || c == '-') continue;
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (c == 'O') c = '0';
        if (c == 'I' || c == 'L') c = '1';
        if (alphabet.find(c) == std::string_view::npos || code.size() == length) return std::nullopt;
        code += c;
    }
    if (code.size() != length) return std::nullopt;
    return code;
}

} // namespace net
