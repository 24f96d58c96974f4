// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"
#include "forms/base/result.hpp"
#include "net/staff/roles.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace net {

/// A member of the staff, as far as anybody but this folder may know.
struct StaffMember {
    std::string id;
    StaffRole role = StaffRole::None;
    bool disabled = false;
    std::uint32_t errors = 0; ///< wrong PINs since the last right one
    bool locked = false;      ///< by too many of them
};

struct SignIn {
    SignInOutcome outcome = SignInOutcome::Wrong;
    StaffRole role = StaffRole::None; ///< with Done
    std::chrono::milliseconds wait{}; ///< with Wait
    bool known = false;               ///< there is such an id; for the audit log, never for who tries
    std::uint32_t errors = 0;         ///< in a row, this one included
};

enum class StaffFault {
    NoRights, ///< the file cannot be read or written
    Open,     ///< it may be read by others: treat every PIN in it as known
    Damaged,  ///< it is no staff list
    Exists,   ///< there is such an id already
    Unknown,  ///< there is none
    BadId,
    BadRole,
    BadPin, ///< not six digits, or weak
};

/// Who may sign in, and how often it may be tried (threat model §11): 5 errors → 15 s, doubling with each further one,
/// 15 → locked until a technician gives a new PIN. An attempt counts on disk before the PIN is looked at, so that
/// neither a crash nor a restart gives one for nothing; a pause begins anew at a restart. Pauses run on the boot-time
/// clock: no change of the wall clock shortens them. An id that nobody has behaves as one that somebody has.
/// Thread: one. A look at a PIN takes some 0.2 s of work.
class StaffDoor {
public:
    static constexpr std::uint32_t errors_before_pause = 5;
    static constexpr std::uint32_t errors_before_lock = 15;
    static constexpr std::chrono::milliseconds first_pause{15'000};
    /// After so many errors in a row; zero below `errors_before_pause`.
    [[nodiscard]] static std::chrono::milliseconds pause_after(std::uint32_t errors);

    /// A file that is not there is an empty list. `clock` outlives it.
    [[nodiscard]] static forms::Result<std::unique_ptr<StaffDoor>, StaffFault> open(const std::filesystem::path& file,
                                                                                    const forms::Clock& clock);

    [[nodiscard]] SignIn sign_in(std::string_view id, std::string_view pin);

    // Each is on disk when it says Done.
    [[nodiscard]] forms::Result<forms::Done, StaffFault> add(std::string_view id, StaffRole role, std::string_view pin);
    [[nodiscard]] forms::Result<forms::Done, StaffFault> disable(std::string_view id);
    /// A new PIN; no errors, not locked, not disabled any more.
    [[nodiscard]] forms::Result<forms::Done, StaffFault> reset(std::string_view id, std::string_view pin);
    [[nodiscard]] std::vector<StaffMember> list() const;
    /// None: no such id, or it is disabled.
    [[nodiscard]] StaffRole role_of(std::string_view id) const;

private:
    struct Person {
        StaffRole role = StaffRole::None;
        bool disabled = false;
        std::uint32_t errors = 0;
        std::string hash;
        forms::BootTime not_before{}; ///< not stored
    };
    struct Stranger { ///< an id that nobody has
        std::uint32_t errors = 0;
        forms::BootTime not_before{};
    };
    StaffDoor(std::filesystem::path file, const forms::Clock& clock) : file_(std::move(file)), clock_(clock) {}
    [[nodiscard]] bool save() const;
    SignIn try_stranger(std::string_view id, std::string_view pin);
    forms::Result<forms::Done, StaffFault> change(Person& person, const Person& to);

    std::filesystem::path file_;
    const forms::Clock& clock_;
    std::map<std::string, Person, std::less<>> people_;
    std::map<std::string, Stranger, std::less<>> strangers_;
    std::string somebodys_hash_; ///< what a stranger's PIN is compared with, so that it takes as long
};

} // namespace net
