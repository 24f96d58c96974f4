// SPDX-License-Identifier: EUPL-1.2
// Whom the sender talks to, and who it says it is.
#include "tests/net/sender_terminal.hpp"

#include <functional>
#include <thread>

using namespace net;
using namespace std::chrono_literals;
using tests::CentralServer;
using tests::check_one_of_each;
using tests::Folder;
using tests::Terminal;

TEST_CASE("sender: to a server with the wrong certificate not one byte of a request is sent") {
    const auto state_with = [](const tests::Certificates& shown, const std::function<void(Config&)>& change) {
        Terminal terminal;
        CentralServer server(shown);
        auto options = terminal.options(server.base());
        change(options.config);
        auto sender = Sender::start(options, terminal.clock, terminal.chance, terminal.log);
        REQUIRE(sender.ok());
        terminal.client = std::make_unique<ipc::Client>(sender.value()->socket(), ipc::Role::Kiosk);
        terminal.keep_plain();
        const auto state = terminal.sending_settles();
        CHECK(server.body_bytes() == 0);
        CHECK(server.transactions() == 0);
        terminal.client.reset();
        return state;
    };
    Folder folder;
    std::filesystem::create_directory(folder.path() / "other");
    std::filesystem::create_directory(folder.path() / "name");
    std::filesystem::create_directory(folder.path() / "old");
    const auto other = tests::make_certificates(folder.path() / "other");
    const auto name = tests::make_certificates(folder.path() / "name", "DNS:other.example");
    const auto old = tests::make_certificates(folder.path() / "old", "IP:127.0.0.1", tests::Validity::Expired);
    CHECK(state_with(other, [](Config&) {}) == ipc::Sending::NotTrusted);
    CHECK(state_with(name, [&](Config& c) { c.central.ca_file = name.ca.string(); }) == ipc::Sending::NotTrusted);
    CHECK(state_with(old, [&](Config& c) { c.central.ca_file = old.ca.string(); }) == ipc::Sending::NotTrusted);
    CHECK(state_with(other, [&](Config& c) {
              c.central.ca_file = other.ca.string();
              c.central.pins = {name.pin};
          }) == ipc::Sending::NotTrusted);
    CHECK(state_with(other, [&](Config& c) { c.central.ca_file = (folder.path() / "none.pem").string(); }) ==
          ipc::Sending::NotConfigured);
}

TEST_CASE("sender: a pinned key and its backup are accepted") {
    Terminal terminal;
    CentralServer server(terminal.certificates);
    auto options = terminal.options(server.base());
    options.config.central.pins = {"sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", terminal.certificates.pin};
    auto sender = Sender::start(options, terminal.clock, terminal.chance, terminal.log);
    REQUIRE(sender.ok());
    terminal.client = std::make_unique<ipc::Client>(sender.value()->socket(), ipc::Role::Kiosk);
    const auto id = terminal.keep_plain();
    terminal.wait_for(id, Life::Acknowledged);
    terminal.client.reset();
}

TEST_CASE("sender: where the server asks who we are, only a terminal with its certificate delivers") {
    Terminal terminal;
    CentralServer server(terminal.certificates, 0, true);
    terminal.start(server.base());
    const auto id = terminal.keep_plain();
    CHECK(terminal.sending_settles() == Sending::Unreachable); // nobody answers a stranger
    CHECK(server.transactions() == 0);
    auto options = terminal.options(server.base());
    options.config.central.client_certificate_file = terminal.certificates.client.string();
    options.config.central.client_key_file = terminal.certificates.client_key.string();
    terminal.client.reset();
    terminal.sender.reset();
    auto again = Sender::start(options, terminal.clock, terminal.chance, terminal.log);
    REQUIRE(again.ok());
    terminal.sender = std::move(again).value();
    terminal.client = std::make_unique<ipc::Client>(terminal.sender->socket(), ipc::Role::Kiosk);
    terminal.wait_for(id, Life::Acknowledged);
    check_one_of_each(server);
    terminal.client.reset();
    terminal.sender.reset();
}
