// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "net/ipc/messages.hpp"
#include "net/seal/sealed_request.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace net::ipc {

/// Cut by what the caller may do next.
enum class LineFault {
    NotThere,     ///< no sender listens: try again soon
    Gone,         ///< the line broke before the answer: what was asked may have happened. Ask again with the same id
    TimedOut,     ///< no answer in time; the line was dropped, so it is like Gone
    Stopped,      ///< the stop token asked
    OtherVersion, ///< the sender speaks another protocol: an update is half done
    Nonsense,     ///< the sender broke the protocol; the line was dropped
    Refused,      ///< not for this role, nobody signed in, or the audit log cannot be written; the line was dropped
};
template <class T>
using LineResult = forms::Result<T, LineFault>;

/// The interface's and the tool's side of the line to the sender. Every call connects when there is no line, says
/// Hello, and watches again what was watched before. Calls block up to `patience`: use it from a thread of your own.
/// Thread: one at a time.
class Client {
public:
    Client(std::filesystem::path socket, Role role);
    ~Client();
    Client(Client&&) noexcept;
    Client& operator=(Client&&) noexcept;

    using Patience = std::chrono::milliseconds;

    /// The key to seal to: the last one told on this line. Keep the answer only as long as calls succeed.
    [[nodiscard]] LineResult<Welcome> join(Patience patience, std::stop_token stop = {});
    [[nodiscard]] LineResult<ReadyCode> ready(std::uint64_t room, Patience patience, std::stop_token stop = {});

    using KeepAnswer = std::variant<Kept, NotKept>;
    /// Sends the whole request and waits for the answer. After Gone or TimedOut call it again with the same request:
    /// a request that is there already is answered with its number.
    [[nodiscard]] LineResult<KeepAnswer> keep(const SealedRequest& request, Patience patience,
                                              std::stop_token stop = {});

    /// Its present state; later changes come through `news`, also after a reconnection.
    [[nodiscard]] LineResult<State> watch(const forms::Uuid& id, Patience patience, std::stop_token stop = {});
    void forget(const forms::Uuid& id);
    /// The next change of something watched, or nothing when `patience` is over. `Stopped` at once when asked.
    /// A line that is down is taken up again in here (at most one try per call).
    [[nodiscard]] LineResult<std::optional<State>> news(Patience patience, std::stop_token stop = {});

    [[nodiscard]] LineResult<std::vector<Row>> list(Patience patience, std::stop_token stop = {});
    [[nodiscard]] LineResult<std::optional<Row>> show(const forms::Uuid& id, Patience patience,
                                                      std::stop_token stop = {});
    [[nodiscard]] LineResult<ActOutcome> act(const forms::Uuid& id, Action action, Patience patience,
                                             std::stop_token stop = {});
    [[nodiscard]] LineResult<Figures> figures(Patience patience, std::stop_token stop = {});
    [[nodiscard]] LineResult<KeysTold> keys(KeyAction action, Patience patience, std::stop_token stop = {});
    /// The request as it lies in the outbox, still sealed; nothing when it is unknown or delivered.
    [[nodiscard]] LineResult<std::optional<SealedRequest>> fetch(const forms::Uuid& id, Patience patience,
                                                                 std::stop_token stop = {});

    // For the staff's screen (role Desk) and the technician (role Tool). A line that is lost ends the session with it.

    /// Six digits, sealed to the sender.
    [[nodiscard]] LineResult<SignedIn> sign_in(const std::string& staff, std::string_view pin, const forms::Uuid& fresh,
                                               Patience patience, std::stop_token stop = {});
    [[nodiscard]] LineResult<forms::Done> sign_out(Patience patience, std::stop_token stop = {});
    [[nodiscard]] LineResult<forms::Done> still_here(Patience patience, std::stop_token stop = {});
    /// What is opened is sealed to `to` and then fetched like any request.
    [[nodiscard]] LineResult<Opened> open(const forms::Uuid& id, const PublicKey& to, Patience patience,
                                          std::stop_token stop = {});
    [[nodiscard]] LineResult<forms::Done> close(Patience patience, std::stop_token stop = {});
    [[nodiscard]] LineResult<DeskOutcome> revise(const SealedRequest& corrected, Patience patience,
                                                 std::stop_token stop = {});
    /// `pin`: with Add and Reset; empty otherwise.
    [[nodiscard]] LineResult<StaffTold> staff(StaffChange change, const std::string& who, StaffRole role,
                                              std::string_view pin, const forms::Uuid& fresh, Patience patience,
                                              std::stop_token stop = {});
    /// What signed packages the sender has. From then on `news` returns early, with nothing, when that has changed, and
    /// `packages_changed` says so once.
    [[nodiscard]] LineResult<std::vector<PackageNote>> packages(Patience patience, std::stop_token stop = {});
    [[nodiscard]] bool packages_changed();
    /// The whole package; nothing when the sender no longer has it.
    [[nodiscard]] LineResult<std::optional<std::vector<std::byte>>> package(const PackageNote& note, Patience patience,
                                                                            std::stop_token stop = {});
    [[nodiscard]] LineResult<StatusTold> status(std::uint64_t number, const std::string& code, Patience patience,
                                                std::stop_token stop = {});
    [[nodiscard]] LineResult<FeedTold> feed(bool now, Patience patience, std::stop_token stop = {});

private:
    struct Line;
    LineResult<SealedPin> seal_pin(std::string_view pin, const forms::Uuid& fresh, Patience patience,
                                   const std::stop_token& stop);
    std::unique_ptr<Line> line_;
};

} // namespace net::ipc
