// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "samples.hpp"

#include "forms/engine/definition.hpp"

#include <memory>
#include <string>
#include <vector>

namespace samples {

/// Every type of question and every control, as a person meets them: the form tests/samples/forms/every-control.json
/// filled in by the model itself. A page comes as it opens ("every-<linkId>"), and where it looks different then, once
/// more as it is answered ("every-<linkId>-answered") or refused ("…-wrong").
[[nodiscard]] std::vector<Sample> every_control(std::string_view language);

/// Likewise what a form decides while it is filled in ("rule-…"): tests/samples/forms/rules.json.
[[nodiscard]] std::vector<Sample> rules(std::string_view language);

/// The screens of both forms.
[[nodiscard]] std::vector<Sample> of_forms(std::string_view language);

/// One of these forms: "every-control", "rules". A form that does not load ends the test.
[[nodiscard]] std::shared_ptr<const forms::Definition> sample_form(const std::string& name);

} // namespace samples
