// SPDX-License-Identifier: EUPL-1.2
#include "forms/italian/stp_eni.hpp"

#include "forms/italian/typed_code.hpp"

namespace forms {
namespace {

std::optional<HealthCode> prefix_of(const TypedCode& code) {
    if (code.text().substr(0, 3) == "STP") return HealthCode::Stp;
    if (code.text().substr(0, 3) == "ENI") return HealthCode::Eni;
    return std::nullopt;
}

} // namespace

std::optional<HealthCode> health_code_of(std::string_view typed) {
    const TypedCode code(typed);
    const auto kind = prefix_of(code);
    if (!kind || !code.clean() || code.text().size() != 16) return std::nullopt;
    for (const char c : code.text().substr(3))
        if (c < '0' || c > '9') return std::nullopt;
    return kind;
}

bool begins_like_health_code(std::string_view typed) { return prefix_of(TypedCode(typed)).has_value(); }

} // namespace forms
