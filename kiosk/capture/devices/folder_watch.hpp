// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/runtime/descriptor.hpp"

#include <filesystem>

namespace kiosk {

/// Tells when files of a folder come, go, or are given to us (the system's device rules act a moment after a file is
/// there): device files above all.
class FolderWatch {
public:
    /// `AndBelow`: also of the folders in it, those that come later included.
    enum class Depth { Alone, AndBelow };
    explicit FolderWatch(std::filesystem::path folder, Depth depth = Depth::Alone);

    [[nodiscard]] bool works() const { return works_; }
    [[nodiscard]] int descriptor() const { return works_ ? watch_.number() : -1; }
    /// What has happened so far counts as seen: called before one looks.
    void drain() const;

private:
    void watch_below() const;
    std::filesystem::path folder_;
    Depth depth_;
    net::Descriptor watch_;
    bool works_ = false;
};

} // namespace kiosk
