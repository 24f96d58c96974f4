// SPDX-License-Identifier: EUPL-1.2
#include "net/outbox/number_floor.hpp"

#include "net/runtime/whole_file.hpp"

#include <charconv>
#include <string>

namespace net {
namespace {

constexpr std::uint64_t step = 100;

} // namespace

NumberFloor::NumberFloor(std::filesystem::path file) : file_(std::move(file)) {
    const auto text = read_small_file(file_, 32); // none: the first start
    std::uint64_t number = 0;
    if (text && std::from_chars(text->data(), text->data() + text->size(), number).ec == std::errc()) value_ = number;
}

bool NumberFloor::cover(std::uint64_t number) {
    if (number <= value_) return true;
    const std::uint64_t next = (number / step + 1) * step;
    if (!replace_file(file_, std::to_string(next) + "\n")) return false;
    value_ = next;
    return true;
}

} // namespace net
