// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <charconv>
#include <cstddef>
#include <optional>
#include <string_view>
#include <system_error>

namespace kiosk {

/// The number that the text is from its first character to its last; none for anything else.
template <class Number>
std::optional<Number> whole_number(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// "option.12" after "option." is 12; none when the key does not begin so.
inline std::optional<std::size_t> whole_number_after(std::string_view key, std::string_view stem) {
    if (!key.starts_with(stem)) return std::nullopt;
    return whole_number<std::size_t>(key.substr(stem.size()));
}

} // namespace kiosk
