// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"
#include "net/runtime/clock_floor.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <memory_resource>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace net {

/// Who is trusted and who we are. Nothing comes from the environment or from the system's own certificates.
struct HttpSettings {
    std::string ca_file;                                  ///< PEM; the only authorities that count
    std::string client_certificate_file, client_key_file; ///< PEM; both empty: none is offered
    std::vector<std::string> pins;                        ///< "sha256//" + base64; empty: none
    std::chrono::milliseconds answer_limit{120'000};      ///< from our last byte to the end of the answer
    std::chrono::milliseconds connect_limit{10'000};
};

struct HttpRequest {
    enum class Method { Get, Head, Post, Put };
    Method method = Method::Get;
    std::string url;
    std::string_view body;            ///< must outlive the call
    std::string content_type;         ///< with a body
    std::vector<std::string> headers; ///< "Name: value"
    std::string accept = "application/fhir+json";
};

/// What came back, told by what it proves.
struct HttpReply {
    enum class End {
        Answered,     ///< a whole answer
        NoConnection, ///< not one byte of the request left
        NotTrusted,   ///< certificate, pin, host name or handshake: not one byte of the request left
        Lost,         ///< bytes had left, and no whole answer came
        TimedOut,     ///< likewise, and the time was over or too slow
        TooLarge,     ///< the answer went beyond 8 MiB or its headers beyond 64 KiB
        Stopped,      ///< the stop token asked; bytes may have left
        BadSettings,  ///< our own certificate, key or address cannot be used: not one byte left
        ClockWrong,   ///< our clock stands before its floor, no certificate can be judged: nothing was tried
    };
    explicit HttpReply(std::pmr::memory_resource* memory) : body(memory) {}

    End end = End::NoConnection;
    int status = 0;           ///< of an answer
    int library_code = 0;     ///< curl's own number, for the log
    std::string content_type; ///< lower case, without parameters
    std::string location;
    std::string etag;                                ///< with its quotation marks; empty: none
    std::optional<std::chrono::seconds> retry_after; ///< counted from the answer's own Date
    std::pmr::string body;
};

/// HTTPS and nothing else: TLS 1.2 or newer, own authorities, pins, no redirects, no proxy, no netrc, no cookies, no
/// compression. Certificates are judged by the clock that is handed in, and not at all by one that stands before its
/// floor; every date that a trusted answer bears raises the floor. A request with a body always has a connection of its
/// own, because the library would silently send it again when a kept connection turns out to be dead. The program
/// ignores SIGPIPE (StopSignal::listen), for OpenSSL writes to lines whose other side may be gone. Thread: one.
class HttpClient {
public:
    static constexpr std::size_t largest_body = 8u << 20;
    static constexpr std::size_t largest_headers = 64u << 10;

    /// `clock` and `floor` outlive it.
    HttpClient(HttpSettings settings, const forms::Clock& clock, ClockFloor& floor);
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    /// The body of the answer lives in `memory`.
    [[nodiscard]] HttpReply ask(const HttpRequest& request, std::pmr::memory_resource* memory, std::stop_token stop);
    /// Closes kept connections: the next request reads certificate and key files again.
    void forget_connections();

private:
    struct Handle;
    HttpSettings settings_;
    const forms::Clock& clock_;
    ClockFloor& floor_;
    std::unique_ptr<Handle> handle_;
};

} // namespace net
