// SPDX-License-Identifier: EUPL-1.2
// fhir_terminal SOCKET DEED …   what people do at a terminal, one deed a call, done to the running sender as the real
// programs do it. Prints one JSON line; exit code 1, with the reason, when it cannot be done.
//
//     keep NAME                    {"number":1,"code":"…"}                  hands over that kind of request
//     wait NAME LIFE               {"reference":"…","reason":"…"}           until it stands so
//     repair NAME                  {"issues":"[…]"}                         a supervisor signs in, opens it, reads what was
//                                                                           objected to, corrects it and lets it go
//     status NUMBER CODE STEP      {"step":"…"}                             asks as a citizen does, until told that step
#include "net/ipc/client.hpp"
#include "net/ipc/receipt_code.hpp"
#include "net/runtime/json_text.hpp"
#include "net/runtime/locked_memory.hpp"
#include "net/runtime/random.hpp"
#include "net/seal/key_ring.hpp"
#include "tests/fhir-server/requests.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <iostream>
#include <map>
#include <span>
#include <string>
#include <thread>
#include <variant>
#include <vector>

namespace {

using namespace std::chrono_literals;
using net::ipc::Client;
using net::ipc::Role;
using Words = std::span<const std::string>;

constexpr auto patience = 60s;
constexpr auto longest_wait = 240s; ///< far beyond what any of these takes: a machine may be busy
constexpr const char* supervisor = "s.verdi";
constexpr const char* pin = "739164";

int refused(const std::string& reason) {
    std::cerr << "fhir_terminal: " << reason << '\n';
    return 1;
}

int told(net::JsonText& line) {
    std::cout << line.close_object().view() << std::endl;
    return 0;
}

std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

int keep(const std::string& socket, Words words) {
    const auto request = tests::request_named(words[0]);
    if (!request) return refused("there is no such kind of request");
    Client client(socket, Role::Kiosk);
    const auto welcome = client.join(patience);
    if (!welcome.ok()) return refused("the sender does not answer");
    const net::Text body = net::encode_submission(request->submission);
    std::vector<std::span<const std::byte>> parts = {bytes_of(body)};
    for (const net::SecretBytes& file : request->files)
        parts.emplace_back(file);
    const auto sealed = net::seal(request->submission.id, welcome.value().key, parts);
    if (!sealed.ok()) return refused("the request cannot be sealed");
    const auto answer = client.keep(sealed.value(), patience);
    const auto* kept = answer.ok() ? std::get_if<net::ipc::Kept>(&answer.value()) : nullptr;
    if (kept == nullptr) return refused("the request was not kept");
    net::JsonText line;
    line.open_object().key("number").number(static_cast<std::int64_t>(kept->number));
    line.member("code", net::receipt_code(request->submission.id));
    return told(line);
}

int wait(const std::string& socket, Words words) {
    const auto request = tests::request_named(words[0]);
    if (!request) return refused("there is no such kind of request");
    Client client(socket, Role::Kiosk);
    const auto until = std::chrono::steady_clock::now() + longest_wait;
    auto state = client.watch(request->submission.id, patience);
    while (state.ok() && name_of(state.value().life) != words[1] && std::chrono::steady_clock::now() < until) {
        const auto change = client.news(500ms);
        if (change.ok() && change.value()) state = *change.value();
    }
    if (!state.ok()) return refused("the sender does not answer");
    if (name_of(state.value().life) != words[1])
        return refused("it stands at " + std::string(name_of(state.value().life)) + ", reason " +
                       std::string(name_of(state.value().reason)));
    net::JsonText line;
    line.open_object().member("reference", state.value().reference).member("reason", name_of(state.value().reason));
    return told(line);
}

int repair(const std::string& socket, Words words) {
    const auto request = tests::request_named(words[0]);
    if (!request) return refused("there is no such kind of request");
    const forms::Uuid& id = request->submission.id;
    net::SystemChance chance;
    net::LockedMemory memory;
    Client tool(socket, Role::Tool);
    const auto added =
        tool.staff(net::ipc::StaffChange::Add, supervisor, net::StaffRole::Supervisor, pin, chance.uuid(), patience);
    if (!added.ok() || added.value().answer != net::ipc::StaffAnswer::Done) return refused("nobody can be added");
    Client desk(socket, Role::Desk);
    const auto in = desk.sign_in(supervisor, pin, chance.uuid(), patience);
    if (!in.ok() || in.value().outcome != net::SignInOutcome::Done) return refused("the supervisor is not let in");
    const net::KeyRing key = net::KeyRing::passing(&memory);
    const auto opened = desk.open(id, key.current(), patience);
    if (!opened.ok() || opened.value().outcome != net::ipc::DeskOutcome::Done || !opened.value().may_revise)
        return refused("the request cannot be opened for correction");
    const auto sealed = desk.fetch(id, patience);
    if (!sealed.ok() || !sealed.value()) return refused("the opened request does not come");
    const auto parts = net::unseal(*sealed.value(), key, &memory);
    if (!parts.ok() || parts.value().size() != 2) return refused("the opened request cannot be unsealed");
    const auto text = [&](std::size_t part) {
        const net::SecretBytes& bytes = parts.value()[part];
        return std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    };
    auto submission = net::decode_submission(text(0), &memory);
    if (!submission.ok()) return refused("the opened request cannot be read");
    net::Submission corrected = submission.value();
    corrected.response = tests::request_named("person")->submission.response;
    const net::Text body = net::encode_submission(corrected);
    const std::span<const std::byte> one[] = {bytes_of(body)};
    const auto welcome = desk.join(patience);
    if (!welcome.ok()) return refused("the sender does not answer");
    const auto again = net::seal(id, welcome.value().key, one);
    if (!again.ok()) return refused("the correction cannot be sealed");
    const auto revised = desk.revise(again.value(), patience);
    if (!revised.ok() || revised.value() != net::ipc::DeskOutcome::Done) return refused("the correction is not taken");
    net::JsonText line;
    line.open_object().key("issues").raw(text(1));
    return told(line);
}

int status(const std::string& socket, Words words) {
    Client client(socket, Role::Kiosk);
    const auto until = std::chrono::steady_clock::now() + longest_wait;
    std::string last = "nothing";
    while (std::chrono::steady_clock::now() < until) {
        const auto answer = client.status(std::stoull(words[0]), words[1], patience);
        if (!answer.ok()) return refused("the sender does not answer");
        if (answer.value().outcome != net::ipc::StatusOutcome::Found) return refused("the receipt is not known");
        last = name_of(answer.value().step);
        if (last == words[2]) {
            net::JsonText line;
            line.open_object().member("step", last);
            return told(line);
        }
        std::this_thread::sleep_for(100ms); // as somebody who asks again
    }
    return refused("told last: " + last);
}

struct Deed {
    std::size_t words;
    std::function<int(const std::string&, Words)> work;
};

} // namespace

int main(int count, char** values) {
    const std::map<std::string, Deed> deeds = {
        {"keep", {1, keep}}, {"wait", {2, wait}}, {"repair", {1, repair}}, {"status", {3, status}}};
    const std::vector<std::string> words(values + 1, values + count);
    const auto deed = words.size() < 2 ? deeds.end() : deeds.find(words[1]);
    if (deed == deeds.end() || words.size() - 2 != deed->second.words) {
        std::cerr << "usage: fhir_terminal SOCKET keep NAME | wait NAME LIFE | repair NAME | status NUMBER CODE STEP\n";
        return 2;
    }
    return deed->second.work(words[0], Words(words).subspan(2));
}
