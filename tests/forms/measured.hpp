// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <ctime>
#include <fstream>
#include <string>
#include <string_view>

/// What a piece of work costs: processor time of this process, which other programs beside it do not lengthen, and how
/// far its memory grew. Linux.
namespace measured {

/// Under a sanitizer or without the optimizer nothing that is measured means anything.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__OPTIMIZE__)
inline constexpr bool counts = false;
#else
inline constexpr bool counts = true;
#endif

struct Cost {
    double milliseconds = 0;
    long peak_kib = 0; ///< the most that was resident, beyond what was so before
};

/// KiB, from /proc/self/status.
[[nodiscard]] inline long resident(std::string_view key) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(key)) return std::stol(line.substr(key.size()));
    return 0;
}

template <class Work>
[[nodiscard]] Cost cost_of(Work&& work) {
    std::ofstream("/proc/self/clear_refs") << "5"; // the peak begins anew
    const long before = resident("VmRSS:");
    const std::clock_t start = std::clock();
    work();
    const double milliseconds = 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    return {milliseconds, resident("VmHWM:") - before};
}

} // namespace measured
