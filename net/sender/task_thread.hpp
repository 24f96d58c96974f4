// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/runtime/stack_wipe.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace net {

/// Does one thing after the other on a thread of its own. What was posted before the end is still done.
class TaskThread {
public:
    TaskThread() : thread_([this](std::stop_token stop) { run(stop); }) {}
    ~TaskThread() {
        thread_.request_stop();
        thread_.join();
    }
    TaskThread(const TaskThread&) = delete;
    TaskThread& operator=(const TaskThread&) = delete;

    void post(std::function<void()> task) {
        {
            const std::lock_guard lock(mutex_);
            tasks_.push_back(std::move(task));
        }
        changed_.notify_one();
    }

private:
    void run(const std::stop_token& stop) {
        for (;;) {
            std::function<void()> task;
            {
                std::unique_lock lock(mutex_);
                if (!changed_.wait(lock, stop, [this] { return !tasks_.empty(); })) return;
                task = std::move(tasks_.front());
                tasks_.pop_front();
            }
            task();
            wipe_stack(); // it may have opened a request
        }
    }

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<std::function<void()>> tasks_; // guarded by mutex_
    std::jthread thread_;                     ///< last: starts after everything above is there
};

} // namespace net
