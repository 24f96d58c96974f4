// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/link/published.hpp"
#include "kiosk/model/mailbox.hpp"
#include "kiosk/model/orders.hpp"

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace kiosk {

/// The thread that seals requests and talks to the sender. Orders come in by value and news go out by value; it never
/// looks into a visit. When the sender goes away it says "not ready", takes the line up again when there is one, and
/// asks again, under the same id, for what was not answered.
/// Thread: `post` from any; everything else happens on its own thread.
class Link {
public:
    /// `news` must outlive it. Starts at once. Without keys in `published` nothing published is asked for.
    Link(std::filesystem::path socket, Mailbox<News>& news, PublishedSettings published = {});
    /// Stops and waits for the thread: some milliseconds.
    ~Link();
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;

    void post(Order order);

private:
    struct Work;
    void run(const std::stop_token& stop);
    [[nodiscard]] std::vector<Order> take();
    [[nodiscard]] std::stop_token fresh_interruption();

    std::filesystem::path socket_;
    Mailbox<News>& news_;
    Published published_; ///< the thread's alone

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::vector<Order> orders_;     // guarded by mutex_
    std::stop_source interruption_; // guarded by mutex_; ends a wait for news when an order comes
    std::jthread thread_;           // last: starts when the rest is there, ends before it goes
};

} // namespace kiosk
