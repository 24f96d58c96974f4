// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/ipc/messages.hpp"
#include "net/runtime/event_log.hpp"

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace net {

/// The figures in Prometheus' text format 0.0.4: counts, ages, room, why sending stands still, and how fresh what is
/// published here is. Nothing in it says whose requests these are or which form. Pure.
[[nodiscard]] std::string metrics_text(const ipc::Figures& figures, const ipc::FeedTold& feed);

/// Writes the figures once a minute, whole or not at all, readable by everybody (the collector is another user).
/// A file that cannot be written stops nothing: it is told once in the log, and once when it works again.
class MetricsFile {
public:
    /// `text` is called from a thread of its own; it and `log` outlive this.
    MetricsFile(std::filesystem::path file, std::function<std::string()> text, EventLog& log);

private:
    void run(std::stop_token stop);

    std::filesystem::path file_;
    std::function<std::string()> text_;
    EventLog& log_;
    std::mutex mutex_;
    std::condition_variable_any stopped_;
    std::jthread thread_; ///< last: starts after everything above is there
};

} // namespace net
