// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <algorithm>
#include <cstdint>
#include <string_view>

namespace net {

/// Who a member of the staff is to this terminal (threat model §12). The numbers are stored; never reuse one.
enum class StaffRole : std::uint8_t {
    None = 0,       ///< nobody that is known
    Operator = 1,   ///< helps, sees numbers and ages
    Supervisor = 2, ///< opens, corrects and sends again what needs the desk
    Technician = 3, ///< devices, keys, staff list; never opens a request
};
[[nodiscard]] constexpr std::string_view name_of(StaffRole role) {
    switch (role) {
    case StaffRole::None:
        return "none";
    case StaffRole::Operator:
        return "operator";
    case StaffRole::Supervisor:
        return "supervisor";
    case StaffRole::Technician:
        return "technician";
    }
    return "none";
}

/// The short name that a member of the staff signs in with and that stands in the audit log: 2 to 32 small letters,
/// digits, dots and hyphens, beginning with a letter. Never the name of a citizen; an office may prefer numbers
/// ("op-3").
[[nodiscard]] constexpr bool is_staff_id(std::string_view id) {
    if (id.size() < 2 || id.size() > 32 || id[0] < 'a' || id[0] > 'z') return false;
    return std::ranges::all_of(
        id, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-'; });
}

/// How the attempt to sign in ended. The numbers travel; never reuse one.
enum class SignInOutcome : std::uint8_t {
    Done = 0,
    Wrong = 1,  ///< id and PIN do not belong together; whether the id exists is not told
    Wait = 2,   ///< too many errors: not even looked at before the pause is over
    Locked = 3, ///< 15 errors: a technician gives a new PIN
    NotNow = 4, ///< it cannot be written down (disk), so nobody is let in
};

} // namespace net
