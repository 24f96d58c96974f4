// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "net/sandbox/certificate.hpp"
#include "net/sandbox/message.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

namespace net::sandbox {

/// A reply and how it leaves.
struct Delivery {
    Reply reply;
    bool hang_up = false;                ///< cut the connection instead of answering
    std::optional<std::size_t> cut = {}; ///< break off after so many bytes of the body
};

enum class WebFault {
    BadCertificate, ///< certificate or key cannot be used
    PortTaken,      ///< the port is not free, or not ours to take
};

inline constexpr std::size_t largest_body =
    96UL * 1024 * 1024; ///< 60 MiB of scans in base64, the answers, and some air

/// HTTPS on 127.0.0.1 and nowhere else (TLS 1.2 or newer).
/// Thread: `serve` blocks; the handler is called from several threads at once; `stop` may be called from any thread.
class WebServer {
public:
    using Handler = std::function<Delivery(const Request&)>;

    /// `port` 0 takes any free one. After this, connections are accepted and wait until `serve` begins.
    /// `clients_of`: PEM with an authority; only who shows a certificate of it is let in. Empty: everybody is.
    static forms::Result<std::unique_ptr<WebServer>, WebFault> bind(const CertificateFiles& files, int port,
                                                                    const std::filesystem::path& clients_of = {});
    ~WebServer();

    [[nodiscard]] int port() const;
    void serve(Handler handler);
    /// Hangs up on everybody; `serve` returns within a second, once the handlers at work have returned.
    void stop();

private:
    struct Inside;
    explicit WebServer(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

} // namespace net::sandbox
