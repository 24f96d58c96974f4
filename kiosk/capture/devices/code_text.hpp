// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/capture/readout.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace kiosk {

/// Puts together what a bar-code reader sends, byte by byte, until a carriage return or line feed, or until its owner says
/// that nothing follows. A code with control characters, other than the separators of formats we read (1D, 1E, 1F, and
/// 04 at the end), or longer than `most_code_bytes` is dropped as a whole: half a code reads as another.
class CodeText {
public:
    /// A code that has ended. `text` is empty where it was dropped; `bytes` is how many came.
    struct Ended {
        std::string text;
        std::size_t bytes = 0;
    };
    /// Nothing: more must come. Empty lines are passed over.
    [[nodiscard]] std::optional<Ended> add(char byte);
    [[nodiscard]] std::optional<Ended> end(); ///< nothing follows
    [[nodiscard]] bool begun() const { return bytes_ > 0; }
    void forget();

private:
    std::string text_;
    std::size_t bytes_ = 0;
    bool bad_ = false;
};

} // namespace kiosk
