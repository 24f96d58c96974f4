// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <chrono>
#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace tests {

/// The real program as a child process. Ends with the test.
class Program {
public:
    /// Starts it; `ready()` is its first line, empty if it ended without one.
    explicit Program(std::vector<std::string> arguments);
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    [[nodiscard]] const std::string& ready() const { return ready_; }
    /// SIGTERM, then waits. Returns the exit code, or 128 + signal.
    int stop();
    /// Waits for an end by itself.
    int wait();
    void kill();

private:
    pid_t process_ = -1;
    std::string ready_;
};

} // namespace tests
