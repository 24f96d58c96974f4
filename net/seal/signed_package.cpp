// SPDX-License-Identifier: EUPL-1.2
#include "net/seal/signed_package.hpp"

#include "forms/base/digest.hpp"
#include "net/seal/keys.hpp"

#include <sodium.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace net {
namespace {

constexpr std::string_view mark = "SPP1";
constexpr std::string_view context = "sportello package 1";
constexpr std::string_view key_prefix = "ed25519//";
constexpr std::size_t head_size = 4 + 1 + 8 + 16 + 8 + 4;
constexpr std::size_t signature_size = crypto_sign_BYTES;
static_assert(sizeof(SignerKey) == crypto_sign_PUBLICKEYBYTES);
static_assert(signature_size == 64 && crypto_sign_SECRETKEYBYTES == 64 && crypto_sign_SEEDBYTES == 32);

const unsigned char* raw(const std::byte* bytes) { return reinterpret_cast<const unsigned char*>(bytes); }
unsigned char* raw(std::byte* bytes) { return reinterpret_cast<unsigned char*>(bytes); }

void ready() {
    if (sodium_init() < 0) std::abort();
}

KeyId id_of_signer(const SignerKey& key) { return id_of(PublicKey{key.bytes}); }

template <class T>
void put(std::vector<std::byte>& out, T value) {
    for (std::size_t i = sizeof(T); i-- > 0;)
        out.push_back(static_cast<std::byte>(value >> (8 * i) & 0xff));
}
template <class T>
T number(std::span<const std::byte> bytes) {
    T value = 0;
    for (const std::byte byte : bytes.first(sizeof(T)))
        value = static_cast<T>(value << 8 | std::to_integer<T>(byte));
    return value;
}

/// What is signed: the words of this use, the head and the payload.
std::vector<std::byte> signed_bytes(std::span<const std::byte> head, std::span<const std::byte> payload) {
    std::vector<std::byte> out;
    const auto words = std::as_bytes(std::span(context));
    out.insert(out.end(), words.begin(), words.end());
    out.insert(out.end(), head.begin(), head.end());
    out.insert(out.end(), payload.begin(), payload.end());
    return out;
}

} // namespace

PackageSubject subject_of(PackageKind kind, std::string_view name) {
    std::string text(1, static_cast<char>(kind));
    text += name;
    const auto hash = forms::sha256(text);
    PackageSubject subject;
    std::memcpy(subject.bytes.data(), hash.data(), subject.bytes.size());
    return subject;
}

std::string text_of(const PackageSubject& subject) {
    return forms::hex({reinterpret_cast<const std::uint8_t*>(subject.bytes.data()), subject.bytes.size()});
}

std::optional<SignerKey> read_signer_key(std::string_view text) {
    if (!text.starts_with(key_prefix)) return std::nullopt;
    text.remove_prefix(key_prefix.size());
    SignerKey key;
    std::size_t size = 0;
    const char* end = nullptr;
    if (sodium_base642bin(raw(key.bytes.data()), key.bytes.size(), text.data(), text.size(), nullptr, &size, &end,
                          sodium_base64_VARIANT_ORIGINAL) != 0 ||
        size != key.bytes.size() || end != text.data() + text.size())
        return std::nullopt;
    return key;
}

std::string text_of(const SignerKey& key) {
    return std::string(key_prefix) +
           forms::base64({reinterpret_cast<const std::uint8_t*>(key.bytes.data()), key.bytes.size()});
}

