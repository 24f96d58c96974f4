// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/outbox/outbox.hpp"
#include "net/store/database.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

// How the outbox speaks with its tables: for the files of DiskOutbox alone.
namespace net::outbox_sql {

[[nodiscard]] inline std::span<const std::byte> bytes_of(const forms::Uuid& id) {
    return std::as_bytes(std::span(id.bytes()));
}
/// A hash of the id: enough to know it again, nothing to find it by.
[[nodiscard]] std::array<std::byte, 32> mark_of(const forms::Uuid& id);
[[nodiscard]] OutboxFault fault_of(StoreFault fault);

// Inside a transaction of the caller's.
[[nodiscard]] StoreResult<forms::Done> write_attachments(Database& database, std::uint64_t number,
                                                         const SealedRequest& request);
/// Empty: none any more.
[[nodiscard]] StoreResult<forms::Done> write_issues(Database& database, std::uint64_t number,
                                                    std::span<const std::byte> issues);

/// Prepares, lets `bind` fill in, runs.
template <class Bind>
StoreResult<forms::Done> execute(Database& database, std::string_view sql, Bind bind) {
    auto statement = database.prepare(sql);
    if (!statement.ok()) return statement.error();
    bind(statement.value());
    return statement.value().execute();
}

} // namespace net::outbox_sql
