// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/doubles/certificates.hpp"

#include <string>

namespace campaign {

/// The certificates of a campaign: ours, and those of others.
struct Faces {
    tests::Identity ca, stranger, good;
    std::string pin;
    /// What a certificate of this campaign says unless something else is wanted; valid for ten years.
    [[nodiscard]] tests::Wanted wanted() const;
};
[[nodiscard]] Faces make_faces();

} // namespace campaign
