// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "net/central/desk_issue.hpp"
#include "net/ipc/submission.hpp"
#include "net/seal/sealed_request.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace net {

/// What went wrong, cut by what the caller may do next. Which reply means which is decided in one place per system.
enum class Fault {
    Unreachable,    ///< no route, no name, nobody listening: not one byte was sent
    NotTrusted,     ///< the certificate is not the one we expect: not one byte was sent
    NotConfigured,  ///< our own address, certificate or key cannot be used: not one byte was sent
    NotAdmitted,    ///< 401, 403, a redirect, no such base: our settings are wrong, not this request; all sending stops
    Busy,           ///< 429, or 503 with Retry-After: not now; what went out before a 503 may be there
    Refused,        ///< it understood and said no
    TimedOut,       ///< sent, and no answer: it may or may not be there
    BadReply,       ///< another 5xx, or an answer that proves nothing
    Pending,        ///< 202: it will say so at `location`
    Conflict,       ///< 409: known servers say so to an honest resend
    Precondition,   ///< 412: something with this identifier is there, or there twice
    Stopped,        ///< this program is ending; the request may have left
    NotASubmission, ///< what was kept is not something this program can send
    ClockWrong,     ///< our clock stands before its floor: no certificate can be judged, nothing was tried
};

enum class Proof { NotDelivered, Unclear, Declined };

struct CentralError {
    Fault fault = Fault::BadReply;
    int http_status = 0;                               ///< 0 when no reply line arrived
    int library_code = 0;                              ///< the library's own number, for the log; never its words
    std::optional<std::chrono::seconds> retry_after{}; ///< with Busy, when it said
    std::string location{};                            ///< with Pending: where to ask, on the same host
    std::vector<DeskIssue> issues{};                   ///< with Refused: what it complained of, if it said
    bool posted = false;                               ///< the record itself went out, not only what precedes it
};

[[nodiscard]] constexpr Proof what_it_proves(const CentralError& error) noexcept {
    switch (error.fault) { // no default: the compiler names the one we forgot
    case Fault::Busy: // a server, or what stands before it, may say 503 and be at work all the same
        return error.posted && error.http_status == 503 ? Proof::Unclear : Proof::NotDelivered;
    case Fault::Unreachable:
    case Fault::NotTrusted:
    case Fault::NotConfigured:
    case Fault::NotAdmitted:
    case Fault::ClockWrong:
        return Proof::NotDelivered;
    case Fault::Refused:
    case Fault::NotASubmission:
        return Proof::Declined;
    case Fault::TimedOut:
    case Fault::BadReply:
    case Fault::Pending:
    case Fault::Conflict:
    case Fault::Precondition:
    case Fault::Stopped:
        return Proof::Unclear;
    }
    return Proof::Unclear;
}
template <class T>
using CentralResult = forms::Result<T, CentralError>;

/// Proof that the central system has the whole request.
struct Delivered {
    std::string reference; ///< what the person may quote: the central system's own id of the Task it opened
    int http_status = 0;
    bool all_new = false; ///< it said of each part that it was made, not found
};

/// What a look-up by identifiers found.
struct Presence {
    enum class Parts { All, None, Some };
    Parts parts = Parts::None;
    bool doubled = false;  ///< the same identifier twice over there
    std::string reference; ///< with All
};

/// One central case system. Blocking; give it a thread of its own.
class CentralSystem {
public:
    virtual ~CentralSystem() = default;
    /// Sends the request once. `files` are the attachments in clear, in the submission's order.
    [[nodiscard]] virtual CentralResult<Delivered>
    deliver(const Submission& submission, std::span<const SecretBytes> files, std::stop_token stop) = 0;
    /// Asks by identifier for each thing the request would have created.
    [[nodiscard]] virtual CentralResult<Presence> look_up(const Submission& submission, std::stop_token stop) = 0;
    /// Asks where a 202 said to.
    [[nodiscard]] virtual CentralResult<Delivered> follow(const Submission& submission, const std::string& location,
                                                          std::stop_token stop) = 0;
    /// True: what is sent creates only where a search by identifier finds nothing, so a 412 means that two are there.
    /// False: it is put where nothing must be, and a 412 means that it is there already.
    [[nodiscard]] virtual bool creates_by_condition() const { return true; }
    /// Settings or certificates may have been renewed: read them again.
    virtual void start_afresh() = 0;
};

} // namespace net
