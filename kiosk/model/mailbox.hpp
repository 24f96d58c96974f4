// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace kiosk {

/// Messages for one thread, from any thread. Emptied by swapping, so that nothing runs under the lock.
template <class Message>
class Mailbox {
public:
    /// `wake` is called after each message, without the lock: it must be callable from any thread.
    explicit Mailbox(std::function<void()> wake) : wake_(std::move(wake)) {}

    void post(Message message) {
        {
            const std::lock_guard lock(mutex_);
            waiting_.push_back(std::move(message));
        }
        wake_();
    }
    [[nodiscard]] std::vector<Message> take() {
        const std::lock_guard lock(mutex_);
        return std::exchange(waiting_, {});
    }

private:
    std::function<void()> wake_;
    std::mutex mutex_;
    std::vector<Message> waiting_; // guarded by mutex_
};

} // namespace kiosk
