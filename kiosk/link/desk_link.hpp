// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/link/published.hpp"
#include "kiosk/model/mailbox.hpp"
#include "kiosk/model/orders.hpp"

#include <condition_variable>
#include <filesystem>
#include <memory_resource>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace kiosk {

/// The thread that talks to the sender for the staff's screen. What is opened comes sealed to a key that lives as long
/// as the opening, and is opened into `memory`; it never stands in clear in a buffer of the socket. A line that breaks
/// ends the session: it is said, and somebody signs in again. Thread: `post` from any; everything else happens on its
/// own thread.
class DeskLink {
public:
    /// `news` and `memory` (locked, zeroing) must outlive it, and `memory` what is told. `published`: whose forms are
    /// believed, as at the kiosk. Just before an opened request the version it answers is told as PublishedNews, if it
    /// was published: exactly that one, also when a newer one counts or it was withdrawn. Starts at once.
    DeskLink(std::filesystem::path socket, Mailbox<News>& news, std::pmr::memory_resource& memory,
             PublishedSettings published);
    ~DeskLink();
    DeskLink(const DeskLink&) = delete;
    DeskLink& operator=(const DeskLink&) = delete;

    void post(Order order);

private:
    struct Work;
    void run(const std::stop_token& stop);

    std::filesystem::path socket_;
    Mailbox<News>& news_;
    std::pmr::memory_resource& memory_;
    const Published published_; ///< the thread's alone

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::vector<Order> orders_; // guarded by mutex_
    std::jthread thread_;       // last: starts when the rest is there, ends before it goes
};

} // namespace kiosk
