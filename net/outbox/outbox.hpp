// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"
#include "forms/base/result.hpp"
#include "forms/base/uuid.hpp"
#include "net/outbox/life.hpp"
#include "net/seal/sealed_request.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace net {

/// What is known of a request without opening it.
struct OutboxRow {
    forms::Uuid id;
    std::uint64_t number = 0; ///< of the receipt; monotone, never given twice
    Life life = Life::Kept;
    Reason reason = Reason::None;  ///< of the last failure, or why it stands at the desk
    std::uint32_t attempts = 0;    ///< times it was picked up
    std::uint32_t refusals = 0;    ///< times the central system said no in the same way, `refused_wait` apart
    std::uint32_t conflicts = 0;   ///< times it answered 409 and did not have it
    std::uint32_t different = 0;   ///< times it failed in another way than the time before
    std::uint16_t http_status = 0; ///< of the last reply; 0: none
    std::uint64_t bytes = 0;       ///< sealed, all parts
    std::uint16_t attachments = 0;
    std::int64_t kept_wall_ms = 0; ///< since 1970; written down only
    bool clock_trusted = false;
    KeyId key;
    std::string location;         ///< where a 202 said to ask; empty otherwise
    std::string reference;        ///< of the central system, once acknowledged
    std::uint32_t revision = 0;   ///< times staff corrected it; 0: as the citizen sent it
    std::uint16_t sent_parts = 0; ///< bit n: attachment n (from 1) is proved to be at the central system
    std::string task_status;      ///< the last word of its Task over there; empty: not heard of
    bool has_issues = false;      ///< what the central system objected to is stored with it, sealed
    // Not stored: a restart counts anew.
    forms::BootTime due{};                 ///< next try or look-up
    forms::BootTime look_up_from{};        ///< of an unclear one: the first attempt may still be at work until then
    forms::BootTime refusal_counts_from{}; ///< the same refusal sooner than this is no second one
    std::uint16_t refusal_status = 0;      ///< what it said no with the last time; 0: not known any more
};

/// What goes with a piece of news.
struct NewsFacts {
    Reason reason = Reason::None;
    std::uint16_t http_status = 0;
    std::string reference{};   ///< with Taken and FoundThere
    std::string location{};    ///< with NoAnswer after a 202
    bool refused = false;      ///< counts as a refusal with `http_status`
    bool conflict = false;     ///< counts as a conflict
    bool counts_as_try = true; ///< false: the line's fault, not this request's; the attempt is taken back
    forms::BootTime due{};     ///< when it is looked at again
    Bytes issues{};            ///< with Declined and NotDelivered: its objections, sealed to our own key
};

enum class OutboxFault {
    NoSpace,    ///< nothing was changed
    NoRights,   ///< nothing was changed
    Full,       ///< rows or disk share used up; nothing was changed
    Malformed,  ///< header and parts do not belong together
    NotFound,   ///< no such request
    NoSuchStep, ///< `after` has no such step from its present life
    Broken,     ///< the disk refuses; reopened and looked: it is not there, or it cannot be opened at all
};
template <class T>
using OutboxResult = forms::Result<T, OutboxFault>;

struct OutboxFigures {
    std::uint64_t kept = 0, sending = 0, unclear = 0, needs_desk = 0, acknowledged = 0;
    std::int64_t oldest_waiting_wall_ms = 0; ///< 0: none waits
    std::uint64_t bytes_used = 0, bytes_free = 0;
    std::uint64_t tombstones = 0; ///< marks of what was delivered in the last 90 days
    std::uint64_t set_aside = 0;  ///< damaged files waiting for a specialist
};

enum class Health { Fine, NoSpace, NoRights, Full, Checking, Broken };

/// Requests that must reach the central system, safe on disk until they do.
/// Thread: lives on the store thread, which owns the only connection to the file.
class Outbox {
public:
    virtual ~Outbox() = default;

