// SPDX-License-Identifier: EUPL-1.2
// What is learnt about a request on its way, without any step of its life: scans that are over there already, what the
// central system objected to, how its Task stands, and what staff corrected.
#include "net/outbox/disk_outbox.hpp"
#include "net/outbox/outbox_sql.hpp"

namespace net {

using forms::Done;
using outbox_sql::execute;
using outbox_sql::fault_of;

namespace {

StoreResult<Done> write_progress(Database& database, const OutboxRow& row) {
    return execute(database,
                   "INSERT INTO progress(number, revision, sent_parts, task_status) VALUES(?1, ?2, ?3, ?4) "
                   "ON CONFLICT(number) DO UPDATE SET revision = ?2, sent_parts = ?3, task_status = ?4",
                   [&](Statement& s) {
                       s.bind(1, static_cast<std::int64_t>(row.number)).bind(2, row.revision);
                       s.bind(3, row.sent_parts).bind(4, row.task_status);
                   });
}

} // namespace

namespace outbox_sql {

StoreResult<Done> write_issues(Database& database, std::uint64_t number, std::span<const std::byte> issues) {
    return execute(database,
                   "INSERT INTO progress(number, issues) VALUES(?1, ?2) "
                   "ON CONFLICT(number) DO UPDATE SET issues = ?2",
                   [&](Statement& s) {
                       s.bind(1, static_cast<std::int64_t>(number));
                       if (issues.empty())
                           s.bind_null(2);
                       else
                           s.bind_blob(2, issues);
                   });
}

} // namespace outbox_sql

OutboxResult<OutboxRow> DiskOutbox::write_down(const OutboxRow& changed,
                                               const std::function<StoreResult<Done>(Database&)>& more) {
    auto written = change(
        [&](Database& database) -> StoreResult<Done> {
            if (more) {
                if (auto done = more(database); !done.ok()) return done;
            }
            return write_progress(database, changed);
        },
        true);
    if (!written.ok()) {
        const StoreFault fault = written.error().fault;
        if (fault == StoreFault::NoSpace || fault == StoreFault::NoRights) return fault_of(fault);
        if (!reopen()) return OutboxFault::Broken;
        const OutboxRow* there = row(changed.id);
        if (there == nullptr || there->revision != changed.revision || there->sent_parts != changed.sent_parts ||
            there->task_status != changed.task_status)
            return OutboxFault::Broken;
    }
    OutboxRow* there = row(changed.id);
    *there = changed;
    return *there;
}

OutboxResult<OutboxRow> DiskOutbox::mark_sent(const forms::Uuid& id, std::uint16_t part) {
    if (!database_ && !reopen()) return OutboxFault::Broken;
    const OutboxRow* there = row(id);
    if (there == nullptr || part == 0 || part > there->attachments) return OutboxFault::NotFound;
    OutboxRow changed = *there;
    changed.sent_parts = static_cast<std::uint16_t>(changed.sent_parts | 1u << part);
    return write_down(changed, {});
}

OutboxResult<OutboxRow> DiskOutbox::note_task_status(const forms::Uuid& id, std::string_view word) {
    if (!database_ && !reopen()) return OutboxFault::Broken;
    const OutboxRow* there = row(id);
    if (there == nullptr) return OutboxFault::NotFound;
    OutboxRow changed = *there;
    changed.task_status = word;
    return write_down(changed, {});
}

OutboxResult<Bytes> DiskOutbox::issues(const forms::Uuid& id) {
    if (!database_ && !reopen()) return OutboxFault::Broken;
    const OutboxRow* there = row(id);
    if (there == nullptr) return OutboxFault::NotFound;
    auto ask = database_->prepare("SELECT issues FROM progress WHERE number = ?1");
    if (!ask.ok()) return fault_of(ask.error().fault);
    ask.value().bind(1, static_cast<std::int64_t>(there->number));
    auto found = ask.value().step();
    if (!found.ok()) return fault_of(found.error().fault);
    if (!found.value()) return Bytes();
    const auto bytes = ask.value().blob(0);
    return Bytes(bytes.begin(), bytes.end());
}

OutboxResult<OutboxRow> DiskOutbox::revise(const SealedRequest& request) {
    const auto header = read_header(request.header);
    if (!header.ok() || header.value().id != request.id || header.value().parts != request.parts.size())
        return OutboxFault::Malformed;
    if (!database_ && !reopen()) return OutboxFault::Broken;
    const OutboxRow* there = row(request.id);
    if (there == nullptr) return OutboxFault::NotFound;
    if (there->life != Life::NeedsDesk) return OutboxFault::NoSuchStep;
    const OutboxRow changed = revised(*there, request, header.value().key);
    const auto number = static_cast<std::int64_t>(changed.number);
    return write_down(changed, [&](Database& database) -> StoreResult<Done> {
        auto updated = execute(database,
                               "UPDATE request SET bytes = ?2, attachments = ?3, key_id = ?4, header = ?5, body = ?6 "
                               "WHERE number = ?1",
                               [&](Statement& s) {
                                   s.bind(1, number).bind(2, static_cast<std::int64_t>(changed.bytes));
                                   s.bind(3, changed.attachments).bind_blob(4, changed.key.bytes);
                                   s.bind_blob(5, request.header).bind_blob(6, request.parts[0]);
                               });
        if (!updated.ok()) return updated;
        auto erased =
            execute(database, "DELETE FROM attachment WHERE number = ?1", [&](Statement& s) { s.bind(1, number); });
        if (!erased.ok()) return erased;
        if (auto added = outbox_sql::write_attachments(database, changed.number, request); !added.ok()) return added;
        return outbox_sql::write_issues(database, changed.number, {});
    });
}

} // namespace net
