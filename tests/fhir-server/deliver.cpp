// SPDX-License-Identifier: EUPL-1.2
// fhir_deliver SOCKET NAME   hands one kind of request to the running sender, as the interface does, and waits until
// the central system has it. Prints its reference.
#include "net/ipc/client.hpp"
#include "tests/fhir-server/requests.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <iostream>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace {

using namespace std::chrono_literals;

constexpr auto patience = 10s;
constexpr auto longest_delivery = 90s;

int refused(const char* reason) {
    std::cerr << "fhir_deliver: " << reason << '\n';
    return 1;
}

int deliver(net::ipc::Client& client, const tests::NamedRequest& request) {
    const auto welcome = client.join(patience);
    if (!welcome.ok()) return refused("the sender does not answer");
    const net::Text body = net::encode_submission(request.submission);
    std::vector<std::span<const std::byte>> parts = {std::as_bytes(std::span(body.data(), body.size()))};
    for (const net::SecretBytes& file : request.files)
        parts.emplace_back(file);
    const auto sealed = net::seal(request.submission.id, welcome.value().key, parts);
    if (!sealed.ok()) return refused("the request cannot be sealed");
    const auto kept = client.keep(sealed.value(), patience);
    if (!kept.ok() || !std::holds_alternative<net::ipc::Kept>(kept.value())) return refused("the request was not kept");

    const auto until = std::chrono::steady_clock::now() + longest_delivery;
    auto state = client.watch(request.submission.id, patience);
    while (state.ok() && state.value().life != net::Life::Acknowledged && std::chrono::steady_clock::now() < until) {
        const auto change = client.news(500ms);
        if (change.ok() && change.value()) state = *change.value();
    }
    if (!state.ok() || state.value().life != net::Life::Acknowledged)
        return refused("the request was not acknowledged");
    std::cout << state.value().reference << '\n';
    return 0;
}

} // namespace

int main(int count, char** values) {
    if (count != 3) {
        std::cerr << "usage: fhir_deliver SOCKET NAME\n";
        return 2;
    }
    const auto all = tests::kinds_of_request();
    const std::string name = values[2];
    const auto request = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == name; });
    if (request == all.end()) return refused("there is no such kind of request");
    net::ipc::Client client(values[1], net::ipc::Role::Kiosk);
    return deliver(client, *request);
}
