// SPDX-License-Identifier: EUPL-1.2
#include "net/runtime/system_clock.hpp"

#include <cstdlib>

#include <time.h>

namespace net {

forms::BootTime SystemClock::since_boot() const {
    timespec now{};
    // Cannot fail on the kernels this runs on; a clock that stands still would be worse than a restart.
    if (clock_gettime(CLOCK_BOOTTIME, &now) != 0) std::abort();
    return std::chrono::seconds(now.tv_sec) + std::chrono::milliseconds(now.tv_nsec / 1'000'000);
}

forms::WallTime SystemClock::wall_time() const { return std::chrono::system_clock::now(); }

} // namespace net
