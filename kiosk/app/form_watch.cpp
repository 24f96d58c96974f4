// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/app/form_watch.hpp"

#include "kiosk/app/form_folder.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

namespace kiosk {
namespace {

using namespace std::chrono_literals;

constexpr auto look_every = 150ms;

/// What tells one saving from another without reading the file.
struct Stamp {
    std::filesystem::file_time_type changed{};
    std::uintmax_t size = 0;
    bool there = false;
    bool operator==(const Stamp&) const = default;
};

Stamp stamp_of(const std::filesystem::path& file) {
    std::error_code error;
    Stamp stamp;
    stamp.changed = std::filesystem::last_write_time(file, error);
    if (error) return {};
    stamp.size = std::filesystem::file_size(file, error);
    stamp.there = !error;
    return stamp;
}

FormChanged read(const std::filesystem::path& file, const forms::LoadOptions& options) {
    const auto bytes = bytes_of_form(file, options.limits.bytes);
    const std::filesystem::path name = file.filename();
    if (!bytes) return {nullptr, lines_of({name, {}})};
    auto loaded = forms::load_definition(*bytes, options);
    if (!loaded.ok()) return {nullptr, lines_of({name, loaded.error()})};
    return {loaded.value(), {}};
}

void watch(const std::stop_token& stop, const std::filesystem::path& file, const forms::LoadOptions& options,
           Mailbox<News>& news) {
    std::mutex mutex;
    std::condition_variable_any rings;
    std::optional<Stamp> read_at;
    Stamp before = stamp_of(file);
    while (!stop.stop_requested()) {
        const Stamp now = stamp_of(file);
        if (now == before && read_at != now) {
            read_at = now;
            news.post(read(file, options));
        }
        before = now;
        std::unique_lock lock(mutex);
        rings.wait_for(lock, stop, look_every, [] { return false; }); // ends early when asked to stop
    }
}

} // namespace

FormWatch::FormWatch(std::filesystem::path file, forms::LoadOptions options, Mailbox<News>& news)
    : thread_([file = std::move(file), options = std::move(options), &news](const std::stop_token& stop) {
          watch(stop, file, options, news);
      }) {}

std::filesystem::path form_file(const std::filesystem::path& given) {
    std::error_code error;
    return std::filesystem::is_directory(given, error) ? given / "questionnaire.json" : given;
}

} // namespace kiosk
