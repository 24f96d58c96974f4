// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>
#include <type_traits>
#include <utility>

namespace net::sandbox {

/// One thread that does what it is handed, in the order it is handed. What lives on it (the database) is made, used and
/// ended through `call`. Calls may come from any other thread; work that is waiting when it ends is still done.
class OneThread {
public:
    OneThread() : thread_([this] { work(); }) {}
    ~OneThread() {
        {
            std::lock_guard lock(mutex_);
            ending_ = true;
        }
        changed_.notify_all();
        thread_.join();
    }
    OneThread(const OneThread&) = delete;
    OneThread& operator=(const OneThread&) = delete;

    /// Returns what `job` returned. The caller waits.
    template <class Job>
    auto call(Job job) -> std::invoke_result_t<Job&> {
        std::packaged_task<std::invoke_result_t<Job&>()> task(std::move(job));
        auto result = task.get_future();
        {
            std::lock_guard lock(mutex_);
            waiting_.push_back([&task] { task(); });
        }
        changed_.notify_one();
        return result.get();
    }

private:
    void work() {
        std::unique_lock lock(mutex_);
        for (;;) {
            changed_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
            if (waiting_.empty()) return;
            auto job = std::move(waiting_.front());
            waiting_.pop_front();
            lock.unlock();
            job();
            lock.lock();
        }
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> waiting_; ///< guarded by mutex_
    bool ending_ = false;                       ///< guarded by mutex_
    std::thread thread_;                        // last: starts when the rest is there
};

} // namespace net::sandbox
