// SPDX-License-Identifier: EUPL-1.2
#include "tests/doubles/line_sender.hpp"

#include <algorithm>
#include <cstdlib>
#include <span>

namespace tests {

using namespace net::ipc;

void LineSender::start() {
    Server::Events events;
    events.joined = [this](Server::Peer peer, Role, std::uint32_t) {
        server_->send(peer, Welcome{protocol, ring_.current(), ring_.current_id()});
    };
    events.said = [this](Server::Peer peer, Message&& message) { said(peer, std::move(message)); };
    events.left = [](Server::Peer) {};
    events.refused = [](std::uint16_t) {};
    auto listening = Server::listen(socket_, std::move(events));
    if (!listening.ok()) std::abort();
    server_ = std::make_unique<Server>(std::move(listening).value());
    thread_ = std::jthread([this](const std::stop_token& stop) { server_->run(stop); });
}

void LineSender::stop() {
    thread_ = {};
    server_.reset();
    const std::lock_guard lock(mutex_);
    coming_.clear();
    sizes_.clear();
    watchers_.clear();
}

void LineSender::say_ready(ReadyCode code) {
    const std::lock_guard lock(mutex_);
    ready_ = code;
}

void LineSender::say_room(std::uint64_t bytes) {
    const std::lock_guard lock(mutex_);
    room_ = bytes;
}

void LineSender::break_before_next_answer() {
    const std::lock_guard lock(mutex_);
    break_next_ = true;
}

void LineSender::acknowledge(const forms::Uuid& id, const std::string& reference) {
    State state;
    std::optional<Server::Peer> watcher;
    {
        const std::lock_guard lock(mutex_);
        rows_[id].reference = reference;
        state = {id, true, rows_[id].number, net::Life::Acknowledged, net::Reason::None, reference};
        if (watchers_.contains(id)) watcher = watchers_[id];
    }
    if (watcher) server_->send(*watcher, state);
}

void LineSender::hold(const net::PackageHead& head, std::vector<std::byte> package) {
    const std::lock_guard lock(mutex_);
    packages_[{head.subject, head.serial}] = std::move(package);
}

std::vector<std::string> LineSender::bodies() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> all;
    for (const auto& [id, row] : rows_)
        all.push_back(row.body);
    return all;
}

int LineSender::keeps() const {
    const std::lock_guard lock(mutex_);
    return keeps_;
}

void LineSender::said(Server::Peer peer, Message&& message) {
    const std::lock_guard lock(mutex_);
    if (const auto* ask = std::get_if<AskReady>(&message))
        return server_->send(peer, Readiness{ask->room > room_ ? net::ipc::ReadyCode::NoSpace : ready_});
    if (std::holds_alternative<AskPackages>(message)) {
        PackageList list;
        for (auto each = packages_.rbegin(); each != packages_.rend(); ++each)
            list.packages.push_back({net::PackageKind::Definition, each->first.first, each->first.second,
                                     static_cast<std::uint32_t>(each->second.size())});
        return server_->send(peer, std::move(list));
    }
    if (const auto* fetch = std::get_if<FetchPackage>(&message)) {
        const std::vector<std::byte>& whole = packages_.at({fetch->subject, fetch->serial});
        PackagePiece piece{
            fetch->subject, fetch->serial, true, static_cast<std::uint32_t>(whole.size()), fetch->offset, {}};
        const auto rest = std::span(whole).subspan(fetch->offset);
        const auto some = rest.first(std::min(rest.size(), piece_size));
        piece.bytes.assign(some.begin(), some.end());
        return server_->send(peer, std::move(piece));
    }
    if (const auto* watch = std::get_if<Watch>(&message)) {
        watchers_[watch->id] = peer;
        State state{watch->id, rows_.contains(watch->id), 0, net::Life::Kept, net::Reason::None, ""};
        if (state.known) {
            const Row& row = rows_[watch->id];
            state.number = row.number;
            if (row.reference) {
                state.life = net::Life::Acknowledged;
                state.reference = *row.reference;
            }
        }
        return server_->send(peer, state);
    }
    if (auto* keep = std::get_if<Keep>(&message)) {
        net::SealedRequest request;
        request.id = keep->id;
        request.header = std::move(keep->header);
        request.parts.resize(keep->part_sizes.size());
        sizes_[keep->id] = keep->part_sizes;
        coming_[keep->id] = std::move(request);
        return;
    }
    if (const auto* piece = std::get_if<Piece>(&message)) {
        net::Bytes& part = coming_[piece->id].parts.at(piece->part);
        part.insert(part.end(), piece->bytes.begin(), piece->bytes.end());
        keep_when_whole(peer, piece->id);
    }
}

void LineSender::keep_when_whole(Server::Peer peer, const forms::Uuid& id) {
    const net::SealedRequest& request = coming_[id];
    for (std::size_t i = 0; i < request.parts.size(); ++i)
        if (request.parts[i].size() < sizes_[id][i]) return;
    ++keeps_;
    if (!rows_.contains(id)) {
        const auto clear = net::unseal(request, ring_, &memory_);
        if (!clear.ok()) return server_->send(peer, NotKept{id, NotKeptReason::UnknownKey});
        const auto& body = clear.value().front();
        Row row;
        row.number = rows_.size() + 1;
        row.body.assign(reinterpret_cast<const char*>(body.data()), body.size());
        rows_[id] = std::move(row);
    }
    coming_.erase(id);
    if (std::exchange(break_next_, false)) return; // the test breaks the line now
    server_->send(peer, Kept{id, rows_[id].number});
}

} // namespace tests
