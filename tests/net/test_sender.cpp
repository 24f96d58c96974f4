// SPDX-License-Identifier: EUPL-1.2
// The whole sender against a central system that misbehaves, over real sockets, TLS and disk.
#include "net/ipc/client.hpp"
#include "net/runtime/locked_memory.hpp"
#include "net/runtime/system_clock.hpp"
#include "net/sender/sender.hpp"
#include "tests/doubles/central_server.hpp"
#include "tests/doubles/folder.hpp"
#include "tests/doubles/submissions.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <thread>

using namespace net;
using namespace std::chrono_literals;
using tests::CentralServer;
using tests::Folder;
using tests::Mischief;
using Kind = tests::Mischief::Kind;

namespace {

std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

struct Terminal {
    Folder folder;
    tests::Certificates certificates = tests::make_certificates(folder.path());
    std::chrono::milliseconds refused_wait = 400ms;
    SystemClock clock;
    SystemChance chance;
    std::string log_text;
    EventLog log{"sender", clock, [this](std::string_view line) { log_text += line; }};
    std::unique_ptr<Sender> sender;
    std::unique_ptr<ipc::Client> client;

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
        sender.reset();
        auto started = Sender::start(options(base), clock, chance, log);
        REQUIRE(started.ok());
        sender = std::move(started).value();
        client = std::make_unique<ipc::Client>(sender->socket(), ipc::Role::Kiosk);
    }
    SealedRequest sealed(const Submission& s, const std::vector<std::string>& files = {}) {
        auto welcome = client->join(5s);
        REQUIRE(welcome.ok());
        const Text body = encode_submission(s);
        std::vector<std::span<const std::byte>> parts = {bytes_of(body)};
        for (const auto& file : files)
            parts.push_back(bytes_of(file));
        return seal(s.id, welcome.value().key, parts).value();
    }
    forms::Uuid keep(const Submission& s, const std::vector<std::string>& files = {}) {
        auto kept = client->keep(sealed(s, files), 10s);
        REQUIRE(kept.ok());
        REQUIRE(std::holds_alternative<ipc::Kept>(kept.value()));
        return s.id;
    }
    forms::Uuid keep_plain() { return keep(tests::plain(std::pmr::get_default_resource(), chance.uuid())); }
    /// Waits until it stands so; the state it has then.
    ipc::State wait_for(const forms::Uuid& id, Life life, std::chrono::seconds patience = 30s) {
        const auto until = std::chrono::steady_clock::now() + patience;
        auto state = client->watch(id, 5s);
        while (state.ok() && state.value().life != life && std::chrono::steady_clock::now() < until) {
            auto change = client->news(500ms);
            if (change.ok() && change.value() && change.value()->id == id) state = *change.value();
        }
        REQUIRE(state.ok());
        CHECK(state.value().life == life);
        return state.value();
    }
};

void check_one_of_each(const CentralServer& server) {
    CHECK(server.count("QuestionnaireResponse") == 1);
    CHECK(server.count("Task") == 1);
    CHECK(server.count("Provenance") == 1);
}

} // namespace

TEST_CASE("sender: a kept request reaches the central system, and its reference comes back unasked") {
    Terminal terminal;
    CentralServer server(terminal.certificates);
    terminal.start(server.base());
    CHECK(terminal.client->ready(0, 5s).value() == ipc::ReadyCode::Ready);
    const auto id = terminal.keep(tests::daughter_speaks(std::pmr::get_default_resource()), {tests::one_pixel()});
    const auto state = terminal.wait_for(id, Life::Acknowledged);
    REQUIRE(server.tasks().size() == 1);
    CHECK(state.reference == server.tasks()[0]);
    CHECK(state.number == 1);
    check_one_of_each(server);
    CHECK(server.count("RelatedPerson") == 1);
    CHECK(server.count("Consent") == 1);
    CHECK(server.count("DocumentReference") == 1);
    CHECK(server.count("Binary") == 1);
    CHECK(server.count("Patient") == 0);
    CHECK(server.transactions() == 1);
    CHECK(server.searches() == 0);
}

