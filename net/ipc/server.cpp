// SPDX-License-Identifier: EUPL-1.2
#include "net/ipc/server.hpp"

#include "net/ipc/codec.hpp"
#include "net/ipc/socket.hpp"

#include <array>
#include <cerrno>
#include <map>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace net::ipc {
namespace {

constexpr std::size_t most_peers = 16;
constexpr std::size_t most_waiting = 4u << 20;

struct Connection {
    Descriptor socket;
    FrameBuffer in;
    std::vector<std::byte> out;
    std::size_t out_done = 0;
    uid_t user = 0;
    bool joined = false;
    bool closing = false; ///< once `out` is written

    [[nodiscard]] std::size_t waiting() const { return out.size() - out_done; }
};

/// Only this user and root may speak here, whatever the folder's rights have become.
std::optional<uid_t> user_of(int socket) {
    ucred who{};
    socklen_t size = sizeof who;
    if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &who, &size) != 0) return std::nullopt;
    if (who.uid != ::geteuid() && who.uid != 0) return std::nullopt;
    return who.uid;
}

} // namespace

struct Server::State {
    std::filesystem::path path;
    Events events;
    Descriptor listening;
    Bell bell;
    std::map<Peer, Connection> peers;
    Peer last_peer = 0;
    std::mutex mutex;
    std::vector<std::pair<Peer, Message>> to_send; // guarded by mutex

    void put(Connection& c, const Message& message) {
        const auto frame = encode(message);
        if (c.out_done > 0) {
            c.out.erase(c.out.begin(), c.out.begin() + static_cast<std::ptrdiff_t>(c.out_done));
            c.out_done = 0;
        }
        c.out.insert(c.out.end(), frame.begin(), frame.end());
    }

