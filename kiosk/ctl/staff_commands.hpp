// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/ctl/sender_access.hpp"

#include <iosfwd>
#include <string>

namespace kiosk {

/// `sportelloctl staff list|add|disable|reset`: through the running sender, as the technician that this shell is. A PIN
/// is drawn here and printed once, or read from standard input; it never stands in the arguments.
struct Staff {
    enum class What { List, Add, Disable, Reset };
    SenderAccess access;
    What what = What::List;
    std::string id, role;
    bool pin_from_input = false;
};

/// Exit code: 0 done, 1 refused.
[[nodiscard]] int run(const Staff& command, std::istream& in, std::ostream& out, std::ostream& notes);

} // namespace kiosk
