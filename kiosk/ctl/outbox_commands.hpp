// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/ctl/sender_access.hpp"

#include <iosfwd>
#include <string>

namespace kiosk {

/// `sportelloctl outbox list`: one JSON object per request, oldest first. Nothing in it says whose it is or which form.
struct OutboxList {
    SenderAccess access;
    std::string life; ///< only those in this state; empty: all
};

/// `sportelloctl outbox show|retry|hold|erase REQUEST`: REQUEST is an id or a receipt number.
struct OutboxAct {
    enum class What { Show, Retry, Hold, Erase };
    SenderAccess access;
    What what = What::Show;
    std::string request;
};

/// `sportelloctl outbox export REQUEST --to FILE`: the request as it lies in the outbox, still sealed, into a new file
/// of mode 0600: "SPX1", then the seal's header and each part, every one behind its length in 4 bytes, big-endian.
struct OutboxExport {
    SenderAccess access;
    std::string request;
    std::string to;
};

/// All return the exit code: 0 done, 1 refused. Results go to `out`, reasons to `notes`.
[[nodiscard]] int run(const OutboxList& command, std::ostream& out, std::ostream& notes);
[[nodiscard]] int run(const OutboxAct& command, std::ostream& out, std::ostream& notes);
[[nodiscard]] int run(const OutboxExport& command, std::ostream& out, std::ostream& notes);

} // namespace kiosk
