// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"
#include "net/central/central_feed.hpp"
#include "net/feed/feed_pauses.hpp"
#include "net/feed/follower.hpp"
#include "net/feed/package_store.hpp"
#include "net/runtime/event_log.hpp"
#include "net/runtime/random.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>

namespace net {

/// Where the feed stands, for the technician.
struct FeedStanding {
    bool ever = false;                     ///< a whole round went well since this start
    forms::BootTime last_good{};           ///< when the last one did
    std::optional<CentralError> trouble{}; ///< why the last one did not
    std::uint32_t refused = 0;             ///< packages that were not taken since this start
};

/// Looks what the central system has for its terminals, fetches what is new and hands it to the store; follows
/// delivered requests. Whatever goes wrong, what is here stays in use. Thread: one, its own.
class Feed {
public:
    /// `changed`: the store has something new.
    Feed(CentralFeed& central, PackageStore& store, Follower& follower, std::function<void()> changed,
         FeedPauses pauses, const forms::Clock& clock, Chance& chance, EventLog& log);

    /// Does what is due and returns when to come back. Never in less than 1 ms.
    [[nodiscard]] forms::BootTime step(std::stop_token stop);
    /// Ask for everything now: pauses are over.
    void hurry();
    [[nodiscard]] const FeedStanding& standing() const { return standing_; }

private:
    /// One thing to ask for, with pauses of its own: a server that has no notices does not keep forms away.
    struct Topic {
        PackageKind kind;
        std::string tag{};
        std::map<std::string, forms::BootTime> refused{}; ///< by hash as listed: not fetched again before then
        forms::BootTime due{};
        std::uint32_t failures = 0;
        bool in_trouble = false;
    };
    [[nodiscard]] std::optional<CentralError> ask(Topic& topic, const std::stop_token& stop);
    [[nodiscard]] std::optional<CentralError> fetch(Topic& topic, const PublishedPackage& package,
                                                    const std::stop_token& stop);
    [[nodiscard]] forms::BootTime pause_after(const CentralError& error, std::uint32_t failures);
    void refuse(Topic& topic, const PublishedPackage& package, NotTaken why, std::int64_t bytes);
    void note(const std::optional<CentralError>& error);

    CentralFeed& central_;
    PackageStore& store_;
    Follower& follower_;
    std::function<void()> changed_;
    FeedPauses pauses_;
    const forms::Clock& clock_;
    Chance& chance_;
    EventLog& log_;
    /// Notices first: an emergency does not wait for the forms before it on a slow line.
    std::array<Topic, 2> topics_{Topic{PackageKind::Notice}, Topic{PackageKind::Definition}};
    forms::BootTime follow_due_{};
    forms::BootTime busy_until_{}; ///< asked to come back later: that holds for every question
    std::uint32_t follow_failures_ = 0;
    FeedStanding standing_;
};

} // namespace net
