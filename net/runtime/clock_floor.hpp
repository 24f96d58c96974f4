// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"

#include <chrono>
#include <filesystem>
#include <mutex>
#include <optional>

namespace net {

/// The earliest moment that the wall clock may show when a certificate is to be judged: not before this program was
/// written, and not before the newest date that a trusted server has said (threat-model.md §7). Stored, so that a
/// terminal whose battery died does not take an old certificate for a good one after its restart.
///
/// A server's date counts where it agrees with ours to within ten minutes, and a clock may be behind by as much. Any
/// other date is told to the technician and not obeyed: one server with a wrong clock could otherwise stop every
/// terminal of a region until somebody has been at each.
/// Thread: any.
class ClockFloor {
public:
    static constexpr std::chrono::minutes agreement{10};
    static constexpr std::chrono::hours step{1}; ///< written to disk when it has grown by this much

    /// Remembers in `file`; with an empty name only while it lives.
    explicit ClockFloor(std::filesystem::path file = {});

    [[nodiscard]] bool allows(forms::WallTime wall) const;
    /// The date of an answer that came over a line whose certificate counted. A disk that will not remember it does not
    /// stop it from counting while the program runs.
    void saw(std::chrono::sys_seconds date, forms::WallTime wall);

    /// By how much the date that was said last is ahead of our clock, when the two do not agree.
    [[nodiscard]] std::optional<std::chrono::seconds> disagreement() const;
    [[nodiscard]] std::chrono::sys_seconds value() const;
    /// The disk has taken what had to be written down.
    [[nodiscard]] bool remembered() const;

private:
    std::filesystem::path file_;
    mutable std::mutex mutex_;
    // all below guarded by mutex_
    std::chrono::sys_seconds newest_{}, stored_{};
    std::optional<std::chrono::seconds> disagreement_;
    bool remembered_ = true;
};

} // namespace net
