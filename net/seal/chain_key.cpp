// SPDX-License-Identifier: EUPL-1.2
#include "net/seal/chain_key.hpp"

#include <sodium.h>

#include <cerrno>
#include <cstdlib>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace net {
namespace {

constexpr std::size_t key_size = crypto_generichash_KEYBYTES;

unsigned char* raw(std::byte* bytes) { return reinterpret_cast<unsigned char*>(bytes); }
const unsigned char* raw(const std::byte* bytes) { return reinterpret_cast<const unsigned char*>(bytes); }

/// Reads or writes all of `bytes`; closes the descriptor whatever happens.
template <class Transfer>
bool whole(int descriptor, std::span<std::byte> bytes, Transfer transfer, bool sync) {
    bool fine = true;
    while (fine && !bytes.empty()) {
        const ssize_t done = transfer(descriptor, bytes.data(), bytes.size());
        if (done < 0 && errno == EINTR) continue;
        fine = done > 0;
        if (fine) bytes = bytes.subspan(static_cast<std::size_t>(done));
    }
    if (fine && sync) fine = ::fsync(descriptor) == 0;
    return ::close(descriptor) == 0 && fine;
}

} // namespace

std::string hex_of(const ChainMark& mark) {
    std::array<char, 65> hex{};
    sodium_bin2hex(hex.data(), hex.size(), raw(mark.data()), mark.size());
    return {hex.data(), 64};
}

bool same(const ChainMark& a, const ChainMark& b) { return sodium_memcmp(a.data(), b.data(), a.size()) == 0; }

forms::Result<ChainKey, KeyFault> ChainKey::open(const std::filesystem::path& file, bool make,
                                                 std::pmr::memory_resource* secret_memory) {
    if (sodium_init() < 0) std::abort();
    std::pmr::vector<std::byte> bytes(key_size, secret_memory);
    const int in = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (in >= 0) {
        struct stat facts {};
        const bool known = ::fstat(in, &facts) == 0;
        if (!known || (facts.st_mode & (S_IRWXG | S_IRWXO)) != 0 ||
            static_cast<std::size_t>(facts.st_size) != key_size) {
            if (::close(in) != 0) return KeyFault::NoRights;
            return !known                                       ? KeyFault::NoRights
                   : (facts.st_mode & (S_IRWXG | S_IRWXO)) != 0 ? KeyFault::Open
                                                                : KeyFault::Damaged;
        }
        if (!whole(
                in, bytes, [](int d, std::byte* at, std::size_t n) { return ::read(d, at, n); }, false))
            return KeyFault::NoRights;
        return ChainKey(std::move(bytes));
    }
    if (errno != ENOENT) return KeyFault::NoRights;
    if (!make) return KeyFault::Damaged;
    randombytes_buf(bytes.data(), bytes.size());
    std::filesystem::path draft = file;
    draft += ".new"; // renamed when whole: a power cut leaves a key or none
    const int out = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (out < 0) return KeyFault::NoRights;
    if (!whole(
            out, bytes, [](int d, std::byte* at, std::size_t n) { return ::write(d, at, n); }, true) ||
        ::rename(draft.c_str(), file.c_str()) != 0)
        return KeyFault::Refused;
    const int folder = ::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0 || !whole(
                          folder, {}, [](int, std::byte*, std::size_t) { return ssize_t{0}; }, true))
        return KeyFault::Refused;
    ChainKey key(std::move(bytes));
    key.made_ = true;
    return key;
}

ChainMark ChainKey::mark(const ChainMark& before, std::string_view bytes) const {
    crypto_generichash_state state;
    ChainMark mark{};
    crypto_generichash_init(&state, raw(key_.data()), key_.size(), mark.size());
    crypto_generichash_update(&state, raw(before.data()), before.size());
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    crypto_generichash_final(&state, raw(mark.data()), mark.size());
    sodium_memzero(&state, sizeof state);
    return mark;
}

} // namespace net
