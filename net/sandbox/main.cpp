// SPDX-License-Identifier: EUPL-1.2
#include "net/runtime/event_log.hpp"
#include "net/runtime/hardening.hpp"
#include "net/runtime/random.hpp"
#include "net/runtime/stop_signal.hpp"
#include "net/runtime/system_clock.hpp"
#include "net/sandbox/certificate.hpp"
#include "net/sandbox/disk_store.hpp"
#include "net/sandbox/drop_folder.hpp"
#include "net/sandbox/orders.hpp"
#include "net/sandbox/site.hpp"
#include "net/sandbox/state_folder.hpp"
#include "net/sandbox/web_server.hpp"

#include <CLI/CLI.hpp>

#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/eventfd.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

using namespace net;
using namespace net::sandbox;

struct Options {
    std::filesystem::path state;
    int port = 0;
    std::string base_uri = "https://sportello.example.org/fhir";
    std::vector<std::filesystem::path> forms;
    bool allow_faults = false;
    bool ids_by_server = false;
    bool certificate_only = false;
    bool log_requests = false;
    std::vector<std::string> token_for; ///< client id, and file of its public key
    int token_lifetime = 300;           ///< seconds
    std::filesystem::path clients_of;
};

constexpr std::size_t largest_key = 64UL * 1024;
constexpr std::size_t largest_form = 16UL * 1024 * 1024;

int refused(std::string_view reason) {
    std::cerr << "sportello-sandbox: " << reason << '\n';
    return 1;
}

const char* reason_of(StoreFault fault) {
    switch (fault) {
    case StoreFault::InUse:
        return "another sandbox already uses this state folder: stop it, or choose another --state";
    case StoreFault::Damaged:
        return "central.db in the state folder is not a sound database: move it away and start again";
    case StoreFault::NoSpace:
        return "the disk of the state folder is full: make room";
    case StoreFault::NoRights:
        return "the state folder may not be written: give this user the right, or choose another --state";
    case StoreFault::TooNew:
        return "the state folder was written by a newer version: start that one, or choose another --state";
    default:
        return "the database in the state folder cannot be opened: choose another --state";
    }
}

/// What lives on the storage thread, and is ended there.
struct Central {
    std::unique_ptr<DiskStore> store;
    std::optional<Records> records;
    std::optional<FhirService> fhir;
    std::optional<Page> page;
};

/// Waits for the signal, or for the server to end by itself; `drop` is called when something was put in the folder.
bool wait_for_end(const StopSignal& signal, int server_ended, int folder, const std::function<void()>& drop) {
    pollfd watched[] = {{signal.descriptor(), POLLIN, 0}, {server_ended, POLLIN, 0}, {folder, POLLIN, 0}};
    for (;;) {
        if (::poll(watched, 3, -1) < 0) {
            if (errno != EINTR) return false;
            continue;
        }
        if (watched[0].revents != 0 || watched[1].revents != 0) return watched[0].revents != 0;
        drop();
    }
}

