// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <chrono>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <optional>
#include <vector>

namespace kiosk {

/// What a run costs, for tests/bench. Counts on the machine's own steady clock, which no script can shift; nothing of
/// a visit is in it. Written as one JSON object when the program ends.
/// Thread: screen.
class Measure {
public:
    using Moment = std::chrono::steady_clock::time_point;

    explicit Measure(std::filesystem::path file) : file_(std::move(file)) {}

    /// A key or a character entered the input queue.
    void key_pushed();
    void frame_begins();
    /// It is on the glass. `keys`: how many of those pushed it took; `usable`: something on it can be pressed.
    void frame_presented(std::size_t keys, bool usable, bool question);
    void keep_asked();
    void kept();

    /// False when the file cannot be written.
    [[nodiscard]] bool write() const;

private:
    using Micros = std::int64_t;

    std::filesystem::path file_;
    Moment frame_began_{};
    std::optional<Micros> usable_after_; ///< since the process began
    std::deque<Moment> keys_waiting_;
    std::optional<Moment> asked_at_;
    std::vector<Micros> question_frames_, keystrokes_, keeps_;
    std::size_t frames_ = 0;
};

} // namespace kiosk
