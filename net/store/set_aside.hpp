// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/store/database.hpp"

#include <cstdint>
#include <filesystem>

namespace net {

/// Renames a damaged database and its log to `<name>.damaged-N`, N the first free number from 1, and syncs the folder.
/// Never deletes. Returns the new name of the database file.
[[nodiscard]] StoreResult<std::filesystem::path> set_aside(const std::filesystem::path& file);

/// How many such files lie in `folder`.
[[nodiscard]] std::uint64_t files_set_aside(const std::filesystem::path& folder);

/// Bytes free for this user on the file system of `folder`; NoRights when the folder cannot be asked or written; 0 when it has no
/// room for another file.
[[nodiscard]] StoreResult<std::int64_t> free_space(const std::filesystem::path& folder);

} // namespace net
