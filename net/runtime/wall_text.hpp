// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"

#include <string>

namespace net {

/// A moment as FHIR R4 writes it, in the terminal's own time zone, to the second: "2026-11-22T09:41:00+01:00".
[[nodiscard]] std::string fhir_instant(forms::WallTime moment);

} // namespace net
