// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/widgets/flow.hpp"

#include <functional>
#include <string>
#include <vector>

namespace kiosk {

/// "There is a problem": at the top, each line leads to its field. Nothing when there is no error.
void add_error_list(Flow& flow, const std::string& title, const std::vector<ErrorLine>& errors,
                    std::function<void(const ErrorLine&)> go);
/// Something to look at once more before going on, which nobody must change: at the same place, in calm colours.
/// Nothing when `title` is empty.
void add_advice(Flow& flow, const std::string& title, const std::vector<std::string>& paragraphs);
/// The words of an error beside its field.
void add_error_words(Flow& flow, const std::string& key, const std::string& words);

} // namespace kiosk