TEST_CASE("sender: pressing send twice, or again after delivery, keeps one request with one number") {
    Terminal terminal;
    CentralServer server(terminal.certificates);
    terminal.start(server.base());
    const auto s = tests::plain(std::pmr::get_default_resource(), terminal.chance.uuid());
    terminal.keep(s);
    terminal.keep(s);
    terminal.wait_for(s.id, Life::Acknowledged);
    const auto again = terminal.client->keep(terminal.sealed(s), 5s);
    REQUIRE(again.ok());
    CHECK(std::get<ipc::Kept>(again.value()).number == 1);
    check_one_of_each(server);
}

TEST_CASE("sender: after any answer that proves nothing it asks first, and everything is there exactly once") {
    struct Case {
        const char* what;
        Mischief mischief;
        std::size_t transactions;
    };
    const Case cases[] = {
        {"a login page instead of an answer", {Kind::Html}, 2},
        {"stored, then a login page", {Kind::StoreThenHtml}, 1},
        {"stored, then the line is cut", {Kind::StoreThenDrop}, 1},
        {"not stored, and the line is cut", {Kind::Drop}, 2},
        {"stored, then half an answer", {Kind::StoreThenCut}, 1},
        {"stored, then 500", {Kind::StoreThenStatus, 500}, 1},
        {"500", {Kind::Status, 500}, 2},
        {"502", {Kind::Status, 502}, 2},
        {"503 without a time", {Kind::Status, 503}, 2},
        {"504 after it was stored", {Kind::StoreThenStatus, 504}, 1},
        {"408", {Kind::Status, 408}, 2},
        {"an answer with one entry too few", {Kind::WrongCount}, 1},
        {"409 for an honest resend", {Kind::StoreThenStatus, 409}, 1},
        {"409, and it is not there", {Kind::Status, 409}, 2},
        {"412 after it was stored", {Kind::StoreThenStatus, 412}, 1},
        {"202 with a place to ask", {Kind::Accepted}, 1},
        {"503 with a time", {Kind::Status, 503, "0"}, 2},
        {"429", {Kind::Status, 429, "0"}, 2},
        {"401 once", {Kind::Status, 401}, 2},
        {"a redirect once", {Kind::Redirect}, 2},
    };
    for (const Case& c : cases) {
        CAPTURE(c.what);
        Terminal terminal;
        CentralServer server(terminal.certificates);
        server.next(c.mischief);
        terminal.start(server.base());
        const auto id = terminal.keep_plain();
        const auto state = terminal.wait_for(id, Life::Acknowledged);
        CHECK(server.transactions() == c.transactions);
        check_one_of_each(server);
        REQUIRE(server.tasks().size() == 1);
        CHECK(state.reference == server.tasks()[0]);
        const auto bodies = server.bodies();
        for (const auto& body : bodies)
            CHECK(body == bodies[0]); // a resend has the same bytes
        terminal.client.reset();
        terminal.sender.reset(); // before the server, which waits for kept connections
    }
}

TEST_CASE("sender: a refusal twice sends the request to the desk, and the next one is not held up") {
    Terminal terminal;
    terminal.refused_wait = 3s; // long enough for the second request to pass, on a slow machine too
    CentralServer server(terminal.certificates);
    for (const auto kind : {Kind::Status, Kind::None, Kind::Status})
        server.next({kind, 422});
    terminal.start(server.base());
    const auto bad = terminal.keep_plain();
    const auto good = terminal.keep_plain();
    terminal.wait_for(good, Life::Acknowledged);
    CHECK(terminal.client->show(bad, 5s).value()->life == Life::Kept);
    const auto state = terminal.wait_for(bad, Life::NeedsDesk);
    CHECK(state.reason == Reason::Refused);
    // Staff let it go again: it arrives under its own id.
    CHECK(terminal.client->act(bad, ipc::Action::Retry, 5s).value() == ipc::ActOutcome::Done);
    terminal.wait_for(bad, Life::Acknowledged);
    CHECK(server.count("Task") == 2);
}

TEST_CASE("sender: a request that is there in part only goes to the desk and is not sent again by itself") {
    Terminal terminal;
    CentralServer server(terminal.certificates);
    server.next({Kind::StorePart, 500});
    terminal.start(server.base());
    const auto id = terminal.keep_plain();
    CHECK(terminal.wait_for(id, Life::NeedsDesk).reason == Reason::InPartOnly);
    CHECK(server.transactions() == 1);
}

