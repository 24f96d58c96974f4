// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/central/central_system.hpp"
#include "net/outbox/decisions.hpp"
#include "net/outbox/outbox.hpp"
#include "net/outbox/pauses.hpp"
#include "net/runtime/event_log.hpp"

#include <functional>
#include <memory_resource>
#include <optional>
#include <stop_token>
#include <vector>

namespace net {

/// A request in clear, for as long as it is being sent.
struct OpenedRequest {
    Submission submission;
    std::vector<SecretBytes> files;
};

/// Carries requests to the central system: one at a time, the oldest that is due first, always looking up before it
/// sends anything a second time. A request that fails waits alone; only what concerns them all stops the line.
/// Thread: one. `outbox` may be a proxy to another thread's.
class Courier {
public:
    /// Nothing when the seal is broken, its key is gone, or the inside is no submission of this program: the reason.
    using Open = std::function<forms::Result<OpenedRequest, Reason>(const SealedRequest&)>;
    using Changed = std::function<void(const OutboxRow&)>; ///< after every change of a life that is on disk

    /// What the central system complained of, sealed for the desk (desk_issues.hpp).
    using SealIssues = std::function<Bytes(const forms::Uuid&, const std::vector<DeskIssue>&)>;

    Courier(Outbox& outbox, CentralSystem& central, Open open, Changed changed, Pauses pauses,
            const forms::Clock& clock, Chance& chance, EventLog& log, SealIssues seal_issues = {});

    /// Does at most one thing. Returns when to call again at the latest: now, when there may be more to do.
    forms::BootTime step(std::stop_token stop);
    /// The line is tried again at once (staff, new settings).
    void try_now();

    [[nodiscard]] Sending state() const { return state_; }
    [[nodiscard]] forms::BootTime not_before() const { return not_before_; }

private:
    void send(const OutboxRow& row, const OpenedRequest& request, std::stop_token stop);
    void look_up(const OutboxRow& row, const OpenedRequest& request, std::stop_token stop);
    void after_failure(const OutboxRow& row, const CentralError& error);
    /// The oldest that is due, unless it was the one that stopped the line and another is due as well.
    std::optional<OutboxRow> next(forms::BootTime now);
    /// True: it concerned the whole line, which now waits.
    bool line_failed(const OutboxRow& row, const CentralError& error);
    void line_in_doubt(const CentralError& error);
    void line_works();
    void say(Sending state, const CentralError& error);
    void tell(const OutboxRow& row, Decision decision, const std::vector<DeskIssue>& issues = {});
    bool write(const OutboxRow& row, News news, const NewsFacts& facts);
    void log_life(const OutboxRow& row);

    Outbox& outbox_;
    CentralSystem& central_;
    Open open_;
    Changed changed_;
    Pauses pauses_;
    const forms::Clock& clock_;
    Chance& chance_;
    EventLog& log_;
    SealIssues seal_issues_;

    /// What the disk would not take yet. Until it does nothing else is sent.
    struct Untold {
        OutboxRow row;
        Decision decision;
    };
    std::optional<Untold> untold_;
    Sending state_ = Sending::Working;
    forms::BootTime not_before_{};
    std::uint32_t line_failures_ = 0;
    std::uint32_t doubts_ = 0;              ///< how many in a row got no answer that says anything
    std::optional<forms::Uuid> stopped_by_; ///< whose answer stopped the line
    bool renewed_ = false;                  ///< credentials were read anew since the line last worked
    std::optional<forms::BootTime> outage_since_;
    std::optional<forms::BootTime> ramp_since_;
    std::uint64_t ramp_backlog_ = 0; ///< what waited when the ramp began
    forms::BootTime begun_{};        ///< of the last step that did something
};

} // namespace net
