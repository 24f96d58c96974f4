// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/link/link.hpp"

#include "net/ipc/client.hpp"
#include "net/ipc/receipt_code.hpp"
#include "net/seal/sealed_request.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <span>
#include <utility>

namespace kiosk {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr auto ready_patience = 4s;
constexpr auto keep_patience = 10s; // a full sync on a slow disk, with room to spare
constexpr auto watch_patience = 4s;
constexpr auto news_patience = 60s;
constexpr auto status_patience = 4s;
constexpr auto pause_without_sender = 400ms;
/// How long one order to keep is tried; then the screen is told, and the person decides.
constexpr auto keep_is_tried = 45s;

constexpr const char* no_sender_code = "S0";
constexpr const char* too_large_code = "S1";
constexpr const char* other_version_code = "S2";

StaffCode code_of(net::ipc::ReadyCode code) { return "R" + std::to_string(static_cast<int>(code)); }
StaffCode code_of(net::ipc::NotKeptReason reason) { return "K" + std::to_string(static_cast<int>(reason)); }
StaffCode code_of(net::ipc::LineFault fault) {
    return fault == net::ipc::LineFault::OtherVersion ? other_version_code : no_sender_code;
}

RequestStatusTold::Where where_of(const net::ipc::StatusTold& told) {
    using Where = RequestStatusTold::Where;
    switch (told.outcome) {
    case net::ipc::StatusOutcome::NotFound:
        return Where::NotFound;
    case net::ipc::StatusOutcome::TooMany:
        return Where::TooMany;
    case net::ipc::StatusOutcome::Found:
        break;
    }
    if (told.life == net::Life::NeedsDesk) return Where::AtDesk;
    if (told.life != net::Life::Acknowledged) return Where::Waiting;
    switch (told.step) {
    case net::RequestStep::Unknown: // it is there: that much was proved
    case net::RequestStep::Received:
        return Where::Received;
    case net::RequestStep::UnderReview:
        return Where::UnderReview;
    case net::RequestStep::TakenInCharge:
        return Where::TakenInCharge;
    case net::RequestStep::ComeToDesk:
        return Where::AtDesk;
    case net::RequestStep::Closed:
        return Where::Closed;
    }
    return Where::NotFound;
}

/// Nothing newer can be had by asking again soon.
bool is_fresh(const net::ipc::StatusTold& told, std::chrono::milliseconds since) {
    const bool followed = told.outcome == net::ipc::StatusOutcome::Found && told.life == net::Life::Acknowledged &&
                          told.step != net::RequestStep::Closed;
    return !followed || (told.heard_ms_ago >= 0 && told.heard_ms_ago <= since.count());
}

} // namespace

/// What the thread is busy with. Everything in it belongs to the thread alone.
struct Link::Work {
    Work(Link& owner, std::stop_token end)
        : link(owner), stop(std::move(end)), client(owner.socket_, net::ipc::Role::Kiosk) {}

    void say(News what) { link.news_.post(std::move(what)); }

    void take_orders() {
        for (Order& order : link.take()) {
            if (const auto* ask = std::get_if<AskReadiness>(&order)) {
                asked = true;
                asked_room = std::max(asked_room, ask->room);
            }
            if (auto* keep = std::get_if<KeepRequest>(&order)) {
                if (!pending || pending->id != keep->id) sealed.reset();
                pending.reset(); // not assigned over: what was held before goes back to memory that zeroes it
                pending.emplace(std::move(*keep));
                sealed_again = false;
                give_up_at = Steady::now() + keep_is_tried;
            }
            if (auto* status = std::get_if<AskRequestStatus>(&order)) wanted_status = std::move(*status);
            if (std::holds_alternative<ForgetVisit>(order)) {
                wanted_status.reset();
                done_with_pending();
                if (watched) client.forget(*watched);
                watched.reset();
            }
        }
    }

    void done_with_pending() {
        pending.reset();
        sealed.reset();
    }

    /// The line broke. Said once, not at every try.
    void lost_sender(net::ipc::LineFault fault) {
        if (!sender_there) return;
        sender_there = false;
        watching = false;
        say(ReadinessTold{false, code_of(fault)});
    }

    void answer_readiness() {
        const std::uint64_t room = std::exchange(asked_room, 0);
        const auto answer = client.ready(room, ready_patience, stop);
        if (!answer.ok()) {
            if (answer.error() == net::ipc::LineFault::Stopped) return;
            sender_there = true; // so that it is said again: somebody asked
            return lost_sender(answer.error());
        }
        sender_there = true;
        const bool ready = answer.value() == net::ipc::ReadyCode::Ready;
        say(ReadinessTold{ready, ready ? StaffCode() : code_of(answer.value()), room});
    }

