// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/app/tree_file.hpp"

#include "kiosk/a11y/tree_text.hpp"

#include <fstream>
#include <system_error>

namespace kiosk {

void TreeFile::show(const ScreenTree& tree, std::uint64_t frames) {
    if (file_.empty() || frames == frames_) return;
    frames_ = frames;
    const std::filesystem::path next = file_.string() + ".next";
    std::ofstream out(next, std::ios::binary | std::ios::trunc);
    out << tree_json(tree, px_per_mm_);
    out.close();
    std::error_code error;
    if (out) std::filesystem::rename(next, file_, error);
}

} // namespace kiosk
