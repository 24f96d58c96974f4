// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace net {

/// Where a request stands. The numbers are stored; never reuse one.
enum class Life : std::uint8_t {
    Kept = 1,         ///< safe on this disk, not yet on its way
    Sending = 2,      ///< on its way, or was when the power went
    Unclear = 3,      ///< it may or may not be there: looked up before anything is sent again
    Acknowledged = 4, ///< proved to be there; the body is gone from here
    NeedsDesk = 5,    ///< a person decides
};

/// What can happen to it.
enum class News : std::uint8_t {
    PickedUp,     ///< the courier takes it
    Taken,        ///< the central system's answer proves it
    NotDelivered, ///< certainly not there
    NoAnswer,     ///< no proof either way
    Restarted,    ///< this program started and found it half-way
    Declined,     ///< refused twice, ten minutes apart
    FoundThere,   ///< the look-up found all of it
    NotThere,     ///< the look-up found nothing of it
    SetAside,     ///< seal broken, there in part only, tried too often, or staff put it there
    Released,     ///< staff let it go again
};

/// The whole life of a request. Nothing else in the program changes a Life.
[[nodiscard]] constexpr std::optional<Life> after(Life now, News news) noexcept {
    switch (now) {
    case Life::Kept:
        if (news == News::PickedUp) return Life::Sending;
        if (news == News::SetAside) return Life::NeedsDesk;
        break;
    case Life::Sending:
        if (news == News::Taken) return Life::Acknowledged;
        if (news == News::NotDelivered) return Life::Kept;
        if (news == News::Declined) return Life::NeedsDesk;
        if (news == News::NoAnswer || news == News::Restarted) return Life::Unclear;
        break;
    case Life::Unclear: // never sent again before somebody has looked
        if (news == News::FoundThere) return Life::Acknowledged;
        if (news == News::NotThere) return Life::Kept;
        if (news == News::SetAside) return Life::NeedsDesk;
        if (news == News::NoAnswer) return Life::Unclear; // the place of a 202 is gone: what stood there is not known
        break;
    case Life::NeedsDesk:
        if (news == News::Released)
            return Life::Kept; // under its own id: what the central system has of it already is not made again
        break;
    case Life::Acknowledged:
        break;
    }
    return std::nullopt; // no such step
}
static_assert(after(Life::Sending, News::Restarted) == Life::Unclear);
static_assert(!after(Life::Unclear, News::PickedUp));
static_assert(!after(Life::Acknowledged, News::PickedUp));
static_assert(!after(Life::NeedsDesk, News::PickedUp));

/// Why a request stands at the desk, or why it went back to Kept. The numbers are stored; never reuse one.
enum class Reason : std::uint8_t {
    None = 0,
    SealBroken = 1,     ///< cannot be opened: changed, cut, or its key is gone
    NotASubmission = 2, ///< opened, but not in a form this program understands
    Refused = 3,        ///< the central system understood and said no, twice
    InPartOnly = 4,     ///< the central system has some of its parts and not others
    TooManyTries = 5,   ///< failed differently ten times
    Conflict = 6,       ///< 409 or 412 and not there, again and again
    HeldByStaff = 7,
    Unreachable = 8,  ///< last try: nobody there
    Busy = 9,         ///< last try: come back later
    NoAnswer = 10,    ///< last try: no readable proof
    NotAdmitted = 11, ///< last try: credentials or address refused
    NotTrusted = 12,  ///< last try: certificate
};

/// Is the courier at work, and if not, why.
enum class Sending : std::uint8_t {
    Working = 0,       ///< nothing stops it
    NotConfigured = 1, ///< no central system in the configuration
    Unreachable = 2,   ///< nobody answers at the address
    NotTrusted = 3,    ///< certificate, pin or host name: nothing was sent
    NotAdmitted = 4,   ///< 401, 403, a redirect, or nothing at the base address
    Busy = 5,          ///< asked to come back later
    ClockWrong = 6,    ///< certificates cannot be judged
};

[[nodiscard]] constexpr std::string_view name_of(Life life) {
    switch (life) {
    case Life::Kept:
        return "kept";
    case Life::Sending:
        return "sending";
    case Life::Unclear:
        return "unclear";
    case Life::Acknowledged:
        return "acknowledged";
    case Life::NeedsDesk:
        return "needs-desk";
    }
    return "unknown";
}

[[nodiscard]] constexpr std::string_view name_of(Reason reason) {
    switch (reason) {
    case Reason::None:
        return "none";
    case Reason::SealBroken:
        return "seal-broken";
    case Reason::NotASubmission:
        return "not-a-submission";
    case Reason::Refused:
        return "refused";
    case Reason::InPartOnly:
        return "in-part-only";
    case Reason::TooManyTries:
        return "too-many-tries";
    case Reason::Conflict:
        return "conflict";
    case Reason::HeldByStaff:
        return "held-by-staff";
    case Reason::Unreachable:
        return "unreachable";
    case Reason::Busy:
        return "busy";
    case Reason::NoAnswer:
        return "no-answer";
    case Reason::NotAdmitted:
        return "not-admitted";
    case Reason::NotTrusted:
        return "not-trusted";
    }
    return "unknown";
}

} // namespace net
