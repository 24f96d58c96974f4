// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/ctl/sender_access.hpp"

#include <iosfwd>

namespace kiosk {

/// `sportelloctl config show [--origin]`: every key with its value, as TOML lines; with `origin` the file and line each
/// value came from stands behind it. With `json`, one object per key.
struct ConfigShow {
    SenderAccess access;
    bool origin = false;
};
[[nodiscard]] int run(const ConfigShow& command, std::ostream& out, std::ostream& notes);

/// `sportelloctl doctor`: one line per thing that must be right, with what to do where it is not; exit code 1 then.
struct Doctor {
    SenderAccess access;
};
[[nodiscard]] int run(const Doctor& command, std::ostream& out, std::ostream& notes);

} // namespace kiosk
