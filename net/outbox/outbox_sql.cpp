// SPDX-License-Identifier: EUPL-1.2
#include "net/outbox/outbox_sql.hpp"

#include "forms/base/digest.hpp"

#include <cstring>

namespace net::outbox_sql {

std::array<std::byte, 32> mark_of(const forms::Uuid& id) {
    const auto& raw = id.bytes();
    const auto hash = forms::sha256({reinterpret_cast<const char*>(raw.data()), raw.size()});
    std::array<std::byte, 32> mark{};
    std::memcpy(mark.data(), hash.data(), mark.size());
    return mark;
}

OutboxFault fault_of(StoreFault fault) {
    switch (fault) {
    case StoreFault::NoSpace:
        return OutboxFault::NoSpace;
    case StoreFault::NoRights:
        return OutboxFault::NoRights;
    case StoreFault::InUse:
    case StoreFault::Damaged:
    case StoreFault::Refused:
    case StoreFault::Undecided:
    case StoreFault::TooNew:
    case StoreFault::Constraint:
    case StoreFault::Misuse:
        break;
    }
    return OutboxFault::Broken;
}

StoreResult<forms::Done> write_attachments(Database& database, std::uint64_t number, const SealedRequest& request) {
    for (std::size_t part = 1; part < request.parts.size(); ++part) {
        auto added =
            execute(database, "INSERT INTO attachment(number, part, bytes) VALUES(?1, ?2, ?3)", [&](Statement& s) {
                s.bind(1, static_cast<std::int64_t>(number)).bind(2, static_cast<std::int64_t>(part));
                s.bind_blob(3, request.parts[part]);
            });
        if (!added.ok()) return added;
    }
    return forms::Done{};
}

} // namespace net::outbox_sql
