// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <charconv>
#include <cstring>

namespace tests {

/// A whole number on a command line; `missing` when there is no such argument, −1 when it is none.
[[nodiscard]] inline int number_argument(int argc, char** argv, int which, int missing) {
    if (which >= argc) return missing;
    int number = -1;
    const char* const end = argv[which] + std::strlen(argv[which]);
    const auto read = std::from_chars(argv[which], end, number);
    return read.ec == std::errc() && read.ptr == end ? number : -1;
}

} // namespace tests
