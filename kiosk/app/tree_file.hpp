// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/a11y/tree.hpp"

#include <cstdint>
#include <filesystem>

namespace kiosk {

/// Keeps the screen tree in a file, for programs that drive a demo from outside and must know where things are. A new
/// file takes the place of the old one in one step, so a reader never sees half of it. Only under --demo: it holds what
/// is typed.
class TreeFile {
public:
    TreeFile(std::filesystem::path file, float px_per_mm) : file_(std::move(file)), px_per_mm_(px_per_mm) {}
    /// Cheap when nothing was drawn since.
    void show(const ScreenTree& tree, std::uint64_t frames);

private:
    std::filesystem::path file_;
    float px_per_mm_;
    std::uint64_t frames_ = 0;
};

} // namespace kiosk
