// SPDX-License-Identifier: EUPL-1.2
// The pictures that accuracy is measured on: frames of 1920 × 1080 with their truth, as many of a kind as are asked
// for. The same use, hardness, kind and number give the same picture on every machine.
#pragma once
#include "kiosk/capture/mrz.hpp"
#include "tests/kiosk/capture/paint.hpp"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace tests {

/// What pictures are looked at for. Whoever changes the reader looks at those for tuning, and never at the others.
enum class SeedUse : std::uint64_t { Tuning = 1, Measuring = 2 };
enum class Hardness : std::uint64_t { Moderate = 0, Hard = 1 };
using PictureKind = std::variant<kiosk::MrzFormat, kiosk::Symbology, std::monostate>; ///< the last: no code, no zone
[[nodiscard]] std::vector<PictureKind> picture_kinds();
[[nodiscard]] std::string name_of(const PictureKind& kind); ///< "zone td1", "code qr-code", "nothing there"

/// Four fields side by side in one number: two different pictures never have the same seed, so what was tuned on is
/// never measured on. Other tests and the training of the reader use seeds below 2^40, which is the lowest one here.
[[nodiscard]] constexpr std::uint64_t picture_seed(SeedUse use, Hardness hardness, std::size_t kind,
                                                   std::uint32_t number) {
    return static_cast<std::uint64_t>(use) << 40 | static_cast<std::uint64_t>(hardness) << 36 |
           static_cast<std::uint64_t>(kind) << 32 | number;
}

struct MeasuredPicture {
    GrayPicture frame;              ///< through a JPEG or PNG file, as everything comes
    std::vector<std::string> lines; ///< of the zone, if there is one
    std::string bytes;              ///< of the code, if there is one
};
[[nodiscard]] MeasuredPicture measured_picture(SeedUse use, Hardness hardness, const PictureKind& kind,
                                               std::uint32_t number);

} // namespace tests
