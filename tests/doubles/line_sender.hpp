// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/ipc/server.hpp"
#include "net/runtime/locked_memory.hpp"
#include "net/seal/key_ring.hpp"
#include "net/seal/sealed_request.hpp"
#include "net/seal/signed_package.hpp"

#include <cstdint>
#include <filesystem>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace tests {

/// The sender's side of the real socket, with an outbox in memory: for trying the interface's side by itself. Opens
/// what it gets with real keys, so what it kept can be compared.
class LineSender {
public:
    explicit LineSender(const std::filesystem::path& folder)
        : socket_(folder / "sender.sock"), ring_(std::move(net::KeyRing::open(folder / "keys", &memory_)).value()) {}
    ~LineSender() { stop(); }
    LineSender(const LineSender&) = delete;
    LineSender& operator=(const LineSender&) = delete;

    void start();
    /// As a crash: the line breaks, the rows stay (they are on disk).
    void stop();
    void say_ready(net::ipc::ReadyCode code);
    /// Whoever asks for more bytes is told that there is no room.
    void say_room(std::uint64_t bytes);
    /// The next request is kept, and the line breaks before the answer.
    void break_before_next_answer();
    void acknowledge(const forms::Uuid& id, const std::string& reference);
    /// From now on it has this package; as it is, whoever signed it.
    void hold(const net::PackageHead& head, std::vector<std::byte> package);

    [[nodiscard]] const std::filesystem::path& socket() const { return socket_; }
    [[nodiscard]] std::vector<std::string> bodies() const; ///< of the rows, in clear
    [[nodiscard]] int keeps() const;                       ///< requests to keep that came in whole

private:
    void said(net::ipc::Server::Peer peer, net::ipc::Message&& message);
    void keep_when_whole(net::ipc::Server::Peer peer, const forms::Uuid& id);

    std::filesystem::path socket_;
    net::LockedMemory memory_;
    net::KeyRing ring_;
    std::unique_ptr<net::ipc::Server> server_;
    std::jthread thread_;

    mutable std::mutex mutex_;
    // all below guarded by mutex_
    struct Row {
        std::uint64_t number = 0;
        std::string body;
        std::optional<std::string> reference;
    };
    std::map<forms::Uuid, Row> rows_;
    std::map<forms::Uuid, net::SealedRequest> coming_;
    std::map<forms::Uuid, std::vector<std::uint32_t>> sizes_;
    std::map<forms::Uuid, net::ipc::Server::Peer> watchers_;
    std::map<std::pair<net::PackageSubject, std::uint64_t>, std::vector<std::byte>> packages_;
    net::ipc::ReadyCode ready_ = net::ipc::ReadyCode::Ready;
    std::uint64_t room_ = std::numeric_limits<std::uint64_t>::max();
    bool break_next_ = false;
    int keeps_ = 0;
};

} // namespace tests
