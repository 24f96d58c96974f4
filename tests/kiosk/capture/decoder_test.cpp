// SPDX-License-Identifier: EUPL-1.2
// The real decoder process: it reads, it is locked in, and nothing that happens to it stops the next read.
#include "kiosk/capture/decoder_process.hpp"
#include "kiosk/decoder/cage.hpp"
#include "tests/doubles/folder.hpp"
#include "tests/kiosk/capture/bombs.hpp"
#include "tests/kiosk/capture/paint.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <new>

#include <csignal>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace tests;
using namespace std::chrono_literals;
using kiosk::Decoders;
using Kind = kiosk::ReadFault::Kind;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

Bytes good_picture() {
    GrayPicture paper(900, 500, 240);
    draw_onto(paper, drawn_code(kiosk::Symbology::Code39, "RSSMRA80A01H501U", 3), 40, 40);
    return as_file(paper, 85);
}

bool reads_well(Decoders& decoders) {
    const auto readout = decoders.read(good_picture());
    return readout.ok() && readout.value().codes.size() == 1 && readout.value().codes[0].bytes == "RSSMRA80A01H501U";
}

/// Of those that have ended. Other work on the machine makes no difference to it.
double cpu_seconds_of_children() {
    rusage use{};
    REQUIRE(::getrusage(RUSAGE_CHILDREN, &use) == 0);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    return seconds(use.ru_utime) + seconds(use.ru_stime);
}

/// A program in the decoder's place, which does what the shell lines say.
std::filesystem::path impostor(Folder& folder, const std::string& lines) {
    const auto file = folder.write("impostor", "#!/bin/sh\n" + lines + "\n");
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
    return file;
}

Kind fault_of(const std::filesystem::path& program, std::chrono::milliseconds patience = 60s) {
    Decoders decoders(program, {.quick = patience});
    const auto outcome = decoders.read(good_picture());
    REQUIRE_FALSE(outcome.ok());
    return outcome.error().kind;
}

/// How a child ends that locks itself in and then does `deed`: the signal, or 0 when it ended by itself.
int signal_of(const std::function<void()>& deed) {
    const int child = ::fork();
    if (child == 0) {
        if (!kiosk::decoder::lock_in().ok()) ::_exit(9);
        deed();
        ::_exit(0);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    if (WIFSIGNALED(status)) return WTERMSIG(status);
    CHECK(WEXITSTATUS(status) == 0);
    return 0;
}

} // namespace

TEST_CASE("decoder: the real process reads a card, one picture after the other") {
    Decoders decoders(SPORTELLO_DECODER);
    for (int i = 0; i < 3; ++i)
        CHECK(reads_well(decoders));
}

TEST_CASE("decoder: a refused picture has its reason, and the next one is read") {
    Decoders decoders(SPORTELLO_DECODER);
    for (const auto& [bytes, reason] :
         {std::pair(Bytes{}, "empty"), std::pair(some_bytes("GIF89a"), "unknown-type"),
          std::pair(png_saying(30000, 30000), "too-many-pixels"), std::pair(Bytes((20u << 20) + 1), "too-large")}) {
        const auto outcome = decoders.read(bytes);
        REQUIRE_FALSE(outcome.ok());
        CHECK(kiosk::name_of(outcome.error()) == reason);
        CHECK(reads_well(decoders));
    }
}

TEST_CASE("decoder: whatever answers in its place is not believed") {
    Folder folder;
    CHECK(fault_of(folder.path() / "nothing-here") == Kind::Died);
    CHECK(fault_of(impostor(folder, "exit 0")) == Kind::Died);
    CHECK(fault_of(impostor(folder, "kill -SEGV $$")) == Kind::Died);
    CHECK(fault_of(impostor(folder, "printf R; exec sleep 20"), 400ms) == Kind::TimedOut);
    CHECK(fault_of(impostor(folder, "exec sleep 20"), 400ms) == Kind::TimedOut);
    CHECK(fault_of(impostor(folder, "printf 'hello world'")) == Kind::Nonsense);
    CHECK(fault_of(impostor(folder, "printf 'R\\377\\377\\377\\377'; exec sleep 20")) == Kind::Nonsense);
    CHECK(fault_of(impostor(folder, "printf 'R\\0\\0\\0\\3\\3\\1\\143'; exec sleep 20")) ==
          Kind::Nonsense); // no such reason
    CHECK(fault_of(impostor(folder, "printf 'R\\0\\0\\0\\2\\1\\0'; exec sleep 20")) ==
          Kind::Nonsense); // no such version
    CHECK(fault_of(impostor(folder, "printf 'R\\0\\0\\0\\1\\3xxxx'; exec sleep 20")) ==
          Kind::Nonsense); // longer than it says
}

TEST_CASE("decoder: locked in, it can neither open, connect, start, signal nor execute") {
    if (sanitized) return; // the cage leaves the run-time of a sanitizer its calls
    CHECK(signal_of([] {}) == 0);
    CHECK(signal_of([] { (void)::open("/etc/passwd", O_RDONLY | O_CLOEXEC); }) == SIGSYS);
    CHECK(signal_of([] { (void)::socket(AF_INET, SOCK_STREAM, 0); }) == SIGSYS);
    CHECK(signal_of([] { (void)::fork(); }) == SIGSYS);
    CHECK(signal_of([] { (void)::kill(::getppid(), 0); }) == SIGSYS);
    CHECK(signal_of([] {
              if (::write(2, "x", 1) != 1) ::_exit(0);
          }) == SIGSYS);
    CHECK(signal_of([] { (void)::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); }) ==
          SIGSYS);
}

TEST_CASE("decoder: locked in, it gets 512 MiB and not more") {
    if (sanitized) return;
    CHECK(signal_of([] {
              void* const much = std::malloc(600u << 20);
              ::_exit(much ? 1 : 0);
          }) == 0);
}

TEST_CASE("decoder: a picture that never ends is ended by the limit on CPU time") {
    CHECK(signal_of([] {
              volatile bool for_ever = true;
              while (for_ever) {
              }
          }) != 0);
}

TEST_CASE(
    "decoder: each of two hundred bombs is refused or ended in time, and the next card costs less than a second") {
    const auto bombs = all_bombs();
    REQUIRE(bombs.size() >= 200);
    Decoders decoders(SPORTELLO_DECODER); // which gives a picture 8 s
    std::size_t refused = 0, ended = 0, read = 0, not_well_after = 0;
    double dearest_bomb = 0, dearest_card = 0;
    for (const Bomb& bomb : bombs) {
        CAPTURE(bomb.name);
        double before = cpu_seconds_of_children();
        const auto outcome = decoders.read(bomb.bytes);
        dearest_bomb = std::max(dearest_bomb, cpu_seconds_of_children() - before);
        if (outcome.ok())
            ++read; // harmless after all: a chunk to be passed over, a byte that does not matter
        else if (outcome.error().kind == Kind::Refused)
            ++refused;
        else
            ++ended;
        before = cpu_seconds_of_children();
        const bool well = reads_well(decoders);
        dearest_card = std::max(dearest_card, cpu_seconds_of_children() - before);
        CHECK(well);
        if (!well) ++not_well_after;
    }
    CHECK(dearest_bomb < 8);
    CHECK((sanitized || dearest_card < 1));
    MESSAGE(bombs.size(), " bombs: ", refused, " refused, ", ended, " ended by the limits, ", read,
            " harmless; cards not read after one: ", not_well_after, "; CPU time of the dearest bomb ", dearest_bomb,
            " s, of the dearest card after one ", dearest_card, " s");
    CHECK(refused > 100);
}
