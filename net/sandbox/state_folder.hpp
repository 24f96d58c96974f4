// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace net::sandbox {

/// Makes the folder (0700) and those above it where they are missing. False: it is not there, or not a folder.
[[nodiscard]] bool ensure_state_folder(const std::filesystem::path& folder);

/// The port of the last run, so that addresses people have noted stay good; 0 if there was none.
[[nodiscard]] int remembered_port(const std::filesystem::path& folder);
[[nodiscard]] bool remember_port(const std::filesystem::path& folder, int port);

/// Writes `text` beside the place with this mode, syncs it and renames: a reader sees the old file or the whole new
/// one.
[[nodiscard]] bool write_file(const std::filesystem::path& path, std::string_view text, unsigned mode);

/// The whole file; none if it cannot be read or is larger than `limit` bytes.
[[nodiscard]] std::optional<std::string> read_file(const std::filesystem::path& path, std::size_t limit);

/// As a JSON string, with its quotes.
[[nodiscard]] std::string json_string(std::string_view text);

} // namespace net::sandbox
