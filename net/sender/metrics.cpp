// SPDX-License-Identifier: EUPL-1.2
#include "net/sender/metrics.hpp"

#include "net/runtime/whole_file.hpp"

#include <chrono>
#include <cstdint>
#include <string_view>
#include <utility>

namespace net {
namespace {

constexpr auto period = std::chrono::minutes(1);

std::string_view word_of(Sending state) {
    switch (state) {
    case Sending::Working:
        return "working";
    case Sending::NotConfigured:
        return "not_configured";
    case Sending::Unreachable:
        return "unreachable";
    case Sending::NotTrusted:
        return "not_trusted";
    case Sending::NotAdmitted:
        return "not_admitted";
    case Sending::Busy:
        return "busy";
    case Sending::ClockWrong:
        return "clock_wrong";
    }
    return "unknown";
}

class Lines {
public:
    void head(std::string_view name, std::string_view meaning) {
        text += "# HELP sportello_" + std::string(name) + " " + std::string(meaning) + "\n# TYPE sportello_" +
                std::string(name) + " gauge\n";
    }
    void value(std::string_view name, std::int64_t value, std::string_view label = {}, std::string_view of = {}) {
        text += "sportello_" + std::string(name);
        if (!label.empty()) text += "{" + std::string(label) + "=\"" + std::string(of) + "\"}";
        text += " " + std::to_string(value) + "\n";
    }
    void one(std::string_view name, std::string_view meaning, std::uint64_t number) {
        head(name, meaning);
        value(name, static_cast<std::int64_t>(number));
    }
    std::string text;
};

} // namespace

std::string metrics_text(const ipc::Figures& f, const ipc::FeedTold& feed) {
    Lines out;
    out.head("info", "The version of the sender.");
    out.value("info", 1, "version", f.version);
    out.head("requests", "Requests in the outbox, by state.");
    const std::pair<std::string_view, std::uint64_t> states[] = {{"kept", f.kept},
                                                                 {"sending", f.sending},
                                                                 {"unclear", f.unclear},
                                                                 {"needs_desk", f.needs_desk},
                                                                 {"acknowledged", f.acknowledged}};
    for (const auto& [name, count] : states)
        out.value("requests", static_cast<std::int64_t>(count), "state", name);
    out.one("oldest_waiting_seconds", "Age of the oldest request that is not delivered; 0: none waits.",
            f.oldest_waiting_ms / 1000);
    out.head("sending", "1 for what the courier does or waits for.");
    for (const auto state : {Sending::Working, Sending::NotConfigured, Sending::Unreachable, Sending::NotTrusted,
                             Sending::NotAdmitted, Sending::Busy, Sending::ClockWrong})
        out.value("sending", state == f.state ? 1 : 0, "state", word_of(state));
    out.one("next_try_seconds", "Until anything is tried again; 0: nothing is held back.", f.pause_ms / 1000);
    out.one("ready", "1: a form may be offered.", f.ready == ipc::ReadyCode::Ready ? 1 : 0);
    out.one("outbox_bytes", "Bytes of disk the outbox uses.", f.bytes_used);
    out.one("disk_free_bytes", "Bytes free on its disk.", f.bytes_free);
    out.one("tombstones", "Marks of what was delivered in the last 90 days.", f.tombstones);
    out.one("files_set_aside", "Damaged files waiting for a specialist.", f.set_aside);
    out.one("keys", "Keys that requests are sealed to, old ones included.", f.keys);
    out.one("memory_locked", "1: memory with what people said cannot be swapped.", f.memory_locked ? 1 : 0);
    out.head("server_clock_ahead_seconds", "By how much the central system's clock is ahead of ours; 0: they agree.");
    out.value("server_clock_ahead_seconds", f.server_ahead_s);
    out.one("feed_configured", "1: forms or notices of the central system are asked for.", feed.configured ? 1 : 0);
    out.one("feed_answered", "1: the last question for them was answered.", feed.ever && feed.fault == 0 ? 1 : 0);
    out.head("feed_age_seconds", "Since they were last asked for with success; -1: not since the sender started.");
    out.value("feed_age_seconds", feed.ever ? feed.good_ms_ago / 1000 : -1);
    out.one("feed_packages_refused", "Packages not taken since the sender started.", feed.refused);
    return std::move(out.text);
}

MetricsFile::MetricsFile(std::filesystem::path file, std::function<std::string()> text, EventLog& log)
    : file_(std::move(file)), text_(std::move(text)), log_(log),
      thread_([this](std::stop_token stop) { run(std::move(stop)); }) {}

void MetricsFile::run(std::stop_token stop) {
    bool written = true;
    while (!stop.stop_requested()) {
        const bool now = replace_file(file_, text_(), 0644);
        if (now != written) log_.write(LogEvent::MetricsRefused, {{"refused", std::int64_t{!now}}});
        written = now;
        std::unique_lock lock(mutex_);
        stopped_.wait_for(lock, stop, period, [] { return false; });
    }
}

} // namespace net
