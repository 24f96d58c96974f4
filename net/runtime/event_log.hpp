// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"
#include "forms/base/uuid.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <mutex>
#include <string_view>
#include <variant>

namespace net {

/// Everything the programs may say about themselves. The word in the log is the enumerator's (see event_log.cpp, where
/// each has its meaning). There is no way to pass free text: a name or an address cannot slip in.
enum class LogEvent {
    ProgramStarted,
    ProgramReady,
    ProgramStopped,
    ConfigRefused,
    MemoryNotLocked,
    KeyCreated,
    KeyUnreadable,
    StoreOpened,
    StoreCheckedAfterUncleanStop,
    StoreDamagedSetAside,
    StoreRefused,
    SpaceLow,
    RequestKept,
    RequestNotKept,
    RequestSending,
    RequestAcknowledged,
    RequestUnclear,
    RequestBackToKept,
    RequestNeedsDesk,
    RequestReleased,
    RequestErased,
    SealBroken,
    ProbeAnswered,
    DoubleOnServer,
    SendingStopped,
    SendingResumed,
    CentralBusy,
    CentralUnreachable,
    PeerJoined,
    PeerLeft,
    PeerRefused,
    VisitStarted,
    VisitEnded,
    DefinitionRefused,
    DefinitionLoaded,
    SandboxServed,
    Fault,
    StoreUpgraded,
    StoreOlderPutBack,
    KeyRotated,
    KeysDestroyed,
    FeedAnswered,
    FeedNotAnswered,
    FeedListCut,
    PackageTaken,
    PackageRefused,
    PackagesOpened,
    StatusAsked,
    AuditRecorded,
    AuditRefused,
    AuditBroken,
    ExpressionOverBudget,
    ExpressionFailed,
    StaffListRefused,
    MetricsRefused,
    DeviceReady,
    DeviceAbsent,
    DeviceTrouble,
    DeviceStuck,
    CodeDropped,
    CardNotRead,
};
[[nodiscard]] std::string_view name_of(LogEvent event);
[[nodiscard]] std::string_view meaning_of(LogEvent event);

/// Eight bytes of a keyed hash: the same thing has the same mark within one run of one program, and nothing outside it.
struct ShortHash {
    std::array<std::uint8_t, 8> bytes{};
};

/// A fact's name must be written in the source: the constructor runs at compile time only.
struct FactName {
    template <std::size_t size>
    consteval FactName(const char (&literal)[size]) : text(literal, size - 1) {}
    std::string_view text;
};

struct LogFact {
    FactName name;
    std::variant<std::int64_t, std::chrono::milliseconds, ShortHash> value;
};

/// One JSON line per event. Thread: any.
class EventLog {
public:
    using Sink = std::function<void(std::string_view line)>; ///< one line with its end; called under a lock

    /// `program`: short name of the program, as it stands in every line. Writes to standard error.
    EventLog(FactName program, const forms::Clock& clock);
    EventLog(FactName program, const forms::Clock& clock, Sink sink);

    void write(LogEvent event, std::initializer_list<LogFact> facts = {});
    /// Salted with a random key of this run.
    [[nodiscard]] ShortHash short_hash(const forms::Uuid& id) const;

private:
    FactName program_;
    const forms::Clock& clock_;
    std::array<std::uint8_t, 32> salt_{};
    std::mutex mutex_;
    Sink sink_; // guarded by mutex_
};

} // namespace net
