// SPDX-License-Identifier: EUPL-1.2
// A misbehaving server, one script after another, before the program's own outbox, courier and HTTPS client.
//     campaign_server [--requests N] [--only TEXT] [--form conditions|own-ids|replacing] [--list]
// Each script meets a server that takes conditional creates only, one that takes our ids and keeps what is there, and
// one that says so and writes over it. Every script ends with each kept request acknowledged and on the server exactly
// once, or the campaign has failed. At the end mistakes are planted on the terminal's side, and each must be found.
#include "tests/campaigns/server/world.hpp"

#include <algorithm>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <string_view>

namespace {

using namespace campaign;
using namespace std::chrono_literals;

/// Hands everything on; what is planted overrides one call.
struct Handed : net::CentralSystem {
    explicit Handed(std::unique_ptr<net::CentralSystem> inner_one) : inner(std::move(inner_one)) {}
    net::CentralResult<net::Delivered> deliver(const net::Submission& s, std::span<const net::SecretBytes> f,
                                               std::stop_token stop) override {
        return inner->deliver(s, f, std::move(stop));
    }
    net::CentralResult<net::Presence> look_up(const net::Submission& s, std::stop_token stop) override {
        return inner->look_up(s, std::move(stop));
    }
    net::CentralResult<net::Delivered> follow(const net::Submission& s, const std::string& where,
                                              std::stop_token stop) override {
        return inner->follow(s, where, std::move(stop));
    }
    bool creates_by_condition() const override { return inner->creates_by_condition(); }
    void start_afresh() override { inner->start_afresh(); }
    std::unique_ptr<net::CentralSystem> inner;
};

/// Takes a status of 200 for a proof.
struct Credulous final : Handed {
    using Handed::Handed;
    net::CentralResult<net::Delivered> deliver(const net::Submission& s, std::span<const net::SecretBytes> f,
                                               std::stop_token stop) override {
        auto result = inner->deliver(s, f, std::move(stop));
        if (!result.ok() && result.error().http_status == 200) return net::Delivered{s.id.text() + "-task", 200};
        return result;
    }
};

/// Never looks before it sends again.
struct Hasty final : Handed {
    using Handed::Handed;
    net::CentralResult<net::Presence> look_up(const net::Submission&, std::stop_token) override {
        return net::Presence{};
    }
};

template <class T>
Plant plant_of() {
    return [](std::unique_ptr<net::CentralSystem> inner) { return std::make_unique<T>(std::move(inner)); };
}

struct Form {
    const char* name;
    OwnIds own_ids;
};
constexpr Form all_forms[] = {
    {"conditions", OwnIds::NotTaken}, {"own-ids", OwnIds::Kept}, {"replacing", OwnIds::Replaced}};

bool find_planted(const Form& form, const Faces& faces, const std::vector<Script>& scripts) {
    const auto named = [&](std::string_view name) {
        for (const Script& script : scripts)
            if (script.name == name) return script;
        std::printf("FAILED no script is called %.*s\n", static_cast<int>(name.size()), name.data());
        return Script{};
    };
    Script too_soon = named("drops the line and stores after 90 s");
    too_soon.pauses = [](net::Pauses& pauses) { pauses.unclear = pauses.look_again = 60s; };
    Script busy_twin = named("drops the line and stores after 90 s");
    busy_twin.pauses = [](net::Pauses& pauses) { pauses.unclear = pauses.look_again = 10s; };
    struct Planted {
        const char* mistake;
        Script script;
        Plant plant;
        bool overlaps = false; ///< two attempts at once: an id that is kept lets only one of them be
    };
    const Planted planted[] = {
        {"a wait that is shorter than the server's own limit", too_soon, {}, true},
        {"a status of 200 taken for a proof", named("HTML with 200, nothing stored"), plant_of<Credulous>()},
        {"sending again without looking first", busy_twin, plant_of<Hasty>(), true},
    };
    bool all = true;
    for (const Planted& one : planted) {
        const Outcome outcome = run(one.script, form.own_ids, faces, 5, one.plant);
        const bool harmless = one.overlaps && form.own_ids == OwnIds::Kept;
        const bool found = !outcome.fine(one.script) && outcome.lost + outcome.doubled > 0;
        const bool fine = harmless ? outcome.lost + outcome.doubled == 0 : found;
        std::printf("%-6s planted and %s: %s: lost %zu, doubled %zu\n", fine ? "ok" : "FAILED",
                    harmless ? "harmless, because ids are kept" : "found", one.mistake, outcome.lost, outcome.doubled);
        all = all && fine;
    }
    return all;
}

/// All scripts before one kind of server. False: something failed.
bool run_form(const Form& form, const Faces& faces, const std::vector<Script>& scripts, std::string_view only,
              std::size_t requests) {
    std::size_t ran = 0, failed = 0, kept = 0, lost = 0, doubled = 0, there = 0, by_own_ids = 0;
    for (const Script& script : scripts) {
        if (script.name.find(only) == std::string::npos) continue;
        ++ran;
        const Outcome o = run(script, form.own_ids, faces, requests);
        // A script that never had its way has shown nothing. Where the question what the server can do is the one that
        // fails, a terminal rightly falls back to conditions: most scripts must have seen our ids, not each.
        const bool own = form.own_ids != OwnIds::NotTaken;
        const bool behaves = script.name == "behaves";
        const bool in_form = own ? !behaves || o.by_own_ids > 0 : o.by_own_ids == 0;
        const bool fine = o.fine(script) && (o.mishandled > 0 || behaves) && in_form;
        if (o.by_own_ids > 0) ++by_own_ids;
        if (!fine) ++failed;
        kept += o.kept, lost += o.lost, doubled += o.doubled, there += o.on_server;
        std::printf(
            "%-6s %-62s kept %zu, there %zu, lost %zu, doubled %zu, waiting %zu, desk %zu; mishandled %zu of %zu "
            "(%zu by own ids) + %zu, %lld s\n",
            fine ? "ok" : "FAILED", script.name.c_str(), o.kept, o.on_server, o.lost, o.doubled, o.waiting, o.desk,
            o.mishandled, o.transactions, o.by_own_ids, o.questions,
            static_cast<long long>(o.virtual_time.count() / 1000));
        if (std::fflush(stdout) != 0) return false;
    }
    const bool found = find_planted(form, faces, scripts);
    std::printf("server: %s: %zu scripts of %zu requests: kept %zu, there %zu, lost %zu, doubled %zu, %zu scripts "
                "failed\n",
                form.name, ran, requests, kept, there, lost, doubled, failed);
    if (only.empty() && form.own_ids != OwnIds::NotTaken && by_own_ids * 2 < ran) {
        std::printf("FAILED only %zu of %zu scripts saw a request under an id of ours\n", by_own_ids, ran);
        return false;
    }
    return failed == 0 && found && lost == 0 && doubled == 0;
}

int usage() {
    std::fputs("usage: campaign_server [--requests N] [--only TEXT] [--form conditions|own-ids|replacing] [--list]\n",
               stderr);
    return 2;
}

} // namespace

