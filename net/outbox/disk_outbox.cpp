// SPDX-License-Identifier: EUPL-1.2
#include "net/outbox/disk_outbox.hpp"

#include "forms/base/digest.hpp"
#include "net/store/set_aside.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace net {
namespace {

using forms::Done;

constexpr std::int64_t schema = 1;
constexpr std::chrono::milliseconds check_limit{2000};
/// Room that an ordinary request needs at most: its sealed body and a few pages.
constexpr std::int64_t ordinary_room = 1 << 20;
/// Acknowledged rows kept so that a receipt still on a screen can be told its reference; older ones leave a tombstone.
constexpr int delivered_rows = 1000;
constexpr int most_tombstones = 200'000;
constexpr std::array tables = {"request", "attachment", "tombstone"};

// Numbers and marks only: which form it is, who it is for and what it says stand inside the seal.
constexpr const char* make_tables = R"(
CREATE TABLE request(
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id BLOB NOT NULL UNIQUE,
    life INTEGER NOT NULL,
    reason INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    refusals INTEGER NOT NULL DEFAULT 0,
    conflicts INTEGER NOT NULL DEFAULT 0,
    different INTEGER NOT NULL DEFAULT 0,
    http_status INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL,
    attachments INTEGER NOT NULL,
    kept_wall_ms INTEGER NOT NULL,
    clock_trusted INTEGER NOT NULL,
    key_id BLOB NOT NULL,
    location TEXT NOT NULL DEFAULT '',
    reference TEXT NOT NULL DEFAULT '',
    header BLOB,
    body BLOB
) STRICT;
CREATE TABLE attachment(
    number INTEGER NOT NULL REFERENCES request(number) ON DELETE CASCADE,
    part INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY(number, part)
) STRICT;
CREATE TABLE tombstone(
    sequence INTEGER PRIMARY KEY,
    mark BLOB NOT NULL UNIQUE,
    number INTEGER NOT NULL,
    wall_ms INTEGER NOT NULL,
    reference TEXT NOT NULL
) STRICT;
)";

std::span<const std::byte> bytes_of(const forms::Uuid& id) { return std::as_bytes(std::span(id.bytes())); }

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

/// Prepares, lets `bind` fill in, runs.
template <class Bind>
StoreResult<Done> execute(Database& database, std::string_view sql, Bind bind) {
    auto statement = database.prepare(sql);
    if (!statement.ok()) return statement.error();
    bind(statement.value());
    return statement.value().execute();
}

bool waits_by_itself(Life life) { return life == Life::Kept || life == Life::Unclear; }

} // namespace

DiskOutbox::DiskOutbox(std::filesystem::path folder, const OutboxOptions& options)
    : folder_(std::move(folder)), options_(options), reserve_(folder_ / "reserve", options.reserve),
      floor_(folder_ / "numbers") {}

StoreResult<std::unique_ptr<DiskOutbox>> DiskOutbox::open(const std::filesystem::path& folder,
                                                          const OutboxOptions& options, forms::BootTime now) {
    std::unique_ptr<DiskOutbox> box(new DiskOutbox(folder, options));
    auto connected = box->connect(now);
    if (!connected.ok() && connected.error().fault == StoreFault::Damaged) {
        // Renamed, never deleted: a specialist may still get requests out of it.
        box->database_.reset();
        if (auto moved = set_aside(folder / "outbox.db"); !moved.ok()) return moved.error();
        box->opening_ = {};
        box->opening_.set_aside = true;
        connected = box->connect(now);
    }
    if (!connected.ok()) return connected.error();
    (void)box->reserve_.hold(); // when it cannot be held, health() says so before any form is offered
    return box;
}

StoreResult<Done> DiskOutbox::connect(forms::BootTime now) {
    auto database = Database::open(folder_ / "outbox.db", OpenMode::Exclusive, options_.vfs);
    if (!database.ok()) return database.error();
    database_.emplace(std::move(database).value());
    opening_.unclean = database_->report().unclean;
    if (opening_.unclean) {
        switch (database_->quick_check(check_limit)) {
        case Database::Check::Sound:
            break;
        case Database::Check::Damaged:
            return StoreError{StoreFault::Damaged, 0};
        case Database::Check::NotFinished:
            opening_.check_pending = true;
            unchecked_ = tables.size();
            break;
        }
    }
    if (auto made = make_schema(); !made.ok()) return made;
    return read_index(now);
}

