// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/text/words.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace kiosk {

/// A document by which staff recognise somebody: a code of our code system identity-document, and its words.
struct IdentityKind {
    std::string_view code;
    Text words;
};
inline constexpr std::array identity_kinds{
    IdentityKind{"identity-card", Text::desk_identity_card},
    IdentityKind{"passport", Text::desk_identity_passport},
    IdentityKind{"residence-permit", Text::paper_kind_permit},
    IdentityKind{"driving-licence", Text::desk_identity_licence},
    IdentityKind{"other", Text::desk_identity_other},
};

} // namespace kiosk
