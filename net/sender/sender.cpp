// SPDX-License-Identifier: EUPL-1.2
#include "net/sender/sender.hpp"

#include "net/central/fhir/fhir_central.hpp"
#include "net/central/fhir/fhir_feed.hpp"
#include "net/outbox/desk_issues.hpp"
#include "net/runtime/clock_floor.hpp"
#include "net/sender/channel_settings.hpp"
#include "net/sender/courier_thread.hpp"
#include "net/sender/desk.hpp"
#include "net/sender/metrics.hpp"
#include "net/sender/feed_desk.hpp"
#include "net/sender/feed_thread.hpp"
#include "net/sender/opening.hpp"
#include "net/sender/staff_desk.hpp"
#include "net/sender/store_thread.hpp"

#include <cerrno>
#include <optional>
#include <thread>

#include <sys/stat.h>
#include <unistd.h>

namespace net {
namespace {

/// The folder of this user alone, made when it is missing.
bool own_folder(const std::filesystem::path& folder) {
    std::error_code error;
    if (!folder.parent_path().empty()) std::filesystem::create_directories(folder.parent_path(), error);
    if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST) return false;
    struct stat facts {};
    return ::stat(folder.c_str(), &facts) == 0 && S_ISDIR(facts.st_mode) && facts.st_uid == ::geteuid() &&
           (facts.st_mode & (S_IRWXG | S_IRWXO)) == 0 && ::access(folder.c_str(), W_OK | X_OK) == 0;
}

Pauses pauses_of(const SenderOptions& options) {
    if (options.pauses) return *options.pauses;
    Pauses pauses;
    const CourierConfig& c = options.config.courier;
    pauses.base = c.backoff_base;
    pauses.longest = c.backoff_max;
    pauses.unclear = pauses.look_again = c.unclear_wait;
    pauses.refused = c.refused_wait;
    pauses.stopped = c.stopped_retry;
    return pauses;
}

FeedPauses feed_pauses_of(const SenderOptions& options) {
    if (options.feed_pauses) return *options.feed_pauses;
    FeedPauses pauses;
    pauses.poll = options.config.feed.poll;
    pauses.back_off_base = options.config.courier.backoff_base;
    pauses.back_off_longest = options.config.courier.backoff_max;
    pauses.stopped = options.config.courier.stopped_retry;
    return pauses;
}

std::vector<SignerKey> signer_keys(const std::vector<std::string>& texts) {
    std::vector<SignerKey> keys;
    for (const std::string& text : texts)
        if (const auto key = read_signer_key(text)) keys.push_back(*key);
    return keys;
}

/// What the outbox knows of delivered requests, as the feed follows them.
std::vector<Delivery> deliveries_of(const RemoteOutbox& outbox) {
    constexpr std::size_t at_once = 500;
    std::vector<Delivery> all;
    for (std::uint64_t after = 0;;) {
        const auto rows = outbox.list(after, at_once);
        for (const OutboxRow& row : rows)
            if (row.life == Life::Acknowledged && !row.reference.empty())
                all.push_back({row.id, row.number, row.reference, request_step_named(row.task_status)});
        if (rows.size() < at_once) return all;
        after = rows.back().number;
    }
}

StartFault fault_of(StoreFault fault) {
    switch (fault) {
    case StoreFault::InUse:
        return StartFault::InUse;
    case StoreFault::NoRights:
        return StartFault::NoFolder;
    default:
        return StartFault::StoreRefused;
    }
}

} // namespace

struct Sender::Running {
    Running(const forms::Clock& c, EventLog& l) : clock(c), log(l) {}

    const forms::Clock& clock;
    EventLog& log;
    std::filesystem::path folder, socket;
    LockedMemory memory; // outlives everything that was allocated from it
    std::optional<ClockFloor> clock_floor;
    std::optional<KeyRing> keys;
    std::unique_ptr<StoreThread> store;
    std::unique_ptr<RemoteOutbox> outbox;
    std::unique_ptr<FhirCentral> central;
    std::unique_ptr<AuditLog> audit;
    std::unique_ptr<StaffDoor> door;
    std::unique_ptr<PackageStore> packages;
    std::unique_ptr<FhirFeed> central_feed;
    std::unique_ptr<Follower> follower;
    std::unique_ptr<FeedDesk> feed_desk;
    std::unique_ptr<Desk> desk;
    std::unique_ptr<StaffDesk> staff;
    std::optional<ipc::Server> server;
    std::unique_ptr<CourierThread> courier;
    std::unique_ptr<FeedThread> feed;
    std::jthread ipc_thread;
    std::unique_ptr<MetricsFile> metrics;

