// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "net/ipc/messages.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>

namespace net::ipc {

enum class ListenFault {
    NoRights, ///< the folder is missing, may not be written, or is open to other users
    Refused,  ///< the kernel would not give or bind a socket
};

/// The sender's side of the line. One thread polls all peers and never blocks on one of them: a peer that does not read
/// is cut off when 4 MiB wait for it.
/// Thread: `run` is one thread; `send` may be called from any.
class Server {
public:
    using Peer = std::uint64_t; ///< never given twice
    struct Events {
        /// It said Hello; answer with Welcome. `uid`: of the process that connected, as the kernel says.
        std::function<void(Peer, Role, std::uint32_t uid)> joined;
        std::function<void(Peer, Message&&)> said;       ///< anything after Hello
        std::function<void(Peer)> left;                  ///< only of those that had joined
        std::function<void(std::uint16_t code)> refused; ///< cut off; code as in Refusal
    };                                                   ///< all called on the thread in `run`

    /// The socket file is made with mode 0600 in a folder that must belong to this user alone. An old socket file is
    /// replaced: call this only while holding the outbox, so that it cannot be a living sender's.
    [[nodiscard]] static forms::Result<Server, ListenFault> listen(const std::filesystem::path& socket, Events events);
    Server(Server&&) noexcept;
    Server& operator=(Server&&) = delete;
    ~Server(); ///< closes all lines and removes the socket file

    void run(std::stop_token stop);
    /// To a peer that has left: nothing happens.
    void send(Peer peer, Message message);

private:
    struct State;
    explicit Server(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace net::ipc
