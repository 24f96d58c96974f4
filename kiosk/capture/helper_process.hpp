// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace kiosk {

/// A throw-away program of ours, for work that must be able to crash, hang or be taken over: one socket is both its input
/// and its output, and it gets nothing else, neither descriptors nor surroundings. It is killed when this goes, or when the
/// thread that started it ends. Thread: one.
class HelperProcess {
public:
    HelperProcess() = default;
    /// `arguments`: behind the program's name. `surroundings`: all of them, "NAME=value", or "NAME" alone for what it may
    /// know of ours. An empty one where the kernel refuses; a program that is not there is one that ends without a word.
    [[nodiscard]] static HelperProcess start(const std::filesystem::path& program,
                                             const std::vector<std::string>& arguments,
                                             const std::vector<std::string>& surroundings);
    HelperProcess(HelperProcess&& other) noexcept;
    HelperProcess& operator=(HelperProcess&& other) noexcept;
    ~HelperProcess() { end(); }

    explicit operator bool() const { return id_ > 0; }
    [[nodiscard]] int socket() const { return socket_; }
    /// Kills it, with all that it started, and waits until it is gone.
    void end();

private:
    pid_t id_ = -1;
    int socket_ = -1;
};

/// A program that is installed beside the one that runs.
[[nodiscard]] std::filesystem::path program_beside(const char* name);

} // namespace kiosk
