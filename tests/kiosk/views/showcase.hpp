// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "samples.hpp"

#include "forms/engine/definition.hpp"

#include <memory>

namespace samples {

/// Every type of question and every control, as a person meets them: the form tests/samples/forms/every-control.json
/// filled in by the model itself. A page comes as it opens ("every-<linkId>"), and where it looks different then, once
/// more as it is answered ("every-<linkId>-answered") or refused ("…-wrong").
[[nodiscard]] std::vector<Sample> every_control(std::string_view language);

/// That form itself. A form that does not load ends the test.
[[nodiscard]] std::shared_ptr<const forms::Definition> every_control_form();

} // namespace samples
