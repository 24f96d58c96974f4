// SPDX-License-Identifier: EUPL-1.2
#include "net/runtime/event_log.hpp"

#include "forms/base/digest.hpp"

#include <sodium.h>

#include <cerrno>
#include <cstdlib>
#include <string>

#include <unistd.h>

namespace net {
namespace {

struct Entry {
    std::string_view name;
    std::string_view meaning;
};

constexpr Entry entry_of(LogEvent event) {
    switch (event) { // no default: the compiler names the one we forgot
    case LogEvent::ProgramStarted:
        return {"program-started", "A program begins; nothing is open yet."};
    case LogEvent::ProgramReady:
        return {"program-ready", "All its parts work."};
    case LogEvent::ProgramStopped:
        return {"program-stopped", "It ended in order."};
    case LogEvent::ConfigRefused:
        return {"config-refused", "A configuration file has mistakes; standard error says which."};
    case LogEvent::MemoryNotLocked:
        return {"memory-not-locked", "The system refused to lock memory: raise LimitMEMLOCK."};
    case LogEvent::KeyCreated:
        return {"key-created", "First start: a key pair was made."};
    case LogEvent::KeyUnreadable:
        return {"key-unreadable", "The key file is missing, damaged or open to others."};
    case LogEvent::StoreOpened:
        return {"store-opened", "The database is open."};
    case LogEvent::StoreCheckedAfterUncleanStop:
        return {"store-checked", "The last stop was not in order; the database was checked."};
    case LogEvent::StoreDamagedSetAside:
        return {"store-set-aside", "A damaged database was renamed and a fresh one begun."};
    case LogEvent::StoreRefused:
        return {"store-refused", "The database could not be opened or used."};
    case LogEvent::SpaceLow:
        return {"space-low", "Too little room on disk for another request."};
    case LogEvent::RequestKept:
        return {"request-kept", "A request is safe on this disk."};
    case LogEvent::RequestNotKept:
        return {"request-not-kept", "A request could not be kept; its sender was told."};
    case LogEvent::RequestSending:
        return {"request-sending", "A request leaves for the central system."};
    case LogEvent::RequestAcknowledged:
        return {"request-acknowledged", "The central system has proved that it has it."};
    case LogEvent::RequestUnclear:
        return {"request-unclear", "No proof either way; it will be looked up before any resend."};
    case LogEvent::RequestBackToKept:
        return {"request-back-to-kept", "Not delivered; it waits for its next turn."};
    case LogEvent::RequestNeedsDesk:
        return {"request-needs-desk", "Refused for good or broken; a person decides."};
    case LogEvent::RequestReleased:
        return {"request-released", "Staff let a request go again."};
    case LogEvent::RequestErased:
        return {"request-erased", "Staff erased a request."};
    case LogEvent::SealBroken:
        return {"seal-broken", "A kept request cannot be opened."};
    case LogEvent::ProbeAnswered:
        return {"probe-answered", "The central system was asked what it has."};
    case LogEvent::DoubleOnServer:
        return {"double-on-server", "The central system holds the same identifier twice."};
    case LogEvent::SendingStopped:
        return {"sending-stopped", "No request is sent until the cause is gone."};
    case LogEvent::SendingResumed:
        return {"sending-resumed", "Sending goes on."};
    case LogEvent::CentralBusy:
        return {"central-busy", "The central system asked to come back later."};
    case LogEvent::CentralUnreachable:
        return {"central-unreachable", "Nobody answers at the central system's address."};
    case LogEvent::PeerJoined:
        return {"peer-joined", "Another of our programs connected."};
    case LogEvent::PeerLeft:
        return {"peer-left", "It went away."};
    case LogEvent::PeerRefused:
        return {"peer-refused", "A connection sent something that is not in the protocol."};
    case LogEvent::VisitStarted:
        return {"visit-started", "Somebody touched the terminal."};
    case LogEvent::VisitEnded:
        return {"visit-ended", "The neutral screen is back and the visit is wiped."};
    case LogEvent::DefinitionRefused:
        return {"definition-refused", "A form has mistakes; `sportelloctl form check` says which."};
    case LogEvent::DefinitionLoaded:
        return {"definition-loaded", "A form can be offered."};
    case LogEvent::SandboxServed:
        return {"sandbox-served", "The sandbox answered a request."};
    case LogEvent::Fault:
        return {"fault", "Something that was not expected; the number says where."};
    case LogEvent::StoreUpgraded:
        return {"store-upgraded", "The database of an older program was brought up to date."};
    case LogEvent::StoreOlderPutBack:
        return {"store-older-put-back", "Delivered requests waited again: an older database was put back. Not resent."};
    case LogEvent::KeyRotated:
        return {"key-rotated", "What is sealed from now on is sealed to a new key."};
    case LogEvent::KeysDestroyed:
        return {"keys-destroyed", "All keys were destroyed: nothing kept here can be opened any more."};
    case LogEvent::FeedAnswered:
        return {"feed-answered", "The central system says again what it has published."};
    case LogEvent::FeedNotAnswered:
        return {"feed-not-answered", "It cannot be asked what it has published; what is here stays in use."};
    case LogEvent::FeedListCut:
        return {"feed-list-cut", "It has published more than this terminal reads; the rest is not seen."};
    case LogEvent::PackageTaken:
        return {"package-taken", "A definition or notice came with its owner's signature."};
    case LogEvent::PackageRefused:
        return {"package-refused", "Unsigned, by an unknown owner, damaged, too large or older: the one before stays."};
    case LogEvent::PackagesOpened:
        return {"packages-opened", "What was published before is read again."};
    case LogEvent::StatusAsked:
        return {"status-asked", "Somebody asked where a request stands."};
    case LogEvent::AuditRecorded:
        return {"audit-recorded", "The audit log has a new record; its mark can be compared with the log later."};
    case LogEvent::AuditRefused:
        return {"audit-refused", "The audit log could not be written; what had to be logged was refused."};
    case LogEvent::StaffListRefused:
        return {"staff-list-refused", "The staff list is damaged, open to others or unreadable: nobody can sign in."};
    case LogEvent::AuditBroken:
        return {"audit-broken", "The audit log was changed or cut; `sportelloctl audit verify` says where."};
    case LogEvent::ExpressionOverBudget:
        return {"expression-over-budget", "An expression of a form took more than a change may cost: no result."};
    case LogEvent::MetricsRefused:
        return {"metrics-refused", "The file of figures could not be written."};
    case LogEvent::ExpressionFailed:
        return {"expression-failed", "An expression of a form has no result; `item` counts from 0, -1 is the form."};
    case LogEvent::DeviceReady:
        return {"device-ready", "Camera (0), page scanner (1), code reader (2) or card reader (3) can be used."};
    case LogEvent::DeviceAbsent:
        return {"device-absent", "That device is not attached, or was taken away."};
    case LogEvent::DeviceTrouble:
        return {"device-trouble", "It cannot be used: busy (3), denied (4), jammed (5), cover open (6), no paper (7), "
                                  "failed (8). sportelloctl doctor tries it."};
    case LogEvent::DeviceStuck:
        return {"device-stuck", "Its driver did not return when the program ended."};
    case LogEvent::CodeDropped:
        return {"code-dropped", "A bar-code reader sent control characters or too much: check how it is set up."};
    case LogEvent::CardNotRead:
        return {"card-not-read", "Not a CNS (0), asks for a PIN (1), left in mid-read (2), or answers nonsense (3)."};
    }
    return {"unknown", ""};
}

void to_standard_error(std::string_view line) {
    while (!line.empty()) {
        const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) // nobody listens any more; there is no other place to say so
            return;
        line.remove_prefix(static_cast<std::size_t>(written));
    }
}

} // namespace

