// SPDX-License-Identifier: EUPL-1.2
// The sender as its own process, killed again and again at moments nobody chose.
#include "net/ipc/client.hpp"
#include "net/runtime/random.hpp"
#include "net/seal/sealed_request.hpp"
#include "tests/doubles/central_server.hpp"
#include "tests/doubles/folder.hpp"
#include "tests/doubles/submissions.hpp"

#include <doctest/doctest.h>

#include <array>
#include <csignal>
#include <random>
#include <set>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace net;
using namespace std::chrono_literals;

namespace {

/// The program, started with these arguments; its first line of output; killed at the end of its scope.
class Process {
public:
    explicit Process(std::vector<std::string> arguments) {
        int out[2];
        REQUIRE(pipe2(out, O_CLOEXEC) == 0);
        std::vector<char*> argv;
        for (auto& one : arguments)
            argv.push_back(one.data());
        argv.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        const std::array<char*, 1> no_environment = {nullptr};
        REQUIRE(posix_spawn(&id_, argv[0], &actions, nullptr, argv.data(), no_environment.data()) == 0);
        posix_spawn_file_actions_destroy(&actions);
        close(out[1]);
        out_ = out[0];
    }
    ~Process() {
        if (id_ > 0) (void)end(SIGKILL);
        close(out_);
    }
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    /// Its ready line, or nothing within a minute.
    std::string first_line() const {
        std::string line;
        char c = 0;
        pollfd wait{out_, POLLIN, 0};
        while (poll(&wait, 1, 60'000) > 0 && read(out_, &c, 1) == 1 && c != '\n')
            line += c;
        return line;
    }
    /// The status as waitpid tells it.
    int end(int signal) {
        kill(id_, signal);
        int status = 0;
        REQUIRE(waitpid(id_, &status, 0) == id_);
        id_ = -1;
        return status;
    }

private:
    pid_t id_ = -1;
    int out_ = -1;
};

struct Place {
    tests::Folder folder;
    tests::Certificates certificates = tests::make_certificates(folder.path());
    tests::CentralServer server{certificates};
    std::string config =
        folder
            .write("c.toml", "central.fhir.base_url = \"" + server.base() + "\"\ncentral.tls.ca_file = \"" +
                                 certificates.ca.string() + "\"\noutbox.reserve_mib = 1\n")
            .string();
    std::string state = (folder.path() / "state").string();

    std::vector<std::string> arguments() const {
        return {SPORTELLO_SENDER, "--config", config, "--state", state, "--demo-pace"};
    }
};

} // namespace

TEST_CASE("sender process: it says when it is ready, and stops in order soon") {
    Place place;
    Process sender(place.arguments());
    CHECK(sender.first_line() == "{\"ready\":true,\"socket\":\"" + place.state + "/sender.sock\"}");
    ipc::Client client(place.state + "/sender.sock", ipc::Role::Tool);
    CHECK(client.figures(60s).ok());
    const auto begin = std::chrono::steady_clock::now();
    const int status = sender.end(SIGTERM);
    CHECK(std::chrono::steady_clock::now() - begin < 20s);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    CHECK_FALSE(std::filesystem::exists(place.state + "/sender.sock"));
}

TEST_CASE("sender process: it also stops in order while the central system keeps it waiting") {
    Place place;
    for (int i = 0; i < 3; ++i)
        place.server.next({tests::Mischief::Kind::Hang});
    Process sender(place.arguments());
    REQUIRE_FALSE(sender.first_line().empty());
    SystemChance chance;
    ipc::Client client(place.state + "/sender.sock", ipc::Role::Kiosk);
    const auto s = tests::plain(std::pmr::get_default_resource(), chance.uuid());
    const Text body = encode_submission(s);
    const std::span<const std::byte> parts[] = {std::as_bytes(std::span(body.data(), body.size()))};
    REQUIRE(client.keep(seal(s.id, client.join(60s).value().key, parts).value(), 60s).ok());
    std::this_thread::sleep_for(300ms);
    const auto begin = std::chrono::steady_clock::now();
    CHECK(WEXITSTATUS(sender.end(SIGTERM)) == 0);
    CHECK(std::chrono::steady_clock::now() - begin < 20s);
}

TEST_CASE("sender process: wrong usage is 2, a refused configuration or a second start is 1, each with its reason") {
    Place place;
    const auto status_of = [](std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), SPORTELLO_SENDER);
        Process one(std::move(arguments));
        (void)one.first_line();
        return WEXITSTATUS(one.end(0));
    };
    CHECK(status_of({"--nonsense"}) == 2);
    CHECK(status_of({"--config", place.folder.write("bad.toml", "nonsense = 1").string()}) == 1);
    CHECK(status_of({"--state", "/proc/none"}) == 1);
    Process first(place.arguments());
    REQUIRE_FALSE(first.first_line().empty());
    CHECK(status_of({"--state", place.state}) == 1);
}

TEST_CASE("sender process: killed twenty times between keeping and delivering, everything is there exactly once") {
    Place place;
    SystemChance chance;
    std::mt19937 random(std::random_device{}());
    std::set<forms::Uuid> kept;
    std::map<forms::Uuid, SealedRequest> unanswered;
    auto* memory = std::pmr::get_default_resource();
    for (int round = 0; round < 20; ++round) {
        Process sender(place.arguments());
        REQUIRE_FALSE(sender.first_line().empty());
        ipc::Client client(place.state + "/sender.sock", ipc::Role::Kiosk);
        auto welcome = client.join(60s);
        REQUIRE(welcome.ok());
        // Whoever got no answer asks again, under the same id, as the terminal does.
        std::map<forms::Uuid, SealedRequest> todo;
        todo.swap(unanswered);
        for (int i = 0; i < 3; ++i) {
            const auto s = tests::plain(memory, chance.uuid());
            const Text body = encode_submission(s);
            const std::span<const std::byte> parts[] = {std::as_bytes(std::span(body.data(), body.size()))};
            todo.emplace(s.id, seal(s.id, welcome.value().key, parts).value());
        }
        std::jthread killer([&, wait = std::chrono::microseconds(random() % 60'000)] {
            std::this_thread::sleep_for(wait);
            (void)sender.end(SIGKILL);
        });
        for (auto& [id, request] : todo) {
            auto answer = client.keep(request, 60s);
            if (answer.ok() && std::holds_alternative<ipc::Kept>(answer.value()))
                kept.insert(id);
            else
                unanswered.emplace(id, std::move(request));
        }
    }
    Process sender(place.arguments());
    REQUIRE_FALSE(sender.first_line().empty());
    ipc::Client client(place.state + "/sender.sock", ipc::Role::Kiosk);
    for (auto& [id, request] : unanswered) {
        auto answer = client.keep(request, 60s);
        REQUIRE(answer.ok());
        REQUIRE(std::holds_alternative<ipc::Kept>(answer.value()));
        kept.insert(id);
    }
    CHECK(kept.size() == 60);
    std::set<std::uint64_t> numbers;
    for (const auto& id : kept) {
        const auto until = std::chrono::steady_clock::now() + 120s;
        auto state = client.watch(id, 60s);
        while (state.ok() && state.value().life != Life::Acknowledged && std::chrono::steady_clock::now() < until) {
            std::this_thread::sleep_for(20ms);
            state = client.watch(id, 60s);
        }
        REQUIRE(state.ok());
        CHECK(state.value().life == Life::Acknowledged);
        CHECK(numbers.insert(state.value().number).second);
    }
    for (const char* type : {"QuestionnaireResponse", "Task", "Provenance"})
        CHECK(place.server.count(type) == 60);
}