StoreResult<Done> DiskOutbox::make_schema() {
    auto version = database_->schema_version();
    if (!version.ok()) return version.error();
    if (version.value() > schema) return StoreError{StoreFault::TooNew, 0};
    if (version.value() == schema) return Done{};
    return change(
        [&](Database& database) -> StoreResult<Done> {
            if (auto made = database.run(make_tables); !made.ok()) return made;
            auto above = execute(database, "INSERT INTO sqlite_sequence(name, seq) VALUES('request', ?1)",
                                 [&](Statement& s) { s.bind(1, static_cast<std::int64_t>(floor_.value())); });
            if (!above.ok()) return above;
            return database.set_schema_version(schema);
        },
        false);
}

StoreResult<Done> DiskOutbox::read_index(forms::BootTime now) {
    std::map<forms::Uuid, forms::BootTime> known_due;
    for (const auto& [number, row] : rows_)
        known_due[row.id] = row.due;
    rows_.clear();
    numbers_.clear();
    auto all =
        database_->prepare("SELECT number, id, life, reason, attempts, refusals, conflicts, different, http_status, "
                           "bytes, attachments, kept_wall_ms, clock_trusted, key_id, location, reference "
                           "FROM request");
    if (!all.ok()) return all.error();
    Statement& s = all.value();
    for (;;) {
        auto more = s.step();
        if (!more.ok()) return more.error();
        if (!more.value()) break;
        OutboxRow row;
        row.number = static_cast<std::uint64_t>(s.integer(0));
        forms::Uuid::Bytes id{};
        const auto id_bytes = s.blob(1);
        const auto key_bytes = s.blob(13);
        const std::int64_t life = s.integer(2);
        if (id_bytes.size() != id.size() || key_bytes.size() != row.key.bytes.size() ||
            life < static_cast<int>(Life::Kept) || life > static_cast<int>(Life::NeedsDesk))
            return StoreError{StoreFault::Damaged, 0};
        std::memcpy(id.data(), id_bytes.data(), id.size());
        row.id = forms::Uuid(id);
        row.life = static_cast<Life>(life);
        row.reason = static_cast<Reason>(s.integer(3));
        row.attempts = static_cast<std::uint32_t>(s.integer(4));
        row.refusals = static_cast<std::uint32_t>(s.integer(5));
        row.conflicts = static_cast<std::uint32_t>(s.integer(6));
        row.different = static_cast<std::uint32_t>(s.integer(7));
        row.http_status = static_cast<std::uint16_t>(s.integer(8));
        row.bytes = static_cast<std::uint64_t>(s.integer(9));
        row.attachments = static_cast<std::uint16_t>(s.integer(10));
        row.kept_wall_ms = s.integer(11);
        row.clock_trusted = s.integer(12) != 0;
        std::memcpy(row.key.bytes.data(), key_bytes.data(), key_bytes.size());
        row.location = s.text(14);
        row.reference = s.text(15);
        if (const auto known = known_due.find(row.id); known != known_due.end())
            row.due = known->second;
        else if (row.life == Life::Unclear)
            row.due = now + options_.waits.unclear;
        else if (row.life == Life::Kept && row.refusals > 0)
            row.due = now + options_.waits.refused;
        else
            row.due = now;
        numbers_[row.id] = row.number;
        rows_.emplace(row.number, std::move(row));
    }
    return restart_sending(now);
}

StoreResult<Done> DiskOutbox::restart_sending(forms::BootTime now) {
    // Whatever was on its way when this program last stopped may or may not have arrived.
    std::vector<OutboxRow*> found;
    for (auto& [number, row] : rows_)
        if (row.life == Life::Sending) found.push_back(&row);
    if (found.empty()) return Done{};
    const auto next = after(Life::Sending, News::Restarted);
    auto changed = change(
        [&](Database& database) {
            return execute(database, "UPDATE request SET life = ?1 WHERE life = ?2", [&](Statement& s) {
                s.bind(1, static_cast<std::int64_t>(*next)).bind(2, static_cast<std::int64_t>(Life::Sending));
            });
        },
        true);
    if (!changed.ok()) return changed;
    for (OutboxRow* row : found) {
        row->life = *next;
        row->due = now + options_.waits.unclear;
    }
    opening_.restarted = found.size();
    return Done{};
}

