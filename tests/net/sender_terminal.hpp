// SPDX-License-Identifier: EUPL-1.2
// A whole sender in a state folder of its own, with the terminal's end of its line.
#pragma once
#include "net/ipc/client.hpp"
#include "net/runtime/system_clock.hpp"
#include "net/sender/sender.hpp"
#include "tests/doubles/central_server.hpp"
#include "tests/doubles/folder.hpp"
#include "tests/doubles/submissions.hpp"

#include <chrono>
#include <doctest/doctest.h>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace tests {

using namespace net;
using namespace std::chrono_literals;

inline std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

struct Terminal {
    Folder folder;
    Certificates certificates = make_certificates(folder.path());
    std::chrono::milliseconds refused_wait = 400ms;
    SystemClock clock;
    SystemChance chance;
    std::string log_text;
    EventLog log{"sender", clock, [this](std::string_view line) { log_text += line; }};
    std::unique_ptr<Sender> sender;
    std::unique_ptr<ipc::Client> client; ///< the interface's
    std::unique_ptr<ipc::Client> tool;   ///< the technician's

    SenderOptions options(const std::string& base) {
        SenderOptions o;
        o.config.state_dir = (folder.path() / "state").string();
        o.config.central.base_url = base;
        o.config.central.ca_file = certificates.ca.string();
        o.config.outbox.reserve_mib = 1;
        Pauses p;
        p.base = 20ms;
        p.longest = 200ms;
        p.unclear = p.look_again = p.pending = 100ms;
        p.refused = refused_wait;
        p.stopped = p.busy = 200ms;
        o.pauses = p;
        return o;
    }
    void start(const std::string& base) {
        client.reset();
        tool.reset();
        sender.reset();
        auto started = Sender::start(options(base), clock, chance, log);
        REQUIRE(started.ok());
        sender = std::move(started).value();
        client = std::make_unique<ipc::Client>(sender->socket(), ipc::Role::Kiosk);
        tool = std::make_unique<ipc::Client>(sender->socket(), ipc::Role::Tool);
    }
    SealedRequest sealed(const Submission& s, const std::vector<std::string>& files = {}) {
        auto welcome = client->join(60s);
        REQUIRE(welcome.ok());
        const Text body = encode_submission(s);
        std::vector<std::span<const std::byte>> parts = {bytes_of(body)};
        for (const auto& file : files)
            parts.push_back(bytes_of(file));
        return seal(s.id, welcome.value().key, parts).value();
    }
    forms::Uuid keep(const Submission& s, const std::vector<std::string>& files = {}) {
        auto kept = client->keep(sealed(s, files), 60s);
        REQUIRE(kept.ok());
        REQUIRE(std::holds_alternative<ipc::Kept>(kept.value()));
        return s.id;
    }
    forms::Uuid keep_plain() { return keep(plain(std::pmr::get_default_resource(), chance.uuid())); }
    /// How the line to the central system stands, once the first attempt has an end.
    ipc::Sending sending_settles() {
        const auto until = std::chrono::steady_clock::now() + 120s;
        for (;;) {
            const auto figures = client->figures(60s);
            REQUIRE(figures.ok());
            if (figures.value().state != ipc::Sending::Working || std::chrono::steady_clock::now() >= until)
                return figures.value().state;
            std::this_thread::sleep_for(20ms);
        }
    }
    /// Waits until it stands so; the state it has then.
    ipc::State wait_for(const forms::Uuid& id, Life life, std::chrono::seconds patience = 120s) {
        const auto until = std::chrono::steady_clock::now() + patience;
        auto state = client->watch(id, 60s);
        while (state.ok() && state.value().life != life && std::chrono::steady_clock::now() < until) {
            auto change = client->news(500ms);
            if (change.ok() && change.value() && change.value()->id == id) state = *change.value();
        }
        REQUIRE(state.ok());
        CHECK(state.value().life == life);
        return state.value();
    }
};

inline void check_one_of_each(const CentralServer& server) {
    CHECK(server.count("QuestionnaireResponse") == 1);
    CHECK(server.count("Task") == 1);
    CHECK(server.count("Provenance") == 1);
}

} // namespace tests
