// SPDX-License-Identifier: EUPL-1.2
#include "tests/campaigns/disk/disk_model.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace tests::disk {
namespace {

constexpr std::int64_t sector = 512;
constexpr int folder_mark = -1;

std::string folder_of(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

} // namespace

DiskModel::DiskModel(const std::filesystem::path& folder) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        const std::string name = entry.path().lexically_relative(folder).string();
        if (entry.is_directory()) {
            live_[name] = safe_[name] = folder_mark;
            continue;
        }
        std::ifstream in(entry.path(), std::ios::binary);
        live_[name] = safe_[name] = ++last_;
        inodes_[last_].safe.assign(std::istreambuf_iterator<char>(in), {});
    }
}

int DiskModel::inode_of(int file, const std::string& path) {
    if (const auto known = by_file_.find(file); known != by_file_.end()) return known->second;
    const auto there = live_.find(path);
    if (there == live_.end()) std::abort(); // the record opens a file that nobody made
    return by_file_[file] = there->second;
}

void DiskModel::happens(const Call& call) {
    switch (call.kind) {
    case Kind::Mark:
        return;
    case Kind::Open:
        (void)inode_of(call.file, call.path);
        return;
    case Kind::Create:
        by_file_[call.file] = live_[call.path] = ++last_;
        inodes_[last_] = {};
        names_.push_back({NameChange::What::Create, {}, call.path, last_});
        return;
    case Kind::MakeFolder:
        live_[call.path] = folder_mark;
        names_.push_back({NameChange::What::Folder, {}, call.path, folder_mark});
        return;
    case Kind::Write:
        inodes_[by_file_.at(call.file)].waiting.push_back({Change::What::Write, call.at, call.bytes, false});
        return;
    case Kind::Allocate:
        inodes_[by_file_.at(call.file)].waiting.push_back(
            {Change::What::Write, call.at, std::string(static_cast<std::size_t>(call.size), '\0'), false});
        return;
    case Kind::Truncate:
        inodes_[by_file_.at(call.file)].waiting.push_back({Change::What::Truncate, call.at, {}, false});
        return;
    case Kind::Rename: {
        const int inode = inode_of(call.file, call.path);
        live_.erase(call.path);
        live_[call.to] = inode;
        names_.push_back({NameChange::What::Rename, call.path, call.to, inode});
        return;
    }
    case Kind::Unlink:
        live_.erase(call.path);
        names_.push_back({NameChange::What::Unlink, call.path, {}, -1});
        return;
    case Kind::Sync:
        break;
    }
    if (call.file >= 0) {
        Inode& inode = inodes_[by_file_.at(call.file)];
        if (call.failed) {
            // The system calls these pages clean from now on, whether they reached the disk or not.
            for (Change& change : inode.waiting)
                change.doubtful = true;
            return;
        }
        std::vector<Change> still;
        for (Change& change : inode.waiting) {
            if (change.doubtful) {
                still.push_back(std::move(change));
                continue;
            }
            // Safe, and whatever doubtful lay in its place is overwritten for good.
            apply(inode.safe, change, 0, static_cast<std::int64_t>(change.bytes.size()));
            for (Change& old : still) {
                if (change.what == Change::What::Truncate) continue;
                const auto begin = std::max(old.at, change.at);
                const auto end = std::min(old.at + static_cast<std::int64_t>(old.bytes.size()),
                                          change.at + static_cast<std::int64_t>(change.bytes.size()));
                for (auto i = begin; i < end; ++i)
                    old.bytes[static_cast<std::size_t>(i - old.at)] =
                        change.bytes[static_cast<std::size_t>(i - change.at)];
            }
            if (change.what == Change::What::Truncate && change.at == 0) still.clear();
        }
        inode.waiting = std::move(still);
        return;
    }
    if (call.failed) return;
    std::vector<NameChange> others;
    for (NameChange& change : names_) {
        const std::string where = change.to.empty() ? change.from : change.to;
        if (folder_of(where) == call.path)
            rename(safe_, change);
        else
            others.push_back(std::move(change));
    }
    names_ = std::move(others);
}

void DiskModel::rename(std::map<std::string, int>& names, const NameChange& change) const {
    if (change.what != NameChange::What::Create && change.what != NameChange::What::Folder) names.erase(change.from);
    if (!change.to.empty()) names[change.to] = change.inode;
}

void DiskModel::apply(std::string& content, const Change& change, std::int64_t from, std::int64_t size) {
    if (change.what == Change::What::Truncate) {
        content.resize(static_cast<std::size_t>(change.at), '\0');
        return;
    }
    const auto at = static_cast<std::size_t>(change.at + from);
    const auto many = static_cast<std::size_t>(size);
    if (content.size() < at + many) content.resize(at + many, '\0');
    std::copy_n(change.bytes.begin() + from, many, content.begin() + static_cast<std::ptrdiff_t>(at));
}

void DiskModel::power_goes(const std::filesystem::path& to, unsigned how, std::mt19937& dice) const {
    const auto part = how == 0 ? 0UL : how == 1 ? 1000UL : 50 + dice() % 900; // of a thousand
    // "The oldest part": everything before a random point, nothing after it, as an orderly disk would.
    std::size_t all = names_.size();
    for (const auto& [number, inode] : inodes_)
        all += inode.waiting.size();
    std::size_t left = how == 2 && all > 0 ? dice() % (all + 1) : 0;
    const auto survives = [&] { return dice() % 1000 < part; };

    std::map<std::string, int> names = safe_;
    for (const NameChange& change : names_) {
        if (how == 2 ? left > 0 : survives()) rename(names, change);
        if (left > 0) --left;
    }
    for (const auto& [name, number] : names)
        if (number == folder_mark) std::filesystem::create_directories(to / name);
    for (const auto& [name, number] : names) {
        if (number == folder_mark) continue;
        const std::string folder = folder_of(name);
        if (!folder.empty() && !names.contains(folder)) continue; // its folder is not there
        const Inode& inode = inodes_.at(number);
        std::string content = inode.safe;
        for (const Change& change : inode.waiting) {
            if (how == 2) {
                if (left > 0) {
                    apply(content, change, 0, static_cast<std::int64_t>(change.bytes.size()));
                    --left;
                }
                continue;
            }
            if (change.what == Change::What::Truncate) {
                if (survives()) apply(content, change, 0, 0);
                continue;
            }
            const auto size = static_cast<std::int64_t>(change.bytes.size());
            for (std::int64_t at = 0; at < size;) {
                const std::int64_t some = std::min(size - at, sector - (change.at + at) % sector);
                if (survives()) apply(content, change, at, some);
                at += some;
            }
        }
        const auto file = to / name;
        std::ofstream(file, std::ios::binary) << content;
        std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    }
    for (const auto& [name, number] : names)
        if (number == folder_mark) std::filesystem::permissions(to / name, std::filesystem::perms::owner_all);
}

} // namespace tests::disk
