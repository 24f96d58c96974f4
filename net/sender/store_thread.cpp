// SPDX-License-Identifier: EUPL-1.2
#include "net/sender/store_thread.hpp"

#include <utility>

namespace net {

StoreResult<std::unique_ptr<StoreThread>> StoreThread::start(const std::filesystem::path& folder,
                                                             const OutboxOptions& options, const forms::Clock& clock) {
    std::unique_ptr<StoreThread> store(new StoreThread());
    std::promise<std::optional<StoreError>> opened;
    auto error = opened.get_future();
    StoreThread& self = *store;
    self.thread_ =
        std::jthread([&self, &clock, folder, options, opened = std::move(opened)](std::stop_token stop) mutable {
            auto outbox = DiskOutbox::open(folder, options, clock);
            if (!outbox.ok()) {
                opened.set_value(outbox.error());
                return;
            }
            self.outbox_ = std::move(outbox).value();
            self.opening_ = self.outbox_->opening();
            opened.set_value(std::nullopt);
            self.run(std::move(stop));
            self.outbox_.reset(); // closed on the thread that opened it
        });
    if (auto failed = error.get()) return *failed;
    return store;
}

StoreThread::~StoreThread() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
}

void StoreThread::post(std::function<void(DiskOutbox&)> task) {
    {
        const std::lock_guard lock(mutex_);
        tasks_.push_back(std::move(task));
    }
    changed_.notify_one();
}

void StoreThread::run(std::stop_token stop) {
    bool check_on = opening_.check_pending;
    for (;;) {
        std::function<void(DiskOutbox&)> task;
        {
            std::unique_lock lock(mutex_);
            if (!check_on) changed_.wait(lock, stop, [&] { return !tasks_.empty(); });
            if (!tasks_.empty()) {
                task = std::move(tasks_.front());
                tasks_.pop_front();
            } else if (stop.stop_requested()) {
                return;
            }
        }
        if (task)
            task(*outbox_);
        else if (check_on)
            check_on = outbox_->continue_check();
    }
}

OutboxResult<std::uint64_t> RemoteOutbox::keep(const SealedRequest& request, forms::WallTime wall, bool clock_trusted,
                                               forms::BootTime now) {
    return store_.ask([&](DiskOutbox& o) { return o.keep(request, wall, clock_trusted, now); });
}
std::optional<OutboxRow> RemoteOutbox::next_due(forms::BootTime now) const {
    return store_.ask([=](DiskOutbox& o) { return o.next_due(now); });
}
std::optional<forms::BootTime> RemoteOutbox::next_time() const {
    return store_.ask([](DiskOutbox& o) { return o.next_time(); });
}
OutboxResult<SealedRequest> RemoteOutbox::load(const forms::Uuid& id) {
    return store_.ask([&](DiskOutbox& o) { return o.load(id); });
}
OutboxResult<OutboxRow> RemoteOutbox::tell(const forms::Uuid& id, News news, const NewsFacts& facts) {
    return store_.ask([&](DiskOutbox& o) { return o.tell(id, news, facts); });
}
void RemoteOutbox::set_due(const forms::Uuid& id, forms::BootTime due) {
    store_.ask([&](DiskOutbox& o) { o.set_due(id, due); });
}
OutboxResult<forms::Done> RemoteOutbox::erase(const forms::Uuid& id) {
    return store_.ask([&](DiskOutbox& o) { return o.erase(id); });
}
OutboxResult<OutboxRow> RemoteOutbox::mark_sent(const forms::Uuid& id, std::uint16_t part) {
    return store_.ask([&](DiskOutbox& o) { return o.mark_sent(id, part); });
}
OutboxResult<OutboxRow> RemoteOutbox::note_task_status(const forms::Uuid& id, std::string_view word) {
    return store_.ask([&](DiskOutbox& o) { return o.note_task_status(id, word); });
}
OutboxResult<Bytes> RemoteOutbox::issues(const forms::Uuid& id) {
    return store_.ask([&](DiskOutbox& o) { return o.issues(id); });
}
OutboxResult<OutboxRow> RemoteOutbox::revise(const SealedRequest& request) {
    return store_.ask([&](DiskOutbox& o) { return o.revise(request); });
}
std::optional<OutboxRow> RemoteOutbox::find(const forms::Uuid& id) {
    return store_.ask([&](DiskOutbox& o) { return o.find(id); });
}
std::vector<OutboxRow> RemoteOutbox::list(std::uint64_t after_number, std::size_t at_most) const {
    return store_.ask([=](DiskOutbox& o) { return o.list(after_number, at_most); });
}
OutboxFigures RemoteOutbox::figures() {
    return store_.ask([](DiskOutbox& o) { return o.figures(); });
}
Health RemoteOutbox::health(std::uint64_t room) {
    return store_.ask([=](DiskOutbox& o) { return o.health(room); });
}

} // namespace net
