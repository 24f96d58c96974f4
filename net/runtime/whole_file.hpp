// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include <sys/types.h>

namespace net {

/// What was made, renamed or removed in the folder survives a power cut from now on. False: the disk refused.
[[nodiscard]] bool sync_folder(const std::filesystem::path& folder);

/// Puts `bytes` in the place of the file, whole or not at all: written beside it, synchronised, renamed over it, the
/// folder synchronised. Whoever reads the file sees the old or the new one, never half of either, also after a power
/// cut. False: the disk refused; the old file stands as it was.
[[nodiscard]] bool replace_file(const std::filesystem::path& file, std::string_view bytes, ::mode_t mode = 0600);

/// The whole file; nothing when it is not there, cannot be read, or has more than `largest` bytes. Follows no link.
[[nodiscard]] std::optional<std::string> read_small_file(const std::filesystem::path& file, std::size_t largest);

} // namespace net
