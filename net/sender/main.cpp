// SPDX-License-Identifier: EUPL-1.2
// sportello-sender: keeps requests on this disk and delivers them to the central system.
#include "net/runtime/config.hpp"
#include "net/runtime/event_log.hpp"
#include "net/runtime/hardening.hpp"
#include "net/runtime/json_text.hpp"
#include "net/runtime/random.hpp"
#include "net/runtime/stop_signal.hpp"
#include "net/runtime/system_clock.hpp"
#include "net/seal/key_ring.hpp"
#include "net/sender/sender.hpp"
#include "net/sender/version.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <string>
#include <vector>

#include <poll.h>

namespace {

constexpr int refused = 1;
constexpr int wrong_usage = 2;

/// What the technician reads and does.
std::string remedy(net::StartFault fault, const std::string& folder) {
    using enum net::StartFault;
    switch (fault) {
    case NoFolder:
        return folder + ": the state folder must exist or be creatable, belong to this user, have mode 0700 and room "
                        "on its disk";
    case InUse:
        return folder + ": another sportello-sender is using this state folder; stop it, or give another --state";
    case KeysOpen:
        return folder + "/keys: a key file may be read by others; if nobody did, chmod 0600 it, else rotate";
    case KeysDamaged:
        return folder + "/keys: a key file is damaged; restore it from the backup, what is sealed to it depends on it";
    case StoreRefused:
        return folder + "/outbox.db: the disk refuses it, or a newer version wrote it; nothing was changed";
    case NoSocket:
        return folder + "/sender.sock: the socket cannot be made there";
    }
    return folder;
}

std::string key_list() {
    std::string out = "Configuration keys (TOML, later files win):\n";
    for (const net::ConfigKey& key : net::config_keys()) {
        const std::string limits = net::limits_text(key);
        out += "  " + std::string(key.name) + " = " + net::value_text(net::Config{}, key) +
               (limits.empty() ? "" : "  [" + limits + "]") + "\n      " + std::string(key.meaning) + "\n";
    }
    return out;
}

} // namespace

int main(int argc, char** argv) {
    if (!net::harden_process().ok()) {
        std::fputs("sportello-sender: the system would not switch off core dumps; not started\n", stderr);
        return refused;
    }
    CLI::App app("Keeps requests on this disk and delivers them to the central system.", "sportello-sender");
    std::vector<std::string> files;
    std::string state;
    bool demo_pace = false;
    app.add_option("--config", files, "Configuration file; may be given several times, later ones win")->take_all();
    app.add_option("--state", state, "State folder, instead of the key state_dir");
    app.add_flag("--demo-pace", demo_pace, "Waits of seconds instead of minutes; for demonstrations only");
    bool destroy_keys = false;
    app.add_flag("--destroy-keys", destroy_keys,
                 "Destroys the key files in the state folder and ends: what is kept there can never be opened again. For "
                 "when no sender runs; else `sportelloctl keys destroy`");
    app.set_version_flag("--version", net::program_version);
    app.footer(key_list);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return app.exit(e) == 0 ? 0 : wrong_usage;
    }

    const net::SystemClock clock;
    net::SystemChance chance;
    net::EventLog log("sender", clock);
    const std::vector<std::filesystem::path> paths(files.begin(), files.end());
    net::LoadedConfig loaded = net::load_config(paths);
    if (!loaded.complaints.empty()) {
        log.write(net::LogEvent::ConfigRefused, {{"mistakes", static_cast<std::int64_t>(loaded.complaints.size())}});
        for (const auto& complaint : loaded.complaints)
            std::fprintf(stderr, "%s\n", net::text_of(complaint).c_str());
        return refused;
    }
    if (!state.empty()) loaded.config.state_dir = state;

    if (destroy_keys) {
        const std::string keys = loaded.config.state_dir + "/keys";
        const bool gone = net::KeyRing::destroy_files(keys).ok();
        log.write(net::LogEvent::KeysDestroyed, {{"files_gone", std::int64_t{gone}}});
        if (!gone) std::fprintf(stderr, "sportello-sender: %s: not all key files could be destroyed\n", keys.c_str());
        return gone ? 0 : refused;
    }

    auto stop = net::StopSignal::listen();
    if (!stop.ok()) {
        std::fputs("sportello-sender: signals cannot be received; not started\n", stderr);
        return refused;
    }
    log.write(net::LogEvent::ProgramStarted, {{"demo_pace", std::int64_t{demo_pace}}});
    net::SenderOptions options{loaded.config};
    if (demo_pace) {
        options.pauses = net::Pauses::for_demonstration();
        options.feed_pauses = net::FeedPauses::for_demonstration();
    }
    auto sender = net::Sender::start(options, clock, chance, log);
    if (!sender.ok()) {
        std::fprintf(stderr, "sportello-sender: %s\n", remedy(sender.error(), loaded.config.state_dir).c_str());
        return refused;
    }
    net::JsonText ready;
    ready.open_object().key("ready").boolean(true).member("socket", sender.value()->socket().string()).close_object();
    std::printf("%s\n", ready.view().c_str());
    if (std::fflush(stdout) != 0) log.write(net::LogEvent::Fault, {{"stdout", 1L}});
    log.write(net::LogEvent::ProgramReady);

    pollfd wait{stop.value().descriptor(), POLLIN, 0};
    while (poll(&wait, 1, -1) < 0) {
        // interrupted by something that is no stop
    }
    std::unique_ptr<net::Sender> running = std::move(sender).value();
    running.reset();
    log.write(net::LogEvent::ProgramStopped);
    return 0;
}
