// SPDX-License-Identifier: EUPL-1.2
#include "net/feed/package_store.hpp"

#include "forms/base/digest.hpp"
#include "net/runtime/whole_file.hpp"

#include <algorithm>
#include <cerrno>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <system_error>

#include <sys/stat.h>

namespace net {
namespace {

constexpr std::string_view ending = ".package";

NotTaken not_taken(PackageFault fault) {
    switch (fault) {
    case PackageFault::TooLarge:
        return NotTaken::TooLarge;
    case PackageFault::NotAPackage:
        return NotTaken::NotAPackage;
    case PackageFault::UnknownKey:
        return NotTaken::UnknownKey;
    case PackageFault::BadSignature:
        break;
    }
    return NotTaken::BadSignature;
}

std::string hex_of(std::uint64_t serial) {
    constexpr char digits[] = "0123456789abcdef";
    std::string out(16, '0');
    for (std::size_t i = 0; i < 16; ++i)
        out[15 - i] = digits[serial >> (4 * i) & 15];
    return out;
}

std::size_t most_of(PackageKind kind) {
    return kind == PackageKind::Definition ? PackageStore::most_definitions : PackageStore::most_notices;
}

} // namespace

std::filesystem::path PackageStore::file_of(const PackageHead& head) const {
    return folder_ / (text_of(head.subject) + "-" + hex_of(head.serial) + std::string(ending));
}

PackageStore::Entry PackageStore::entry_of(const PackageHead& head, std::vector<std::byte> bytes) {
    std::string sha1 = forms::base64(forms::sha1({reinterpret_cast<const char*>(bytes.data()), bytes.size()}));
    return {head, std::make_shared<const std::vector<std::byte>>(std::move(bytes)), std::move(sha1)};
}

std::unique_ptr<PackageStore> PackageStore::open(std::filesystem::path folder, FeedKeys keys, bool requests_wait) {
    if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST) return nullptr;
    std::unique_ptr<PackageStore> store(new PackageStore(std::move(folder), std::move(keys)));
    if (!store->read_folder()) return nullptr;
    if (!requests_wait) store->remove_old();
    return store;
}

bool PackageStore::read_folder() {
    std::error_code error;
    std::vector<std::filesystem::path> files;
    for (std::filesystem::directory_iterator it(folder_, error), end; !error && it != end; it.increment(error))
        if (it->path().extension() == ending) files.push_back(it->path());
    if (error) return false;
    std::size_t all = 0;
    for (const std::filesystem::path& file : files) {
        const auto text = read_small_file(file, largest_package);
        std::optional<OpenedPackage> opened;
        PackageFault fault = PackageFault::NotAPackage;
        const auto bytes = text ? std::as_bytes(std::span(text->data(), text->size())) : std::span<const std::byte>();
        for (const PackageKind kind : {PackageKind::Definition, PackageKind::Notice}) {
            const auto read = open_package(bytes, keys_.of(kind));
            if (read.ok() && read.value().head.kind == kind) {
                opened = read.value();
            } else if (!read.ok() && (kind == PackageKind::Definition || read.error() != PackageFault::UnknownKey)) {
                fault = read.error();
            }
        }
        if (opened && file_of(opened->head) == file && all + bytes.size() <= most_bytes) {
            all += bytes.size();
            held_.insert_or_assign(Key(opened->head.subject, opened->head.serial),
                                   entry_of(opened->head, {bytes.begin(), bytes.end()}));
        } else if (!opened && fault == PackageFault::UnknownKey) {
            ++opening_.unusable;
        } else if (text) { // what cannot be read at all is left as it is: the disk may be well again later
            std::filesystem::path aside = file;
            aside += ".damaged";
            std::filesystem::rename(file, aside, error);
            ++opening_.damaged;
        }
    }
    return true;
}

/// All but the newest two of each subject.
void PackageStore::remove_old() {
    const std::lock_guard lock(mutex_);
    std::optional<PackageSubject> subject;
    int seen = 0;
    for (auto it = held_.end(); it != held_.begin();) {
        --it;
        if (subject != it->first.first) {
            subject = it->first.first;
            seen = 0;
        }
        if (++seen <= 2) continue;
        std::error_code error;
        if (!std::filesystem::remove(file_of(it->second.head), error) || error) continue;
        it = held_.erase(it);
        ++opening_.removed;
    }
}

/// Notices come and go: the ones issued first make room, and cannot come back, because every notice names its end. A
/// definition never makes room for another.
bool PackageStore::make_room(const PackageHead& head, std::size_t size) {
    std::set<PackageSubject> subjects;
    std::size_t bytes = size;
    const Entry* oldest = nullptr;
    for (const auto& [key, entry] : held_) {
        bytes += entry.bytes->size();
        if (entry.head.kind != head.kind) continue;
        subjects.insert(key.first);
        if (oldest == nullptr || entry.head.serial < oldest->head.serial) oldest = &entry;
    }
    if (bytes > most_bytes) return false;
    subjects.insert(head.subject);
    if (subjects.size() <= most_of(head.kind)) return true;
    if (head.kind != PackageKind::Notice || oldest == nullptr || oldest->head.serial >= head.serial) return false;
    std::error_code error;
    if (!std::filesystem::remove(file_of(oldest->head), error) || error) return false;
    held_.erase(Key(oldest->head.subject, oldest->head.serial));
    return make_room(head, size);
}

forms::Result<PackageStore::Taken, NotTaken> PackageStore::take(PackageKind listed_as, std::vector<std::byte> package) {
    const auto opened = open_package(package, keys_.of(listed_as));
    if (!opened.ok()) return not_taken(opened.error());
    const PackageHead head = opened.value().head;
    if (head.kind != listed_as) return NotTaken::OtherKind;
    const std::lock_guard lock(mutex_);
    const auto here = held_.find(Key(head.subject, head.serial));
    if (here != held_.end()) {
        if (*here->second.bytes == package) return Taken::Known;
        return NotTaken::SameSerial;
    }
    const auto newer = held_.upper_bound(Key(head.subject, head.serial));
    if (newer != held_.end() && newer->first.first == head.subject) return NotTaken::Older;
    if (!make_room(head, package.size())) return NotTaken::Full;
    if (!replace_file(file_of(head), {reinterpret_cast<const char*>(package.data()), package.size()}))
        return NotTaken::NotSaved;
    held_.emplace(Key(head.subject, head.serial), entry_of(head, std::move(package)));
    return Taken::Fresh;
}

bool PackageStore::holds(const std::string& sha1) const {
    const std::lock_guard lock(mutex_);
    return std::ranges::any_of(held_, [&](const auto& each) { return each.second.sha1 == sha1; });
}

std::vector<PackageStore::Held> PackageStore::list() const {
    const std::lock_guard lock(mutex_);
    std::vector<Held> out;
    for (auto it = held_.rbegin(); it != held_.rend(); ++it)
        out.push_back({it->second.head, static_cast<std::uint32_t>(it->second.bytes->size())});
    return out;
}

PackageStore::Bytes PackageStore::bytes(const PackageSubject& subject, std::uint64_t serial) const {
    const std::lock_guard lock(mutex_);
    const auto found = held_.find(Key(subject, serial));
    return found == held_.end() ? nullptr : found->second.bytes;
}

} // namespace net
