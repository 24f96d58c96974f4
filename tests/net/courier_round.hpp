// SPDX-License-Identifier: EUPL-1.2
// A courier on a clock turned by hand, with an outbox in memory and a central system that says what it is told to.
#pragma once
#include "net/outbox/courier.hpp"
#include "tests/doubles/hand_clock.hpp"
#include "tests/doubles/memory_outbox.hpp"
#include "tests/doubles/sealed.hpp"
#include "tests/doubles/submissions.hpp"

#include <algorithm>
#include <chrono>
#include <deque>
#include <doctest/doctest.h>
#include <string>
#include <vector>

namespace tests {

using namespace net;
using namespace std::chrono_literals;

/// Always the widest pause: what a test waits for is then known.
struct Widest final : Chance {
    forms::Uuid uuid() override { return id_number(++made); }
    std::uint32_t below(std::uint32_t limit) override { return limit == 0 ? 0 : limit - 1; }
    int made = 1000;
};

/// Answers from a list, delivers once it is empty, and counts.
struct ToldCentral final : CentralSystem {
    std::deque<CentralError> errors;
    std::deque<CentralResult<Presence>> probes;
    std::deque<CentralResult<Delivered>> places;
    std::vector<forms::Uuid> sent, asked;
    int afresh = 0;

    CentralResult<Delivered> deliver(const Submission& s, std::span<const SecretBytes>, std::stop_token) override {
        sent.push_back(s.id);
        if (errors.empty()) return Delivered{"T-" + std::to_string(sent.size()), 200};
        const CentralError error = errors.front();
        errors.pop_front();
        return error;
    }
    CentralResult<Presence> look_up(const Submission& s, std::stop_token) override {
        asked.push_back(s.id);
        if (probes.empty()) return Presence{};
        auto answer = probes.front();
        probes.pop_front();
        return answer;
    }
    CentralResult<Delivered> follow(const Submission&, const std::string&, std::stop_token) override {
        if (places.empty()) return CentralError{Fault::Pending, 202};
        auto answer = places.front();
        places.pop_front();
        return answer;
    }
    void start_afresh() override { ++afresh; }
};

struct Round {
    HandClock clock;
    Widest chance;
    std::string log_text;
    EventLog log{"sender", clock, [this](std::string_view line) { log_text += line; }};
    MemoryOutbox outbox;
    ToldCentral central;
    bool seal_fine = true;
    Pauses pauses;
    Courier courier{outbox,
                    central,
                    [this](const SealedRequest& sealed) -> forms::Result<OpenedRequest, Reason> {
                        if (!seal_fine) return Reason::SealBroken;
                        return OpenedRequest{plain(std::pmr::get_default_resource(), sealed.id), {}};
                    },
                    [](const OutboxRow&) {},
                    pauses,
                    clock,
                    chance,
                    log};

    void keep(int n) { REQUIRE(outbox.keep(sealed(id_number(n)), clock.wall, true, clock.boot).ok()); }
    Life life(int n) { return outbox.find(id_number(n))->life; }
    Reason reason(int n) { return outbox.find(id_number(n))->reason; }
    void step() { (void)courier.step({}); }
    /// Steps until there is nothing to do now.
    void steps() {
        for (int i = 0; i < 200 && courier.step({}) <= clock.boot; ++i) {
        }
    }
    /// Lets time pass in small pieces, stepping.
    void pass(std::chrono::milliseconds time) {
        const auto until = clock.boot + time;
        while (clock.boot < until) {
            steps();
            const auto next = courier.step({});
            clock.forward(std::clamp<std::chrono::milliseconds>(next - clock.boot, 1ms, until - clock.boot));
        }
        steps();
    }
};

} // namespace tests
