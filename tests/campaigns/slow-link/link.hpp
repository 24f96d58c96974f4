// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/doubles/shared_clock.hpp"
#include "tests/doubles/tls_server.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <random>
#include <string_view>

namespace campaign {

/// A line of 1 Mbit/s that is cut again and again. Its time is the shared clock's: a byte that arrives turns it by
/// 8 µs, so that eight minutes of sending are as long as the machine takes to move the bytes.
/// Thread: the server's lines, one after the other; `down_until` any.
class Link {
public:
    static constexpr double bits_per_second = 1e6;
    /// Between two cuts, on the average, while something is on the line.
    static constexpr std::chrono::seconds between_cuts{75};
    static constexpr std::chrono::seconds shortest_cut{5}, longest_cut{120};

    Link(tests::SharedClock& clock, unsigned seed);

    /// A whole request at the pace of the line; nothing when the line was cut or the other side has gone.
    std::optional<tests::Asked> read(tests::TlsLine& line);
    /// The answer goes back at the same pace. `brought`: to something that was brought; now and then it is the answer
    /// that a cut meets, when the work is done.
    void write(tests::TlsLine& line, std::string_view answer, bool brought);

    /// Until then nobody is reached.
    [[nodiscard]] forms::BootTime down_until() const { return down_until_.load(); }
    [[nodiscard]] std::size_t cuts() const { return cuts_; }
    [[nodiscard]] std::size_t silent() const { return silent_; } ///< of them: nobody is told that the line is dead

private:
    /// Lets the time of so many bytes pass. False: the line was cut before the last of them.
    bool pass(std::size_t bytes);
    void cut(tests::TlsLine& line);
    [[nodiscard]] double random() { return std::uniform_real_distribution<double>(0.0, 1.0)(chance_); }

    tests::SharedClock& clock_;
    std::mt19937 chance_;
    double owed_us_ = 0; ///< of time, less than a millisecond
    double left_us_;     ///< of sending, until the next cut
    std::atomic<std::size_t> cuts_ = 0, silent_ = 0;
    std::atomic<forms::BootTime> down_until_{forms::BootTime{}};
};

} // namespace campaign
