// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/outbox/disk_outbox.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <thread>

namespace net {

/// The thread that owns the only database connection. Everybody else asks it, by value; questions are answered in
/// order.
class StoreThread {
public:
    /// Opens the outbox on its own thread; waits until that is done. `clock` must outlive it.
    [[nodiscard]] static StoreResult<std::unique_ptr<StoreThread>>
    start(const std::filesystem::path& folder, const OutboxOptions& options, const forms::Clock& clock);
    ~StoreThread(); ///< answers what was asked, then closes the outbox

    [[nodiscard]] const OutboxOpening& opening() const { return opening_; }

    /// Runs later, on the store thread; does not wait.
    void post(std::function<void(DiskOutbox&)> task);
    /// Runs on the store thread and waits for the answer. Never from the store thread itself.
    template <class Task>
    auto ask(Task task) {
        using Answer = std::invoke_result_t<Task, DiskOutbox&>;
        auto promise = std::make_shared<std::promise<Answer>>();
        auto answer = promise->get_future();
        post([promise, task = std::move(task)](DiskOutbox& outbox) mutable {
            if constexpr (std::is_void_v<Answer>) {
                task(outbox);
                promise->set_value();
            } else {
                promise->set_value(task(outbox));
            }
        });
        return answer.get();
    }

private:
    StoreThread() = default;
    void run(std::stop_token stop);

    std::unique_ptr<DiskOutbox> outbox_; ///< touched by the thread alone
    OutboxOpening opening_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<std::function<void(DiskOutbox&)>> tasks_; // guarded by mutex_
    std::jthread thread_;                                ///< last: starts after everything above is there
};

/// The outbox as other threads see it: each call is a question to the store thread.
class RemoteOutbox final : public Outbox {
public:
    explicit RemoteOutbox(StoreThread& store) : store_(store) {}

    OutboxResult<std::uint64_t> keep(const SealedRequest& request, forms::WallTime wall, bool clock_trusted,
                                     forms::BootTime now) override;
    std::optional<OutboxRow> next_due(forms::BootTime now) const override;
    std::optional<forms::BootTime> next_time() const override;
    OutboxResult<SealedRequest> load(const forms::Uuid& id) override;
    OutboxResult<OutboxRow> tell(const forms::Uuid& id, News news, const NewsFacts& facts) override;
    void set_due(const forms::Uuid& id, forms::BootTime due) override;
    OutboxResult<forms::Done> erase(const forms::Uuid& id) override;
    OutboxResult<OutboxRow> mark_sent(const forms::Uuid& id, std::uint16_t part) override;
    OutboxResult<OutboxRow> note_task_status(const forms::Uuid& id, std::string_view word) override;
    OutboxResult<Bytes> issues(const forms::Uuid& id) override;
    OutboxResult<OutboxRow> revise(const SealedRequest& request) override;
    std::optional<OutboxRow> find(const forms::Uuid& id) override;
    std::vector<OutboxRow> list(std::uint64_t after_number, std::size_t at_most) const override;
    OutboxFigures figures() override;
    Health health(std::uint64_t room) override;

private:
    StoreThread& store_;
};

} // namespace net