bool DiskOutbox::continue_check() {
    if (!database_ || unchecked_ == 0) return false;
    const char* table = tables[tables.size() - unchecked_];
    // Unhurried now: nothing is sent until it has ended.
    const auto verdict = database_->quick_check(std::chrono::minutes(1), table);
    if (verdict == Database::Check::Damaged) {
        database_.reset();
        if (set_aside(folder_ / "outbox.db").ok()) {
            rows_.clear();
            numbers_.clear();
            opening_.set_aside = true;
            if (!connect(forms::BootTime{}).ok()) database_.reset();
        }
        unchecked_ = 0;
        return false;
    }
    return --unchecked_ > 0;
}

StoreResult<Done> DiskOutbox::change(const std::function<StoreResult<Done>(Database&)>& what, bool must) {
    const auto once = [&]() -> StoreResult<Done> {
        auto transaction = Transaction::begin(*database_);
        if (!transaction.ok()) return transaction.error();
        if (auto done = what(*database_); !done.ok()) return done;
        return transaction.value().commit();
    };
    auto done = once();
    // A commit that found no room is undecided like any other; but doing it again gives the same rows.
    if (done.ok() || !must || !done.error().disk_full || !reserve_.held()) return done;
    reserve_.release();
    done = once();
    (void)reserve_.hold();
    return done;
}

bool DiskOutbox::reopen() {
    database_.reset();
    const OutboxOpening before = opening_;
    const bool connected = connect(forms::BootTime{}).ok();
    opening_ = before;
    if (!connected) database_.reset();
    return connected;
}

OutboxRow* DiskOutbox::row(const forms::Uuid& id) {
    const auto number = numbers_.find(id);
    if (number == numbers_.end()) return nullptr;
    return &rows_.at(number->second);
}

std::uint64_t DiskOutbox::waiting_rows() const {
    return static_cast<std::uint64_t>(
        std::ranges::count_if(rows_, [](const auto& entry) { return entry.second.life != Life::Acknowledged; }));
}

StoreResult<std::optional<std::uint64_t>> DiskOutbox::delivered_before(const forms::Uuid& id) {
    auto ask = database_->prepare("SELECT number FROM tombstone WHERE mark = ?1");
    if (!ask.ok()) return ask.error();
    ask.value().bind_blob(1, mark_of(id));
    auto found = ask.value().step();
    if (!found.ok()) return found.error();
    if (!found.value()) return std::optional<std::uint64_t>();
    return std::optional(static_cast<std::uint64_t>(ask.value().integer(0)));
}

