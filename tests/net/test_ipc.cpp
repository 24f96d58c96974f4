// SPDX-License-Identifier: EUPL-1.2
#include "net/ipc/client.hpp"
#include "net/ipc/codec.hpp"
#include "net/ipc/server.hpp"
#include "tests/doubles/folder.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <random>
#include <thread>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace net;
using namespace net::ipc;
using tests::Folder;
using namespace std::chrono_literals;

namespace {

const auto id = *forms::Uuid::parse("5f0c2a4e-3b7d-4c1a-9e2f-6a1b8c9d0e11");

std::vector<Message> one_of_each() {
    Row row;
    row.id = id;
    row.number = 7;
    row.life = Life::Unclear;
    row.reason = Reason::NoAnswer;
    row.due_in_ms = -5;
    row.reference = "Task/1";
    const std::vector<std::byte> bytes(5, std::byte{7});
    return {Hello{},
            Welcome{},
            AskReady{9},
            Readiness{ReadyCode::OutboxFull},
            Keep{id, bytes, {1, 2}},
            Piece{id, 1, 2, bytes},
            Kept{id, 42},
            NotKept{id, NotKeptReason::UnknownKey},
            Watch{id},
            State{id, true, 3, Life::Acknowledged, Reason::None, "Task/è"},
            List{1},
            Listing{{row, row}, true},
            Show{id},
            Shown{true, row},
            Act{id, Action::Erase},
            Acted{id, ActOutcome::NotInThisState},
            Fetch{id, 1, 2},
            Fetched{id, true, bytes, {5}, 0, 0, bytes},
            AskFigures{},
            Figures{},
            Refusal{2},
            KeyOrder{KeyAction::Rotate},
            KeysTold{true, {{}, {}}},
            SignIn{"s.verdi", {id, bytes, bytes}},
            SignedIn{SignInOutcome::Wait, StaffRole::None, 15'000},
            SignOut{},
            SignedOut{},
            StillHere{},
            StaffOrder{StaffChange::Add, "s.verdi", StaffRole::Supervisor, {id, bytes, bytes}},
            StaffTold{StaffAnswer::Done, {{"s.verdi", StaffRole::Operator, false, true, 15}}},
            Open{id, {}},
            Opened{id, DeskOutcome::Done, 1, true},
            Close{},
            Closed{},
            Revise{id, bytes, {17}},
            Revised{id, DeskOutcome::LookFirst},
            AskPackages{},
            PackageList{{{PackageKind::Notice, subject_of(PackageKind::Notice, "n"), 9, 100}}},
            FetchPackage{subject_of(PackageKind::Notice, "n"), 9, 5},
            PackagePiece{subject_of(PackageKind::Notice, "n"), 9, true, 100, 5, bytes},
            AskStatus{42, "7K3P9XQ2"},
            StatusTold{42, StatusOutcome::Found, Life::Acknowledged, RequestStep::ComeToDesk, 5, 0},
            AskFeed{true},
            FeedTold{true, true, 7, 3, 503, 2}};
}

/// A small sender: keeps what it is given in memory, answers at once.
class TinySender {
public:
    explicit TinySender(const std::filesystem::path& socket)
        : server_(Server::listen(socket, {[this](Server::Peer p, Role, std::uint32_t) { server_.send(p, Welcome{}); },
                                          [this](Server::Peer p, Message&& m) { said(p, std::move(m)); },
                                          [this](Server::Peer) { ++left; }, [this](std::uint16_t) { ++refused; }})
                      .value()),
          thread_([this](std::stop_token stop) { server_.run(stop); }) {}

    void tell(const State& state) { server_.send(watcher, state); }

    std::atomic<int> left = 0, refused = 0;
    std::atomic<std::size_t> bytes = 0;
    std::atomic<Server::Peer> watcher = 0;
    std::atomic<bool> silent = false;

private:
    void said(Server::Peer p, Message&& m) {
        if (silent) return;
        if (std::get_if<AskReady>(&m) != nullptr) server_.send(p, Readiness{ReadyCode::Ready});
        if (const auto* keep = std::get_if<Keep>(&m)) {
            expected_ = 0;
            bytes = 0;
            for (const auto size : keep->part_sizes)
                expected_ += size;
        }
        if (const auto* piece = std::get_if<Piece>(&m)) {
            bytes += piece->bytes.size();
            if (bytes == expected_) server_.send(p, Kept{piece->id, 12});
        }
        if (const auto* watch = std::get_if<Watch>(&m)) {
            watcher = p;
            server_.send(p, State{watch->id, true, 12, Life::Kept, Reason::None, ""});
        }
    }
    std::size_t expected_ = 0;
    Server server_;
    std::jthread thread_;
};

int raw_connection(const std::filesystem::path& socket) {
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    const std::string path = socket.string();
    path.copy(name.sun_path, sizeof name.sun_path - 1);
    const int s = ::socket(AF_UNIX, SOCK_STREAM, 0);
    REQUIRE(::connect(s, reinterpret_cast<const sockaddr*>(&name), sizeof name) == 0);
    return s;
}

/// Reads until the other side cuts the line.
std::vector<std::byte> read_all(int s) {
    std::vector<std::byte> all;
    std::byte bytes[4096];
    for (;;) {
        const ssize_t got = ::recv(s, bytes, sizeof bytes, 0);
        if (got <= 0) return all;
        all.insert(all.end(), bytes, bytes + got);
    }
}

} // namespace

TEST_CASE("frames: every message comes back as it was sent") {
    const auto messages = one_of_each();
    REQUIRE(messages.size() == std::variant_size_v<Message>);
    for (std::size_t i = 0; i < messages.size(); ++i) {
        CAPTURE(i);
        REQUIRE(messages[i].index() == i);
        const auto frame = encode(messages[i]);
        auto back = decode(std::span(frame).subspan(4));
        REQUIRE(back.ok());
        CHECK(back.value().index() == i);
        CHECK(encode(back.value()) == frame);
    }
}

TEST_CASE("frames: a frame cut anywhere, or with a byte too many, is refused") {
    for (const Message& message : one_of_each()) {
        auto frame = encode(message);
        frame.erase(frame.begin(), frame.begin() + 4);
        for (std::size_t size = 0; size < frame.size(); ++size)
            CHECK_FALSE(decode(std::span(frame).first(size)).ok());
        frame.push_back(std::byte{0});
        CHECK_FALSE(decode(frame).ok());
    }
}

TEST_CASE("frames: numbers outside their list and lengths beyond the frame are refused") {
    auto refused = [](Message message, std::size_t at, int value) {
        auto frame = encode(message);
        frame.at(4 + 1 + at) = static_cast<std::byte>(value);
        auto back = decode(std::span(frame).subspan(4));
        return !back.ok() && back.error() == FrameFault::BadValue;
    };
    CHECK(refused(Hello{}, 2, 4));
    CHECK(refused(Readiness{}, 0, 8));
    CHECK(refused(State{id, true, 1, Life::Kept, Reason::None, ""}, 16, 2));
    CHECK(refused(State{id, true, 1, Life::Kept, Reason::None, ""}, 25, 0));
    CHECK(refused(State{id, true, 1, Life::Kept, Reason::None, ""}, 25, 6));
    CHECK(refused(State{id, true, 1, Life::Kept, Reason::None, ""}, 27, 0x10)); // a text of 268 million bytes
    CHECK(refused(Listing{}, 0, 0xff));
    const std::vector<std::byte> unknown = {std::byte{200}};
    CHECK(decode(unknown).error() == FrameFault::Unknown);
}

TEST_CASE("frames: random bytes and random changes never do more than fail") {
    std::mt19937 random(20261122);
    const auto messages = one_of_each();
    for (int round = 0; round < 20'000; ++round) {
        std::vector<std::byte> frame;
        if (round % 2 == 0) {
            frame.resize(random() % 200);
            for (auto& byte : frame)
                byte = static_cast<std::byte>(random() & 0xff);
            if (!frame.empty()) frame[0] = static_cast<std::byte>(random() % 24);
        } else {
            frame = encode(messages[random() % messages.size()]);
            frame.erase(frame.begin(), frame.begin() + 4);
            for (int change = 0; change < 3; ++change)
                frame[random() % frame.size()] = static_cast<std::byte>(random() & 0xff);
        }
        if (auto back = decode(frame); back.ok()) {
            const auto again = encode(back.value());
            CHECK(std::equal(frame.begin(), frame.end(), again.begin() + 4, again.end()));
        }
    }
}

TEST_CASE(
    "frames: a stream in single bytes gives the same messages, and a length beyond the limit is refused at once") {
    FrameBuffer buffer;
    std::size_t got = 0;
    const auto messages = one_of_each();
    for (const Message& message : messages) {
        for (const std::byte byte : encode(message)) {
            buffer.add(std::span(&byte, 1));
            if (auto next = buffer.next()) {
                REQUIRE(next->ok());
                CHECK(next->value().index() == got++);
            }
        }
    }
    CHECK(got == messages.size());
    const std::byte large[] = {std::byte{0}, std::byte{0x10}, std::byte{0}, std::byte{1}};
    buffer.add(large);
    auto next = buffer.next();
    REQUIRE(next.has_value());
    CHECK(next->error() == FrameFault::TooLarge);
}

TEST_CASE("line: a request of several pieces is kept, and its change of life is told unasked") {
    Folder folder;
    TinySender sender(folder.path() / "s.sock");
    struct stat facts {};
    REQUIRE(stat((folder.path() / "s.sock").c_str(), &facts) == 0);
    CHECK((facts.st_mode & 0777) == 0600);
    Client client(folder.path() / "s.sock", Role::Kiosk);
    CHECK(client.ready(0, 60s).value() == ReadyCode::Ready);
    SealedRequest request{id, Bytes(seal_header_size), {Bytes(100), Bytes(1'300'000)}};
    auto kept = client.keep(request, 60s);
    REQUIRE(kept.ok());
    CHECK(std::get<Kept>(kept.value()).number == 12);
    CHECK(sender.bytes == 1'300'100);
    CHECK(client.watch(id, 60s).value().life == Life::Kept);
    CHECK_FALSE(client.news(10ms).value().has_value());
    sender.tell(State{id, true, 12, Life::Acknowledged, Reason::None, "Task/9"});
    auto change = client.news(60s);
    REQUIRE(change.ok());
    CHECK(change.value()->reference == "Task/9");
}

TEST_CASE("line: without a sender the answer is at once, and the next call finds the one that has come") {
    Folder folder;
    const auto socket = folder.path() / "s.sock";
    Client client(socket, Role::Kiosk);
    CHECK(client.ready(0, 60s).error() == LineFault::NotThere);
    {
        TinySender sender(socket);
        CHECK(client.watch(id, 60s).ok());
    }
    CHECK(client.ready(0, 60s).error() != LineFault::TimedOut);
    TinySender sender(socket);
    CHECK(client.ready(0, 60s).ok());
    // What was watched before is watched again on the new line.
    auto change = client.news(60s);
    REQUIRE(change.ok());
    CHECK(change.value()->id == id);
}

TEST_CASE("line: a path longer than a socket address works") {
    Folder folder;
    const auto deep = folder.path() / std::string(90, 'd') / std::string(90, 'e');
    std::filesystem::create_directories(deep);
    std::filesystem::permissions(deep, std::filesystem::perms::owner_all);
    TinySender sender(deep / "sender.sock");
    Client client(deep / "sender.sock", Role::Tool);
    CHECK(client.ready(0, 60s).ok());
}

TEST_CASE("line: a folder that others may enter is refused") {
    Folder folder;
    std::filesystem::permissions(folder.path(),
                                 std::filesystem::perms::owner_all | std::filesystem::perms::others_exec);
    auto server = Server::listen(folder.path() / "s.sock", {});
    REQUIRE_FALSE(server.ok());
    CHECK(server.error() == ListenFault::NoRights);
}

TEST_CASE("line: a silent sender ends in TimedOut, and a stop request ends the wait at once") {
    Folder folder;
    TinySender sender(folder.path() / "s.sock");
    sender.silent = true;
    Client client(folder.path() / "s.sock", Role::Kiosk);
    CHECK(client.ready(0, 50ms).error() == LineFault::TimedOut);
    std::stop_source stop;
    std::jthread later([&] {
        std::this_thread::sleep_for(50ms);
        stop.request_stop();
    });
    const auto begin = std::chrono::steady_clock::now();
    CHECK(client.ready(0, 30s, stop.get_token()).error() == LineFault::Stopped);
    CHECK(std::chrono::steady_clock::now() - begin < 20s);
}

TEST_CASE("line: whoever does not follow the protocol is cut off, and the others are served") {
    Folder folder;
    TinySender sender(folder.path() / "s.sock");
    Client honest(folder.path() / "s.sock", Role::Kiosk);
    REQUIRE(honest.ready(0, 60s).ok());
    const auto answer_to = [&](const std::vector<std::byte>& bytes) {
        const int s = raw_connection(folder.path() / "s.sock");
        REQUIRE(::send(s, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size()));
        auto all = read_all(s);
        ::close(s);
        return all;
    };
    CHECK(answer_to(encode(AskReady{})) == encode(Refusal{1})); // no Hello
    CHECK(answer_to(encode(Hello{protocol + 1, Role::Kiosk})) == encode(Refusal{2}));
    CHECK(answer_to(std::vector<std::byte>(64, std::byte{0xff})) == encode(Refusal{1}));
    CHECK(answer_to(std::vector<std::byte>(64, std::byte{0})) == encode(Refusal{1}));
    CHECK(sender.refused == 4);
    CHECK(honest.ready(0, 60s).ok());
}