int run(const Options& options, const StopSignal& signal) {
    const SystemClock clock;
    SystemChance chance;
    EventLog log("sandbox", clock);
    log.write(LogEvent::ProgramStarted);

    if (!ensure_state_folder(options.state))
        return refused("the state folder cannot be made: give this user the right, or choose another --state");
    if (options.certificate_only)
        return ensure_certificate(options.state, clock.wall_time()).ok() ? 0
                                                                         : refused("the certificate cannot be written");

    // A key for demonstrations: it signs what is published here, and nothing that a real terminal would believe.
    const auto signer = Signer::open(options.state / "publisher.key");
    if (!signer)
        return refused("publisher.key in the state folder cannot be used: remove it, or choose another --state");
    const auto drop = DropFolder::open(options.state / "publish");
    if (!drop) return refused("the folder publish in the state folder cannot be made");

    OneThread storage;
    std::optional<Central> central(std::in_place);
    const auto opened = storage.call([&]() -> std::optional<StoreFault> {
        auto store = DiskStore::open(options.state / "central.db");
        if (!store.ok()) return store.error().fault;
        central->store = std::move(store.value());
        return std::nullopt;
    });
    if (opened) return refused(reason_of(*opened));
    struct EndOnItsThread {
        OneThread& storage;
        std::optional<Central>& central;
        ~EndOnItsThread() {
            storage.call([&] { central.reset(); });
        }
    } end{storage, central};

    const auto certificate = ensure_certificate(options.state, clock.wall_time());
    if (!certificate.ok()) return refused("the certificate cannot be written: is the state folder full or protected?");
    const int remembered = options.port != 0 ? options.port : remembered_port(options.state);
    auto server = WebServer::bind(certificate.value(), remembered, options.clients_of);
    if (!server.ok() && options.port == 0) server = WebServer::bind(certificate.value(), 0, options.clients_of);
    if (!server.ok())
        return refused(server.error() == WebFault::PortTaken
                           ? "the port is taken: choose another --port, or none"
                           : "a certificate cannot be used: remove server.pem in the state folder, or correct "
                             "--demand-client-certificate");
    const int port = server.value()->port();
    if (!remember_port(options.state, port)) return refused("the state folder may not be written");

    const std::string address = "https://127.0.0.1:" + std::to_string(port);
    storage.call([&] {
        central->records.emplace(
            Records::Parts{*central->store, clock, [&chance] { return chance.uuid(); }, options.base_uri,
                           options.ids_by_server});
        central->fhir.emplace(*central->records, address + "/fhir");
        central->page.emplace(*central->records, *signer);
    });
    const auto order = [&](std::string_view text) {
        return storage.call([&] { return carry_out({*central->records, *signer}, text).ok(); });
    };
    for (const std::filesystem::path& file : options.forms) {
        const auto text = read_file(file, largest_form);
        if (!text || !order(*text)) return refused("not a form that can be published: " + file.string());
    }
    Faults faults;
    std::optional<TokenDesk> tokens;
    if (!options.token_for.empty()) {
        const auto key = read_file(options.token_for.at(1), largest_key);
        TokenDesk::Settings settings{options.token_for.at(0), key ? read_public_key(*key) : nullptr, address,
                                     std::chrono::seconds(options.token_lifetime)};
        if (!settings.key) return refused("no public key in PEM, nor a certificate: " + options.token_for.at(1));
        tokens.emplace(std::move(settings), clock, [&chance] { return chance.uuid().text() + chance.uuid().text(); });
    }
    Site site({storage, *central->records, *central->fhir, *central->page, faults, port, options.allow_faults,
               tokens ? &*tokens : nullptr});

    const int ended = ::eventfd(0, EFD_CLOEXEC);
    if (ended < 0) return refused("the kernel gave no event descriptor");
    bool told = true;
    std::thread serving([&] {
        server.value()->serve([&](const Request& request) {
            const auto begun = clock.since_boot();
            Delivery delivery = site.handle(request);
            if (options.log_requests)
                log.write(LogEvent::SandboxServed, {{"status", static_cast<std::int64_t>(delivery.reply.status)},
                                                    {"took", clock.since_boot() - begun}});
            return delivery;
        });
        const std::uint64_t one = 1;
        told = ::write(ended, &one, sizeof one) == sizeof one;
    });

    std::cout << R"({"ready":true,"base":")" << address << R"(/fhir","page":")" << address << R"(/","ca":)"
              << json_string(certificate.value().authority.string()) << R"(,"publisher":")" << text_of(signer->key())
              << R"(","publish":)" << json_string((options.state / "publish").string()) << "}" << std::endl;
    log.write(LogEvent::ProgramReady);
    drop->empty(order);
    const bool asked = wait_for_end(signal, ended, drop->descriptor(), [&] { drop->empty(order); });
    faults.end();
    server.value()->stop();
    serving.join();
    const bool closed = ::close(ended) == 0;
    log.write(LogEvent::ProgramStopped);
    return asked && told && closed ? 0 : refused("the server ended by itself");
}

} // namespace

int main(int count, char** values) {
    if (!harden_process().ok()) return refused("the process cannot be protected");
    auto signal = StopSignal::listen();
    if (!signal.ok()) return refused("signals cannot be watched");

    Options options;
    CLI::App app(
        "A small FHIR R4 central system on this machine only: for demos, training and tests. Never for real data.");
    app.add_option("--state", options.state, "Folder for the database and the certificate; made if missing")
        ->required();
    app.add_option("--port", options.port, "Port on 127.0.0.1; 0 takes the one used last, or any free one")
        ->check(CLI::Range(0, 65535));
    app.add_option("--base-uri", options.base_uri,
                   "Base of the systems and codes of our own, as in central->fhir.base_uri");
    app.add_option("--publish", options.forms, "Questionnaire (JSON) to offer; may be given several times")->take_all();
    app.add_flag("--allow-faults", options.allow_faults, "Let tests order misbehaviour through /_sandbox");
    app.add_flag("--ids-by-server", options.ids_by_server,
                 "Choose the ids of what a case is made of, and say so in /fhir/metadata: no update as create");
    app.add_flag("--log-requests", options.log_requests, "One line on standard error for each answer: status and time");
    app.add_option("--demand-token", options.token_for,
                   "Client id and file of its public key (PEM): below /fhir, let in only who got a token at /token")
        ->expected(2);
    app.add_option("--token-lifetime", options.token_lifetime, "Seconds a token counts")->check(CLI::Range(1, 86400));
    app.add_option("--demand-client-certificate", options.clients_of,
                   "PEM file of an authority: let in only who shows a certificate of it");
    app.add_flag("--certificate-only", options.certificate_only, "Make the certificate and end");
    try {
        app.parse(count, values);
    } catch (const CLI::ParseError& error) {
        const int code = app.exit(error);
        return code == 0 ? 0 : 2;
    }
    return run(options, signal.value());
}