OutboxResult<std::uint64_t> DiskOutbox::keep(const SealedRequest& request, forms::WallTime wall, bool clock_trusted,
                                             forms::BootTime now) {
    const auto header = read_header(request.header);
    if (!header.ok() || header.value().id != request.id || header.value().parts != request.parts.size())
        return OutboxFault::Malformed;
    if (!database_ && !reopen()) return OutboxFault::Broken;
    if (const OutboxRow* there = row(request.id)) return there->number;
    auto delivered = delivered_before(request.id);
    if (!delivered.ok()) return fault_of(delivered.error().fault);
    if (delivered.value()) return *delivered.value();

    OutboxRow fresh;
    fresh.id = request.id;
    for (const Bytes& part : request.parts)
        fresh.bytes += part.size();
    switch (health(fresh.bytes)) {
    case Health::NoSpace:
        return OutboxFault::NoSpace;
    case Health::NoRights:
        return OutboxFault::NoRights;
    case Health::Full:
        return OutboxFault::Full;
    case Health::Broken:
        return OutboxFault::Broken;
    case Health::Checking:
    case Health::Fine:
        break;
    }
    fresh.attachments = static_cast<std::uint16_t>(request.parts.size() - 1);
    fresh.kept_wall_ms = std::chrono::duration_cast<std::chrono::milliseconds>(wall.time_since_epoch()).count();
    fresh.clock_trusted = clock_trusted;
    fresh.key = header.value().key;
    fresh.due = now;
    auto changed = change(
        [&](Database& database) -> StoreResult<Done> {
            auto inserted =
                execute(database,
                        "INSERT INTO request(id, life, bytes, attachments, kept_wall_ms, clock_trusted, "
                        "key_id, header, body) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                        [&](Statement& s) {
                            s.bind_blob(1, bytes_of(fresh.id)).bind(2, static_cast<std::int64_t>(fresh.life));
                            s.bind(3, static_cast<std::int64_t>(fresh.bytes)).bind(4, fresh.attachments);
                            s.bind(5, fresh.kept_wall_ms).bind(6, fresh.clock_trusted ? 1 : 0);
                            s.bind_blob(7, fresh.key.bytes).bind_blob(8, request.header);
                            s.bind_blob(9, request.parts[0]);
                        });
            if (!inserted.ok()) return inserted;
            fresh.number = static_cast<std::uint64_t>(database.last_row_id());
            if (!floor_.cover(fresh.number)) return StoreError{StoreFault::Refused, 0};
            for (std::size_t part = 1; part < request.parts.size(); ++part) {
                auto added = execute(database, "INSERT INTO attachment(number, part, bytes) VALUES(?1, ?2, ?3)",
                                     [&](Statement& s) {
                                         s.bind(1, static_cast<std::int64_t>(fresh.number));
                                         s.bind(2, static_cast<std::int64_t>(part)).bind_blob(3, request.parts[part]);
                                     });
                if (!added.ok()) return added;
            }
            return Done{};
        },
        false);
    if (changed.ok()) {
        numbers_[fresh.id] = fresh.number;
        const auto number = fresh.number;
        rows_.emplace(number, std::move(fresh));
        return number;
    }
    const StoreFault fault = changed.error().fault;
    if (fault == StoreFault::NoSpace || fault == StoreFault::NoRights) return fault_of(fault);
    // COMMIT may have gone through, or the disk has become strange: only the disk itself can tell.
    const bool disk_full = changed.error().disk_full;
    if (!reopen()) return disk_full ? OutboxFault::NoSpace : OutboxFault::Broken;
    if (const OutboxRow* there = row(request.id)) return there->number;
    return disk_full ? OutboxFault::NoSpace : OutboxFault::Broken;
}

std::optional<OutboxRow> DiskOutbox::next_due(forms::BootTime now) const {
    if (!database_ || unchecked_ > 0) return std::nullopt;
    for (const auto& [number, row] : rows_)
        if (waits_by_itself(row.life) && row.due <= now) return row;
    return std::nullopt;
}

std::optional<forms::BootTime> DiskOutbox::next_time() const {
    std::optional<forms::BootTime> earliest;
    for (const auto& [number, row] : rows_)
        if (waits_by_itself(row.life) && (!earliest || row.due < *earliest)) earliest = row.due;
    return earliest;
}

OutboxResult<SealedRequest> DiskOutbox::load(const forms::Uuid& id) {
    const OutboxRow* there = row(id);
    if (there == nullptr || there->life == Life::Acknowledged) return OutboxFault::NotFound;
    if (!database_ && !reopen()) return OutboxFault::Broken;
    const auto number = static_cast<std::int64_t>(there->number);
    SealedRequest request;
    request.id = id;
    auto body = database_->prepare("SELECT header, body FROM request WHERE number = ?1");
    if (!body.ok()) return fault_of(body.error().fault);
    body.value().bind(1, number);
    auto found = body.value().step();
    if (!found.ok()) return fault_of(found.error().fault);
    if (!found.value()) return OutboxFault::NotFound;
    const auto header_bytes = body.value().blob(0);
    const auto body_bytes = body.value().blob(1);
    request.header.assign(header_bytes.begin(), header_bytes.end());
    request.parts.emplace_back(body_bytes.begin(), body_bytes.end());
    auto others = database_->prepare("SELECT bytes FROM attachment WHERE number = ?1 ORDER BY part");
    if (!others.ok()) return fault_of(others.error().fault);
    others.value().bind(1, number);
    for (;;) {
        auto more = others.value().step();
        if (!more.ok()) return fault_of(more.error().fault);
        if (!more.value()) return request;
        const auto part = others.value().blob(0);
        request.parts.emplace_back(part.begin(), part.end());
    }
}

