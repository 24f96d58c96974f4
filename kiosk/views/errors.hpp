// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/widgets/flow.hpp"

#include <functional>
#include <string>
#include <vector>

namespace kiosk {

/// "There is a problem", or, in calm colours, what to look at once more: at the top, each line leads to its field.
/// Nothing when there is no line. `of_form`: the language of those lines that are the form's own words.
enum class ListKind { Errors, Advice };
void add_error_list(Flow& flow, ListKind kind, const std::string& title, const std::vector<ErrorLine>& lines,
                    Tongue of_form, std::function<void(const ErrorLine&)> go);
/// What to look at once more before going on, beside the field it is about. Nothing when `title` is empty.
void add_advice(Flow& flow, const std::string& title, const std::vector<AdviceLine>& lines, Tongue of_form);
/// The words of an error beside its field.
void add_error_words(Flow& flow, const std::string& key, const std::string& words);

} // namespace kiosk