TEST_CASE("sender: with nobody at the address requests are kept, and arrive soon after somebody is there") {
    Terminal terminal;
    int port = 0;
    {
        CentralServer server(terminal.certificates);
        port = server.port();
    }
    terminal.start("https://127.0.0.1:" + std::to_string(port) + "/fhir");
    const auto first = terminal.keep_plain();
    const auto second = terminal.keep_plain();
    std::this_thread::sleep_for(300ms);
    CHECK(terminal.client->figures(5s).value().state == ipc::Sending::Unreachable);
    CentralServer server(terminal.certificates, port);
    terminal.wait_for(first, Life::Acknowledged);
    terminal.wait_for(second, Life::Acknowledged);
    CHECK(server.count("Task") == 2);
    CHECK(server.transactions() == 2);
}

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
        ipc::Sending state = ipc::Sending::Working;
        for (int i = 0; i < 100 && state == ipc::Sending::Working; ++i) {
            std::this_thread::sleep_for(20ms);
            state = terminal.client->figures(5s).value().state;
        }
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
    auto state = Sending::Working;
    for (int i = 0; i < 200 && state == Sending::Working; ++i) {
        std::this_thread::sleep_for(20ms);
        state = terminal.client->figures(5s).value().state;
    }
    CHECK(state == Sending::Unreachable); // nobody answers a stranger
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

