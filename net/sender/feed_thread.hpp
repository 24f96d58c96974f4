// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/feed/feed.hpp"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace net {

/// Runs the feed: one round after another, asleep in between.
class FeedThread {
public:
    FeedThread(std::unique_ptr<Feed> feed, const forms::Clock& clock);
    ~FeedThread(); ///< a transfer under way is broken off: it is asked for again at the next start

    void wake(); ///< something is wanted sooner than it was due
    /// Asks for everything now; `done` is called on this thread when that round is over, or at the end.
    void hurry(std::function<void()> done);
    [[nodiscard]] FeedStanding standing() const;

private:
    void run(std::stop_token stop);

    const forms::Clock& clock_;
    std::unique_ptr<Feed> feed_; ///< touched by the thread alone
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    bool rung_ = false;                           // guarded by mutex_
    std::vector<std::function<void()>> hurrying_; // guarded by mutex_
    FeedStanding standing_;                       // guarded by mutex_
    std::jthread thread_;
};

} // namespace net