    /// The office goes on serving people without them: what needs them is refused, and the log says so.
    void open_staff() {
        audit = AuditLog::open(folder / "audit", clock, log, &memory);
        if (!audit) log.write(LogEvent::AuditRefused);
        if (audit && audit->opening().fault != AuditFault::None)
            log.write(LogEvent::AuditBroken, {{"fault", static_cast<std::int64_t>(audit->opening().fault)},
                                              {"sequence", static_cast<std::int64_t>(audit->opening().sequence)}});
        auto list = StaffDoor::open(folder / "staff.json", clock);
        if (list.ok())
            door = std::move(list).value();
        else
            log.write(LogEvent::StaffListRefused, {{"fault", static_cast<std::int64_t>(list.error())}});
        staff = std::make_unique<StaffDesk>(
            StaffDesk::Parts{*store, *keys, &memory, clock, log, audit.get(), door.get(),
                             [this](ipc::Server::Peer peer, ipc::Message m) { server->send(peer, std::move(m)); },
                             [this](const OutboxRow& row) { desk->changed(row); }, [this] { desk->go_now(); }});
        desk->leave_staff_to(*staff);
    }

    /// The reverse of the start: nobody asks any more, then nothing is sent any more, then the disk is closed. What was
    /// asked before is answered before the courier goes: the answer wakes it.
    ~Running() {
        metrics.reset(); // it asks the store
        ipc_thread.request_stop();
        if (ipc_thread.joinable()) ipc_thread.join();
        staff.reset();
        if (store) store->ask([](DiskOutbox&) {});
        feed.reset(); // asks the store, too
        courier.reset();
        store.reset(); // its last answers go to a server that no longer runs, and are dropped with it
        server.reset();
    }
};

Sender::Sender(std::unique_ptr<Running> running) : running_(std::move(running)) {}
Sender::~Sender() = default;
const std::filesystem::path& Sender::socket() const { return running_->socket; }

