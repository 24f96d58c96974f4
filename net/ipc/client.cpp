// SPDX-License-Identifier: EUPL-1.2
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
            else
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

Client::Client(std::filesystem::path socket, Role role) : line_(std::make_unique<Line>()) {
    line_->path = std::move(socket);
    line_->role = role;
}
Client::~Client() = default;
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;

LineResult<Welcome> Client::join(Patience patience, std::stop_token stop) {
    const std::stop_callback wake(stop, [this] { line_->stopped.ring(); });
    if (auto fault = line_->connect(std::chrono::steady_clock::now() + patience, stop)) return *fault;
    return line_->welcome;
}

LineResult<ReadyCode> Client::ready(std::uint64_t room, Patience patience, std::stop_token stop) {
    auto answer = line_->ask_for<Readiness>(AskReady{room}, patience, stop);
    if (!answer.ok()) return answer.error();
    return answer.value().code;
}

LineResult<Client::KeepAnswer> Client::keep(const SealedRequest& request, Patience patience, std::stop_token stop) {
    std::vector<Message> questions;
    Keep keep{request.id, request.header, {}};
    for (const Bytes& part : request.parts)
        keep.part_sizes.push_back(static_cast<std::uint32_t>(part.size()));
    questions.emplace_back(std::move(keep));
    for (std::size_t part = 0; part < request.parts.size(); ++part) {
        const std::span<const std::byte> bytes = request.parts[part];
        for (std::size_t at = 0; at < bytes.size(); at += piece_size) {
            const auto piece = bytes.subspan(at, std::min(piece_size, bytes.size() - at));
            questions.emplace_back(Piece{request.id,
                                         static_cast<std::uint16_t>(part),
                                         static_cast<std::uint32_t>(at),
                                         {piece.begin(), piece.end()}});
        }
    }
    auto answer = line_->ask(questions, patience, stop, [&](const Message& m) {
        const auto* kept = std::get_if<Kept>(&m);
        const auto* not_kept = std::get_if<NotKept>(&m);
        return (kept != nullptr && kept->id == request.id) || (not_kept != nullptr && not_kept->id == request.id);
    });
    if (!answer.ok()) return answer.error();
    if (auto* not_kept = std::get_if<NotKept>(&answer.value())) {
        // The rest of its pieces may still be on their way: a fresh line forgets them.
        line_->drop();
        return KeepAnswer(*not_kept);
    }
    return KeepAnswer(std::get<Kept>(std::move(answer).value()));
}

LineResult<State> Client::watch(const forms::Uuid& id, Patience patience, std::stop_token stop) {
    line_->watched.insert(id);
    const Message one[] = {Watch{id}};
    auto answer = line_->ask(one, patience, stop, [&](const Message& m) {
        const auto* state = std::get_if<State>(&m);
        return state != nullptr && state->id == id;
    });
    if (!answer.ok()) return answer.error();
    return std::get<State>(std::move(answer).value());
}

void Client::forget(const forms::Uuid& id) {
    line_->watched.erase(id);
    std::erase_if(line_->changes, [&](const State& state) { return state.id == id; });
}

LineResult<std::optional<State>> Client::news(Patience patience, std::stop_token stop) {
    const auto until = std::chrono::steady_clock::now() + patience;
    const std::stop_callback wake(stop, [this] { line_->stopped.ring(); });
    for (;;) {
        while (!line_->changes.empty()) {
            State change = std::move(line_->changes.front());
            line_->changes.pop_front();
            if (line_->watched.contains(change.id)) return std::optional(std::move(change));
        }
        if (auto fault = line_->connect(until, stop)) return *fault;
        auto message = line_->read(until, stop);
        if (!message.ok()) {
            if (message.error() == LineFault::TimedOut)
                return std::optional<State>(); // silence is no fault here: nothing was asked
            if (message.error() == LineFault::Stopped) return LineFault::Stopped; // and the line is as good as before
            return line_->give_up(message.error());
        }
        if (auto* change = std::get_if<State>(&message.value()))
            line_->changes.push_back(std::move(*change));
        else if (const auto* greeting = std::get_if<Welcome>(&message.value()))
            line_->welcome = *greeting; // the keys were rotated
        else
            return line_->give_up(LineFault::Nonsense);
    }
}

LineResult<std::vector<Row>> Client::list(Patience patience, std::stop_token stop) {
    std::vector<Row> rows;
    for (;;) {
        auto answer = line_->ask_for<Listing>(List{rows.empty() ? 0 : rows.back().number}, patience, stop);
        if (!answer.ok()) return answer.error();
        auto& listing = answer.value();
        rows.insert(rows.end(), listing.rows.begin(), listing.rows.end());
        if (!listing.more || listing.rows.empty()) return rows;
    }
}

LineResult<std::optional<Row>> Client::show(const forms::Uuid& id, Patience patience, std::stop_token stop) {
    auto answer = line_->ask_for<Shown>(Show{id}, patience, stop);
    if (!answer.ok()) return answer.error();
    if (!answer.value().known) return std::optional<Row>();
    return std::optional(answer.value().row);
}

LineResult<ActOutcome> Client::act(const forms::Uuid& id, Action action, Patience patience, std::stop_token stop) {
    auto answer = line_->ask_for<Acted>(Act{id, action}, patience, stop);
    if (!answer.ok()) return answer.error();
    return answer.value().outcome;
}

LineResult<Figures> Client::figures(Patience patience, std::stop_token stop) {
    return line_->ask_for<Figures>(AskFigures{}, patience, stop);
}

LineResult<KeysTold> Client::keys(KeyAction action, Patience patience, std::stop_token stop) {
    return line_->ask_for<KeysTold>(KeyOrder{action}, patience, stop);
}

LineResult<std::optional<SealedRequest>> Client::fetch(const forms::Uuid& id, Patience patience, std::stop_token stop) {
    SealedRequest request;
    request.id = id;
    std::vector<std::uint32_t> sizes;
    std::size_t part = 0;
    for (bool first = true; first || part < sizes.size();) {
        const std::size_t have = first ? 0 : request.parts[part].size();
        auto answer = line_->ask_for<Fetched>(
            Fetch{id, static_cast<std::uint16_t>(part), static_cast<std::uint32_t>(have)}, patience, stop);
        if (!answer.ok()) return answer.error();
        Fetched& piece = answer.value();
        if (!piece.known) return std::optional<SealedRequest>();
        if (first) {
            request.header = std::move(piece.header);
            sizes = std::move(piece.part_sizes);
            request.parts.resize(sizes.size());
            first = false;
            if (sizes.empty() || sizes.size() > most_parts) return line_->give_up(LineFault::Nonsense);
        }
        if (piece.part != part || piece.offset != have || piece.bytes.empty() ||
            have + piece.bytes.size() > sizes[part])
            return line_->give_up(LineFault::Nonsense);
        Bytes& into = request.parts[part];
        into.insert(into.end(), piece.bytes.begin(), piece.bytes.end());
        if (into.size() == sizes[part]) ++part;
    }
    return std::optional(std::move(request));
}

} // namespace net::ipc
