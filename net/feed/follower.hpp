// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"
#include "forms/base/uuid.hpp"
#include "net/central/central_feed.hpp"
#include "net/feed/feed_pauses.hpp"
#include "net/runtime/random.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace net {

/// A delivered request whose way at the office is followed.
struct Delivery {
    forms::Uuid id;
    std::uint64_t number = 0;
    std::string reference;
    RequestStep step = RequestStep::Unknown; ///< the last that was heard, also before a restart
};

/// Asks where delivered requests stand: one question for many, seldom for those that do not move, never again for those
/// that are closed or that the outbox has forgotten.
/// Thread: `step` the feed's; the rest any.
class Follower {
public:
    /// The delivered requests that the outbox still knows; and where a news of one is written down. Both wait for the
    /// store thread.
    using Deliveries = std::function<std::vector<Delivery>()>;
    using Note = std::function<void(const forms::Uuid& id, RequestStep step)>;
    Follower(CentralFeed& central, Deliveries deliveries, Note note, FeedPauses pauses, const forms::Clock& clock,
             Chance& chance)
        : central_(central), deliveries_(std::move(deliveries)), note_(std::move(note)), pauses_(pauses), clock_(clock),
          chance_(chance) {}

    /// One question at most; a fault says why there was no answer. `next`: when the next one is due.
    [[nodiscard]] std::optional<CentralError> step(std::stop_token stop);
    [[nodiscard]] forms::BootTime next() const;
    /// Something was delivered, or time has come to look which.
    void look_again();

    struct Known {
        RequestStep step = RequestStep::Unknown;
        std::optional<forms::BootTime> heard; ///< none: not since this start
    };
    /// What is known of it now. It is asked about soon, if the answer is not fresh: somebody wants to know.
    [[nodiscard]] Known wanted(const forms::Uuid& id);

private:
    struct Followed {
        Delivery delivery;
        forms::BootTime due{};
        std::chrono::milliseconds pause{};
        std::optional<forms::BootTime> heard;
        bool wanted = false; ///< somebody stands before the screen and waits
    };
    void take_deliveries();

    CentralFeed& central_;
    Deliveries deliveries_;
    Note note_;
    FeedPauses pauses_;
    const forms::Clock& clock_;
    Chance& chance_;
    mutable std::mutex mutex_;
    std::map<forms::Uuid, Followed> followed_; // guarded by mutex_
    forms::BootTime looked_due_{};             // guarded by mutex_
};

} // namespace net
