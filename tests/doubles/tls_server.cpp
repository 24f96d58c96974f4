// SPDX-License-Identifier: EUPL-1.2
#include "tests/doubles/tls_server.hpp"

#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tests {
namespace {

void need(bool fine) {
    if (!fine) std::abort();
}

std::shared_ptr<SSL_CTX> context_of(const TlsFace& face) {
    std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    need(context != nullptr);
    SSL_CTX* c = context.get();
    SSL_CTX_set_security_level(c, 0); // it is the client that must be strict
    need(SSL_CTX_set_min_proto_version(c, face.lowest) == 1 && SSL_CTX_set_max_proto_version(c, face.highest) == 1);
    if (!face.ciphers.empty()) need(SSL_CTX_set_cipher_list(c, face.ciphers.c_str()) == 1);
    if (face.leaf.certificate) {
        need(SSL_CTX_use_certificate(c, face.leaf.certificate.get()) == 1);
        need(SSL_CTX_use_PrivateKey(c, face.leaf.key.get()) == 1);
    }
    for (const Identity& one : face.chain)
        need(SSL_CTX_add1_chain_cert(c, one.certificate.get()) == 1);
    SSL_CTX_set_mode(c, SSL_MODE_AUTO_RETRY);
    if (face.clients_of) {
        SSL_CTX_set_verify(c, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
        X509_STORE_add_cert(SSL_CTX_get_cert_store(c), face.clients_of->certificate.get());
        SSL_CTX_add_client_CA(c, face.clients_of->certificate.get());
    }
    return context;
}

int listen_at(int port) {
    const int made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    need(made >= 0 && ::setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    need(::bind(made, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 && ::listen(made, 64) == 0);
    return made;
}

int port_of(int socket) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    need(::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    return ntohs(address.sin_port);
}

void end_by_reset(int socket) {
    const linger at_once{1, 0};
    (void)::setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

Asked head_of(std::string_view head) {
    Asked asked;
    const auto first = head.substr(0, head.find("\r\n"));
    const auto space = first.find(' '), second = first.rfind(' ');
    asked.method = first.substr(0, space);
    if (space != second) asked.target = first.substr(space + 1, second - space - 1);
    head.remove_prefix(std::min(head.size(), first.size() + 2));
    while (!head.empty()) {
        const auto line = head.substr(0, head.find("\r\n"));
        head.remove_prefix(std::min(head.size(), line.size() + 2));
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        auto value = line.substr(colon + 1);
        while (value.starts_with(' '))
            value.remove_prefix(1);
        asked.headers[lower(std::string(line.substr(0, colon)))] = value;
    }
    return asked;
}

} // namespace

std::optional<Asked> TlsLine::read(std::size_t stop_after) {
    std::size_t taken = 0;
    const auto more = [&] {
        std::array<char, 16384> buffer{};
        const auto want = std::min(buffer.size(), stop_after - taken);
        if (want == 0) return false;
        const auto got = ssl != nullptr ? SSL_read(ssl, buffer.data(), static_cast<int>(want))
                                        : static_cast<int>(::recv(socket, buffer.data(), want, 0));
        if (got <= 0) return false;
        taken += static_cast<std::size_t>(got);
        server->bytes_ += static_cast<std::size_t>(got);
        rest_.append(buffer.data(), static_cast<std::size_t>(got));
        return true;
    };
    std::size_t end = std::string::npos;
    while ((end = rest_.find("\r\n\r\n")) == std::string::npos)
        if (!more()) return std::nullopt;
    Asked asked = head_of(std::string_view(rest_).substr(0, end));
    const std::size_t head = end + 4;
    std::size_t length = 0;
    if (const auto given = asked.headers.find("content-length"); given != asked.headers.end())
        (void)std::from_chars(given->second.data(), given->second.data() + given->second.size(), length);
    const auto count = [&] { // also what came of a body whose end never did
        const std::size_t of_body = std::min(length, rest_.size() - head);
        server->body_bytes_ += of_body - counted_;
        counted_ = of_body;
    };
    count();
    while (rest_.size() < head + length) {
        if (!more()) return std::nullopt;
        count();
    }
    asked.body = rest_.substr(head, length);
    rest_.erase(0, head + length);
    counted_ = 0;
    return asked;
}

bool TlsLine::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto some = std::min<std::size_t>(bytes.size(), 1u << 20);
        const auto wrote = ssl != nullptr ? SSL_write(ssl, bytes.data(), static_cast<int>(some))
                                          : static_cast<int>(::send(socket, bytes.data(), some, MSG_NOSIGNAL));
        if (wrote <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(wrote));
    }
    return true;
}

void TlsLine::reset() {
    end_by_reset(socket);
    if (ssl != nullptr) SSL_set_quiet_shutdown(ssl, 1);
}

void TlsLine::drop() {
    if (ssl != nullptr) SSL_set_quiet_shutdown(ssl, 1);
}

bool TlsLine::nudge() {
    return ssl != nullptr && SSL_version(ssl) == TLS1_3_VERSION &&
           SSL_key_update(ssl, SSL_KEY_UPDATE_NOT_REQUESTED) == 1 && SSL_do_handshake(ssl) == 1;
}

TlsServer::TlsServer(TlsFace face, Serve serve) : serve_(std::move(serve)), listener_(listen_at(0)) {
    need(std::signal(SIGPIPE, SIG_IGN) != SIG_ERR); // OpenSSL writes to a line whose other side may be gone
    port_ = port_of(listener_);
    show(std::move(face));
    accepting_ = std::jthread([this] { accept_lines(); });
}

TlsServer::~TlsServer() {
    stopping_ = true;
    if (const int was = listener_.exchange(-1); was >= 0) {
        (void)::shutdown(was, SHUT_RDWR);
        accepting_.join();
        (void)::close(was);
    }
    std::vector<std::jthread> ending;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [socket, thread] : open_)
            (void)::shutdown(socket, SHUT_RDWR);
        ending.swap(lines_);
    }
    ending.clear(); // joins, without the lock that each needs at its end
}

