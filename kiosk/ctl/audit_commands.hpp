// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/ctl/sender_access.hpp"

#include <cstdint>
#include <iosfwd>
#include <string>

namespace kiosk {

/// `sportelloctl audit verify`: reads the whole log, without asking the sender, and names the first record that is
/// broken or missing. With `--expect SEQUENCE:MARK`, as the journal was told it, an old copy that was put back whole is
/// seen too.
struct AuditVerify {
    SenderAccess access;
    std::string expect; ///< "17:0123456789abcdef"; empty: nothing to compare with
};

/// `sportelloctl audit list`: one JSON object per record, oldest first, up to the first that is broken.
struct AuditList {
    SenderAccess access;
    std::uint64_t after = 0; ///< only records with a greater number
};

/// Exit code: 0 sound, 1 not (the reason goes to `notes`). They need to read the state folder: the sender's user, or
/// root.
[[nodiscard]] int run(const AuditVerify& command, std::ostream& out, std::ostream& notes);
[[nodiscard]] int run(const AuditList& command, std::ostream& out, std::ostream& notes);

} // namespace kiosk