int main(int count, char** values) {
    if (std::signal(SIGPIPE, SIG_IGN) == SIG_ERR) return 2;
    std::size_t requests = 6;
    std::string_view only, form_name;
    bool list = false;
    for (int i = 1; i < count; ++i) {
        const std::string_view word = values[i];
        if (word == "--list") {
            list = true;
        } else if (word == "--requests" && i + 1 < count) {
            const std::string_view text = values[++i];
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), requests);
            if (error != std::errc() || end != text.data() + text.size() || requests == 0) return usage();
        } else if (word == "--only" && i + 1 < count) {
            only = values[++i];
        } else if (word == "--form" && i + 1 < count) {
            form_name = values[++i];
        } else {
            return usage();
        }
    }
    const auto wanted = [&](const Form& form) { return form_name.empty() || form_name == form.name; };
    if (std::ranges::none_of(all_forms, wanted)) return usage();
    const std::vector<Script> scripts = all_scripts();
    if (list) {
        for (const Script& script : scripts)
            if (script.name.find(only) != std::string::npos) std::printf("%s\n", script.name.c_str());
        return 0;
    }
    const Faces faces = make_faces();
    bool fine = true;
    for (const Form& form : all_forms)
        if (wanted(form)) fine = run_form(form, faces, scripts, only, requests) && fine;
    return fine ? 0 : 1;
}
