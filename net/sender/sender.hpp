// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "net/feed/feed_pauses.hpp"
#include "net/outbox/pauses.hpp"
#include "net/runtime/config.hpp"
#include "net/runtime/event_log.hpp"
#include "net/runtime/random.hpp"

#include <filesystem>
#include <memory>
#include <optional>

namespace net {

struct SenderOptions {
    Config config;
    std::optional<Pauses> pauses{}; ///< instead of the configured ones: demonstrations and tests only
    std::optional<FeedPauses> feed_pauses{}; ///< likewise
};

/// Why the sender does not start. Each has its own remedy.
enum class StartFault {
    NoFolder,     ///< the state folder cannot be made, written, or is open to others
    InUse,        ///< another sender works on it
    KeysOpen,     ///< a key file may be read by others
    KeysDamaged,  ///< a key file is damaged
    StoreRefused, ///< the disk refuses, or the outbox was written by a newer program
    NoSocket,     ///< the socket cannot be made
};

/// The whole sender, running: store thread, courier thread, ipc thread. Stops in the reverse order.
class Sender {
public:
    [[nodiscard]] static forms::Result<std::unique_ptr<Sender>, StartFault>
    start(const SenderOptions& options, const forms::Clock& clock, Chance& chance, EventLog& log);
    ~Sender();

    [[nodiscard]] const std::filesystem::path& socket() const;

private:
    struct Running;
    explicit Sender(std::unique_ptr<Running> running);
    std::unique_ptr<Running> running_;
};

} // namespace net
