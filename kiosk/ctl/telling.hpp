// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

namespace kiosk {

/// The bytes of a file, up to one more than 16 MiB: larger ones are refused by whoever reads them. None when it cannot
/// be read.
[[nodiscard]] std::optional<std::string> read_form_file(const std::string& name);

/// As a JSON string.
[[nodiscard]] std::string quoted(std::string_view text);

inline constexpr std::string_view mistake = "mistake"; ///< what refuses a form; "warning" and "note" do not

/// One reason of a refusal, or one remark: "file: place: code: words", or a JSON object with the place under its `key`
/// ("pointer", "cell").
struct Told {
    std::string_view file, place, code, link_id, words;
    std::string_view weight = mistake;
    std::string_view key = "pointer";
};
void tell(std::ostream& to, bool json, const Told& told);

} // namespace kiosk