forms::Result<OpenedPackage, PackageFault> open_package(std::span<const std::byte> package,
                                                        std::span<const SignerKey> keys) {
    if (package.size() > largest_package) return PackageFault::TooLarge;
    if (package.size() < head_size + signature_size || std::memcmp(package.data(), mark.data(), mark.size()) != 0)
        return PackageFault::NotAPackage;
    const auto head = package.first(head_size);
    OpenedPackage opened;
    const auto kind = std::to_integer<std::uint8_t>(head[4]);
    if (kind != static_cast<std::uint8_t>(PackageKind::Definition) &&
        kind != static_cast<std::uint8_t>(PackageKind::Notice))
        return PackageFault::NotAPackage;
    opened.head.kind = static_cast<PackageKind>(kind);
    std::memcpy(opened.head.subject.bytes.data(), head.data() + 13, 16);
    opened.head.serial = number<std::uint64_t>(head.subspan(29));
    opened.payload = package.subspan(head_size + signature_size);
    if (number<std::uint32_t>(head.subspan(37)) != opened.payload.size()) return PackageFault::NotAPackage;
    const auto key = std::ranges::find_if(keys, [&](const SignerKey& each) {
        return std::memcmp(id_of_signer(each).bytes.data(), head.data() + 5, 8) == 0;
    });
    if (key == keys.end()) return PackageFault::UnknownKey;
    ready();
    const auto message = signed_bytes(head, opened.payload);
    if (crypto_sign_verify_detached(raw(package.data() + head_size), raw(message.data()), message.size(),
                                    raw(key->bytes.data())) != 0)
        return PackageFault::BadSignature;
    return opened;
}

std::span<const std::byte> payload_of(std::span<const std::byte> package) {
    if (package.size() < head_size + signature_size || std::memcmp(package.data(), mark.data(), mark.size()) != 0)
        return {};
    return package.subspan(head_size + signature_size);
}

Signer Signer::from_seed(const std::array<std::byte, 32>& seed) {
    ready();
    Signer signer;
    if (crypto_sign_seed_keypair(raw(signer.key_.bytes.data()), raw(signer.secret_.data()), raw(seed.data())) != 0)
        std::abort();
    return signer;
}

std::optional<Signer> Signer::open(const std::filesystem::path& file) {
    ready();
    std::array<std::byte, 32> seed{};
    const int in = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (in >= 0) {
        struct stat facts {};
        const bool own = ::fstat(in, &facts) == 0 && (facts.st_mode & (S_IRWXG | S_IRWXO)) == 0 && facts.st_size == 32;
        const bool whole = own && ::read(in, seed.data(), seed.size()) == static_cast<ssize_t>(seed.size());
        if (::close(in) != 0 || !whole) return std::nullopt;
        return from_seed(seed);
    }
    if (errno != ENOENT) return std::nullopt;
    randombytes_buf(seed.data(), seed.size());
    const int out = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (out < 0) return std::nullopt;
    const bool written =
        ::write(out, seed.data(), seed.size()) == static_cast<ssize_t>(seed.size()) && ::fsync(out) == 0;
    if (::close(out) != 0 || !written) return std::nullopt;
    return from_seed(seed);
}

std::vector<std::byte> Signer::sign(const PackageHead& head, std::span<const std::byte> payload) const {
    std::vector<std::byte> package;
    const auto first = std::as_bytes(std::span(mark));
    package.insert(package.end(), first.begin(), first.end());
    put(package, static_cast<std::uint8_t>(head.kind));
    const KeyId id = id_of_signer(key_);
    package.insert(package.end(), id.bytes.begin(), id.bytes.end());
    package.insert(package.end(), head.subject.bytes.begin(), head.subject.bytes.end());
    put(package, head.serial);
    put(package, static_cast<std::uint32_t>(payload.size()));
    const auto message = signed_bytes(package, payload);
    std::array<std::byte, signature_size> signature{};
    if (crypto_sign_detached(raw(signature.data()), nullptr, raw(message.data()), message.size(),
                             raw(secret_.data())) != 0)
        std::abort();
    package.insert(package.end(), signature.begin(), signature.end());
    package.insert(package.end(), payload.begin(), payload.end());
    return package;
}

bool same_secret(std::string_view one, std::string_view other) {
    return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

} // namespace net