OutboxResult<OutboxRow> DiskOutbox::tell(const forms::Uuid& id, News news, const NewsFacts& facts) {
    if (!database_ && !reopen()) return OutboxFault::Broken;
    OutboxRow* present = row(id);
    if (present == nullptr) return OutboxFault::NotFound;
    const auto next = after(present->life, news);
    if (!next) return OutboxFault::NoSuchStep;
    const OutboxRow changed = with_news(*present, *next, news, facts);
    const bool delivered = changed.life == Life::Acknowledged;
    auto written = change(
        [&](Database& database) -> StoreResult<Done> {
            auto updated = execute(
                database,
                delivered ? "UPDATE request SET life = ?1, reason = ?2, attempts = ?3, refusals = ?4, conflicts = ?5, "
                            "different = ?6, http_status = ?7, location = ?8, reference = ?9, bytes = ?10, "
                            "header = NULL, body = NULL WHERE number = ?11"
                          : "UPDATE request SET life = ?1, reason = ?2, attempts = ?3, refusals = ?4, conflicts = ?5, "
                            "different = ?6, http_status = ?7, location = ?8, reference = ?9, bytes = ?10 "
                            "WHERE number = ?11",
                [&](Statement& s) {
                    s.bind(1, static_cast<std::int64_t>(changed.life))
                        .bind(2, static_cast<std::int64_t>(changed.reason));
                    s.bind(3, changed.attempts).bind(4, changed.refusals).bind(5, changed.conflicts);
                    s.bind(6, changed.different).bind(7, changed.http_status).bind(8, changed.location);
                    s.bind(9, changed.reference).bind(10, static_cast<std::int64_t>(changed.bytes));
                    s.bind(11, static_cast<std::int64_t>(changed.number));
                });
            if (!updated.ok() || !delivered) return updated;
            auto erased = execute(database, "DELETE FROM attachment WHERE number = ?1",
                                  [&](Statement& s) { s.bind(1, static_cast<std::int64_t>(changed.number)); });
            if (!erased.ok()) return erased;
            auto marked = execute(
                database, "INSERT OR IGNORE INTO tombstone(mark, number, wall_ms, reference) VALUES(?1, ?2, ?3, ?4)",
                [&](Statement& s) {
                    s.bind_blob(1, mark_of(id)).bind(2, static_cast<std::int64_t>(changed.number));
                    s.bind(3, changed.kept_wall_ms).bind(4, changed.reference);
                });
            if (!marked.ok()) return marked;
            auto pruned = execute(database,
                                  "DELETE FROM request WHERE life = ?1 AND number IN (SELECT number FROM request "
                                  "WHERE life = ?1 ORDER BY number DESC LIMIT -1 OFFSET ?2)",
                                  [&](Statement& s) {
                                      s.bind(1, static_cast<std::int64_t>(Life::Acknowledged)).bind(2, delivered_rows);
                                  });
            if (!pruned.ok()) return pruned;
            return execute(database,
                           "DELETE FROM tombstone WHERE sequence <= (SELECT max(sequence) FROM tombstone) - ?1",
                           [&](Statement& s) { s.bind(1, most_tombstones); });
        },
        true);
    if (!written.ok()) {
        const StoreFault fault = written.error().fault;
        if (fault == StoreFault::NoSpace || fault == StoreFault::NoRights) return fault_of(fault);
        if (!reopen()) return OutboxFault::Broken;
        present = row(id);
        if (present == nullptr || present->life != changed.life || present->attempts != changed.attempts)
            return OutboxFault::Broken;
    }
    *present = changed;
    const OutboxRow result = changed;
    if (delivered) {
        // The same pruning as on disk.
        auto older = std::ranges::count_if(rows_, [](const auto& e) { return e.second.life == Life::Acknowledged; });
        for (auto it = rows_.begin(); older > delivered_rows && it != rows_.end();) {
            if (it->second.life == Life::Acknowledged) {
                numbers_.erase(it->second.id);
                it = rows_.erase(it);
                --older;
            } else {
                ++it;
            }
        }
    }
    return result;
}