std::string_view name_of(LogEvent event) { return entry_of(event).name; }
std::string_view meaning_of(LogEvent event) { return entry_of(event).meaning; }

EventLog::EventLog(FactName program, const forms::Clock& clock) : EventLog(program, clock, to_standard_error) {}

EventLog::EventLog(FactName program, const forms::Clock& clock, Sink sink)
    : program_(program), clock_(clock), sink_(std::move(sink)) {
    if (sodium_init() < 0) std::abort();
    randombytes_buf(salt_.data(), salt_.size());
}

ShortHash EventLog::short_hash(const forms::Uuid& id) const {
    ShortHash hash;
    static_assert(crypto_shorthash_BYTES == sizeof hash.bytes && crypto_shorthash_KEYBYTES <= sizeof salt_);
    const auto& bytes = id.bytes();
    crypto_shorthash(hash.bytes.data(), bytes.data(), bytes.size(), salt_.data());
    return hash;
}

void EventLog::write(LogEvent event, std::initializer_list<LogFact> facts) {
    // Names are our own literals without quotes or backslashes, so this needs no JSON library.
    const auto wall = std::chrono::duration_cast<std::chrono::milliseconds>(clock_.wall_time().time_since_epoch());
    std::string line = "{\"wall_ms\":" + std::to_string(wall.count()) +
                       ",\"boot_ms\":" + std::to_string(clock_.since_boot().count()) + ",\"program\":\"" +
                       std::string(program_.text) + "\",\"event\":\"" + std::string(name_of(event)) + '"';
    for (const LogFact& fact : facts) {
        line += ",\"";
        line += fact.name.text;
        if (const auto* number = std::get_if<std::int64_t>(&fact.value)) {
            line += "\":" + std::to_string(*number);
        } else if (const auto* took = std::get_if<std::chrono::milliseconds>(&fact.value)) {
            line += "_ms\":" + std::to_string(took->count());
        } else {
            line += "\":\"" + forms::hex(std::get<ShortHash>(fact.value).bytes) + '"';
        }
    }
    line += "}\n";
    const std::lock_guard lock(mutex_);
    sink_(line);
}

} // namespace net
