// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <filesystem>

namespace net {

/// Disk space held in a file of zeros, so that delivered requests can still be marked and erased on a full disk.
class Reserve {
public:
    Reserve(std::filesystem::path file, std::int64_t bytes) : file_(std::move(file)), bytes_(bytes) {}

    /// Takes the space again if it is not held. False: the disk has no room for it.
    [[nodiscard]] bool hold();
    /// Gives it back to the disk, for a change that must go through.
    void release();
    [[nodiscard]] bool held() const { return held_; }

private:
    std::filesystem::path file_;
    std::int64_t bytes_;
    bool held_ = false;
};

} // namespace net
