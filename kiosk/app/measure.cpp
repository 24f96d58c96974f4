// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/app/measure.hpp"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <unistd.h>

namespace kiosk {
namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;

std::int64_t micros_between(Measure::Moment from, Measure::Moment to) {
    return duration_cast<microseconds>(to - from).count();
}

/// Since the kernel started this process, so that loading libraries counts too. In steps of a clock tick (10 ms).
std::optional<std::int64_t> micros_since_start() {
    std::ifstream in("/proc/self/stat");
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    // The second field is the program's name in brackets; the 22nd is the start, in ticks since boot.
    std::size_t at = text.rfind(')');
    if (at == std::string::npos) return std::nullopt;
    for (int field = 2; field < 22 && at != std::string::npos; ++field)
        at = text.find(' ', at + 1);
    if (at == std::string::npos) return std::nullopt;
    std::int64_t ticks = 0;
    const char* const first = text.data() + at + 1;
    if (std::from_chars(first, text.data() + text.size(), ticks).ec != std::errc{}) return std::nullopt;
    timespec now{};
    if (::clock_gettime(CLOCK_BOOTTIME, &now) != 0) return std::nullopt;
    const std::int64_t now_us = std::int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1'000;
    return now_us - ticks * 1'000'000 / ::sysconf(_SC_CLK_TCK);
}

/// "VmHWM:  123456 kB": the most memory this process ever had.
std::int64_t peak_kib() {
    std::ifstream in("/proc/self/status");
    for (std::string line; std::getline(in, line);) {
        if (!line.starts_with("VmHWM:")) continue;
        const std::size_t digit = line.find_first_of("0123456789");
        std::int64_t kib = 0;
        if (digit != std::string::npos) std::from_chars(line.data() + digit, line.data() + line.size(), kib);
        return kib;
    }
    return 0;
}

void put(std::string& out, std::string_view name, std::int64_t value) {
    out += out.size() > 1 ? ",\"" : "\"";
    out += name;
    out += "\":";
    out += std::to_string(value);
}

/// Count, median, the value that one of a hundred exceeds, and the largest.
void put(std::string& out, std::string_view name, std::vector<std::int64_t> values) {
    if (values.empty()) return;
    std::sort(values.begin(), values.end());
    const auto at = [&values](std::size_t hundredths) {
        return values[std::min(values.size() - 1, values.size() * hundredths / 100)];
    };
    std::string inner = "{";
    put(inner, "count", static_cast<std::int64_t>(values.size()));
    put(inner, "p50", at(50));
    put(inner, "p99", at(99));
    put(inner, "most", values.back());
    out += out.size() > 1 ? ",\"" : "\"";
    out += name;
    out += "\":" + inner + "}";
}

} // namespace

void Measure::key_pushed() { keys_waiting_.push_back(std::chrono::steady_clock::now()); }

void Measure::frame_begins() { frame_began_ = std::chrono::steady_clock::now(); }

void Measure::frame_presented(std::size_t keys, bool usable, bool question) {
    const Moment now = std::chrono::steady_clock::now();
    ++frames_;
    if (usable && !usable_after_) usable_after_ = micros_since_start();
    if (question) question_frames_.push_back(micros_between(frame_began_, now));
    for (; keys > 0 && !keys_waiting_.empty(); --keys) {
        keystrokes_.push_back(micros_between(keys_waiting_.front(), now));
        keys_waiting_.pop_front();
    }
}

void Measure::keep_asked() { asked_at_ = std::chrono::steady_clock::now(); }

void Measure::kept() {
    if (!asked_at_) return;
    keeps_.push_back(micros_between(*asked_at_, std::chrono::steady_clock::now()));
    asked_at_.reset();
}

bool Measure::write() const {
    std::string text = "{";
    if (usable_after_) put(text, "first_usable_frame_us", *usable_after_);
    put(text, "peak_rss_kib", peak_kib());
    put(text, "frames", static_cast<std::int64_t>(frames_));
    put(text, "question_frame_us", question_frames_);
    put(text, "key_to_frame_us", keystrokes_);
    put(text, "keep_to_kept_us", keeps_);
    text += "}\n";
    std::ofstream out(file_, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    return static_cast<bool>(out);
}

} // namespace kiosk
