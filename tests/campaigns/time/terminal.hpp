// SPDX-License-Identifier: EUPL-1.2
// A terminal's courier in virtual time: the program's own decisions and pauses, an outbox in memory, a central system
// that is a function of the clock.
#pragma once
#include "net/outbox/courier.hpp"
#include "tests/doubles/hand_clock.hpp"
#include "tests/doubles/memory_outbox.hpp"
#include "tests/doubles/sealed.hpp"
#include "tests/doubles/submissions.hpp"

#include <algorithm>
#include <functional>
#include <memory_resource>
#include <random>

namespace campaign {

struct Numbers final : net::Chance {
    explicit Numbers(std::uint32_t seed) : numbers(seed) {}
    forms::Uuid uuid() override { return {}; }
    std::uint32_t below(std::uint32_t limit) override {
        return limit == 0 ? 0 : static_cast<std::uint32_t>(numbers() % limit);
    }
    std::mt19937 numbers;
};

/// What the central system does with a request at this moment.
struct TimedCentral final : net::CentralSystem {
    std::function<net::CentralResult<net::Delivered>(const forms::Uuid&)> on_deliver;
    std::function<net::CentralResult<net::Presence>(const forms::Uuid&)> on_look_up;

    net::CentralResult<net::Delivered> deliver(const net::Submission& s, std::span<const net::SecretBytes>,
                                               std::stop_token) override {
        return on_deliver(s.id);
    }
    net::CentralResult<net::Presence> look_up(const net::Submission& s, std::stop_token) override {
        return on_look_up(s.id);
    }
    net::CentralResult<net::Delivered> follow(const net::Submission&, const std::string&, std::stop_token) override {
        return net::CentralError{};
    }
    void start_afresh() override {}
};

class Terminal {
public:
    Terminal(tests::HandClock& clock, std::uint32_t seed)
        : clock_(clock), chance_(seed), sealed_(tests::sealed(tests::id_number(0))) {}

    /// The n-th request of its own.
    void keep(int number) {
        // The same seal under another id: nobody opens it here, and sealing each would be most of the time.
        const forms::Uuid id = tests::id_number(number);
        constexpr std::size_t id_at = 5; // behind the mark and the version (sealed_request.hpp)
        const auto bytes = std::as_bytes(std::span(id.bytes()));
        sealed_.id = id;
        std::ranges::copy(bytes, sealed_.header.begin() + id_at);
        if (!outbox.keep(sealed_, clock_.wall, true, clock_.boot).ok()) std::abort();
    }
    /// One step; when to call again.
    forms::BootTime step() { return std::max(courier_.step({}), clock_.boot); }
    [[nodiscard]] std::size_t acknowledged() { return static_cast<std::size_t>(outbox.figures().acknowledged); }

    tests::MemoryOutbox outbox;
    TimedCentral central;

private:
    tests::HandClock& clock_;
    Numbers chance_;
    net::SealedRequest sealed_;
    net::EventLog log_{"campaign", clock_, [](std::string_view) {}};
    net::Courier courier_{outbox,
                          central,
                          [this](const net::SealedRequest& sealed) -> forms::Result<net::OpenedRequest, net::Reason> {
                              memory_.release();
                              return net::OpenedRequest{net::Submission(plain(sealed.id)), {}};
                          },
                          [](const net::OutboxRow&) {},
                          net::Pauses{},
                          clock_,
                          chance_,
                          log_};
    net::Submission plain(const forms::Uuid& id) {
        net::Submission s(&memory_);
        s.id = id;
        return s;
    }
    std::pmr::monotonic_buffer_resource memory_;
};

} // namespace campaign
