// SPDX-License-Identifier: EUPL-1.2
// The whole sender against a central system that misbehaves, over real sockets, TLS and disk.
#include "net/feed/package_store.hpp"
#include "net/runtime/whole_file.hpp"
#include "tests/net/sender_terminal.hpp"

#include <filesystem>
#include <fstream>
#include <thread>

using namespace net;
using namespace std::chrono_literals;
using tests::CentralServer;
using tests::check_one_of_each;
using tests::Mischief;
using tests::Terminal;
using Kind = tests::Mischief::Kind;

TEST_CASE("sender: a kept request reaches the central system, and its reference comes back unasked") {
    Terminal terminal;
    CentralServer server(terminal.certificates);
    terminal.start(server.base());
    CHECK(terminal.client->ready(0, 60s).value() == ipc::ReadyCode::Ready);
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
    const auto again = terminal.client->keep(terminal.sealed(s), 60s);
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
    terminal.refused_wait = 10s; // long enough for the second request to pass, on a slow and busy machine too
    CentralServer server(terminal.certificates);
    for (const auto kind : {Kind::Status, Kind::None, Kind::Status})
        server.next({kind, 422});
    terminal.start(server.base());
    const auto bad = terminal.keep_plain();
    const auto good = terminal.keep_plain();
    terminal.wait_for(good, Life::Acknowledged);
    CHECK(terminal.tool->show(bad, 60s).value()->life == Life::Kept);
    const auto state = terminal.wait_for(bad, Life::NeedsDesk);
    CHECK(state.reason == Reason::Refused);
    // Staff let it go again: it arrives under its own id.
    CHECK(terminal.tool->act(bad, ipc::Action::Retry, 60s).value() == ipc::ActOutcome::Done);
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
    CHECK(terminal.sending_settles() == ipc::Sending::Unreachable);
    CentralServer server(terminal.certificates, port);
    terminal.wait_for(first, Life::Acknowledged);
    terminal.wait_for(second, Life::Acknowledged);
    CHECK(server.count("Task") == 2);
    CHECK(server.transactions() == 2);
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

TEST_CASE("sender: where the server takes our ids each part stands under its own, and one whose answer was lost is found") {
    Terminal terminal;
    CentralServer server(terminal.certificates);
    server.take_our_ids(true);
    server.next({Mischief::Kind::StoreThenDrop, 0});
    terminal.start(server.base());
    const auto id = terminal.keep_plain();
    terminal.wait_for(id, Life::Acknowledged);
    check_one_of_each(server);
    CHECK(server.transactions() == 1);
    const std::string sent = server.bodies().back();
    CHECK(sent.find("\"PUT\",\"url\":\"QuestionnaireResponse/" + part_id(id, "response").text()) != std::string::npos);
    CHECK(sent.find("\"ifNoneMatch\":\"*\"") != std::string::npos);
    CHECK(sent.find("\"POST\",\"url\":\"Task\"") != std::string::npos); // its id is what people quote
}

TEST_CASE("sender: a server that writes over what is there under our ids is sent conditions once it has shown it") {
    Terminal terminal;
    CentralServer server(terminal.certificates);
    server.take_our_ids(false);
    terminal.start(server.base());
    const Submission first = tests::plain(std::pmr::get_default_resource(), terminal.chance.uuid());
    terminal.wait_for(terminal.keep(first), Life::Acknowledged);
    REQUIRE(server.bodies().back().find("\"ifNoneMatch\"") != std::string::npos);

    // The same request from a terminal that has forgotten it: the answer says 200 where only 201 could be true.
    terminal.client.reset();
    terminal.tool.reset();
    terminal.sender.reset();
    std::filesystem::remove_all(terminal.folder.path() / "state");
    terminal.start(server.base());
    terminal.wait_for(terminal.keep(first), Life::Acknowledged);
    check_one_of_each(server);
    const auto second = terminal.keep_plain();
    terminal.wait_for(second, Life::Acknowledged);
    CHECK(server.bodies().back().find("\"ifNoneMatch\"") == std::string::npos);
    CHECK(server.bodies().back().find("\"ifNoneExist\"") != std::string::npos);
    CHECK(server.count("Task") == 2);
}

TEST_CASE("sender: a second one on the same state folder is refused, and the first goes on") {
    Terminal terminal;
    CentralServer server(terminal.certificates);
    terminal.start(server.base());
    const auto begin = std::chrono::steady_clock::now();
    auto second = Sender::start(terminal.options(server.base()), terminal.clock, terminal.chance, terminal.log);
    CHECK(std::chrono::steady_clock::now() - begin < 20s);
    REQUIRE_FALSE(second.ok());
    CHECK(second.error() == StartFault::InUse);
    terminal.wait_for(terminal.keep_plain(), Life::Acknowledged);
}

TEST_CASE("sender: after a restart what was kept is delivered, and what was sealed to the key can be opened") {
    Terminal terminal;
    terminal.start(""); // no central system yet
    CHECK(terminal.client->figures(60s).value().state == ipc::Sending::NotConfigured);
    const auto id = terminal.keep_plain();
    CentralServer server(terminal.certificates);
    terminal.start(server.base());
    terminal.wait_for(id, Life::Acknowledged);
    check_one_of_each(server);
    // Also the tombstone answers, and the reference is still known.
    terminal.start(server.base());
    CHECK(terminal.client->watch(id, 60s).value().reference == server.tasks()[0]);
}

TEST_CASE("sender: while an outbox is set aside, which may hold requests, no version of a form is removed") {
    Terminal terminal;
    CentralServer server(terminal.certificates);
    const Signer owner = Signer::from_seed({std::byte{1}});
    const auto folder = terminal.folder.path() / "state";
    SenderOptions options = terminal.options(server.base());
    options.config.feed.definition_keys = {text_of(owner.key())};
    std::filesystem::create_directory(folder);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    {
        const auto store = PackageStore::open(folder / "feed", {{owner.key()}, {}}, false);
        REQUIRE(store);
        for (std::uint64_t serial = 1; serial <= 3; ++serial)
            REQUIRE(store
                        ->take(PackageKind::Definition,
                               owner.sign({PackageKind::Definition, subject_of(PackageKind::Definition, "a"), serial},
                                          tests::bytes_of("{}")))
                        .ok());
    }
    const auto versions = [&] {
        auto started = Sender::start(options, terminal.clock, terminal.chance, terminal.log);
        REQUIRE(started.ok());
        ipc::Client client(started.value()->socket(), ipc::Role::Kiosk);
        return client.packages(60s).value().size();
    };
    const auto aside = folder / "outbox.db.damaged-1";
    std::ofstream(aside) << "what is left of it";
    CHECK(versions() == 3);
    std::filesystem::remove(aside); // a specialist has taken it away
    CHECK(versions() == 2);
}

TEST_CASE("sender: the figures of its file are those of its outbox, with nothing of anybody in it") {
    Terminal terminal;
    auto options = terminal.options("");
    const auto file = terminal.folder.path() / "sportello.prom";
    options.config.metrics.file = file.string();
    const auto first_figures = [&](bool then_keep) {
        auto sender = Sender::start(options, terminal.clock, terminal.chance, terminal.log);
        REQUIRE(sender.ok());
        std::string text;
        for (int i = 0; i < 6000 && !std::filesystem::exists(file); ++i)
            std::this_thread::sleep_for(10ms);
        text = read_small_file(file, 100'000).value_or("");
        if (then_keep) {
            terminal.client = std::make_unique<ipc::Client>(sender.value()->socket(), ipc::Role::Kiosk);
            terminal.keep_plain();
            terminal.client.reset();
        }
        return text;
    };
    const std::string before = first_figures(true);
    CHECK(before.find("sportello_requests{state=\"kept\"} 0\n") != std::string::npos);
    CHECK(before.find("sportello_sending{state=\"not_configured\"} 1\n") != std::string::npos);
    CHECK(before.find("sportello_feed_age_seconds -1\n") != std::string::npos);
    std::filesystem::remove(file);
    const std::string after = first_figures(false);
    CHECK(after.find("sportello_requests{state=\"kept\"} 1\n") != std::string::npos);
    for (std::size_t at = 0; at < after.size();) { // "name{label} number", or a comment
        const std::string line = after.substr(at, after.find('\n', at) - at);
        at += line.size() + 1;
        const bool figure = line.starts_with("sportello_") &&
                            line.find_first_not_of("0123456789-", line.rfind(' ') + 1) == std::string::npos;
        CHECK_MESSAGE((figure || line.starts_with("# ")), line);
    }
}
