// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/model/settings.hpp"

namespace kiosk {

/// A frozen submission as a draft of the form it answers: found by address, version and the digest of its bytes, so
/// that no answer is ever read under another wording. In `memory`. None when that form is not offered here, or the
/// bytes are no submission.
[[nodiscard]] std::optional<VisitPorts::ReadBack> read_back(std::string_view frozen,
                                                            const std::vector<OfferedForm>& offered,
                                                            const forms::Setting& setting,
                                                            std::pmr::memory_resource* memory);

} // namespace kiosk
