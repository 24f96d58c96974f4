// SPDX-License-Identifier: EUPL-1.2
#include "net/seal/key_ring.hpp"

#include "net/runtime/descriptor.hpp"
#include "net/runtime/whole_file.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <string>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace net {
namespace {

using forms::Done;

constexpr std::string_view magic = "sportello-key-1\n";
constexpr std::size_t file_size = magic.size() + crypto_box_PUBLICKEYBYTES + crypto_box_SECRETKEYBYTES;
static_assert(sizeof(PublicKey) == crypto_box_PUBLICKEYBYTES);

const unsigned char* raw(const std::byte* bytes) { return reinterpret_cast<const unsigned char*>(bytes); }
unsigned char* raw(std::byte* bytes) { return reinterpret_cast<unsigned char*>(bytes); }

/// "0001.key" → 1; 0 for any other name.
unsigned number_of(const std::string& name) {
    if (name.size() != 8 || !name.ends_with(".key")) return 0;
    unsigned number = 0;
    for (const char c : std::string_view(name).substr(0, 4)) {
        if (c < '0' || c > '9') return 0;
        number = number * 10 + static_cast<unsigned>(c - '0');
    }
    return number;
}

bool write_all(int descriptor, std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return true;
}

/// What a power cut left of a key in the making, or half destroyed: a copy too.
bool left_behind(const std::filesystem::path& file) {
    return file.extension() == ".new" || file.extension() == ".gone";
}

/// 1 → "0001.key".
std::string file_name(unsigned number, const char* extension) {
    std::string digits = std::to_string(number);
    digits.insert(0, 4 - digits.size(), '0');
    return digits + extension;
}

/// Overwritten, synced, then removed: what an ordinary look at the disk finds afterwards is noise. First it gets a name
/// that is not read, or a power cut in between would leave a key file full of noise, and a sender that does not start.
bool destroy_file(const std::filesystem::path& key) {
    std::filesystem::path file = key;
    file.replace_extension(".gone");
    if (file != key && (::rename(key.c_str(), file.c_str()) != 0 || !sync_folder(key.parent_path()))) file = key;
    Descriptor out(::open(file.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW));
    bool overwritten = false;
    if (out.number() >= 0) {
        std::array<std::byte, file_size> noise{};
        randombytes_buf(noise.data(), noise.size());
        overwritten = write_all(out.number(), noise) && ::fsync(out.number()) == 0;
        overwritten = out.close() && overwritten;
    }
    return ::unlink(file.c_str()) == 0 && overwritten;
}

} // namespace

KeyId id_of(const PublicKey& key) {
    KeyId id;
    std::array<unsigned char, crypto_generichash_BYTES_MIN> hash{};
    crypto_generichash(hash.data(), hash.size(), raw(key.bytes.data()), key.bytes.size(), nullptr, 0);
    std::memcpy(id.bytes.data(), hash.data(), id.bytes.size());
    return id;
}

std::string text_of(const KeyId& id) {
    std::array<char, 17> hex{};
    sodium_bin2hex(hex.data(), hex.size(), raw(id.bytes.data()), id.bytes.size());
    return {hex.data(), 16};
}

forms::Result<KeyRing, KeyFault> KeyRing::open(const std::filesystem::path& folder,
                                               std::pmr::memory_resource* secret_memory) {
    if (sodium_init() < 0) std::abort();
    if (::mkdir(folder.c_str(), S_IRWXU) == 0) {
        if (!sync_folder(folder.parent_path())) return KeyFault::Refused; // or a power cut takes folder and keys
    } else if (errno != EEXIST) {
        return KeyFault::NoRights;
    }
    KeyRing ring(folder, secret_memory);
    std::map<unsigned, std::filesystem::path> files;
    std::vector<std::filesystem::path> left;
    std::error_code error;
    for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        if (const unsigned number = number_of(it->path().filename().string()); number > 0) files[number] = it->path();
        if (left_behind(it->path())) left.push_back(it->path());
    }
    if (error) return KeyFault::NoRights;
    for (const auto& file : left)
        (void)destroy_file(file); // tried again at the next start
    for (const auto& [number, file] : files) {
        auto pair = ring.read(file);
        if (!pair.ok()) return pair.error();
        ring.pairs_.push_back(std::move(pair).value());
        ring.pairs_.back().number = number;
        ring.newest_number_ = number;
    }
    if (ring.pairs_.empty()) {
        if (auto made = ring.rotate(); !made.ok()) return made.error();
        ring.created_ = true;
    }
    return ring;
}

forms::Result<KeyRing::Pair, KeyFault> KeyRing::read(const std::filesystem::path& file) const {
    const Descriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (in.number() < 0) return KeyFault::NoRights;
    struct stat facts {};
    if (::fstat(in.number(), &facts) != 0) return KeyFault::NoRights;
    if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) return KeyFault::Open;
    if (static_cast<std::size_t>(facts.st_size) != file_size) return KeyFault::Damaged;
    std::pmr::vector<std::byte> bytes(file_size, memory_);
    std::size_t have = 0;
    while (have < bytes.size()) {
        const ssize_t got = ::read(in.number(), bytes.data() + have, bytes.size() - have);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return KeyFault::NoRights;
        have += static_cast<std::size_t>(got);
    }
    if (std::memcmp(bytes.data(), magic.data(), magic.size()) != 0) return KeyFault::Damaged;
    Pair pair{{}, {}, std::pmr::vector<std::byte>(crypto_box_SECRETKEYBYTES, memory_), 0};
    std::memcpy(pair.open.bytes.data(), bytes.data() + magic.size(), pair.open.bytes.size());
    std::memcpy(pair.secret.data(), bytes.data() + magic.size() + pair.open.bytes.size(), pair.secret.size());
    PublicKey expected;
    if (crypto_scalarmult_base(raw(expected.bytes.data()), raw(pair.secret.data())) != 0 ||
        sodium_memcmp(expected.bytes.data(), pair.open.bytes.data(), expected.bytes.size()) != 0)
        return KeyFault::Damaged;
    pair.id = id_of(pair.open);
    return pair;
}