forms::Result<std::unique_ptr<Sender>, StartFault>
Sender::start(const SenderOptions& options, const forms::Clock& clock, Chance& chance, EventLog& log) {
    auto r = std::make_unique<Running>(clock, log);
    r->folder = options.config.state_dir;
    r->socket = r->folder / "sender.sock";
    if (!own_folder(r->folder)) return StartFault::NoFolder;

    // The outbox first: its lock says that no other sender lives here, and only then may keys and socket be touched.
    const Pauses pauses = pauses_of(options);
    OutboxOptions box;
    box.capacity = options.config.outbox.capacity;
    box.disk_share = options.config.outbox.disk_share_mib << 20;
    box.reserve = options.config.outbox.reserve_mib << 20;
    box.waits = {pauses.unclear, pauses.refused};
    auto store = StoreThread::start(r->folder, box, clock);
    if (!store.ok()) {
        log.write(LogEvent::StoreRefused, {{"fault", static_cast<std::int64_t>(store.error().fault)},
                                           {"library", std::int64_t{store.error().library_code}}});
        return fault_of(store.error().fault);
    }
    r->store = std::move(store).value();
    const OutboxOpening& opening = r->store->opening();
    if (opening.set_aside) log.write(LogEvent::StoreDamagedSetAside);
    if (opening.unclean)
        log.write(LogEvent::StoreCheckedAfterUncleanStop,
                  {{"restarted", static_cast<std::int64_t>(opening.restarted)}});
    if (opening.upgraded) log.write(LogEvent::StoreUpgraded);
    if (opening.returned > 0)
        log.write(LogEvent::StoreOlderPutBack, {{"requests", static_cast<std::int64_t>(opening.returned)}});
    log.write(LogEvent::StoreOpened);

    r->clock_floor.emplace(r->folder / "clock-floor");
    auto keys = KeyRing::open(r->folder / "keys", &r->memory);
    if (!keys.ok()) {
        log.write(LogEvent::KeyUnreadable, {{"fault", static_cast<std::int64_t>(keys.error())}});
        switch (keys.error()) {
        case KeyFault::Open:
            return StartFault::KeysOpen;
        case KeyFault::Damaged:
            return StartFault::KeysDamaged;
        case KeyFault::NoRights:
        case KeyFault::Refused:
            return StartFault::NoFolder;
        }
    }
    r->keys.emplace(std::move(keys).value());
    if (r->keys->created()) log.write(LogEvent::KeyCreated);
    if (!r->memory.really_locked()) log.write(LogEvent::MemoryNotLocked);

    const CentralConfig& c = options.config.central;
    const bool configured = !c.base_url.empty();
    r->outbox = std::make_unique<RemoteOutbox>(*r->store);
    const OutboxFigures waiting = r->outbox->figures();
    r->packages = PackageStore::open(
        r->folder / "feed",
        {signer_keys(options.config.feed.definition_keys), signer_keys(options.config.feed.notice_keys)},
        // A file that was set aside may come back, with requests that nobody has seen delivered.
        waiting.kept + waiting.sending + waiting.unclear + waiting.needs_desk + waiting.set_aside > 0);
    if (!r->packages) return StartFault::NoFolder;
    log.write(LogEvent::PackagesOpened,
              {{"packages", static_cast<std::int64_t>(r->packages->list().size())},
               {"damaged", static_cast<std::int64_t>(r->packages->opening().damaged)},
               {"unusable", static_cast<std::int64_t>(r->packages->opening().unusable)},
               {"removed", static_cast<std::int64_t>(r->packages->opening().removed)}});
    r->feed_desk = std::make_unique<FeedDesk>(FeedDesk::Parts{*r->store, clock, log});
    r->feed_desk->hand_to(*r->packages);
    r->desk = std::make_unique<Desk>(
        Desk::Parts{*r->store, *r->keys, r->memory, clock, *r->clock_floor, *r->feed_desk, log}, configured);
    auto server = ipc::Server::listen(r->socket, r->desk->events());
    if (!server.ok()) return StartFault::NoSocket;
    r->server.emplace(std::move(server).value());
    r->desk->serve(*r->server);
    r->open_staff();
    r->feed_desk->serve(*r->server);

    if (configured) {
        const ChannelSettings channel = channel_settings(options.config);
        r->central = std::make_unique<FhirCentral>(channel, clock, *r->clock_floor, chance, &r->memory);
        r->central_feed = std::make_unique<FhirFeed>(
            FhirFeedSettings{c.base_uri, options.config.feed.context, options.config.feed.since}, channel, clock,
            *r->clock_floor, chance, &r->memory);
        Running* self = r.get();
        auto courier = std::make_unique<Courier>(
            *r->outbox, *r->central,
            [self](const SealedRequest& sealed) { return open_request(sealed, *self->keys, &self->memory); },
            [self](const OutboxRow& row) { self->desk->changed(row); }, pauses, clock, chance, log,
            [self](const forms::Uuid& id, const std::vector<DeskIssue>& issues) {
                return seal_issues(issues, id, self->keys->current(), &self->memory);
            });
        r->courier = std::make_unique<CourierThread>(std::move(courier), clock);
        r->desk->hand_to(*r->courier);
        const FeedPauses feed_pauses = feed_pauses_of(options);
        r->follower = std::make_unique<Follower>(
            *r->central_feed, [self] { return deliveries_of(*self->outbox); },
            [self](const forms::Uuid& id, RequestStep step) {
                if (!self->outbox->note_task_status(id, name_of(step)).ok())
                    self->log.write(LogEvent::StoreRefused, {{"request", self->log.short_hash(id)}});
            },
            feed_pauses, clock, chance);
        auto feed = std::make_unique<Feed>(
            *r->central_feed, *r->packages, *r->follower, [self] { self->feed_desk->changed(); }, feed_pauses, clock,
            chance, log);
        r->feed = std::make_unique<FeedThread>(std::move(feed), clock);
        r->feed_desk->hand_to(*r->follower, *r->feed);
    } else {
        log.write(LogEvent::SendingStopped, {{"why", static_cast<std::int64_t>(Sending::NotConfigured)}});
    }
    if (!options.config.metrics.file.empty())
        r->metrics = std::make_unique<MetricsFile>(
            options.config.metrics.file,
            [self = r.get()] {
                const auto figures =
                    self->store->ask([self](DiskOutbox& outbox) { return self->desk->figures(outbox); });
                return metrics_text(figures, self->feed_desk->told());
            },
            log);
    r->ipc_thread = std::jthread([self = r.get()](std::stop_token stop) { self->server->run(std::move(stop)); });
    return std::unique_ptr<Sender>(new Sender(std::move(r)));
}

} // namespace net
