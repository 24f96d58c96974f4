// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/store/database.hpp"

#include <filesystem>

namespace net {

/// A lock of our own beside a database (`<name>-lock`), held as long as this lives: whoever has it may touch the files
/// before SQLite does.
class FileLock {
public:
    /// InUse when another process has it.
    [[nodiscard]] static StoreResult<FileLock> take(const std::filesystem::path& database);
    FileLock() = default;
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;
    ~FileLock();

private:
    int descriptor_ = -1;
};

/// Writes every byte of a log that was left behind over itself, and syncs it. After a failed sync the system keeps
/// pages as "written" that never reached the disk: they can be read back, another sync says "fine", and the next power
/// cut shows the truth. Only bytes that are written anew are written at all. At any moment of it the log on the disk is
/// what it was or what it should be. Nothing happens when there is none.
[[nodiscard]] StoreResult<forms::Done> renew_log(const std::filesystem::path& log);

} // namespace net
