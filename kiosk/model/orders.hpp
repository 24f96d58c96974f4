// SPDX-License-Identifier: EUPL-1.2
// What a visit asks of the thread that talks to the sender, and what comes back. Whole values, no pointer to a visit.
#pragma once
#include "forms/base/clock.hpp"
#include "forms/base/uuid.hpp"
#include "forms/engine/definition.hpp"
#include "forms/fhir/prefill.hpp"
#include "kiosk/capture/device_messages.hpp"
#include "kiosk/model/notice.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <optional>
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

/// A paper that goes with a request. Shared, because it is large; its memory is zeroed when the last holder lets go.
using SharedBytes = std::shared_ptr<const std::vector<std::byte>>;

// --- orders: model → link --------------------------------------------------------------------------------------------
struct AskReadiness {
    std::uint64_t room = 0; ///< bytes that the request may need; 0: an ordinary one, without papers
};
/// Seal and keep. Asked again with the same id it is the same request.
struct KeepRequest {
    forms::Uuid id;
    FrozenBytes frozen;
    std::vector<SharedBytes> files = {}; ///< part n of the seal, from 1
};
/// The visit is over: what was not kept is dropped, and nobody waits for a reference any more.
struct ForgetVisit {};
/// Where does the request with this number stand? `code` as it was typed.
struct AskRequestStatus {
    std::uint64_t number = 0;
    std::string code;
    std::chrono::milliseconds since{}; ///< how long ago the person asked: news of the office that are older are not fresh
};

// --- of the staff's screen ---
struct DeskSignIn {
    std::string staff;
    FrozenBytes pin;
};
struct DeskStillHere {};
struct DeskList {};
struct DeskOpen {
    forms::Uuid id;
};
struct DeskClose {}; ///< puts it back as it was
struct DeskRevise {  ///< corrected: goes again under its own id
    forms::Uuid id;
    FrozenBytes frozen;
};
struct DeskRetry { ///< as it is
    forms::Uuid id;
};
using DeskOrder = std::variant<DeskSignIn, DeskStillHere, DeskList, DeskOpen, DeskClose, DeskRevise, DeskRetry>;

// --- to the devices ---
enum class CaptureFor : std::uint8_t { Identity, Paper };
/// From here on pictures, codes and cards are looked at for this; whatever comes before it, or after StopCapture, is
/// thrown away unseen. `watch` numbers the pairs, so that a late answer is known as late.
struct StartCapture {
    std::uint64_t watch = 0;
    CaptureFor what = CaptureFor::Identity;
    DeviceKind device = DeviceKind::Camera; ///< the one that the person has chosen
};
struct TakePicture {}; ///< of the sheet that lies there now
struct StopCapture {};
/// One file of these pages, in this order.
struct MakePaper {
    std::uint64_t watch = 0;
    std::vector<std::shared_ptr<const PagePicture>> pages;
};
using CaptureOrder = std::variant<StartCapture, TakePicture, StopCapture, MakePaper>;

/// At the desk `ForgetVisit` signs out.
using Order = std::variant<AskReadiness, KeepRequest, ForgetVisit, DeskOrder, CaptureOrder, AskRequestStatus>;

