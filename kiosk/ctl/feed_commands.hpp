// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/ctl/sender_access.hpp"

#include <iosfwd>

namespace kiosk {

/// `sportelloctl forms list`: one JSON object for each form and notice that the central system published and this
/// terminal holds: kind, name, version, serial, bytes, and whether it is the one in use.
/// `sportelloctl forms sync`: asks the central system once more first, and says how that went.
struct FormsCommand {
    SenderAccess access;
    bool sync = false;
};

/// 0 done; 1 refused: no sender, nothing configured, or the central system gave no answer.
[[nodiscard]] int run(const FormsCommand& command, std::ostream& out, std::ostream& notes);

} // namespace kiosk