TEST_CASE("sender: scans too large for the Bundle go ahead of it and are found with it") {
    Terminal terminal;
    CentralServer server(terminal.certificates);
    server.next({Kind::StoreThenDrop});
    terminal.start(server.base());
    auto s = tests::plain(std::pmr::get_default_resource(), terminal.chance.uuid());
    std::vector<std::string> files;
    for (int i = 0; i < 2; ++i) {
        Submission::Attachment a(std::pmr::get_default_resource());
        a.content_type = "image/png";
        a.title = "Documento";
        a.kind = "document";
        a.kind_display = "Documento";
        a.created = "2026-11-22T09:41:00+01:00";
        a.sha1_base64 = "ubT9GmGCko4cNKVYMsejEkIq5N4=";
        a.size = 3 << 20;
        s.attachments.push_back(std::move(a));
        files.emplace_back(3u << 20, static_cast<char>('a' + i));
    }
    const auto id = terminal.keep(s, files);
    terminal.wait_for(id, Life::Acknowledged);
    CHECK(server.count("Binary") == 2);
    CHECK(server.count("DocumentReference") == 2);
    CHECK(server.body_bytes() < 100'000);
    check_one_of_each(server);
}

TEST_CASE("sender: a second one on the same state folder is refused, and the first goes on") {
    Terminal terminal;
    CentralServer server(terminal.certificates);
    terminal.start(server.base());
    const auto begin = std::chrono::steady_clock::now();
    auto second = Sender::start(terminal.options(server.base()), terminal.clock, terminal.chance, terminal.log);
    CHECK(std::chrono::steady_clock::now() - begin < 1s);
    REQUIRE_FALSE(second.ok());
    CHECK(second.error() == StartFault::InUse);
    terminal.wait_for(terminal.keep_plain(), Life::Acknowledged);
}

TEST_CASE("sender: after a restart what was kept is delivered, and what was sealed to the key can be opened") {
    Terminal terminal;
    terminal.start(""); // no central system yet
    CHECK(terminal.client->figures(5s).value().state == ipc::Sending::NotConfigured);
    const auto id = terminal.keep_plain();
    CentralServer server(terminal.certificates);
    terminal.start(server.base());
    terminal.wait_for(id, Life::Acknowledged);
    check_one_of_each(server);
    // Also the tombstone answers, and the reference is still known.
    terminal.start(server.base());
    CHECK(terminal.client->watch(id, 5s).value().reference == server.tasks()[0]);
}

TEST_CASE("sender: what cannot be opened or understood goes to the desk, and nothing of it is sent") {
    Terminal terminal;
    CentralServer server(terminal.certificates);
    terminal.start(server.base());
    auto s = tests::plain(std::pmr::get_default_resource(), terminal.chance.uuid());
    SealedRequest broken = terminal.sealed(s);
    broken.parts[0][40] ^= std::byte{1};
    REQUIRE(terminal.client->keep(broken, 5s).ok());
    CHECK(terminal.wait_for(s.id, Life::NeedsDesk).reason == Reason::SealBroken);
    const auto id = terminal.chance.uuid();
    auto strange = tests::plain(std::pmr::get_default_resource(), id);
    strange.response = "{\"resourceType\":\"Patient\"}";
    terminal.keep(strange);
    CHECK(terminal.wait_for(id, Life::NeedsDesk).reason == Reason::NotASubmission);
    CHECK(server.transactions() == 0);
    CHECK(terminal.client->act(id, ipc::Action::Erase, 5s).value() == ipc::ActOutcome::Done);
    CHECK_FALSE(terminal.client->watch(id, 5s).value().known);
}

TEST_CASE("sender: a request sealed to a foreign key, or with pieces that do not fit, is not kept") {
    Terminal terminal;
    terminal.start("");
    LockedMemory memory;
    Folder elsewhere;
    const KeyRing foreign = KeyRing::open(elsewhere.path() / "keys", &memory).value();
    const auto id = terminal.chance.uuid();
    const std::string body = "x";
    const std::span<const std::byte> parts[] = {bytes_of(body)};
    auto answer = terminal.client->keep(seal(id, foreign.current(), parts).value(), 5s);
    REQUIRE(answer.ok());
    CHECK(std::get<ipc::NotKept>(answer.value()).reason == ipc::NotKeptReason::UnknownKey);
    auto request = terminal.sealed(tests::plain(std::pmr::get_default_resource(), id));
    request.parts.emplace_back(10);
    answer = terminal.client->keep(request, 5s);
    REQUIRE(answer.ok());
    CHECK(std::get<ipc::NotKept>(answer.value()).reason == ipc::NotKeptReason::Malformed);
    CHECK_FALSE(terminal.client->watch(id, 5s).value().known);
}

TEST_CASE("sender: the list, a row and an export show what waits, without opening it") {
    Terminal terminal;
    terminal.start("");
    const auto one = terminal.keep_plain();
    const auto two = terminal.keep(tests::daughter_speaks(std::pmr::get_default_resource()), {tests::one_pixel()});
    const auto rows = terminal.client->list(5s).value();
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].id == one);
    CHECK(rows[1].number == 2);
    CHECK(rows[1].attachments == 1);
    CHECK(terminal.client->show(two, 5s).value()->life == Life::Kept);
    auto exported = terminal.client->fetch(two, 5s);
    REQUIRE(exported.ok());
    REQUIRE(exported.value().has_value());
    CHECK(exported.value()->parts.size() == 2);
    CHECK(read_header(exported.value()->header).value().id == two);
    CHECK(terminal.client->act(one, ipc::Action::Hold, 5s).value() == ipc::ActOutcome::Done);
    CHECK(terminal.client->show(one, 5s).value()->reason == Reason::HeldByStaff);
    CHECK(terminal.client->act(two, ipc::Action::Erase, 5s).value() == ipc::ActOutcome::NotInThisState);
    CHECK(terminal.client->act(terminal.chance.uuid(), ipc::Action::Retry, 5s).value() == ipc::ActOutcome::Unknown);
}

TEST_CASE("sender: neither its log nor its files hold a word of what a person said") {
    Terminal terminal;
    CentralServer server(terminal.certificates);
    server.next({Kind::Status, 500});
    server.next({Kind::Status, 422});
    terminal.start(server.base());
    auto s = tests::daughter_speaks(std::pmr::get_default_resource());
    terminal.keep(s, {tests::one_pixel()});
    terminal.wait_for(s.id, Life::Acknowledged);
    terminal.client.reset();
    terminal.sender.reset();
    std::string everything = terminal.log_text;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(terminal.folder.path() / "state")) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in(entry.path(), std::ios::binary);
        everything.append(std::istreambuf_iterator<char>(in), {});
    }
    for (const char* word : {"Rossi", "RSSMRA80A01H501U", "Bianca", "333 0000000", "pua-accesso", "Orvieto"}) {
        CAPTURE(word);
        CHECK(everything.find(word) == std::string::npos);
    }
    CHECK(terminal.log_text.find(s.id.text()) == std::string::npos);
}
