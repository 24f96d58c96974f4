// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace net {

/// What a package carries. The numbers are signed and stored; never reuse one.
enum class PackageKind : std::uint8_t {
    Definition = 1, ///< a FHIR R4 Questionnaire
    Notice = 2,     ///< a FHIR R4 CommunicationRequest
};

/// What a package is about, without its words: the first 16 bytes of the SHA-256 of kind and name. Packages with the
/// same subject replace each other.
struct PackageSubject {
    std::array<std::byte, 16> bytes{};
    auto operator<=>(const PackageSubject&) const = default;
};
/// `name`: a definition's canonical url; a notice's identifier as "system|value".
[[nodiscard]] PackageSubject subject_of(PackageKind kind, std::string_view name);
[[nodiscard]] std::string text_of(const PackageSubject& subject); ///< 32 hexadecimal digits

/// The public half of an owner's signing key (Ed25519, RFC 8032).
struct SignerKey {
    std::array<std::byte, 32> bytes{};
    auto operator<=>(const SignerKey&) const = default;
};
/// As in the configuration: "ed25519//" and 44 characters of base64. Nothing when it is anything else.
[[nodiscard]] std::optional<SignerKey> read_signer_key(std::string_view text);
[[nodiscard]] std::string text_of(const SignerKey& key);

struct PackageHead {
    PackageKind kind = PackageKind::Definition;
    PackageSubject subject;
    std::uint64_t serial = 0; ///< grows with every issue about the same subject; the newest counts
};

/// A whole package, whatever it carries. A definition has 6 MiB at most where it is installed; what comes over the
/// network is bounded by the largest answer that is read.
inline constexpr std::size_t largest_package = 5u << 20;

enum class PackageFault : std::uint8_t {
    TooLarge = 1,    ///< beyond `largest_package`
    NotAPackage = 2, ///< too short, wrong mark or version, or lengths that do not fit together
    UnknownKey = 3,  ///< signed, but not with a key of the configuration
    BadSignature = 4,
};

struct OpenedPackage {
    PackageHead head;
    std::span<const std::byte> payload; ///< points into the package
};

/// Layout: "SPP1" · kind (1) · key id (8, as `id_of` of the public key) · subject (16) · serial (8, big-endian) ·
/// payload size (4, big-endian) · signature (64) · payload. Signed is everything but the signature, after the words
/// "sportello package 1". Nothing of the payload is read before the signature held.
[[nodiscard]] forms::Result<OpenedPackage, PackageFault> open_package(std::span<const std::byte> package,
                                                                      std::span<const SignerKey> keys);

/// What is inside, unchecked: for a listing of what somebody else has checked. Empty when it is no package.
[[nodiscard]] std::span<const std::byte> payload_of(std::span<const std::byte> package);

/// The other side: an owner who signs. Only the sandbox and tests do; the programs of a terminal hold no such key.
class Signer {
public:
    /// Reads the secret seed from a file of this user alone, or makes one. Nothing: the disk refuses, the file is open
    /// to others or no key.
    [[nodiscard]] static std::optional<Signer> open(const std::filesystem::path& file);
    /// From 32 bytes, for tests.
    [[nodiscard]] static Signer from_seed(const std::array<std::byte, 32>& seed);
    [[nodiscard]] const SignerKey& key() const { return key_; }
    [[nodiscard]] std::vector<std::byte> sign(const PackageHead& head, std::span<const std::byte> payload) const;

private:
    Signer() = default;
    SignerKey key_;
    std::array<std::byte, 64> secret_{};
};

/// Without telling by its time where two texts differ. Their lengths are no secret.
[[nodiscard]] bool same_secret(std::string_view one, std::string_view other);

} // namespace net
