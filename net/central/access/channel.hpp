// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/central/access/modi.hpp"
#include "net/central/access/token.hpp"
#include "net/http/http_client.hpp"

#include <optional>
#include <string>

namespace net {

/// How the central system is reached, and how it knows us: by our certificate (`http`), by a token, by signatures, or
/// by several of them.
struct ChannelSettings {
    std::string base_url; ///< https, without a slash at its end
    HttpSettings http;
    std::optional<TokenSettings> token{};
    std::optional<ModiSettings> modi{};
};

/// The one way from this program to the central system: the HTTPS client, with every request bearing what shows who we
/// are.
/// Thread: one.
class Channel {
public:
    /// `clock`, `floor`, `chance` and `secrets` (locked memory, for tokens) outlive it.
    Channel(ChannelSettings settings, const forms::Clock& clock, ClockFloor& floor, Chance& chance,
            std::pmr::memory_resource* secrets);

    /// As HttpClient::ask. A token that is no longer accepted (401) is renewed once, and the request, which was not let
    /// in, sent again with the new one. When there is no token, the reply says so as that of a request that never left.
    [[nodiscard]] HttpReply ask(const HttpRequest& request, std::pmr::memory_resource* memory, std::stop_token stop);
    /// Connections, tokens and keys: all is read and asked for again.
    void forget_connections();

private:
    [[nodiscard]] HttpReply ask_once(const HttpRequest& request, std::pmr::memory_resource* memory,
                                     std::stop_token stop);
    HttpClient client_;
    std::optional<TokenSource> token_;
    std::optional<ModiSigner> modi_;
};

} // namespace net
