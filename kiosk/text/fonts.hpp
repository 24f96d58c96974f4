// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace kiosk {

enum class Weight { Regular, Bold };

enum class FontError { Missing, Unreadable };

/// A font file that is needed and cannot be had. For the technician, never for the screen.
struct FontFault {
    FontError error;
    std::string file;    ///< "NotoSans-Regular.ttf"
    std::string package; ///< the Debian package that brings it: "fonts-noto-core"
};

/// Where Debian's Noto packages put their files.
[[nodiscard]] std::vector<std::filesystem::path> default_font_folders();

} // namespace kiosk
