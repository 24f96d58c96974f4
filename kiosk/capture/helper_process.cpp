// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/helper_process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace kiosk {
namespace {

/// In the child, between fork and exec: only calls that are safe there.
[[noreturn]] void become(const char* program, char* const* arguments, char* const* surroundings, int socket, pid_t parent) {
    ::setpgid(0, 0); // what it starts ends with it
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(125); // the starter is gone already
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    if (::dup2(socket, STDIN_FILENO) < 0 || ::dup2(socket, STDOUT_FILENO) < 0) ::_exit(126);
    const int nothing = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nothing < 0 || ::dup2(nothing, STDERR_FILENO) < 0 || ::close_range(3, ~0U, 0) != 0) ::_exit(126);
    ::execve(program, arguments, surroundings);
    ::_exit(127);
}

/// "NAME" alone becomes what it is here, and nothing where it is not set.
std::vector<std::string> filled_in(const std::vector<std::string>& surroundings) {
    std::vector<std::string> all;
    for (const std::string& one : surroundings) {
        if (one.find('=') != std::string::npos)
            all.push_back(one);
        else if (const char* const ours = std::getenv(one.c_str()))
            all.push_back(one + '=' + ours);
    }
    return all;
}

/// As exec wants them: pointers, and a last one that is none.
std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (std::string& text : texts)
        all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

} // namespace

HelperProcess HelperProcess::start(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                                   const std::vector<std::string>& surroundings) {
    HelperProcess child;
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return child;
    // Everything that allocates happens before the fork.
    const std::string path = program.string();
    std::vector<std::string> words{program.filename().string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<std::string> around = filled_in(surroundings);
    const std::vector<char*> word_list = pointers_to(words), around_list = pointers_to(around);
    const pid_t parent = ::getpid();
    child.id_ = ::fork();
    if (child.id_ == 0) become(path.c_str(), word_list.data(), around_list.data(), ends[1], parent);
    ::close(ends[1]);
    if (child.id_ < 0)
        ::close(ends[0]);
    else
        child.socket_ = ends[0];
    return child;
}

HelperProcess::HelperProcess(HelperProcess&& other) noexcept
    : id_(std::exchange(other.id_, -1)), socket_(std::exchange(other.socket_, -1)) {}

HelperProcess& HelperProcess::operator=(HelperProcess&& other) noexcept {
    if (this != &other) {
        end();
        id_ = std::exchange(other.id_, -1);
        socket_ = std::exchange(other.socket_, -1);
    }
    return *this;
}

void HelperProcess::end() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
    const pid_t id = std::exchange(id_, -1);
    if (id <= 0) return;
    ::kill(-id, SIGKILL);
    ::kill(id, SIGKILL); // it may not have got as far as a group of its own
    int status = 0;
    while (::waitpid(id, &status, 0) < 0 && errno == EINTR) {
    }
}

std::filesystem::path program_beside(const char* name) {
    std::error_code none; // without /proc: a path that leads nowhere, and so to a helper that does not answer
    return std::filesystem::read_symlink("/proc/self/exe", none).parent_path() / name;
}

} // namespace kiosk
