// SPDX-License-Identifier: EUPL-1.2
// The sender's way to the central system against the real sandbox, which lets in only whom it knows.
#include "net/central/access/channel.hpp"
#include "net/runtime/locked_memory.hpp"
#include "net/sandbox/json_text.hpp"
#include "tests/doubles/certificates.hpp"
#include "tests/doubles/folder.hpp"
#include "tests/doubles/shared_clock.hpp"
#include "tests/net/sandbox/program.hpp"
#include "tests/net/sender_terminal.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <cstdlib>
#include <fstream>
#include <thread>

using namespace std::chrono_literals;
using Json = net::sandbox::Json;

namespace {

struct Keys {
    std::string private_file, public_file;
};

Keys make_keys(const tests::Folder& folder, const char* name, EVP_PKEY* made) {
    const std::shared_ptr<EVP_PKEY> key(made, EVP_PKEY_free);
    Keys keys{(folder.path() / (std::string(name) + ".key")).string(),
              (folder.path() / (std::string(name) + ".pub")).string()};
    const auto write = [](const std::string& file, auto how) {
        const std::unique_ptr<BIO, int (*)(BIO*)> out(BIO_new_file(file.c_str(), "w"), BIO_free);
        REQUIRE(out != nullptr);
        REQUIRE(how(out.get()) == 1);
    };
    write(keys.private_file,
          [&](BIO* out) { return PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
    write(keys.public_file, [&](BIO* out) { return PEM_write_bio_PUBKEY(out, key.get()); });
    std::filesystem::permissions(keys.private_file,
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    return keys;
}

struct Side {
    tests::Folder folder;
    tests::SharedClock clock{std::chrono::system_clock::now()};
    net::SystemChance chance;
    net::ClockFloor floor;
    net::LockedMemory memory;
    Keys keys = make_keys(folder, "ours", EVP_EC_gen("P-384"));
    std::optional<tests::Program> program;
    Json ready;

    net::ChannelSettings start(std::vector<std::string> more) {
        more.insert(more.begin(), {"--state", (folder.path() / "state").string(), "--allow-faults"});
        program.emplace(std::move(more));
        REQUIRE_FALSE(program->ready().empty());
        ready = Json::parse(program->ready());
        net::ChannelSettings settings;
        settings.base_url = ready["base"];
        settings.http.ca_file = ready["ca"];
        return settings;
    }
    [[nodiscard]] net::TokenSettings token() const {
        return {"sportello-1", "", keys.private_file, "k1", net::JwsAlgorithm::ES384, {"system/*.cruds"}};
    }
    net::HttpReply ask(net::Channel& channel, const std::string& path = "/Task?identifier=a%7Cb") {
        return channel.ask({net::HttpRequest::Method::Get, std::string(ready["base"]) + path, {}, {}, {}}, &memory, {});
    }
};

} // namespace

TEST_CASE("access: a sandbox that demands a token lets in who can sign for it, and nobody else") {
    Side side;
    auto settings = side.start({"--demand-token", "sportello-1", side.keys.public_file});
    {
        net::Channel stranger(settings, side.clock, side.floor, side.chance, &side.memory);
        CHECK(side.ask(stranger).status == 401);
    }
    settings.token = side.token();
    {
        net::Channel known(settings, side.clock, side.floor, side.chance, &side.memory);
        CHECK(side.ask(known).status == 200);
        CHECK(side.ask(known).status == 200);
    }
    const Keys others = make_keys(side.folder, "others", EVP_EC_gen("P-384"));
    settings.token->key_file = others.private_file;
    {
        net::Channel pretender(settings, side.clock, side.floor, side.chance, &side.memory);
        CHECK(side.ask(pretender).status == 401);
    }
    settings.token = side.token();
    settings.token->client_id = "somebody";
    net::Channel misnamed(settings, side.clock, side.floor, side.chance, &side.memory);
    CHECK(side.ask(misnamed).status == 401);
}

TEST_CASE("access: RSA signs as well, and a clock ten minutes off is not let in") {
    Side side;
    const Keys rsa = make_keys(side.folder, "rsa", EVP_RSA_gen(2048));
    auto settings = side.start({"--demand-token", "sportello-1", rsa.public_file});
    settings.token = side.token();
    settings.token->key_file = rsa.private_file;
    settings.token->algorithm = net::JwsAlgorithm::RS384;
    net::Channel channel(settings, side.clock, side.floor, side.chance, &side.memory);
    CHECK(side.ask(channel).status == 200);
    channel.forget_connections();
    side.clock.set_wrong_by(10min);
    CHECK(side.ask(channel).status == 401);
    side.clock.set_wrong_by(0ms);
    CHECK(side.ask(channel).status == 200);
}

TEST_CASE(
    "access: a token that ran out over there before it should have is renewed once, and the request goes through") {
    Side side;
    auto settings = side.start({"--demand-token", "sportello-1", side.keys.public_file, "--token-lifetime", "1"});
    settings.token = side.token();
    net::Channel channel(settings, side.clock, side.floor, side.chance, &side.memory);
    CHECK(side.ask(channel).status == 200);
    // The sandbox counts in real seconds, our clock stands still: to us the token is still good.
    side.program.reset();
    auto again = side.start({"--demand-token", "sportello-1", side.keys.public_file});
    CHECK(again.base_url == settings.base_url); // the port is remembered; the tokens are not
    CHECK(side.ask(channel).status == 200);
}

TEST_CASE("access: a sandbox that demands a client certificate lets in who shows one of its authority") {
    Side side;
    const auto ours = tests::issue(tests::authority_named("Terminals"));
    ours.write(side.folder.path() / "terminals.pem");
    auto settings = side.start({"--demand-client-certificate", (side.folder.path() / "terminals.pem").string()});
    {
        net::Channel stranger(settings, side.clock, side.floor, side.chance, &side.memory);
        CHECK(side.ask(stranger).end != net::HttpReply::End::Answered);
    }
    tests::Wanted wanted;
    wanted.alt_names.clear();
    tests::issue(wanted, &ours).write(side.folder.path() / "us.pem", side.folder.path() / "us.key");
    settings.http.client_certificate_file = (side.folder.path() / "us.pem").string();
    settings.http.client_key_file = (side.folder.path() / "us.key").string();
    net::Channel known(settings, side.clock, side.floor, side.chance, &side.memory);
    CHECK(side.ask(known).status == 200);
}

TEST_CASE("access: a whole sender delivers to a sandbox that demands a token, and keeps everything until it has one") {
    Side side;
    side.start({"--demand-token", "sportello-1", side.keys.public_file});
    tests::Terminal terminal;
    net::SenderOptions options = terminal.options(side.ready["base"]);
    options.config.central.ca_file = side.ready["ca"];
    const auto start = [&] {
        terminal.client.reset();
        terminal.sender.reset();
        auto started = net::Sender::start(options, terminal.clock, terminal.chance, terminal.log);
        REQUIRE(started.ok());
        terminal.sender = std::move(started).value();
        terminal.client = std::make_unique<net::ipc::Client>(terminal.sender->socket(), net::ipc::Role::Kiosk);
    };
    start(); // nobody has told it who it is
    const auto id = terminal.keep_plain();
    net::ipc::Client tool(terminal.sender->socket(), net::ipc::Role::Tool);
    const auto until = std::chrono::steady_clock::now() + 120s;
    auto sending = net::Sending::Working;
    while (sending != net::Sending::NotAdmitted && std::chrono::steady_clock::now() < until) {
        const auto figures = tool.figures(60s);
        REQUIRE(figures.ok());
        sending = figures.value().state;
        std::this_thread::sleep_for(20ms);
    }
    CHECK(sending == net::Sending::NotAdmitted);
    CHECK(terminal.client->watch(id, 60s).value().life == net::Life::Kept);

    options.config.oauth.client_id = "sportello-1";
    options.config.oauth.key_file = side.keys.private_file;
    options.config.oauth.key_id = "k1";
    options.config.oauth.algorithm = "ES384";
    start();
    const auto state = terminal.wait_for(id, net::Life::Acknowledged);
    CHECK(state.reference.starts_with("SB-"));
}
