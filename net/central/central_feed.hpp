// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/central/central_system.hpp"
#include "net/ipc/request_step.hpp"
#include "net/seal/signed_package.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace net {

/// A package as the central system lists it. Nothing of this is signed: it says only what may be worth fetching.
struct PublishedPackage {
    std::string place; ///< its id over there; never an address
    std::string hash;  ///< as listed; what was seen under the same hash is not fetched again
};

struct Listing {
    bool unchanged = false; ///< the same as with the tag that was shown; the rest is empty
    std::string tag;        ///< to be shown next time; empty: the server gives none
    std::vector<PublishedPackage> packages;
    bool cut = false; ///< the server has more than it listed
};

struct FollowedRequest {
    std::string reference;
    RequestStep step = RequestStep::Unknown;
};

/// What a central system has for its terminals: signed packages, and where requests stand. Blocking; give it a thread
/// of its own, not the courier's, and a connection of its own under the same rules.
class CentralFeed {
public:
    virtual ~CentralFeed() = default;
    /// `tag`: of the last listing of that kind, or empty.
    [[nodiscard]] virtual CentralResult<Listing> list(PackageKind kind, const std::string& tag,
                                                      std::stop_token stop) = 0;
    /// The bytes of one package, as they were signed: at most `largest_package`.
    [[nodiscard]] virtual CentralResult<std::vector<std::byte>> fetch(const PublishedPackage& package,
                                                                      std::stop_token stop) = 0;
    /// One question for many references (at most 50); those it does not know are missing from the answer.
    [[nodiscard]] virtual CentralResult<std::vector<FollowedRequest>> follow(std::span<const std::string> references,
                                                                             std::stop_token stop) = 0;
    virtual void start_afresh() = 0;
};
inline constexpr std::size_t most_followed_at_once = 50;

} // namespace net
