// SPDX-License-Identifier: EUPL-1.2
#include "net/seal/sealed_request.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>

namespace net {
namespace {

constexpr std::array<std::byte, 4> magic = {std::byte{'S'}, std::byte{'P'}, std::byte{'O'}, std::byte{'1'}};
constexpr std::byte version{1};
constexpr std::size_t chunk = 64 * 1024;
constexpr std::size_t stream_header = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr std::size_t overhead = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr std::size_t key_size = crypto_secretstream_xchacha20poly1305_KEYBYTES;
static_assert(key_size + crypto_box_SEALBYTES == 80 && stream_header == 24);

const unsigned char* raw(const std::byte* bytes) { return reinterpret_cast<const unsigned char*>(bytes); }
unsigned char* raw(std::byte* bytes) { return reinterpret_cast<unsigned char*>(bytes); }

/// A key or a stream's state: zero again when it goes out of sight.
template <class T>
struct Wiped {
    T value{};
    Wiped() = default;
    Wiped(const Wiped&) = delete;
    Wiped& operator=(const Wiped&) = delete;
    ~Wiped() { sodium_memzero(&value, sizeof value); }
};
using StreamKey = Wiped<std::array<unsigned char, key_size>>;
using Stream = Wiped<crypto_secretstream_xchacha20poly1305_state>;

/// What every chunk is authenticated with: the header and the part's number.
Bytes bound_to(std::span<const std::byte> header, std::size_t part) {
    Bytes data(header.begin(), header.end());
    data.push_back(static_cast<std::byte>(part >> 8));
    data.push_back(static_cast<std::byte>(part & 0xff));
    return data;
}

std::size_t limit_of(std::size_t part) { return part == 0 ? largest_body : largest_attachment; }

Bytes seal_part(std::span<const std::byte> clear, const StreamKey& key, std::span<const std::byte> bound) {
    Bytes out(sealed_size(clear.size()));
    Stream state;
    crypto_secretstream_xchacha20poly1305_init_push(&state.value, raw(out.data()), key.value.data());
    std::size_t at = stream_header;
    for (;;) {
        const std::size_t size = std::min(chunk, clear.size());
        const bool last = size == clear.size();
        crypto_secretstream_xchacha20poly1305_push(
            &state.value, raw(out.data() + at), nullptr, raw(clear.data()), size, raw(bound.data()), bound.size(),
            last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
        at += size + overhead;
        clear = clear.subspan(size);
        if (last) return out;
    }
}

bool unseal_part(std::span<const std::byte> sealed, const StreamKey& key, std::span<const std::byte> bound,
                 SecretBytes& out) {
    if (sealed.size() < stream_header + overhead) return false;
    Stream state;
    if (crypto_secretstream_xchacha20poly1305_init_pull(&state.value, raw(sealed.data()), key.value.data()) != 0)
        return false;
    sealed = sealed.subspan(stream_header);
    out.resize(sealed.size()); // a little too much; cut at the end
    std::size_t have = 0;
    for (;;) {
        const std::size_t size = std::min(chunk + overhead, sealed.size());
        if (size < overhead) return false;
        unsigned char tag = 0;
        if (crypto_secretstream_xchacha20poly1305_pull(&state.value, raw(out.data() + have), nullptr, &tag,
                                                       raw(sealed.data()), size, raw(bound.data()), bound.size()) != 0)
            return false;
        have += size - overhead;
        sealed = sealed.subspan(size);
        if (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL) {
            out.resize(have);
            return sealed.empty(); // nothing may follow the end
        }
        if (tag != crypto_secretstream_xchacha20poly1305_TAG_MESSAGE || size != chunk + overhead) return false;
    }
}

} // namespace

std::size_t sealed_size(std::size_t clear_size) {
    const std::size_t chunks = clear_size == 0 ? 1 : (clear_size + chunk - 1) / chunk;
    return stream_header + clear_size + chunks * overhead;
}

forms::Result<SealedRequest, SealFault> seal(const forms::Uuid& id, const PublicKey& to,
                                             std::span<const std::span<const std::byte>> parts) {
    if (sodium_init() < 0) std::abort();
    if (parts.empty() || parts.size() > most_parts) return SealFault::TooLarge;
    std::size_t attachments = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].size() > limit_of(i)) return SealFault::TooLarge;
        attachments += i == 0 ? 0 : parts[i].size();
    }
    if (attachments > largest_attachments) return SealFault::TooLarge;

    StreamKey key;
    crypto_secretstream_xchacha20poly1305_keygen(key.value.data());
    SealedRequest sealed;
    sealed.id = id;
    Bytes& header = sealed.header;
    header.reserve(seal_header_size);
    header.insert(header.end(), magic.begin(), magic.end());
    header.push_back(version);
    for (const std::uint8_t byte : id.bytes())
        header.push_back(static_cast<std::byte>(byte));
    const KeyId key_id = id_of(to);
    header.insert(header.end(), key_id.bytes.begin(), key_id.bytes.end());
    header.push_back(static_cast<std::byte>(parts.size() >> 8));
    header.push_back(static_cast<std::byte>(parts.size() & 0xff));
    header.resize(seal_header_size);
    // Refused for a key of all zeros: there is nobody to seal to.
    if (crypto_box_seal(raw(header.data() + seal_header_size - 80), key.value.data(), key.value.size(),
                        raw(to.bytes.data())) != 0)
        return SealFault::UnknownKey;
    for (std::size_t i = 0; i < parts.size(); ++i)
        sealed.parts.push_back(seal_part(parts[i], key, bound_to(header, i)));
    return sealed;
}

forms::Result<ClearHeader, SealFault> read_header(std::span<const std::byte> header) {
    if (header.size() != seal_header_size || !std::equal(magic.begin(), magic.end(), header.begin()) ||
        header[4] != version)
        return SealFault::NotAHeader;
    ClearHeader clear;
    forms::Uuid::Bytes id{};
    std::memcpy(id.data(), header.data() + 5, id.size());
    clear.id = forms::Uuid(id);
    std::memcpy(clear.key.bytes.data(), header.data() + 21, clear.key.bytes.size());
    clear.parts =
        static_cast<std::uint16_t>(std::to_integer<unsigned>(header[29]) << 8 | std::to_integer<unsigned>(header[30]));
    if (clear.parts == 0 || clear.parts > most_parts) return SealFault::NotAHeader;
    return clear;
}

forms::Result<std::vector<SecretBytes>, SealFault> unseal(const SealedRequest& sealed, const KeyRing& ring,
                                                          std::pmr::memory_resource* memory) {
    auto header = read_header(sealed.header);
    if (!header.ok()) return header.error();
    if (header.value().id != sealed.id || header.value().parts != sealed.parts.size()) return SealFault::Broken;
    if (!ring.knows(header.value().key)) return SealFault::UnknownKey;
    StreamKey key;
    if (!ring.open_box(header.value().key, std::span(sealed.header).last(80),
                       std::as_writable_bytes(std::span(key.value))))
        return SealFault::Broken;
    std::vector<SecretBytes> parts;
    for (std::size_t i = 0; i < sealed.parts.size(); ++i) {
        if (sealed.parts[i].size() > sealed_size(limit_of(i))) return SealFault::TooLarge;
        SecretBytes& clear = parts.emplace_back(memory);
        if (!unseal_part(sealed.parts[i], key, bound_to(sealed.header, i), clear)) return SealFault::Broken;
    }
    return parts;
}

} // namespace net
