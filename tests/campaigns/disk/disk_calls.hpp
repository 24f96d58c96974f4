// SPDX-License-Identifier: EUPL-1.2
// Stands between this process and the system's calls that change a disk (a library that is looked up before the C
// library): counts them, ends the process at the n-th, lets the n-th fail, or writes all of them down. It sees what
// SQLite does and what our own code does alike. Only calls on files below one folder are touched.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tests::disk {

enum class Kind : std::uint8_t { Create, Open, Write, Truncate, Allocate, Sync, Rename, Unlink, MakeFolder, Mark };
inline constexpr const char* kind_names[] = {"create", "open",   "write",  "truncate", "allocate",
                                             "sync",   "rename", "unlink", "mkdir",    "mark"};

/// One call, as it happened. `file` names an inode: it stays the same over a rename.
struct Call {
    Kind kind = Kind::Mark;
    int file = -1;         ///< Create, Write, Truncate, Allocate, Sync of a file
    std::string path;      ///< below the folder; Create, Rename (from), Unlink, MakeFolder, Sync of a folder
    std::string to;        ///< Rename
    std::int64_t at = 0;   ///< Write, Allocate: offset. Truncate: size
    std::string bytes;     ///< Write; Mark: what was known
    std::int64_t size = 0; ///< Allocate
    bool failed = false;   ///< Sync: it said so; what was to be synced may or may not be on the disk
};

/// From now on, calls on files below `folder` (absolute, without a link in it) are seen. Empty: none.
void watch(const std::string& folder);

/// How many there were since the plan was set.
[[nodiscard]] int seen();
void count_only();
/// The process is killed (SIGKILL) instead of call `n`, counted from 0.
void kill_at(int n);
/// Call `n` fails with `error`. Of a write with EIO, half has reached the file by then. `again`: so do all after it.
void fail_at(int n, int error, bool again = false);
/// Syncs fail with EIO: the `n`-th (counted from 0) and so many in all.
void fail_sync(int n, int many = 1);
/// As if the disk had room for `bytes` more: writes and allocations beyond that fail with ENOSPC. Removing a file gives
/// back what it was allocated.
void room_for(std::int64_t bytes);
[[nodiscard]] bool failed();
[[nodiscard]] Kind failed_kind();

/// Everything is written down from now on. Together with any plan above.
void record();
[[nodiscard]] std::vector<Call> take_record();
/// Into the record, between the calls: what the world outside knows by now. Nothing happens when nothing is recorded.
void mark(const std::string& known);
[[nodiscard]] bool recording();

} // namespace tests::disk
