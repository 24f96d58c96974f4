// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/ctl/sender_access.hpp"

#include <iosfwd>

namespace kiosk {

/// `sportelloctl keys list|rotate|destroy`: one JSON object per key, oldest first; the last one is sealed to.
/// `destroy` wants `confirmed`: nothing that is kept here can be opened afterwards, by anybody.
struct Keys {
    enum class What { List, Rotate, Destroy };
    SenderAccess access;
    What what = What::List;
    bool confirmed = false;
};

/// The exit code: 0 done, 1 refused.
[[nodiscard]] int run(const Keys& command, std::ostream& out, std::ostream& notes);

} // namespace kiosk
