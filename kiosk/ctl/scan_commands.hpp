// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/calendar.hpp"

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

namespace kiosk {

/// `sportelloctl scan FILE…`: one JSON object per picture, in the order given, read by the real decoder process:
/// "read", then "picture", "codes", "mrz", "document", "person", "conflicts", "page" (corners of the
/// sheet and where it glares, or null), "troubles" (what a person would be told of the picture); or "reason". A picture
/// with nothing in it is read all the same. Exit code 1 when a file or a picture could not be read.
struct Scan {
    std::vector<std::string> files;
    std::filesystem::path decoder; ///< empty: beside this program
    forms::PartialDate today;      ///< bounds the century of birth dates
};
[[nodiscard]] int run(const Scan& command, std::ostream& out, std::ostream& notes);

} // namespace kiosk
