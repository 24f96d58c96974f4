// SPDX-License-Identifier: EUPL-1.2
// The line itself, for the files of Client alone: connecting, writing, reading, asking.
#pragma once
#include "net/ipc/client.hpp"
#include "net/ipc/codec.hpp"
#include "net/ipc/socket.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <deque>
#include <set>
#include <span>

#include <poll.h>
#include <unistd.h>

namespace net::ipc {

using SteadyTime = std::chrono::steady_clock::time_point;

struct Client::Line {
    std::filesystem::path path;
    Role role;
    Descriptor socket;
    FrameBuffer in;
    Welcome welcome;
    bool wants_packages = false, packages_changed = false;
    std::set<forms::Uuid> watched;
    std::deque<State> changes; ///< told unasked, not yet fetched by news()
    Bell stopped;

    void drop() {
        socket.close();
        in = FrameBuffer();
    }

    /// Waits until the socket can be read or written.
    std::optional<LineFault> wait_for(short what, SteadyTime until, const std::stop_token& stop) {
        for (;;) {
            if (stop.stop_requested()) return LineFault::Stopped;
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
            if (left.count() <= 0) return LineFault::TimedOut;
            std::array<pollfd, 2> waits = {{{socket.number(), what, 0}, {stopped.number(), POLLIN, 0}}};
            const int ready =
                ::poll(waits.data(), waits.size(), static_cast<int>(std::min<long>(left.count(), 3'600'000)));
            if (ready < 0 && errno != EINTR) return LineFault::Gone;
            if (ready > 0 && waits[1].revents != 0) stopped.quiet(); // asked above
            if (ready > 0 && waits[0].revents != 0) return std::nullopt;
        }
    }

    std::optional<LineFault> write(const Message& message, SteadyTime until, const std::stop_token& stop) {
        const auto frame = encode(message);
        std::span<const std::byte> left = frame;
        while (!left.empty()) {
            const ssize_t sent = ::send(socket.number(), left.data(), left.size(), MSG_NOSIGNAL);
            if (sent >= 0) {
                left = left.subspan(static_cast<std::size_t>(sent));
            } else if (errno == EAGAIN) {
                if (auto fault = wait_for(POLLOUT, until, stop)) return fault;
            } else if (errno != EINTR) {
                return LineFault::Gone;
            }
        }
        return std::nullopt;
    }

    /// The next message that is not a change of something watched.
    LineResult<Message> read(SteadyTime until, const std::stop_token& stop) {
        for (;;) {
            if (auto message = in.next()) {
                if (!message->ok()) return LineFault::Nonsense;
                return std::move(*message).value();
            }
            std::array<std::byte, 64 * 1024> bytes;
            const ssize_t got = ::recv(socket.number(), bytes.data(), bytes.size(), 0);
            if (got > 0) {
                in.add(std::span(bytes).first(static_cast<std::size_t>(got)));
            } else if (got == 0) {
                return LineFault::Gone;
            } else if (errno == EAGAIN) {
                if (auto fault = wait_for(POLLIN, until, stop)) return *fault;
            } else if (errno != EINTR) {
                return LineFault::Gone;
            }
        }
    }

    std::optional<LineFault> connect(SteadyTime until, const std::stop_token& stop) {
        if (socket) return std::nullopt;
        in = FrameBuffer();
        const auto address = address_of(path);
        if (!address) return LineFault::NotThere;
        Descriptor fresh(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        if (!fresh) return LineFault::NotThere;
        // A unix socket connects at once or not at all (EAGAIN: its waiting line is full).
        if (::connect(fresh.number(), reinterpret_cast<const sockaddr*>(&address->name), sizeof address->name) != 0)
            return LineFault::NotThere;
        socket = std::move(fresh);
        if (auto fault = write(Hello{protocol, role}, until, stop)) return give_up(*fault);
        auto answer = read(until, stop);
        if (!answer.ok()) return give_up(answer.error());
        if (const auto* refusal = std::get_if<Refusal>(&answer.value()))
            return give_up(refusal->code == 2 ? LineFault::OtherVersion : LineFault::NotThere);
        const auto* greeting = std::get_if<Welcome>(&answer.value());
        if (greeting == nullptr) return give_up(LineFault::Nonsense);
        if (greeting->version != protocol) return give_up(LineFault::OtherVersion);
        welcome = *greeting;
        // Their answers are State messages and come out of news() like any change.
        for (const auto& id : watched)
            if (auto fault = write(Watch{id}, until, stop)) return give_up(*fault);
        if (wants_packages)
            if (auto fault = write(AskPackages{}, until, stop)) return give_up(*fault);
        return std::nullopt;
    }

    LineFault give_up(LineFault fault) {
        drop();
        return fault;
    }

    /// Asks and waits for an answer that `fits`; whatever else comes in between is a change of something watched.
    /// Any fault drops the line, so that a late answer can never be taken for another question's.
    template <class Fits>
    LineResult<Message> ask(std::span<const Message> questions, std::chrono::milliseconds patience,
                            const std::stop_token& stop, Fits fits) {
        const auto until = std::chrono::steady_clock::now() + patience;
        const std::stop_callback wake(stop, [this] { stopped.ring(); });
        if (auto fault = connect(until, stop)) return *fault;
        for (const Message& question : questions)
            if (auto fault = write(question, until, stop)) return give_up(*fault);
        for (;;) {
            auto answer = read(until, stop);
            if (!answer.ok()) return give_up(answer.error());
            if (fits(answer.value())) return answer;
            if (const auto* change = std::get_if<State>(&answer.value()))
                changes.push_back(*change);
            else if (const auto* greeting = std::get_if<Welcome>(&answer.value()))
                welcome = *greeting; // the keys were rotated
            else if (std::holds_alternative<PackageList>(answer.value()))
                packages_changed = true;
            else if (std::holds_alternative<Refusal>(answer.value()))
                return give_up(LineFault::Refused);
            else if (!std::holds_alternative<SignedOut>(answer.value())) // the next thing that is asked shows it
                return give_up(LineFault::Nonsense);
        }
    }

    template <class Answer, class Question>
    LineResult<Answer> ask_for(const Question& question, std::chrono::milliseconds patience,
                               const std::stop_token& stop) {
        const Message one[] = {question};
        auto answer = ask(one, patience, stop, [](const Message& m) { return std::holds_alternative<Answer>(m); });
        if (!answer.ok()) return answer.error();
        return std::get<Answer>(std::move(answer).value());
    }
};

/// A sealed request as messages: `opening` says what follows, then its pieces.
template <class Opening>
std::vector<Message> messages_of(const SealedRequest& request) {
    std::vector<Message> all;
    Opening opening{request.id, request.header, {}};
    for (const Bytes& part : request.parts)
        opening.part_sizes.push_back(static_cast<std::uint32_t>(part.size()));
    all.emplace_back(std::move(opening));
    for (std::size_t part = 0; part < request.parts.size(); ++part) {
        const std::span<const std::byte> bytes = request.parts[part];
        for (std::size_t at = 0; at < bytes.size(); at += piece_size) {
            const auto piece = bytes.subspan(at, std::min(piece_size, bytes.size() - at));
            all.emplace_back(Piece{request.id,
                                   static_cast<std::uint16_t>(part),
                                   static_cast<std::uint32_t>(at),
                                   {piece.begin(), piece.end()}});
        }
    }
    return all;
}

} // namespace net::ipc
