// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/path.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace forms {

/// What a rule decides about its item. A named variable is no rule: whoever names it has its inputs.
enum class RuleKind : std::uint8_t {
    Enabled,    ///< whether it is shown, and with it everything below; an item has one at most
    Calculated, ///< its answers
    Constraint, ///< whether the answers may stand; no rule reads that
    Options,    ///< what may be answered; no rule reads that
    Wording     ///< what the person reads; no rule reads that
};

/// Something a rule reads: the answers of an item, which are none while the item is hidden.
struct RuleInput {
    ItemIndex item = 0;
    bool below = false;      ///< also the answers of everything below it
    bool everywhere = false; ///< in all instances there are, not only in those nearest to the rule's own place

    auto operator<=>(const RuleInput&) const = default;
};

/// One rule of a form. It is applied once for each instance of what stands around its item.
struct Rule {
    /// In place of an item: the rule is about the form as a whole.
    static constexpr ItemIndex whole_form = 0xFFFFFFFF;

    RuleKind kind = RuleKind::Enabled;
    ItemIndex item = 0;
    std::uint32_t number = 0; ///< which one, where the item has several of this kind
    std::vector<RuleInput> inputs{};
    bool reads_everything = false; ///< what it reads cannot be told: every answer of the form
    std::string place{};           ///< JSON pointer below the item, for the form's author: "/enableWhen"
};

} // namespace forms
