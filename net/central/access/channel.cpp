// SPDX-License-Identifier: EUPL-1.2
#include "net/central/access/channel.hpp"

namespace net {

Channel::Channel(ChannelSettings settings, const forms::Clock& clock, ClockFloor& floor, Chance& chance,
                 std::pmr::memory_resource* secrets)
    : client_(std::move(settings.http), clock, floor) {
    if (settings.token)
        token_.emplace(std::move(*settings.token), std::move(settings.base_url), client_, clock, chance, secrets);
    if (settings.modi) modi_.emplace(std::move(*settings.modi), clock, chance);
}

void Channel::forget_connections() {
    client_.forget_connections();
    if (token_) token_->forget();
    if (modi_) modi_->forget();
}

HttpReply Channel::ask(const HttpRequest& request, std::pmr::memory_resource* memory, std::stop_token stop) {
    HttpReply reply = ask_once(request, memory, stop);
    if (!token_ || token_->text().empty() || reply.end != HttpReply::End::Answered || reply.status != 401) return reply;
    token_->forget();
    return ask_once(request, memory, std::move(stop));
}

HttpReply Channel::ask_once(const HttpRequest& request, std::pmr::memory_resource* memory, std::stop_token stop) {
    if (!token_ && !modi_) return client_.ask(request, memory, std::move(stop));
    HttpRequest shown = request;
    if (token_) {
        if (auto why = token_->need(stop)) return std::move(*why);
        shown.headers.push_back("Authorization: Bearer " + std::string(token_->text()));
    }
    if (modi_) {
        auto headers = modi_->headers_for(request, !token_);
        if (!headers) {
            HttpReply reply(memory);
            reply.end = HttpReply::End::BadSettings;
            return reply;
        }
        for (std::string& line : *headers)
            shown.headers.push_back(std::move(line));
    }
    return client_.ask(shown, memory, std::move(stop));
}

} // namespace net
