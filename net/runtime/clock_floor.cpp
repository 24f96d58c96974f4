// SPDX-License-Identifier: EUPL-1.2
#include "net/runtime/clock_floor.hpp"

#include "net/runtime/plausible_clock.hpp"
#include "net/runtime/whole_file.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>

namespace net {

using std::chrono::seconds;
using std::chrono::sys_seconds;

ClockFloor::ClockFloor(std::filesystem::path file) : file_(std::move(file)) {
    if (file_.empty()) return;
    const auto text = read_small_file(file_, 64);
    std::int64_t value = 0;
    if (text && std::from_chars(text->data(), text->data() + text->size(), value).ec == std::errc() && value > 0)
        newest_ = stored_ = sys_seconds(seconds(value));
}

bool ClockFloor::allows(forms::WallTime wall) const {
    const std::lock_guard lock(mutex_);
    return plausible(wall) && wall + agreement >= newest_;
}

void ClockFloor::saw(sys_seconds date, forms::WallTime wall) {
    const std::lock_guard lock(mutex_);
    const auto ahead = std::chrono::floor<seconds>(date - wall);
    disagreement_.reset();
    if (ahead > agreement || ahead < -agreement) {
        disagreement_ = ahead;
        return;
    }
    newest_ = std::max(newest_, date);
    if (file_.empty() || newest_ - stored_ < step) return;
    remembered_ = replace_file(file_, std::to_string(newest_.time_since_epoch().count()) + "\n");
    if (remembered_) stored_ = newest_;
}

std::optional<seconds> ClockFloor::disagreement() const {
    const std::lock_guard lock(mutex_);
    return disagreement_;
}

bool ClockFloor::remembered() const {
    const std::lock_guard lock(mutex_);
    return remembered_;
}

sys_seconds ClockFloor::value() const {
    const std::lock_guard lock(mutex_);
    return newest_;
}

} // namespace net
