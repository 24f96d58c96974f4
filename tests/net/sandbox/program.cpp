// SPDX-License-Identifier: EUPL-1.2
#include "tests/net/sandbox/program.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace tests {

Program::Program(std::vector<std::string> arguments) {
    int ends[2] = {-1, -1};
    REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    std::vector<char*> values;
    arguments.insert(arguments.begin(), SANDBOX_PROGRAM);
    for (std::string& argument : arguments)
        values.push_back(argument.data());
    values.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    REQUIRE(::posix_spawn_file_actions_init(&actions) == 0);
    REQUIRE(::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO) == 0);
    REQUIRE(::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0) == 0);
    REQUIRE(::posix_spawn(&process_, SANDBOX_PROGRAM, &actions, nullptr, values.data(), environ) == 0);
    REQUIRE(::posix_spawn_file_actions_destroy(&actions) == 0);
    REQUIRE(::close(ends[1]) == 0);
    for (char c = 0; ::read(ends[0], &c, 1) == 1 && c != '\n';)
        ready_ += c;
    REQUIRE(::close(ends[0]) == 0);
}

Program::~Program() { kill(); }

int Program::stop() {
    if (process_ > 0) CHECK(::kill(process_, SIGTERM) == 0);
    return wait();
}

int Program::wait() {
    int status = 0;
    if (process_ <= 0 || ::waitpid(process_, &status, 0) != process_) return -1;
    process_ = -1;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

void Program::kill() {
    if (process_ <= 0) return;
    static_cast<void>(::kill(process_, SIGKILL));
    static_cast<void>(wait());
}

} // namespace tests
