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
