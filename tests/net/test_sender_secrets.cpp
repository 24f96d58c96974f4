// SPDX-License-Identifier: EUPL-1.2
// What is sealed stays sealed: what cannot be opened is not sent, and nothing personal leaves by another way.
#include "tests/net/sender_terminal.hpp"

#include "net/runtime/locked_memory.hpp"

using namespace net;
using namespace std::chrono_literals;
using tests::bytes_of;
using tests::CentralServer;
using tests::Folder;
using tests::Terminal;
using Kind = tests::Mischief::Kind;

TEST_CASE("sender: what cannot be opened or understood goes to the desk, and nothing of it is sent") {
    Terminal terminal;
    CentralServer server(terminal.certificates);
    terminal.start(server.base());
    auto s = tests::plain(std::pmr::get_default_resource(), terminal.chance.uuid());
    SealedRequest broken = terminal.sealed(s);
    broken.parts[0][40] ^= std::byte{1};
    REQUIRE(terminal.client->keep(broken, 60s).ok());
    CHECK(terminal.wait_for(s.id, Life::NeedsDesk).reason == Reason::SealBroken);
    const auto id = terminal.chance.uuid();
    auto strange = tests::plain(std::pmr::get_default_resource(), id);
    strange.response = "{\"resourceType\":\"Patient\"}";
    terminal.keep(strange);
    CHECK(terminal.wait_for(id, Life::NeedsDesk).reason == Reason::NotASubmission);
    CHECK(server.transactions() == 0);
    CHECK(terminal.tool->act(id, ipc::Action::Erase, 60s).value() == ipc::ActOutcome::Done);
    CHECK_FALSE(terminal.client->watch(id, 60s).value().known);
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
    auto answer = terminal.client->keep(seal(id, foreign.current(), parts).value(), 60s);
    REQUIRE(answer.ok());
    CHECK(std::get<ipc::NotKept>(answer.value()).reason == ipc::NotKeptReason::UnknownKey);
    auto request = terminal.sealed(tests::plain(std::pmr::get_default_resource(), id));
    request.parts.emplace_back(10);
    answer = terminal.client->keep(request, 60s);
    REQUIRE(answer.ok());
    CHECK(std::get<ipc::NotKept>(answer.value()).reason == ipc::NotKeptReason::Malformed);
    CHECK_FALSE(terminal.client->watch(id, 60s).value().known);
}

TEST_CASE("sender: the list, a row and an export show what waits, without opening it") {
    Terminal terminal;
    terminal.start("");
    const auto one = terminal.keep_plain();
    const auto two = terminal.keep(tests::daughter_speaks(std::pmr::get_default_resource()), {tests::one_pixel()});
    const auto rows = terminal.tool->list(60s).value();
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].id == one);
    CHECK(rows[1].number == 2);
    CHECK(rows[1].attachments == 1);
    CHECK(terminal.tool->show(two, 60s).value()->life == Life::Kept);
    auto exported = terminal.tool->fetch(two, 60s);
    REQUIRE(exported.ok());
    REQUIRE(exported.value().has_value());
    CHECK(exported.value()->parts.size() == 2);
    CHECK(read_header(exported.value()->header).value().id == two);
    CHECK(terminal.tool->act(one, ipc::Action::Hold, 60s).value() == ipc::ActOutcome::Done);
    CHECK(terminal.tool->show(one, 60s).value()->reason == Reason::HeldByStaff);
    CHECK(terminal.tool->act(two, ipc::Action::Erase, 60s).value() == ipc::ActOutcome::NotInThisState);
    CHECK(terminal.tool->act(terminal.chance.uuid(), ipc::Action::Retry, 60s).value() == ipc::ActOutcome::Unknown);
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

TEST_CASE(
    "sender: keys are rotated with a full outbox; terminals are told at once, and every old request still goes out") {
    Terminal terminal;
    std::vector<forms::Uuid> kept;
    std::string base;
    {
        CentralServer reserved(terminal.certificates); // an address at which nobody is yet
        base = reserved.base();
    }
    terminal.start(base);
    for (int i = 0; i < 5; ++i)
        kept.push_back(terminal.keep_plain());
    const KeyId first = terminal.client->join(60s).value().key_id;
    ipc::Client tool(terminal.sender->socket(), ipc::Role::Tool);
    for (int i = 0; i < 3; ++i) // the one between is needed by nothing, and goes with the third
        CHECK(tool.keys(ipc::KeyAction::Rotate, 60s).value().done);
    const auto keys = tool.keys(ipc::KeyAction::List, 60s).value().keys;
    REQUIRE(keys.size() == 4); // the first is needed, and with it stay all that came after it
    CHECK(keys[0].id == first);
    REQUIRE(terminal.client->ready(0, 60s).ok()); // what was told unasked is read with the next answer
    CHECK(terminal.client->join(60s).value().key_id == keys.back().id);
    kept.push_back(terminal.keep_plain());
    const std::string rest = base.substr(std::string("https://127.0.0.1:").size());
    CentralServer server(terminal.certificates, std::stoi(rest));
    for (const auto& id : kept)
        terminal.wait_for(id, Life::Acknowledged);
    CHECK(server.count("Task") == 6);
    CHECK(tool.keys(ipc::KeyAction::Rotate, 60s).value().keys.size() == 2); // nothing waits any more
}

TEST_CASE("sender: keys are destroyed within two seconds, and then no form is offered and nothing is readable") {
    Terminal terminal;
    terminal.start("https://127.0.0.1:1/fhir");
    const auto id = terminal.keep_plain();
    const auto other = terminal.sealed(tests::plain(std::pmr::get_default_resource(), terminal.chance.uuid()));
    // Whoever has the role of the interface may not.
    CHECK_FALSE(terminal.client->keys(ipc::KeyAction::Destroy, 60s).ok());
    ipc::Client tool(terminal.sender->socket(), ipc::Role::Tool);
    const auto exported = tool.fetch(id, 60s).value();
    REQUIRE(exported.has_value());
    const auto begin = std::chrono::steady_clock::now();
    const auto told = tool.keys(ipc::KeyAction::Destroy, 60s);
    CHECK(std::chrono::steady_clock::now() - begin < 2s);
    REQUIRE(told.ok());
    CHECK(told.value().done);
    CHECK(told.value().keys.empty());
    CHECK(std::filesystem::is_empty(terminal.folder.path() / "state" / "keys"));
    CHECK(terminal.client->ready(0, 60s).value() == ipc::ReadyCode::NoKeys);
    CHECK(std::get<ipc::NotKept>(terminal.client->keep(other, 60s).value()).reason == ipc::NotKeptReason::UnknownKey);
    terminal.start("https://127.0.0.1:1/fhir"); // makes new keys, which open nothing of before
    LockedMemory memory;
    const auto ring = KeyRing::open(terminal.folder.path() / "state" / "keys", &memory);
    REQUIRE(ring.ok());
    CHECK(unseal(*exported, ring.value(), &memory).error() == SealFault::UnknownKey);
    CHECK(terminal.wait_for(id, Life::NeedsDesk).reason == Reason::SealBroken);
}
