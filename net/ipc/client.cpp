// SPDX-License-Identifier: EUPL-1.2
#include "net/ipc/client_line.hpp"

namespace net::ipc {

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
    const std::vector<Message> questions = messages_of<Keep>(request);
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
        else if (std::holds_alternative<PackageList>(message.value())) {
            line_->packages_changed = true;
            return std::optional<State>();
        } else
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

LineResult<std::vector<PackageNote>> Client::packages(Patience patience, std::stop_token stop) {
    line_->packages_changed = false;
    auto answer = line_->ask_for<PackageList>(AskPackages{}, patience, stop);
    if (!answer.ok()) return answer.error();
    line_->wants_packages = true;
    return std::move(answer.value().packages);
}

bool Client::packages_changed() { return std::exchange(line_->packages_changed, false); }

LineResult<std::optional<std::vector<std::byte>>> Client::package(const PackageNote& note, Patience patience,
                                                                  std::stop_token stop) {
    std::vector<std::byte> bytes;
    if (note.size > largest_package) return std::optional<std::vector<std::byte>>();
    while (bytes.size() < note.size) {
        auto answer = line_->ask_for<PackagePiece>(
            FetchPackage{note.subject, note.serial, static_cast<std::uint32_t>(bytes.size())}, patience, stop);
        if (!answer.ok()) return answer.error();
        const PackagePiece& piece = answer.value();
        if (!piece.known) return std::optional<std::vector<std::byte>>();
        if (piece.subject != note.subject || piece.serial != note.serial || piece.offset != bytes.size() ||
            piece.bytes.empty() || piece.bytes.size() > note.size - bytes.size())
            return line_->give_up(LineFault::Nonsense);
        bytes.insert(bytes.end(), piece.bytes.begin(), piece.bytes.end());
    }
    return std::optional(std::move(bytes));
}

LineResult<StatusTold> Client::status(std::uint64_t number, const std::string& code, Patience patience,
                                      std::stop_token stop) {
    return line_->ask_for<StatusTold>(AskStatus{number, code}, patience, stop);
}

LineResult<FeedTold> Client::feed(bool now, Patience patience, std::stop_token stop) {
    return line_->ask_for<FeedTold>(AskFeed{now}, patience, stop);
}

} // namespace net::ipc
