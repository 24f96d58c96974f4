// SPDX-License-Identifier: EUPL-1.2
// What a visit asks of the thread that talks to the sender, and what comes back. Whole values, no pointer to a visit.
#pragma once
#include "forms/base/uuid.hpp"
#include "forms/engine/definition.hpp"
#include "forms/fhir/prefill.hpp"

#include <cstdint>
#include <memory>
#include <memory_resource>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kiosk {

/// A short code for the staff: it stands on the screen that sends to the desk and in the manual. Never a cause in
/// words.
using StaffCode = std::string;

/// Frozen bytes of a request, in memory that is zeroed when it is given back.
using FrozenBytes = std::pmr::string;

// --- orders: model → link --------------------------------------------------------------------------------------------
struct AskReadiness {};
/// Seal and keep. Asked again with the same id it is the same request.
struct KeepRequest {
    forms::Uuid id;
    FrozenBytes frozen;
};
/// The visit is over: what was not kept is dropped, and nobody waits for a reference any more.
struct ForgetVisit {};
using Order = std::variant<AskReadiness, KeepRequest, ForgetVisit>;

// --- news: link, devices → model ----------------------------------------------------------------------------------------------
/// Whether a request could be kept now. `code` is empty when ready.
struct ReadinessTold {
    bool ready = false;
    StaffCode code;
};
/// Safe on this terminal's disk. `number` counts the requests of this terminal.
struct RequestKept {
    forms::Uuid id;
    std::uint64_t number = 0;
};
struct RequestNotKept {
    forms::Uuid id;
    StaffCode code;
};
/// The central system has proved that it has it.
struct RequestAcknowledged {
    forms::Uuid id;
    std::string reference;
};
/// A person must look at it; for the citizen that means: show the number at the desk.
struct RequestNeedsDesk {
    forms::Uuid id;
};
/// A document says who the person is. Whatever reads documents posts this; `person` lives in the memory of the visit.
struct PersonRead {
    std::shared_ptr<const forms::KnownPerson> person;
};
/// In a preview the form was saved anew: its new wording, or what is wrong with it, one line a mistake.
struct FormChanged {
    std::shared_ptr<const forms::Definition> definition; ///< null when there are mistakes
    std::vector<std::string> mistakes;
};
using News =
    std::variant<ReadinessTold, RequestKept, RequestNotKept, RequestAcknowledged, RequestNeedsDesk, FormChanged,
                 PersonRead>;

} // namespace kiosk
