// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kiosk {

/// Where a bar-code reader of the HID point-of-sale kind (usage page 8Ch, HID Usage Tables) puts a code in its reports.
struct CodeReport {
    std::uint8_t id = 0; ///< 0: reports have no id byte
    struct Field {
        std::size_t bit = 0, bits = 0; ///< from the beginning of the report, its id byte included
    };
    Field data;                     ///< usage 8C:FE, decoded data: whole bytes
    std::optional<Field> length;    ///< usage 01:3B, byte count
    std::optional<Field> continued; ///< usage 8C:FF: more of this code follows in the next report
};

/// The reports of a device that carry codes; empty: it is no bar-code reader, however it calls itself. A reader that
/// poses as a keyboard has none. The descriptor comes from the device: hostile, bounded, never trusted for a length.
[[nodiscard]] std::vector<CodeReport> code_reports(std::span<const std::uint8_t> descriptor);

struct CodePart {
    std::string bytes;
    bool more = false;
};
/// Nothing: a report of another kind (status, battery), or one too short for what its descriptor promised.
[[nodiscard]] std::optional<CodePart> code_in(std::span<const CodeReport> reports, std::span<const std::uint8_t> report);

} // namespace kiosk
