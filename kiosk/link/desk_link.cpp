// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/link/desk_link.hpp"

#include "net/ipc/client.hpp"
#include "net/ipc/submission.hpp"
#include "net/runtime/json_text.hpp"
#include "net/runtime/random.hpp"
#include "net/runtime/stack_wipe.hpp"
#include "net/seal/key_ring.hpp"
#include "net/seal/sealed_request.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace kiosk {
namespace {

using namespace std::chrono_literals;
using net::ipc::LineFault;

constexpr auto patience = 20s; // a look at a PIN, a full synchronisation, on a slow machine

DeskFault fault_of(LineFault fault) {
    return fault == LineFault::Refused ? DeskFault::SessionOver : DeskFault::NoSender;
}

DeskFault fault_of(net::ipc::DeskOutcome outcome) {
    using net::ipc::DeskOutcome;
    switch (outcome) {
    case DeskOutcome::Done:
        return DeskFault::None;
    case DeskOutcome::NotSignedIn:
        return DeskFault::SessionOver;
    case DeskOutcome::NotAllowed:
        return DeskFault::NotAllowed;
    case DeskOutcome::Elsewhere:
        return DeskFault::Elsewhere;
    case DeskOutcome::CannotOpen:
        return DeskFault::CannotOpen;
    case DeskOutcome::LookFirst:
        return DeskFault::LookFirst;
    case DeskOutcome::NotWritten:
        return DeskFault::NotWritten;
    case DeskOutcome::Unknown:
    case DeskOutcome::NotInThisState:
    case DeskOutcome::NotOpen:
    case DeskOutcome::Malformed:
        break;
    }
    return DeskFault::MovedOn;
}

DeskRow::Why why_of(net::Reason reason) {
    switch (reason) {
    case net::Reason::SealBroken:
    case net::Reason::NotASubmission:
        return DeskRow::Why::Broken;
    case net::Reason::InPartOnly:
        return DeskRow::Why::InPart;
    case net::Reason::TooManyTries:
        return DeskRow::Why::Tries;
    case net::Reason::HeldByStaff:
        return DeskRow::Why::Held;
    default:
        return DeskRow::Why::Refused;
    }
}

std::vector<DeskObjection> objections_of(std::string_view json, std::pmr::memory_resource* memory) {
    std::vector<DeskObjection> all;
    const auto elements = net::json_elements(json);
    if (!elements) return all;
    for (const std::string_view one : *elements) {
        const auto members = net::json_members(one);
        if (!members) continue;
        DeskObjection objection;
        for (const auto& [name, value] : *members) {
            const auto text = net::json_string(value, memory);
            if (name == "path" && text) objection.path.assign(*text);
            if (name == "code" && text) objection.missing = *text == "required";
        }
        all.push_back(std::move(objection));
    }
    return all;
}

} // namespace

/// Everything in it belongs to the thread alone.
struct DeskLink::Work {
    Work(DeskLink& owner, std::stop_token end)
        : link(owner), stop(std::move(end)), client(owner.socket_, net::ipc::Role::Desk) {}

    void say(DeskNews what) { link.news_.post(News(std::move(what))); }

    void lost(LineFault fault) {
        signed_in = false;
        key.reset();
        if (fault != LineFault::Stopped) say(DeskEnded{fault_of(fault)});
    }

    void operator()(const AskReadiness&) {}
    void operator()(const KeepRequest&) {} // the desk sends corrections, and nothing new
    void operator()(const CaptureOrder&) {} // goes to the devices
    void operator()(const AskRequestStatus&) {} // the desk lists what needs it; asking by a receipt is the kiosk's
    void operator()(const ForgetVisit&) {
        key.reset();
        if (!std::exchange(signed_in, false)) return;
        (void)client.sign_out(patience, stop); // a line that is lost ends the session just as well
    }
    void operator()(const DeskOrder& order) { std::visit(*this, order); }

    void operator()(const DeskSignIn& order) {
        DeskSignedIn told;
        const auto in = client.sign_in(order.staff, order.pin, chance.uuid(), patience, stop);
        if (!in.ok()) {
            told.outcome = DeskSignedIn::Outcome::NotNow;
            return say(told);
        }
        using net::SignInOutcome;
        switch (in.value().outcome) {
        case SignInOutcome::Done:
            told.outcome = DeskSignedIn::Outcome::Done;
            break;
        case SignInOutcome::Wrong:
            told.outcome = DeskSignedIn::Outcome::Wrong;
            break;
        case SignInOutcome::Wait:
            told.outcome = DeskSignedIn::Outcome::Wait;
            break;
        case SignInOutcome::Locked:
            told.outcome = DeskSignedIn::Outcome::Locked;
            break;
        case SignInOutcome::NotNow:
            told.outcome = DeskSignedIn::Outcome::NotNow;
            break;
        }
        told.wait = std::chrono::ceil<std::chrono::seconds>(std::chrono::milliseconds(in.value().wait_ms));
        signed_in = told.outcome == DeskSignedIn::Outcome::Done;
        say(told);
    }

    void operator()(const DeskStillHere&) {
        if (!signed_in) return;
        if (const auto sent = client.still_here(patience, stop); !sent.ok()) lost(sent.error());
    }

