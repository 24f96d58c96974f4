// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "net/sandbox/outcome.hpp"
#include "net/sandbox/records.hpp"

#include <string_view>

namespace net::sandbox {

/// Puts a form among those the server offers: a Questionnaire with url, as JSON. One with the same url and version is
/// replaced.
forms::Result<forms::Done, Refusal> publish(Records& records, std::string_view questionnaire);

} // namespace net::sandbox
