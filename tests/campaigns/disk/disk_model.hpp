// SPDX-License-Identifier: EUPL-1.2
// What may be on a disk after the power went, at any call of a record: what was synced is there; of everything else
// each sector (512 bytes), each new length and each change of a folder is there or not, in any combination.
#pragma once
#include "tests/campaigns/disk/disk_calls.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace tests::disk {

class DiskModel {
public:
    /// Begins with what lies in `folder`, all of it safe.
    explicit DiskModel(const std::filesystem::path& folder);
    /// The next call of the record happens.
    void happens(const Call& call);
    /// The power goes: writes into the empty folder `to` what might be left. `how`: 0 nothing that was not synced, 1
    /// all of it, 2 the oldest part, anything else a random part.
    void power_goes(const std::filesystem::path& to, unsigned how, std::mt19937& dice) const;

private:
    struct Change {
        enum class What : std::uint8_t { Write, Truncate } what = What::Write;
        std::int64_t at = 0;
        std::string bytes;
        bool doubtful = false; ///< a sync of it failed: no later sync makes it safe
    };
    struct Inode {
        std::string safe;
        std::vector<Change> waiting;
    };
    struct NameChange {
        enum class What : std::uint8_t { Create, Rename, Unlink, Folder } what = What::Create;
        std::string from, to;
        int inode = -1;
    };
    static void apply(std::string& content, const Change& change, std::int64_t from, std::int64_t size);
    int inode_of(int file, const std::string& path);
    void rename(std::map<std::string, int>& names, const NameChange& change) const;

    std::map<int, Inode> inodes_;
    std::map<int, int> by_file_;      ///< the record's numbers → ours
    std::map<std::string, int> live_; ///< as the program sees it
    std::map<std::string, int> safe_; ///< as the folders were last synced; -1: a folder
    std::vector<NameChange> names_;   ///< since then
    int last_ = 0;
};

} // namespace tests::disk