    void accept_one() {
        Descriptor socket(::accept4(listening.number(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (!socket) return;
        const auto user = user_of(socket.number());
        if (!user) return events.refused(1);
        Connection c;
        c.user = *user;
        c.socket = std::move(socket);
        if (peers.size() >= most_peers) {
            put(c, Refusal{3});
            c.closing = true;
            events.refused(3);
        }
        peers.emplace(++last_peer, std::move(c));
    }

    void refuse(Connection& c, std::uint16_t code) {
        put(c, Refusal{code});
        c.closing = true;
        events.refused(code);
    }

    void handle(Peer peer, Connection& c, Message&& message) {
        if (c.joined) {
            if (std::holds_alternative<Hello>(message)) return refuse(c, 1);
            return events.said(peer, std::move(message));
        }
        const auto* hello = std::get_if<Hello>(&message);
        if (hello == nullptr) return refuse(c, 1);
        if (hello->version != protocol) return refuse(c, 2);
        c.joined = true;
        events.joined(peer, hello->role, c.user);
    }

    /// False: the line is over.
    bool read(Peer peer, Connection& c) {
        std::array<std::byte, 64 * 1024> bytes;
        const ssize_t got = ::recv(c.socket.number(), bytes.data(), bytes.size(), 0);
        if (got < 0) return errno == EAGAIN || errno == EINTR;
        if (got == 0) return false;
        c.in.add(std::span(bytes).first(static_cast<std::size_t>(got)));
        while (!c.closing) {
            auto message = c.in.next();
            if (!message) break;
            if (message->ok())
                handle(peer, c, std::move(*message).value());
            else
                refuse(c, 1);
        }
        return true;
    }

    bool write(Connection& c) {
        while (c.waiting() > 0) {
            const ssize_t sent = ::send(c.socket.number(), c.out.data() + c.out_done, c.waiting(), MSG_NOSIGNAL);
            if (sent < 0) return errno == EAGAIN || errno == EINTR;
            c.out_done += static_cast<std::size_t>(sent);
        }
        c.out.clear();
        c.out_done = 0;
        return !c.closing;
    }

    void drop(Peer peer) {
        const bool joined = peers.at(peer).joined;
        peers.erase(peer);
        if (joined) events.left(peer);
    }

    void take_posted() {
        std::vector<std::pair<Peer, Message>> posted;
        {
            const std::lock_guard lock(mutex);
            posted.swap(to_send);
        }
        for (auto& [peer, message] : posted) {
            if (const auto found = peers.find(peer); found != peers.end()) put(found->second, message);
        }
    }
};

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}
Server::Server(Server&&) noexcept = default;

Server::~Server() {
    if (state_) (void)::unlink(state_->path.c_str()); // a file left behind is replaced by the next start
}

forms::Result<Server, ListenFault> Server::listen(const std::filesystem::path& socket, Events events) {
    struct stat folder {};
    if (::stat(socket.parent_path().c_str(), &folder) != 0 || folder.st_uid != ::geteuid() ||
        (folder.st_mode & (S_IWGRP | S_IWOTH | S_IROTH | S_IXOTH)) != 0)
        return ListenFault::NoRights;
    auto state = std::make_unique<State>();
    state->path = socket;
    state->events = std::move(events);
    const auto address = address_of(socket);
    if (!address) return ListenFault::NoRights;
    state->listening = Descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!state->listening) return ListenFault::Refused;
    if (::unlink(socket.c_str()) != 0 && errno != ENOENT) return ListenFault::NoRights;
    // Nobody can connect before listen(), so the file never stands open with wider rights.
    if (::bind(state->listening.number(), reinterpret_cast<const sockaddr*>(&address->name), sizeof address->name) != 0)
        return errno == EACCES || errno == EROFS || errno == ENOENT ? ListenFault::NoRights : ListenFault::Refused;
    if (::chmod(socket.c_str(), S_IRUSR | S_IWUSR) != 0 || ::listen(state->listening.number(), 8) != 0)
        return ListenFault::Refused;
    return Server(std::move(state));
}

void Server::run(std::stop_token stop) {
    State& s = *state_;
    const std::stop_callback wake(stop, [&] { s.bell.ring(); });
    std::vector<pollfd> waits;
    std::vector<Peer> order;
    while (!stop.stop_requested()) {
        waits.assign({{s.bell.number(), POLLIN, 0}, {s.listening.number(), POLLIN, 0}});
        order.clear();
        for (const auto& [peer, c] : s.peers) {
            const auto wanted =
                static_cast<short>((c.closing ? 0 : POLLIN) | (c.waiting() > 0 || c.closing ? POLLOUT : 0));
            waits.push_back({c.socket.number(), wanted, 0});
            order.push_back(peer);
        }
        if (::poll(waits.data(), waits.size(), -1) < 0) continue; // interrupted
        if (waits[0].revents != 0) s.bell.quiet();
        for (std::size_t i = 0; i < order.size(); ++i) {
            const short happened = waits[i + 2].revents;
            if (happened == 0) continue;
            Connection& c = s.peers.at(order[i]);
            bool alive = (happened & (POLLERR | POLLNVAL)) == 0;
            if (alive && (happened & (POLLIN | POLLHUP)) != 0 && !c.closing)
                alive = s.read(order[i], c);
            else if (alive && (happened & POLLHUP) != 0)
                alive = false;
            if (alive && c.waiting() > 0)
                alive = s.write(c);
            else if (alive && c.closing)
                alive = false;
            if (!alive) s.drop(order[i]);
        }
        s.take_posted();
        for (auto it = s.peers.begin(); it != s.peers.end();) {
            const Peer peer = it->first;
            Connection& c = (it++)->second;
            if ((c.waiting() > 0 && !s.write(c)) || c.waiting() > most_waiting) s.drop(peer);
        }
        if (waits[1].revents != 0) s.accept_one();
    }
    s.peers.clear();
}

void Server::send(Peer peer, Message message) {
    {
        const std::lock_guard lock(state_->mutex);
        state_->to_send.emplace_back(peer, std::move(message));
    }
    state_->bell.ring();
}

} // namespace net::ipc
