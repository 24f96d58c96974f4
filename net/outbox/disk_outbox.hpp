// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/outbox/number_floor.hpp"
#include "net/outbox/outbox.hpp"
#include "net/outbox/reserve.hpp"
#include "net/outbox/tombstones.hpp"
#include "net/store/database.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace net {

struct OutboxOptions {
    std::int64_t capacity = 20'000;
    std::int64_t disk_share = std::int64_t{4096} << 20; ///< bytes, of which 80 % may be filled
    std::int64_t reserve = std::int64_t{64} << 20;      ///< bytes
    RestartWaits waits;
    std::string vfs; ///< for tests that break the disk
};

/// What opening found; each is worth a line in the log.
struct OutboxOpening {
    bool unclean = false;
    bool set_aside = false;      ///< a damaged file was renamed and a fresh one begun
    bool upgraded = false;       ///< it was written by an older program
    bool check_pending = false;  ///< the check did not end in its 2 s: call continue_check between other work
    std::uint64_t restarted = 0; ///< requests found on their way: now unclear
    std::uint64_t returned = 0;  ///< delivered long ago and waiting again (an old file was put back): acknowledged
};

/// The outbox in a SQLite file. An index of all rows (without bodies) is kept in memory and read again whenever the
/// file is opened: this is the only connection, so the two cannot differ.
class DiskOutbox final : public Outbox {
public:
    /// `folder` holds outbox.db, tombstones.db and the reserve file. InUse: another sender has it. `clock` must outlive
    /// it.
    [[nodiscard]] static StoreResult<std::unique_ptr<DiskOutbox>>
    open(const std::filesystem::path& folder, const OutboxOptions& options, const forms::Clock& clock);
    [[nodiscard]] const OutboxOpening& opening() const { return opening_; }
    /// One more table of the check after an unclean stop, for some seconds at most. True: there is more to do.
    bool continue_check();

    OutboxResult<std::uint64_t> keep(const SealedRequest& request, forms::WallTime wall, bool clock_trusted,
                                     forms::BootTime now) override;
    std::optional<OutboxRow> next_due(forms::BootTime now) const override;
    std::optional<forms::BootTime> next_time() const override;
    OutboxResult<SealedRequest> load(const forms::Uuid& id) override;
    OutboxResult<OutboxRow> tell(const forms::Uuid& id, News news, const NewsFacts& facts) override;
    void set_due(const forms::Uuid& id, forms::BootTime due) override;
    OutboxResult<forms::Done> erase(const forms::Uuid& id) override;
    OutboxResult<OutboxRow> mark_sent(const forms::Uuid& id, std::uint16_t part) override;
    OutboxResult<OutboxRow> note_task_status(const forms::Uuid& id, std::string_view word) override;
    OutboxResult<Bytes> issues(const forms::Uuid& id) override;
    OutboxResult<OutboxRow> revise(const SealedRequest& request) override;
    std::optional<OutboxRow> find(const forms::Uuid& id) override;
    std::vector<OutboxRow> list(std::uint64_t after_number, std::size_t at_most) const override;
    OutboxFigures figures() override;
    Health health(std::uint64_t room) override;

private:
    DiskOutbox(std::filesystem::path folder, const OutboxOptions& options, const forms::Clock& clock);
    StoreResult<forms::Done> connect();
    StoreResult<forms::Done> make_schema();
    StoreResult<forms::Done> move_tombstones();
    StoreResult<forms::Done> read_index();
    StoreResult<forms::Done> bury_returned();
    StoreResult<forms::Done> restart_sending();
    /// One row as it is after a delivery: body, attachments and objections gone.
    static StoreResult<forms::Done> write_row(Database& database, const OutboxRow& row);
    OutboxResult<OutboxRow> write_down(const OutboxRow& changed,
                                       const std::function<StoreResult<forms::Done>(Database&)>& more);
    /// Runs `change` in one transaction; on a full disk once more without the reserve when `must` says so.
    StoreResult<forms::Done> change(const std::function<StoreResult<forms::Done>(Database&)>& what, bool must);
    /// Runs `write`; when the disk is full, once more without the reserve and with the logs cut.
    StoreResult<forms::Done> with_reserve(const std::function<StoreResult<forms::Done>()>& write);
    /// After an undecided commit: close, open, look. Keeps the due times that are known.
    bool reopen();
    OutboxRow* row(const forms::Uuid& id);
    [[nodiscard]] std::uint64_t waiting_rows() const;

    std::filesystem::path folder_;
    OutboxOptions options_;
    const forms::Clock& clock_;
    Reserve reserve_;
    NumberFloor floor_;
    std::optional<Database> database_;
    std::optional<Tombstones> tombstones_;
    std::map<std::uint64_t, OutboxRow> rows_;      ///< by number
    std::map<forms::Uuid, std::uint64_t> numbers_; ///< by id
    OutboxOpening opening_;
    std::size_t unchecked_ = 0; ///< tables still to be checked
    std::chrono::milliseconds patience_{};
};

} // namespace net
