// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "net/seal/signed_package.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace net {

/// Whose word counts, by kind. Empty: nothing of that kind is taken.
struct FeedKeys {
    std::vector<SignerKey> definitions, notices;
    [[nodiscard]] const std::vector<SignerKey>& of(PackageKind kind) const {
        return kind == PackageKind::Definition ? definitions : notices;
    }
};

/// Why a package was not taken. What was there before stays in use. The numbers are logged; never reuse one.
enum class NotTaken : std::uint8_t {
    TooLarge = 1,
    NotAPackage = 2,
    UnknownKey = 3,
    BadSignature = 4,
    Older = 5,      ///< a newer one about the same subject is here
    OtherKind = 6,  ///< listed among the others
    Full = 7,       ///< no more subjects or bytes than the limits say
    NotSaved = 8,   ///< the disk refused; asked for again
    SameSerial = 9, ///< other bytes under the serial that is here: an owner never does that
};

/// The signed packages that this terminal holds: files of a folder of its own (mode 0700), written whole or not at all,
/// named by subject and serial. Everything is in memory too: it is public and small. Signatures are checked when a
/// package comes and again when the files are read; nothing of a payload is ever looked at here.
///
/// Of each subject the newest version stays and the one before it, which a visit may still be answering. Older ones go
/// at a start, and only when no request waits on this terminal, for delivery or for the desk, and no damaged outbox lies
/// aside: a definition that a kept request answers is never removed.
/// Thread: any.
class PackageStore {
public:
    static constexpr std::size_t most_definitions = 200, most_notices = 300; ///< subjects
    static constexpr std::size_t most_bytes = 64u << 20;                     ///< together

    struct Opening {
        std::size_t damaged = 0;  ///< renamed, never deleted
        std::size_t unusable = 0; ///< by an owner that the configuration no longer names: stays, and is not used
        std::size_t removed = 0;
    };
    /// `requests_wait`: something on this terminal may still need an old version. Nothing: the folder cannot be used.
    [[nodiscard]] static std::unique_ptr<PackageStore> open(std::filesystem::path folder, FeedKeys keys,
                                                            bool requests_wait);
    [[nodiscard]] const Opening& opening() const { return opening_; }

    using Bytes = std::shared_ptr<const std::vector<std::byte>>;
    /// On success it is on disk. Known: it was here already, byte for byte.
    enum class Taken { Fresh, Known };
    [[nodiscard]] forms::Result<Taken, NotTaken> take(PackageKind listed_as, std::vector<std::byte> package);

    struct Held {
        PackageHead head;
        std::uint32_t size = 0;
    };
    /// Some owner of that kind is known; else there is nothing to ask for.
    [[nodiscard]] bool takes(PackageKind kind) const { return !keys_.of(kind).empty(); }
    /// A package with this SHA-1 (base64, as FHIR's Attachment.hash) is here.
    [[nodiscard]] bool holds(const std::string& sha1) const;
    /// Newest version of a subject first.
    [[nodiscard]] std::vector<Held> list() const;
    /// Null: not here.
    [[nodiscard]] Bytes bytes(const PackageSubject& subject, std::uint64_t serial) const;

private:
    using Key = std::pair<PackageSubject, std::uint64_t>;
    struct Entry {
        PackageHead head;
        Bytes bytes;
        std::string sha1;
    };
    static Entry entry_of(const PackageHead& head, std::vector<std::byte> bytes);
    PackageStore(std::filesystem::path folder, FeedKeys keys) : folder_(std::move(folder)), keys_(std::move(keys)) {}
    bool read_folder();
    void remove_old();
    [[nodiscard]] bool make_room(const PackageHead& head, std::size_t size);
    [[nodiscard]] std::filesystem::path file_of(const PackageHead& head) const;

    std::filesystem::path folder_;
    FeedKeys keys_;
    Opening opening_;
    mutable std::mutex mutex_;
    std::map<Key, Entry> held_; // guarded by mutex_
};

} // namespace net
