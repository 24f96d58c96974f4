// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/ctl/sender_access.hpp"

#include <iosfwd>
#include <string>
#include <vector>

namespace kiosk {

/// `sportelloctl submit --form FILE --answers QR.json [--attach FILE]… [--wait SECONDS]`: keeps and delivers through
/// the running sender, as the kiosk does, and writes {"id","number","state","reference"}. Exit code 1 when it was not
/// kept, or went to the desk.
struct Submit {
    SenderAccess access;
    std::string form, answers;
    std::vector<std::string> attachments; ///< PNG or JPEG
    std::string language;                 ///< empty: the response's, else the form's
    std::string id;                       ///< UUID of an earlier try of the same request; empty: a new one
    int wait_seconds = 0;                 ///< for the central system; 0: only until it is kept
};
[[nodiscard]] int run(const Submit& command, std::ostream& out, std::ostream& notes);

} // namespace kiosk
