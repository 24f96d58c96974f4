// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/model/screens.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace samples {

struct Sample {
    std::string name;
    kiosk::Picture picture;
};

/// Every screen, panel and control of the citizen's side with words as they really are: the program's own from the
/// catalogue, the questions from the first access form (Italian and French; Arabic borrows the Italian ones, as the
/// terminal does when a form is not translated).
[[nodiscard]] std::vector<Sample> all(std::string_view language);

/// Of these the ones on which papers are shown, looked at and put together.
[[nodiscard]] std::vector<Sample> of_papers(std::string_view language);

} // namespace samples