    void operator()(const DeskList&) {
        if (!signed_in) return;
        const auto rows = client.list(patience, stop);
        if (!rows.ok()) return lost(rows.error());
        DeskListed listed;
        for (const net::ipc::Row& row : rows.value())
            if (row.life == net::Life::NeedsDesk)
                listed.rows.push_back({row.id, row.number, why_of(row.reason),
                                       forms::WallTime(std::chrono::milliseconds(row.kept_wall_ms)),
                                       row.clock_trusted});
        say(std::move(listed));
    }

    void operator()(const DeskOpen& order) {
        DeskOpened told{order.id, DeskFault::None, FrozenBytes(&link.memory_), {}, false};
        key.emplace(net::KeyRing::passing(&link.memory_));
        const auto opened = client.open(order.id, key->current(), patience, stop);
        if (!opened.ok()) return lost(opened.error());
        told.fault = fault_of(opened.value().outcome);
        told.may_revise = opened.value().may_revise;
        if (told.fault != DeskFault::None) return say(std::move(told));
        const auto sealed = client.fetch(order.id, patience, stop);
        if (!sealed.ok()) return lost(sealed.error());
        told.fault = DeskFault::CannotOpen;
        if (sealed.value()) {
            const auto parts = net::unseal(*sealed.value(), *key, &link.memory_);
            if (parts.ok() && parts.value().size() == 2) {
                const auto text = [&](std::size_t part) {
                    const net::SecretBytes& bytes = parts.value()[part];
                    return std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
                };
                told.frozen.assign(text(0));
                told.objections = objections_of(text(1), &link.memory_);
                told.fault = DeskFault::None;
            }
        }
        key.reset();
        if (told.fault == DeskFault::None) {
            const auto form = published_form(told.frozen);
            if (!form.ok()) return lost(form.error());
            PublishedNews news; // the list of forms is for this opening alone: whatever was offered before is replaced
            if (form.value()) news.forms.push_back({form.value(), false}); // withdrawn or not, it was answered
            link.news_.post(News(std::move(news)));
        }
        say(std::move(told));
    }

    /// What it answers, when that was published. Null when it was not, or is no submission: who reads it says so.
    net::ipc::LineResult<std::shared_ptr<const forms::Definition>> published_form(std::string_view frozen) {
        const auto submission = net::decode_submission(frozen, &link.memory_);
        if (!submission.ok()) return std::shared_ptr<const forms::Definition>();
        return link.published_.version(client, submission.value().definition_url, submission.value().definition_sha256,
                                       patience, stop);
    }

    void operator()(const DeskClose&) {
        if (!signed_in) return;
        if (const auto closed = client.close(patience, stop); !closed.ok()) lost(closed.error());
    }

    void operator()(const DeskRevise& order) {
        const auto joined = client.join(patience, stop);
        if (!joined.ok()) return lost(joined.error());
        const std::span<const std::byte> parts[] = {std::as_bytes(std::span(order.frozen.data(), order.frozen.size()))};
        const auto sealed = net::seal(order.id, joined.value().key, parts);
        if (!sealed.ok()) return say(DeskSent{order.id, DeskFault::MovedOn});
        const auto revised = client.revise(sealed.value(), patience, stop);
        if (!revised.ok()) return lost(revised.error());
        say(DeskSent{order.id, fault_of(revised.value())});
    }

    void operator()(const DeskRetry& order) {
        const auto acted = client.act(order.id, net::ipc::Action::Retry, patience, stop);
        if (!acted.ok()) return lost(acted.error());
        using net::ipc::ActOutcome;
        DeskSent told{order.id, DeskFault::None};
        switch (acted.value()) {
        case ActOutcome::Done:
            break;
        case ActOutcome::NotAllowed:
            told.fault = DeskFault::SessionOver;
            break;
        case ActOutcome::Refused:
        case ActOutcome::NotLogged:
            told.fault = DeskFault::NotWritten;
            break;
        case ActOutcome::Unknown:
        case ActOutcome::NotInThisState:
            told.fault = DeskFault::MovedOn;
            break;
        }
        (void)client.close(patience, stop);
        say(told);
    }

    DeskLink& link;
    std::stop_token stop;
    net::ipc::Client client;
    net::SystemChance chance;
    std::optional<net::KeyRing> key; ///< of the opening that is being fetched
    bool signed_in = false;
};

DeskLink::DeskLink(std::filesystem::path socket, Mailbox<News>& news, std::pmr::memory_resource& memory,
                   PublishedSettings published)
    : socket_(std::move(socket)), news_(news), memory_(memory), published_(std::move(published)),
      thread_([this](std::stop_token stop) { run(stop); }) {}

DeskLink::~DeskLink() = default; // the thread is asked to stop, and its waits end at once

void DeskLink::post(Order order) {
    {
        const std::lock_guard lock(mutex_);
        orders_.push_back(std::move(order));
    }
    changed_.notify_one();
}

void DeskLink::run(const std::stop_token& stop) {
    Work work(*this, stop);
    while (!stop.stop_requested()) {
        std::vector<Order> orders;
        {
            std::unique_lock lock(mutex_);
            if (!changed_.wait(lock, stop, [this] { return !orders_.empty(); })) return;
            orders.swap(orders_);
        }
        for (Order& order : orders) {
            if (stop.stop_requested()) return;
            std::visit(work, order);
        }
        net::wipe_stack(); // of what was opened for staff
    }
}

} // namespace kiosk