void TlsServer::show(TlsFace face) {
    auto context = face.speaks_tls ? context_of(face) : nullptr;
    const std::lock_guard lock(mutex_);
    face_ = std::move(face);
    context_ = std::move(context);
}

void TlsServer::listen_again(bool listens) {
    if (listens == (listener_ >= 0)) return;
    if (listens) {
        listener_ = listen_at(port_);
        accepting_ = std::jthread([this] { accept_lines(); });
    } else {
        const int was = listener_.exchange(-1);
        (void)::shutdown(was, SHUT_RDWR);
        accepting_.join();
        (void)::close(was);
    }
}

void TlsServer::accept_lines() {
    const int listener = listener_;
    for (;;) {
        const int socket = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0) return; // shut down
        ++connections_;
        const std::lock_guard lock(mutex_);
        for (const auto& id : std::exchange(done_, {}))
            std::erase_if(lines_, [&](const std::jthread& t) { return t.get_id() == id; }); // ended: joining is at once
        lines_.emplace_back([this, socket] { serve_one(socket); });
        open_[socket] = lines_.back().get_id();
    }
}

void TlsServer::serve_one(int socket) {
    TlsFace face;
    std::shared_ptr<SSL_CTX> context;
    {
        const std::lock_guard lock(mutex_);
        face = face_;
        context = context_;
    }
    const int on = 1;
    (void)::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const timeval patience{30, 0}; // a test that went wrong ends
    (void)::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    (void)::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (face.receive_buffer > 0)
        need(::setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &face.receive_buffer, sizeof face.receive_buffer) == 0);
    if (face.cut_handshake_after >= 0) {
        std::string raw(static_cast<std::size_t>(face.cut_handshake_after), '\0');
        if (!raw.empty()) (void)::recv(socket, raw.data(), raw.size(), MSG_WAITALL);
        end_by_reset(socket);
    } else if (!face.speaks_tls) {
        TlsLine line;
        line.socket = socket;
        line.server = this;
        serve_(line);
    } else if (const std::shared_ptr<SSL> ssl(SSL_new(context.get()), SSL_free); ssl != nullptr) {
        SSL_set_fd(ssl.get(), socket);
        if (SSL_accept(ssl.get()) == 1) {
            ++handshakes_;
            TlsLine line;
            line.ssl = ssl.get();
            line.socket = socket;
            line.server = this;
            serve_(line);
            (void)SSL_shutdown(ssl.get());
        }
    }
    const std::lock_guard lock(mutex_);
    open_.erase(socket);
    done_.push_back(std::this_thread::get_id());
    (void)::close(socket);
}

std::string http_answer(int status, std::string_view body, std::string_view content_type,
                        std::string_view more_headers) {
    std::string out = "HTTP/1.1 " + std::to_string(status) + " Answer\r\n";
    if (!content_type.empty()) out += "Content-Type: " + std::string(content_type) + "\r\n";
    out += "Content-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n";
    out += more_headers;
    return out + "\r\n" + std::string(body);
}

} // namespace tests
