// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/fhir/load.hpp"
#include "kiosk/model/orders.hpp"
#include "net/ipc/client.hpp"
#include "net/seal/signed_package.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

/// Why something that the sender has is not offered here. For the staff.
struct UnusablePackage {
    enum class Why {
        NotSigned,  ///< the signature does not hold here: the sender is not believed
        OtherName,  ///< signed under another name than it bears
        NotAForm,   ///< `lines` say what is wrong, by place
        NotANotice, ///< `lines` hold a number: NoticeFault
    };
    Why why;
    std::vector<std::string> lines;
};

/// What is needed to believe and to understand what was published.
struct PublishedSettings {
    std::vector<net::SignerKey> definition_keys, notice_keys; ///< both empty: nothing is asked for
    forms::LoadOptions load;
    std::string base_uri;
    std::string body;                                   ///< our own code among the recipients of notices
    std::function<void(const UnusablePackage&)> report; ///< called on the link's thread
};

/// Forms and notices as the central system published them, read from the sender. Each package is checked again here,
/// compiled once, and kept as long as the sender has it; of a form whose newest version cannot be used, the one before.
/// Thread: the link's, the kiosk's or the desk's.
class Published {
public:
    explicit Published(PublishedSettings settings) : settings_(std::move(settings)) {}
    [[nodiscard]] bool wanted() const { return !settings_.definition_keys.empty() || !settings_.notice_keys.empty(); }

    /// Fetches what is new and says everything there is; nothing when the line failed on the way.
    [[nodiscard]] std::optional<PublishedNews> look(net::ipc::Client& client, std::stop_token stop);

    /// The version of the form `url` that has exactly these bytes (`sha256` of the payload, 64 hexadecimal digits),
    /// though a newer one counts or it was withdrawn: what was answered is corrected under the words it was answered
    /// under. Checked as any other. Null: the sender has none that holds.
    [[nodiscard]] net::ipc::LineResult<std::shared_ptr<const forms::Definition>>
    version(net::ipc::Client& client, std::string_view url, std::string_view sha256,
            net::ipc::Client::Patience patience, std::stop_token stop) const;

private:
    using Key = std::pair<net::PackageSubject, std::uint64_t>;
    struct Read {
        std::optional<PublishedForm> form;
        std::optional<Notice> notice;
    };
    [[nodiscard]] Read read(const net::ipc::PackageNote& note, const std::vector<std::byte>& bytes) const;

    PublishedSettings settings_;
    std::map<Key, Read> read_;
};

} // namespace kiosk