    /// One try. True when there is an answer, good or bad.
    bool keep_once() {
        const auto joined = client.join(ready_patience, stop);
        if (!joined.ok()) return false;
        if (!sealed || sealed_to != joined.value().key) {
            // Sealed once for each key: a resend has the same bytes, and a sender with another key gets them anew.
            std::vector<std::span<const std::byte>> parts = {
                std::as_bytes(std::span(pending->frozen.data(), pending->frozen.size()))};
            for (const SharedBytes& file : pending->files)
                parts.emplace_back(*file);
            auto fresh = net::seal(pending->id, joined.value().key, parts);
            if (!fresh.ok()) {
                say(RequestNotKept{pending->id, too_large_code});
                return true;
            }
            sealed = std::move(fresh).value();
            sealed_to = joined.value().key;
        }
        const auto answer = client.keep(*sealed, keep_patience, stop);
        if (!answer.ok()) return false;
        if (const auto* kept = std::get_if<net::ipc::Kept>(&answer.value())) {
            say(RequestKept{kept->id, kept->number, net::shown_receipt_code(net::receipt_code(kept->id))});
            watched = kept->id;
            watching = false;
            return true;
        }
        const auto& refused = std::get<net::ipc::NotKept>(answer.value());
        if (refused.reason == net::ipc::NotKeptReason::UnknownKey && !sealed_again) {
            sealed_again = true;
            sealed.reset();
            return false;
        }
        say(RequestNotKept{refused.id, code_of(refused.reason)});
        return true;
    }

    void answer_status() {
        RequestStatusTold told;
        told.number = wanted_status->number;
        const auto code = net::read_receipt_code(wanted_status->code);
        const auto since = wanted_status->since;
        wanted_status.reset();
        if (code) {
            const auto answer = client.status(told.number, *code, status_patience, stop);
            if (!answer.ok() && answer.error() == net::ipc::LineFault::Stopped) return;
            told.where = answer.ok() ? where_of(answer.value()) : RequestStatusTold::Where::NoAnswer;
            told.fresh = answer.ok() && is_fresh(answer.value(), since);
        }
        say(told);
    }

    void look_at_published() {
        look_at = false;
        if (!link.published_.wanted()) return;
        if (auto news = link.published_.look(client, stop))
            say(std::move(*news));
        else
            look_at = true; // with the next line
    }

    void tell(const net::ipc::State& state) {
        if (!state.known || !watched || state.id != *watched) return;
        if (state.life == net::Life::Acknowledged) say(RequestAcknowledged{state.id, state.reference});
        if (state.life == net::Life::NeedsDesk) say(RequestNeedsDesk{state.id});
    }

    Link& link;
    std::stop_token stop;
    net::ipc::Client client;
    bool sender_there = true;
    bool asked = false;
    std::uint64_t asked_room = 0; ///< bytes, with `asked`
    std::optional<KeepRequest> pending;
    Steady::time_point give_up_at{};
    std::optional<net::SealedRequest> sealed;
    net::PublicKey sealed_to{};
    bool sealed_again = false;
    std::optional<forms::Uuid> watched;
    bool watching = false;
    std::optional<AskRequestStatus> wanted_status;
    bool look_at = true; ///< at what is published
};

Link::Link(std::filesystem::path socket, Mailbox<News>& news, PublishedSettings published)
    : socket_(std::move(socket)), news_(news), published_(std::move(published)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

Link::~Link() = default;

void Link::post(Order order) {
    std::stop_source waiting;
    {
        const std::lock_guard lock(mutex_);
        orders_.push_back(std::move(order));
        waiting = interruption_;
    }
    waiting.request_stop(); // outside the lock: it runs the callback that rings the wait
    changed_.notify_all();
}

std::vector<Order> Link::take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(orders_, {});
}

std::stop_token Link::fresh_interruption() {
    const std::lock_guard lock(mutex_);
    if (orders_.empty()) interruption_ = std::stop_source(); // else: interrupted already, the orders come first
    return interruption_.get_token();
}

void Link::run(const std::stop_token& stop) {
    Work work(*this, stop);
    const auto rest = [&] {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, stop, pause_without_sender, [this] { return !orders_.empty(); });
    };
    while (!stop.stop_requested()) {
        work.take_orders();
        if (std::exchange(work.asked, false)) work.answer_readiness();
        if (work.wanted_status) work.answer_status();
        if (work.pending) {
            if (work.keep_once()) {
                work.done_with_pending();
            } else if (Steady::now() >= work.give_up_at) {
                work.say(RequestNotKept{work.pending->id, no_sender_code});
                work.done_with_pending(); // asked again, it is the same request under the same id
            } else {
                rest();
            }
            continue;
        }
        if (!work.sender_there) { // noticed at once when it is back, not when the next person comes
            if (work.client.join(ready_patience, stop).ok())
                work.asked = true;
            else
                rest();
            continue;
        }
        if (work.client.packages_changed() || work.look_at) {
            work.look_at_published();
            if (work.look_at) rest();
        }
        if (work.watched && !work.watching) {
            const auto state = work.client.watch(*work.watched, watch_patience, stop);
            if (!state.ok()) {
                if (state.error() != net::ipc::LineFault::Stopped) work.lost_sender(state.error());
                continue;
            }
            work.watching = true;
            work.tell(state.value());
        }
        const std::stop_token interruption = fresh_interruption();
        // The end of the program ends a wait for news as an order does.
        const std::stop_callback at_the_end(stop, [this] {
            std::stop_source waiting;
            {
                const std::lock_guard lock(mutex_);
                waiting = interruption_;
            }
            waiting.request_stop();
        });
        const auto change = work.client.news(news_patience, interruption);
        if (change.ok()) {
            if (change.value()) work.tell(*change.value());
        } else if (change.error() != net::ipc::LineFault::Stopped) {
            work.lost_sender(change.error());
        }
    }
}

} // namespace kiosk
