// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace kiosk {

enum class ChildFault {
    NotStarted, ///< no such program, or the kernel refused
    NoAnswer,   ///< it printed no line in time
    Ended,      ///< it ended before its line
};

/// A program of ours that runs beside this one in the demo. It gets SIGTERM when the thread that started it ends, so
/// start it on the thread that lives longest (the screen's). Its standard error is ours.
class ChildProcess {
public:
    /// The first argument is the program.
    [[nodiscard]] static forms::Result<ChildProcess, ChildFault> start(const std::filesystem::path& program,
                                                                       const std::vector<std::string>& arguments);
    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&& other) noexcept;
    /// Stops it when it still runs.
    ~ChildProcess();

    /// The first line it prints. Blocks up to `patience`: for the start, before there is a screen.
    [[nodiscard]] forms::Result<std::string, ChildFault> first_line(std::chrono::milliseconds patience);

    /// Readable once it has ended.
    [[nodiscard]] int descriptor() const { return handle_; }
    [[nodiscard]] int id() const { return id_; }
    [[nodiscard]] bool ended();
    /// SIGTERM to its process group, and SIGKILL after two seconds.
    void stop();

private:
    ChildProcess() = default;
    void close_all();
    int id_ = -1;
    int handle_ = -1; ///< pidfd
    int output_ = -1;
    bool over_ = false;
};

} // namespace kiosk
