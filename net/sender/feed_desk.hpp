// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/feed/guess_limit.hpp"
#include "net/ipc/server.hpp"
#include "net/runtime/event_log.hpp"
#include "net/sender/feed_thread.hpp"
#include "net/sender/store_thread.hpp"

#include <mutex>
#include <set>

namespace net {

/// What the sender answers about published packages and about where requests stand.
/// Thread: `on` and `left` the ipc thread; `changed` any.
class FeedDesk {
public:
    struct Parts {
        StoreThread& outbox;
        const forms::Clock& clock;
        EventLog& log;
    };
    explicit FeedDesk(const Parts& parts) : parts_(parts) {}

    // Once, before the first message. Without a feed everything is answered with "nothing".
    void serve(ipc::Server& server) { server_ = &server; }
    void hand_to(PackageStore& packages) { packages_ = &packages; }
    void hand_to(Follower& follower, FeedThread& feed) {
        follower_ = &follower;
        feed_ = &feed;
    }

    using Peer = ipc::Server::Peer;
    void on(Peer peer, const ipc::AskPackages& m);
    void on(Peer peer, const ipc::FetchPackage& m);
    void on(Peer peer, const ipc::AskStatus& m);
    void on(Peer peer, const ipc::AskFeed& m);
    void left(Peer peer);
    /// There is something new: whoever asked what there is, is told.
    void changed();
    /// Where the feed stands. From any thread.
    [[nodiscard]] ipc::FeedTold told() const;

private:
    [[nodiscard]] ipc::PackageList list() const;
    [[nodiscard]] ipc::StatusTold status_of(DiskOutbox& outbox, const ipc::AskStatus& m);

    Parts parts_;
    ipc::Server* server_ = nullptr;
    PackageStore* packages_ = nullptr;
    Follower* follower_ = nullptr;
    FeedThread* feed_ = nullptr;
    GuessLimit guesses_; ///< store thread only
    std::mutex mutex_;
    std::set<Peer> listeners_; // guarded by mutex_
};

} // namespace net