// --- news: link, devices → model ----------------------------------------------------------------------------------------------
/// Whether a request could be kept now. `code` is empty when ready.
struct ReadinessTold {
    bool ready = false;
    StaffCode code;
    std::uint64_t room = 0; ///< as asked
};
/// Safe on this terminal's disk. `number` counts the requests of this terminal.
struct RequestKept {
    forms::Uuid id;
    std::uint64_t number = 0;
    std::string code{}; ///< what the receipt says beside the number, as it is shown
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
// --- of the devices; all but `DeviceChanged` belong to a StartCapture ---
/// A picture has come and is being looked at.
struct LookingBegun {
    std::uint64_t watch = 0;
};
/// What a picture, a code or a card says: a proposal.
struct DocumentRead {
    std::uint64_t watch = 0;
    std::shared_ptr<const DocumentSeen> seen;
    bool live = false; ///< in passing, from a running camera: finding nothing useful in it is no try
};
/// One try is over. The causes differ for the person, never for what happens next.
struct NotRead {
    enum class Why : std::uint8_t {
        NothingThere, ///< looked at, and there is neither code nor zone
        OtherCode,    ///< a code that says nothing about a person, or none that may be used
        Unreadable,   ///< the decoder refused it, died, or was too slow
        AsksForPin,
        CardGone,
        OtherCard, ///< no CNS, or its file makes no sense
    };
    std::uint64_t watch = 0;
    Why why = Why::NothingThere;
};
/// What would make the running camera's picture better; none: nothing.
struct Guidance {
    std::uint64_t watch = 0;
    std::optional<PageTrouble> hint;
};
/// How far the page scanner is with the sheet it has now.
struct SheetUnderWay {
    std::uint64_t watch = 0;
    double share = 0; ///< 0 … 1
};
struct FrameSeen { ///< the newest of a running camera
    std::uint64_t watch = 0;
    std::shared_ptr<const Pixels> picture;
};
/// A sheet has become a page. `number`: its own, of all pages of this terminal.
struct PageRead {
    std::uint64_t watch = 0, number = 0;
    std::shared_ptr<const PagePicture> page;
};
struct PaperMade {
    std::uint64_t watch = 0;
    SharedBytes file; ///< PDF; none: it could not be made
};
using CaptureNews = std::variant<PageRead, PaperMade, DeviceChanged, LookingBegun, DocumentRead, NotRead, Guidance, FrameSeen,
                                 SheetUnderWay>;

/// A document says who the person is. Whatever reads documents posts this; `person` lives in the memory of the visit.
struct PersonRead {
    std::shared_ptr<const forms::KnownPerson> person;
};
/// In a preview the form was saved anew: its new wording, or what is wrong with it, one line a mistake.
struct FormChanged {
    std::shared_ptr<const forms::Definition> definition; ///< null when there are mistakes
    std::vector<std::string> mistakes;
};
/// A form that its owner published through the central system.
struct PublishedForm {
    std::shared_ptr<const forms::Definition> definition;
    bool withdrawn = false; ///< no longer to be offered
};
/// Everything that is published now, each form and notice once.
struct PublishedNews {
    std::vector<PublishedForm> forms;
    std::vector<Notice> notices;
};
/// Where a request stands, as far as anybody may say on a screen.
struct RequestStatusTold {
    enum class Where {
        NotFound, ///< no such number here, or not with this code
        TooMany,  ///< wrong codes were tried too often
        NoAnswer, ///< the sender does not answer
        Waiting,  ///< kept here, on its way
        AtDesk,   ///< a person at the desk must look at it, or the office asks the citizen to come
        Received,
        UnderReview,
        TakenInCharge,
        Closed,
    };
    std::uint64_t number = 0;
    Where where = Where::NotFound;
    bool fresh = false; ///< heard from the office since the person asked, or there is nothing to hear
};

// --- to the staff's screen ---
enum class DeskFault {
    None,
    NoSender,    ///< it does not answer; nobody is signed in any more
    SessionOver, ///< nobody is signed in any more
    NotAllowed,  ///< not with this role
    MovedOn,     ///< it does not wait for a person any more
    Elsewhere,   ///< somebody else has one open
    CannotOpen,  ///< its seal is broken
    LookFirst,   ///< it may have arrived: as it is, or not at all
    NotWritten,  ///< audit log or outbox refused
};
struct DeskSignedIn {
    enum class Outcome { Done, Wrong, Wait, Locked, NotNow };
    Outcome outcome = Outcome::Wrong;
    std::chrono::seconds wait{};
};
/// A request that needs a person, without anything of what is in it.
struct DeskRow {
    enum class Why { Refused, Broken, InPart, Tries, Held };
    forms::Uuid id;
    std::uint64_t number = 0;
    Why why = Why::Refused;
    forms::WallTime kept{};
    bool clock_trusted = false;
};
struct DeskListed {
    std::vector<DeskRow> rows;
};
/// What the central system objected to: to a question, or to the whole when `path` is empty.
struct DeskObjection {
    std::string path; ///< as `forms::Definition::path_of` reads it
    bool missing = false;
};
struct DeskOpened {
    forms::Uuid id;
    DeskFault fault = DeskFault::None;
    FrozenBytes frozen;
    std::vector<DeskObjection> objections;
    bool may_revise = false;
};
/// After DeskRevise and DeskRetry.
struct DeskSent {
    forms::Uuid id;
    DeskFault fault = DeskFault::None;
};
struct DeskEnded { ///< the session, unasked
    DeskFault fault = DeskFault::SessionOver;
};
using DeskNews = std::variant<DeskSignedIn, DeskListed, DeskOpened, DeskSent, DeskEnded>;

using News = std::variant<ReadinessTold, RequestKept, RequestNotKept, RequestAcknowledged, RequestNeedsDesk, FormChanged,
                          PersonRead, DeskNews, CaptureNews, PublishedNews, RequestStatusTold>;

} // namespace kiosk
