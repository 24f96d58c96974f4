// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/app/child_process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace kiosk {
namespace {

using Steady = std::chrono::steady_clock;

/// In the child, between fork and exec: only calls that are safe there.
[[noreturn]] void become(const char* program, char* const* arguments, int output, int parent) {
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (::getppid() != parent) ::_exit(125); // the starter is gone already
    sigset_t none;
    ::sigemptyset(&none); // our own mask blocks the signals that must end a child
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::signal(SIGPIPE, SIG_DFL);
    const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (nothing < 0 || ::dup2(nothing, STDIN_FILENO) < 0 || ::dup2(output, STDOUT_FILENO) < 0) ::_exit(126);
    ::execv(program, arguments);
    ::_exit(127);
}

bool wait_readable(int descriptor, Steady::time_point until) {
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Steady::now());
        if (left.count() <= 0) return false;
        pollfd one{descriptor, POLLIN, 0};
        const int ready = ::poll(&one, 1, static_cast<int>(left.count()));
        if (ready > 0) return true;
        if (ready == 0 || errno != EINTR) return false;
    }
}

} // namespace

forms::Result<ChildProcess, ChildFault> ChildProcess::start(const std::filesystem::path& program,
                                                            const std::vector<std::string>& arguments) {
    std::array<int, 2> pipe_ends{};
    if (::pipe2(pipe_ends.data(), O_CLOEXEC) != 0) return ChildFault::NotStarted;
    // Everything that allocates happens before the fork.
    const std::string path = program.string();
    std::vector<std::string> texts = {path};
    texts.insert(texts.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (std::string& text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);

    ChildProcess child;
    const int parent = ::getpid();
    child.id_ = ::fork();
    if (child.id_ == 0) become(path.c_str(), pointers.data(), pipe_ends[1], parent);
    ::close(pipe_ends[1]);
    child.output_ = pipe_ends[0];
    if (child.id_ < 0) {
        child.over_ = true;
        return ChildFault::NotStarted;
    }
    ::setpgid(child.id_, child.id_); // here too: whoever comes first
    child.handle_ = static_cast<int>(::syscall(SYS_pidfd_open, child.id_, 0U));
    if (child.handle_ < 0) return ChildFault::NotStarted; // the destructor stops it
    return child;
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept { *this = std::move(other); }

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
    if (this == &other) return *this;
    stop();
    close_all();
    id_ = std::exchange(other.id_, -1);
    handle_ = std::exchange(other.handle_, -1);
    output_ = std::exchange(other.output_, -1);
    over_ = std::exchange(other.over_, true);
    return *this;
}

ChildProcess::~ChildProcess() {
    stop();
    close_all();
}

void ChildProcess::close_all() {
    if (handle_ >= 0) ::close(handle_);
    if (output_ >= 0) ::close(output_);
    handle_ = output_ = -1;
}

forms::Result<std::string, ChildFault> ChildProcess::first_line(std::chrono::milliseconds patience) {
    constexpr std::size_t most = 4096;
    const auto until = Steady::now() + patience;
    std::string line;
    while (line.size() < most) {
        if (!wait_readable(output_, until)) return ChildFault::NoAnswer;
        char letter = 0;
        const ssize_t got = ::read(output_, &letter, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return ChildFault::Ended;
        if (letter == '\n') return line;
        line += letter;
    }
    return ChildFault::NoAnswer;
}

bool ChildProcess::ended() {
    if (over_ || id_ <= 0) return true;
    int status = 0;
    const int found = ::waitpid(id_, &status, WNOHANG);
    over_ = found == id_ || (found < 0 && errno == ECHILD);
    return over_;
}

void ChildProcess::stop() {
    if (id_ <= 0 || ended()) return;
    ::kill(-id_, SIGTERM);
    ::kill(id_, SIGTERM); // it may not have reached its own group yet
    if (handle_ >= 0 && wait_readable(handle_, Steady::now() + std::chrono::seconds(2)) && ended()) return;
    ::kill(-id_, SIGKILL);
    ::kill(id_, SIGKILL);
    int status = 0;
    while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {
    }
    over_ = true;
}

} // namespace kiosk
