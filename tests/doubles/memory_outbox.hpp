// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/outbox/outbox.hpp"

#include <map>
#include <set>

namespace tests {

/// An outbox without a disk, for tests of the courier. Passes the same contract tests as the real one.
class MemoryOutbox final : public net::Outbox {
public:
    explicit MemoryOutbox(std::size_t capacity = 20'000) : capacity_(capacity) {}

    /// What a restart of the sender does: what was on its way may or may not have arrived.
    void restart(forms::BootTime now, const net::RestartWaits& waits = {});
    /// The next `tell` fails as a full disk would.
    void fail_next_tell() { fail_next_ = true; }
    /// As if its disk were gone: rows are known, and nothing of them can be had.
    void go_away(bool away) { away_ = away; }

    net::OutboxResult<std::uint64_t> keep(const net::SealedRequest& request, forms::WallTime wall, bool clock_trusted,
                                          forms::BootTime now) override;
    std::optional<net::OutboxRow> next_due(forms::BootTime now) const override;
    std::optional<forms::BootTime> next_time() const override;
    net::OutboxResult<net::SealedRequest> load(const forms::Uuid& id) override;
    net::OutboxResult<net::OutboxRow> tell(const forms::Uuid& id, net::News news, const net::NewsFacts& facts) override;
    void set_due(const forms::Uuid& id, forms::BootTime due) override;
    net::OutboxResult<forms::Done> erase(const forms::Uuid& id) override;
    net::OutboxResult<net::OutboxRow> mark_sent(const forms::Uuid& id, std::uint16_t part) override;
    net::OutboxResult<net::OutboxRow> note_task_status(const forms::Uuid& id, std::string_view word) override;
    net::OutboxResult<net::Bytes> issues(const forms::Uuid& id) override;
    net::OutboxResult<net::OutboxRow> revise(const net::SealedRequest& request) override;
    std::optional<net::OutboxRow> find(const forms::Uuid& id) override;
    std::vector<net::OutboxRow> list(std::uint64_t after_number, std::size_t at_most) const override;
    net::OutboxFigures figures() override;
    net::Health health(std::uint64_t room) override;

private:
    struct Entry {
        net::OutboxRow row;
        net::SealedRequest request;
        net::Bytes issues;
    };
    Entry* entry(const forms::Uuid& id);
    /// What is before it is delivered, and stays so.
    std::map<std::uint64_t, Entry>::const_iterator first_open() const;

    std::size_t capacity_;
    std::map<std::uint64_t, Entry> entries_;
    std::map<forms::Uuid, std::uint64_t> numbers_;
    mutable std::uint64_t delivered_below_ = 0;
    std::map<forms::Uuid, net::OutboxRow> tombstones_;
    std::uint64_t last_number_ = 0;
    bool fail_next_ = false;
    bool away_ = false;
};

} // namespace tests
