// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/doubles/certificates.hpp"

#include <atomic>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

struct ssl_st;
struct ssl_ctx_st;

namespace tests {

/// Who the server says it is, and what it demands.
struct TlsFace {
    Identity leaf;
    std::vector<Identity> chain{};         ///< sent behind the leaf
    std::optional<Identity> clients_of{};  ///< lets in only who shows a certificate of this authority
    int lowest = 0x0303, highest = 0x0304; ///< versions of TLS
    std::string ciphers{};                 ///< of TLS 1.2 and older; empty: the usual
    bool speaks_tls = true;                ///< false: answers HTTP without it
    int receive_buffer = 0;                ///< bytes that the system takes in ahead of us; 0: as many as it likes
    int cut_handshake_after = -1;          ///< resets the connection after so many raw bytes of it; -1: never
};

/// One HTTP request as it came over the line.
struct Asked {
    std::string method, target;
    std::map<std::string, std::string> headers; ///< names in lower case
    std::string body;
};

/// One connection, below HTTP: nothing here tidies up what a test wants to be wrong.
/// Thread: the connection's own.
class TlsLine {
public:
    /// A whole request, by its Content-Length; nothing when the line ends before. `stop_after`: reads no more than so
    /// many bytes this time; what came is there for the next call.
    std::optional<Asked> read(std::size_t stop_after = static_cast<std::size_t>(-1));
    /// The first byte that was read and not yet handed out; 0: none.
    [[nodiscard]] char first() const { return rest_.empty() ? '\0' : rest_.front(); }
    /// False: the other side is gone.
    bool write(std::string_view bytes);
    /// Ends the line by a reset: what is still on its way is lost.
    void reset();
    /// Ends it without the closing word of TLS.
    void drop();
    /// Makes the other side look at its line without sending it a byte of an answer (TLS 1.3: a new key).
    bool nudge();

    ssl_st* ssl = nullptr;
    int socket = -1;
    class TlsServer* server = nullptr;

private:
    std::string rest_;        ///< read, and not handed out yet
    std::size_t counted_ = 0; ///< bytes of a body in it that are counted already
};

/// A server on loopback that can be wrong in every way, and counts every byte that it was told in confidence.
class TlsServer {
public:
    using Serve = std::function<void(TlsLine&)>; ///< after the handshake; several threads

    TlsServer(TlsFace face, Serve serve);
    ~TlsServer();
    TlsServer(const TlsServer&) = delete;
    TlsServer& operator=(const TlsServer&) = delete;

    [[nodiscard]] int port() const { return port_; }
    /// From the next connection on.
    void show(TlsFace face);
    /// Nobody listens at the port any more; `true`: again.
    void listen_again(bool listens);

    [[nodiscard]] std::size_t bytes() const { return bytes_; }             ///< inside TLS, or without it
    [[nodiscard]] std::size_t body_bytes() const { return body_bytes_; }   ///< of them, of bodies
    [[nodiscard]] std::size_t connections() const { return connections_; } ///< that were taken
    [[nodiscard]] std::size_t handshakes() const { return handshakes_; }   ///< that came to their end
    [[nodiscard]] bool stopping() const { return stopping_; }

    std::atomic<std::size_t> bytes_ = 0, body_bytes_ = 0;

private:
    void accept_lines();
    void serve_one(int socket);

    Serve serve_;
    std::atomic<std::size_t> connections_ = 0, handshakes_ = 0;
    std::atomic<bool> stopping_ = false;
    int port_ = 0;
    std::atomic<int> listener_ = -1;
    std::mutex mutex_;
    // all below guarded by mutex_
    TlsFace face_;
    std::shared_ptr<ssl_ctx_st> context_;
    std::map<int, std::thread::id> open_;
    std::vector<std::jthread> lines_;
    std::vector<std::thread::id> done_;
    std::jthread accepting_;
};

/// "HTTP/1.1 STATUS Text", Content-Length, Connection: close and whatever else, then the body.
[[nodiscard]] std::string http_answer(int status, std::string_view body, std::string_view content_type = "",
                                      std::string_view more_headers = "");

} // namespace tests