KeyRing KeyRing::passing(std::pmr::memory_resource* secret_memory) {
    if (sodium_init() < 0) std::abort();
    KeyRing ring({}, secret_memory);
    Pair pair{{}, {}, std::pmr::vector<std::byte>(crypto_box_SECRETKEYBYTES, secret_memory), 0};
    if (crypto_box_keypair(raw(pair.open.bytes.data()), raw(pair.secret.data())) != 0) std::abort();
    pair.id = id_of(pair.open);
    ring.pairs_.push_back(std::move(pair));
    return ring;
}

forms::Result<Done, KeyFault> KeyRing::rotate() {
    const std::unique_lock lock(*mutex_);
    Pair pair{{}, {}, std::pmr::vector<std::byte>(crypto_box_SECRETKEYBYTES, memory_), 0};
    if (crypto_box_keypair(raw(pair.open.bytes.data()), raw(pair.secret.data())) != 0) return KeyFault::Refused;
    pair.id = id_of(pair.open);

    std::pmr::vector<std::byte> bytes(memory_);
    bytes.reserve(file_size);
    const auto magic_bytes = std::as_bytes(std::span(magic.data(), magic.size()));
    bytes.insert(bytes.end(), magic_bytes.begin(), magic_bytes.end());
    bytes.insert(bytes.end(), pair.open.bytes.begin(), pair.open.bytes.end());
    bytes.insert(bytes.end(), pair.secret.begin(), pair.secret.end());

    const unsigned number = newest_number_ + 1;
    if (number > 9999) return KeyFault::Refused;
    // Written under a name that is not read, synced, then renamed: a power cut leaves a whole key file or none.
    const std::filesystem::path target = folder_ / file_name(number, ".key");
    const std::filesystem::path draft = folder_ / file_name(number, ".new");
    Descriptor out(::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
    if (out.number() < 0) return KeyFault::NoRights;
    if (!write_all(out.number(), bytes) || ::fsync(out.number()) != 0 || !out.close()) return KeyFault::Refused;
    if (::rename(draft.c_str(), target.c_str()) != 0) return KeyFault::Refused;
    if (!sync_folder(folder_)) return KeyFault::Refused;
    newest_number_ = pair.number = number;
    pairs_.push_back(std::move(pair));
    return Done{};
}

forms::Result<std::size_t, KeyFault> KeyRing::retire(const std::set<KeyId>& needed) {
    const std::unique_lock lock(*mutex_);
    std::size_t gone = 0;
    while (pairs_.size() > 2 && !needed.contains(pairs_.front().id)) {
        if (!destroy_file(folder_ / file_name(pairs_.front().number, ".key"))) return KeyFault::Refused;
        pairs_.erase(pairs_.begin()); // its memory is zeroed as it is given back
        ++gone;
    }
    if (gone > 0 && !sync_folder(folder_)) return KeyFault::Refused;
    return gone;
}

forms::Result<Done, KeyFault> KeyRing::destroy() {
    const std::unique_lock lock(*mutex_);
    for (Pair& pair : pairs_)
        sodium_memzero(pair.secret.data(), pair.secret.size());
    pairs_.clear();
    return destroy_files(folder_);
}

forms::Result<Done, KeyFault> KeyRing::destroy_files(const std::filesystem::path& folder) {
    if (sodium_init() < 0) std::abort();
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        if (it->path().extension() == ".key" || left_behind(it->path())) files.push_back(it->path());
    }
    if (error) return KeyFault::NoRights;
    bool all = true;
    for (const auto& file : files)
        all = destroy_file(file) && all; // one that resists does not save the others
    all = sync_folder(folder) && all;
    if (!all) return KeyFault::Refused;
    return Done{};
}

std::size_t KeyRing::size() const {
    const std::shared_lock lock(*mutex_);
    return pairs_.size();
}

PublicKey KeyRing::current() const {
    const std::shared_lock lock(*mutex_);
    return pairs_.empty() ? PublicKey{} : pairs_.back().open;
}

KeyId KeyRing::current_id() const {
    const std::shared_lock lock(*mutex_);
    return pairs_.empty() ? KeyId{} : pairs_.back().id;
}

std::vector<KeyId> KeyRing::ids() const {
    const std::shared_lock lock(*mutex_);
    std::vector<KeyId> ids;
    for (const Pair& pair : pairs_)
        ids.push_back(pair.id);
    return ids;
}

bool KeyRing::knows(const KeyId& id) const {
    const std::shared_lock lock(*mutex_);
    return std::ranges::any_of(pairs_, [&](const Pair& pair) { return pair.id == id; });
}

bool KeyRing::open_box(const KeyId& id, std::span<const std::byte> box, std::span<std::byte> out) const {
    if (box.size() != out.size() + crypto_box_SEALBYTES) return false;
    const std::shared_lock lock(*mutex_);
    for (const Pair& pair : pairs_) {
        if (pair.id == id)
            return crypto_box_seal_open(raw(out.data()), raw(box.data()), box.size(), raw(pair.open.bytes.data()),
                                        raw(pair.secret.data())) == 0;
    }
    return false;
}

} // namespace net