    /// On success the request survives a power cut from this moment on; the value is its number.
    /// Keeping the same id again succeeds and changes nothing, also after it was delivered.
    [[nodiscard]] virtual OutboxResult<std::uint64_t> keep(const SealedRequest& request, forms::WallTime wall,
                                                           bool clock_trusted, forms::BootTime now) = 0;

    /// The oldest request whose time has come: Kept ones to send, Unclear ones to look up. A copy of its row.
    [[nodiscard]] virtual std::optional<OutboxRow> next_due(forms::BootTime now) const = 0;
    /// The earliest time at which `next_due` may have something; nothing when no request waits by itself.
    [[nodiscard]] virtual std::optional<forms::BootTime> next_time() const = 0;
    /// The request as it was kept, still sealed.
    [[nodiscard]] virtual OutboxResult<SealedRequest> load(const forms::Uuid& id) = 0;

    /// The only way to change a Life. On success it is on disk; the value is the new row.
    /// Acknowledging erases the body in the same transaction and leaves a tombstone.
    [[nodiscard]] virtual OutboxResult<OutboxRow> tell(const forms::Uuid& id, News news, const NewsFacts& facts) = 0;
    /// Earlier or later, without any news (staff, a look-up without an answer); never before `look_up_from`: a resend
    /// must not overlap the first attempt.
    virtual void set_due(const forms::Uuid& id, forms::BootTime due) = 0;
    /// Removes for good what is acknowledged or at the desk.
    [[nodiscard]] virtual OutboxResult<forms::Done> erase(const forms::Uuid& id) = 0;

    // What is learnt on the way, without any step of its life. On success it is on disk.

    /// Attachment `part` (from 1) is proved to be at the central system.
    [[nodiscard]] virtual OutboxResult<OutboxRow> mark_sent(const forms::Uuid& id, std::uint16_t part) = 0;
    /// The word of its Task's status; also for what is acknowledged, as long as its row stays.
    [[nodiscard]] virtual OutboxResult<OutboxRow> note_task_status(const forms::Uuid& id, std::string_view word) = 0;
    /// As they came with NewsFacts, sealed; empty when there are none. Gone with the body and with a revision.
    [[nodiscard]] virtual OutboxResult<Bytes> issues(const forms::Uuid& id) = 0;
    /// Puts what staff corrected in the place of what was kept, under the same id: only at the desk. Its number stays,
    /// its revision goes up by one, nothing of it counts as sent.
    [[nodiscard]] virtual OutboxResult<OutboxRow> revise(const SealedRequest& request) = 0;

    [[nodiscard]] virtual std::optional<OutboxRow> find(const forms::Uuid& id) = 0;
    /// Rows with a greater number, oldest first.
    [[nodiscard]] virtual std::vector<OutboxRow> list(std::uint64_t after_number, std::size_t at_most) const = 0;
    [[nodiscard]] virtual OutboxFigures figures() = 0;
    /// Could a request of `room` sealed bytes be kept now?
    [[nodiscard]] virtual Health health(std::uint64_t room) = 0;
};

/// The row after a piece of news: counters, reason and due time. Pure; both the disk and the double use it.
[[nodiscard]] OutboxRow with_news(const OutboxRow& row, Life next, News news, const NewsFacts& facts);

/// The row once `request` has taken the place of what was kept. Pure, as above.
[[nodiscard]] OutboxRow revised(const OutboxRow& row, const SealedRequest& request, const KeyId& key);

/// When requests that a restart found waiting are looked at again.
struct RestartWaits {
    std::chrono::milliseconds unclear{60'000};  ///< the first attempt may still be at work over there
    std::chrono::milliseconds refused{600'000}; ///< between a first refusal and the second
};
/// The times of a row that a restart found, as if everything had happened just now.
void count_anew(OutboxRow& row, forms::BootTime now, const RestartWaits& waits);

} // namespace net
