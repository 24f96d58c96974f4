// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace kiosk {

/// A request's number as people meet it on the receipt, at the desk and in `sportelloctl`: "A-00042".
[[nodiscard]] inline std::string receipt_number(std::string_view prefix, std::uint64_t number) {
    std::string digits = std::to_string(number);
    if (digits.size() < 5) digits.insert(0, 5 - digits.size(), '0');
    return std::string(prefix) + "-" + digits;
}

} // namespace kiosk