void DiskOutbox::set_due(const forms::Uuid& id, forms::BootTime due) {
    if (OutboxRow* there = row(id)) there->due = due;
}

OutboxResult<Done> DiskOutbox::erase(const forms::Uuid& id) {
    if (!database_ && !reopen()) return OutboxFault::Broken;
    const OutboxRow* there = row(id);
    if (there == nullptr) return OutboxFault::NotFound;
    if (there->life != Life::Acknowledged && there->life != Life::NeedsDesk) return OutboxFault::NoSuchStep;
    const std::uint64_t number = there->number;
    auto written = change(
        [&](Database& database) {
            return execute(database, "DELETE FROM request WHERE number = ?1",
                           [&](Statement& s) { s.bind(1, static_cast<std::int64_t>(number)); });
        },
        true);
    if (!written.ok()) {
        if (!reopen()) return OutboxFault::Broken;
        return row(id) == nullptr ? OutboxResult<Done>(Done{}) : fault_of(written.error().fault);
    }
    rows_.erase(number);
    numbers_.erase(id);
    return Done{};
}

std::optional<OutboxRow> DiskOutbox::find(const forms::Uuid& id) {
    if (const OutboxRow* there = row(id)) return *there;
    if (!database_) return std::nullopt;
    auto ask = database_->prepare("SELECT number, reference, wall_ms FROM tombstone WHERE mark = ?1");
    if (!ask.ok()) return std::nullopt;
    ask.value().bind_blob(1, mark_of(id));
    if (auto found = ask.value().step(); !found.ok() || !found.value()) return std::nullopt;
    OutboxRow past;
    past.id = id;
    past.life = Life::Acknowledged;
    past.number = static_cast<std::uint64_t>(ask.value().integer(0));
    past.reference = ask.value().text(1);
    past.kept_wall_ms = ask.value().integer(2);
    return past;
}

std::vector<OutboxRow> DiskOutbox::list(std::uint64_t after_number, std::size_t at_most) const {
    std::vector<OutboxRow> some;
    for (auto it = rows_.upper_bound(after_number); it != rows_.end() && some.size() < at_most; ++it)
        some.push_back(it->second);
    return some;
}

OutboxFigures DiskOutbox::figures() {
    OutboxFigures figures;
    for (const auto& [number, row] : rows_) {
        switch (row.life) {
        case Life::Kept:
            ++figures.kept;
            break;
        case Life::Sending:
            ++figures.sending;
            break;
        case Life::Unclear:
            ++figures.unclear;
            break;
        case Life::NeedsDesk:
            ++figures.needs_desk;
            break;
        case Life::Acknowledged:
            ++figures.acknowledged;
            break;
        }
        if (figures.oldest_waiting_wall_ms == 0 && row.life != Life::Acknowledged)
            figures.oldest_waiting_wall_ms = row.kept_wall_ms;
    }
    if (database_) {
        if (auto used = database_->bytes_used(); used.ok())
            figures.bytes_used = static_cast<std::uint64_t>(used.value());
    }
    if (auto free = free_space(folder_); free.ok()) figures.bytes_free = static_cast<std::uint64_t>(free.value());
    return figures;
}

Health DiskOutbox::health(std::uint64_t room) {
    auto free = free_space(folder_);
    if (!free.ok()) return Health::NoRights;
    if (!database_ && !reopen()) return Health::Broken;
    if (!reserve_.hold()) return Health::NoSpace;
    // Twice: the log holds every page once before it reaches the file.
    const auto needed = 2 * std::max(static_cast<std::int64_t>(room), ordinary_room);
    if (free.value() < needed) return Health::NoSpace;
    if (waiting_rows() >= static_cast<std::uint64_t>(options_.capacity)) return Health::Full;
    auto used = database_->bytes_used();
    if (!used.ok()) return Health::Broken;
    if (used.value() + static_cast<std::int64_t>(room) > options_.disk_share / 5 * 4) return Health::Full;
    return unchecked_ > 0 ? Health::Checking : Health::Fine;
}

} // namespace net
