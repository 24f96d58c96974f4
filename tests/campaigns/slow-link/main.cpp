// SPDX-License-Identifier: EUPL-1.2
// Cases of ten scans and 60 MiB over a line of 1 Mbit/s that is cut again and again, before the program's own outbox,
// courier, HTTPS client and FHIR reading; time alone is not real.
//     campaign_slow_link [CASES [SEED]]
// Never a case without its scans, never a scan twice; after a cut only the scan that was on its way goes again. At the
// end mistakes are planted on the server's side, and each must be found.
#include "tests/campaigns/server/terminal.hpp"
#include "tests/campaigns/slow-link/scan_server.hpp"
#include "tests/doubles/argument.hpp"
#include "tests/doubles/sealed.hpp"
#include "tests/doubles/submissions.hpp"

#include <array>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <string>

namespace {

using namespace campaign;
using namespace std::chrono_literals;

/// MiB: together 60. The last two are the same picture.
using Sizes = std::vector<std::size_t>;
const Sizes sixty = {12, 10, 9, 8, 7, 5, 4, 3, 1, 1};
const Sizes small = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

/// Bytes that no two pictures share, and no compression would make less.
std::string picture(std::size_t mib, std::uint64_t seed) {
    std::string bytes(mib << 20, '\0');
    std::mt19937_64 numbers(seed);
    for (std::size_t at = 0; at < bytes.size(); at += sizeof(std::uint64_t)) {
        const std::uint64_t number = numbers();
        std::memcpy(bytes.data() + at, &number, sizeof number);
    }
    return bytes;
}

void keep_case(Terminal& terminal, ScanServer& server, int number, const Sizes& sizes) {
    net::Submission s = tests::plain(&terminal.memory, tests::id_number(number));
    std::vector<std::string> pictures;
    std::multiset<forms::Sha256> contents;
    for (std::size_t n = 0; n < sizes.size(); ++n) {
        const bool again = n + 1 == sizes.size(); // identical pictures are two scans
        const std::size_t drawn = again ? n - 1 : n;
        pictures.push_back(picture(sizes[n], static_cast<std::uint64_t>(number) * 100 + drawn));
        contents.insert(forms::sha256(pictures.back()));
        net::Submission::Attachment scan(&terminal.memory);
        scan.content_type = "image/jpeg";
        scan.title = "Documento";
        scan.kind = "other";
        scan.kind_display = "Altro";
        scan.created = "2026-11-22T09:41:00+01:00";
        scan.sha1_base64 = forms::base64(forms::sha1(pictures.back()));
        scan.size = static_cast<std::int64_t>(pictures.back().size());
        s.attachments.push_back(std::move(scan));
    }
    server.expect(s.id.text(), std::move(contents));
    terminal.keep(s, {pictures.begin(), pictures.end()});
}

struct Outcome {
    ScanServer::Count there;
    std::size_t kept = 0, acknowledged = 0, too_early = 0, doubled_cases = 0, restarts = 0, cuts = 0, silent = 0;
    std::chrono::milliseconds took{};

    [[nodiscard]] bool fine(std::size_t scans) const {
        return acknowledged == kept && there.cases == kept && too_early == 0 && doubled_cases == 0 &&
               there.without_scans == 0 && there.doubled == 0 && there.scans == scans;
    }
};

Outcome run(const Faces& faces, OwnIds own_ids, int cases, const Sizes& sizes, unsigned seed,
            Wrong wrong = Wrong::Nothing) {
    tests::SharedClock clock(std::chrono::system_clock::now());
    Link link(clock, seed);
    ScanServer server(faces, clock, link, own_ids, wrong);
    Terminal terminal(faces, server.server.port(), clock, net::Pauses{});
    Outcome outcome;
    terminal.acknowledged = [&](const net::OutboxRow& row) {
        ++outcome.acknowledged;
        if (!server.model.has_task(row.reference)) ++outcome.too_early;
    };
    for (int n = 1; n <= cases; ++n)
        keep_case(terminal, server, n, sizes);
    const int patience = cases * 2000;
    for (int steps = 1; steps < patience && terminal.step(); ++steps) {
        server.server.listen_again(clock.since_boot() >= link.down_until());
        if (steps % 7 != 0) continue;
        terminal.restart();
        ++outcome.restarts;
    }
    outcome.kept = static_cast<std::size_t>(cases);
    for (const forms::Uuid& id : terminal.ids)
        if (const auto [least, most] = server.model.copies(id.text()); least != 1 || most != 1) ++outcome.doubled_cases;
    outcome.there = server.count();
    outcome.cuts = link.cuts();
    outcome.silent = link.silent();
    outcome.took = clock.since_boot();
    return outcome;
}

bool find_planted(const Faces& faces) {
    constexpr std::pair<const char*, Wrong> planted[] = {
        {"a scan that is said to be there and is not", Wrong::SaysItIsThere},
        {"a scan that is there and said not to be", Wrong::SaysItIsNot},
        {"a scan of other content", Wrong::MixesContents},
    };
    bool all = true;
    for (const auto& [what, wrong] : planted) {
        const Outcome o = run(faces, OwnIds::NotTaken, 3, small, 3, wrong);
        const bool found = o.there.without_scans + o.there.doubled > 0;
        std::printf("%-6s planted and found: %s: without scans %zu, doubled %zu\n", found ? "ok" : "FAILED", what,
                    o.there.without_scans, o.there.doubled);
        all = all && found;
    }
    return all;
}

} // namespace

int main(int argc, char** argv) {
    const int cases = tests::number_argument(argc, argv, 1, 1);
    const int seed = tests::number_argument(argc, argv, 2, 3);
    if (cases <= 0 || seed < 0 || argc > 3 || std::signal(SIGPIPE, SIG_IGN) == SIG_ERR) {
        std::fprintf(stderr, "usage: campaign_slow_link [CASES [SEED]]\n");
        return 2;
    }
    const Faces faces = make_faces();
    bool fine = true;
    constexpr std::pair<const char*, OwnIds> forms[] = {{"conditions", OwnIds::NotTaken}, {"own ids", OwnIds::Kept}};
    for (const auto& [name, own_ids] : forms) {
        const Outcome o =
            run(faces, own_ids, cases, sixty, static_cast<unsigned>(seed) + (own_ids == OwnIds::NotTaken ? 0u : 1u));
        fine = o.fine(static_cast<std::size_t>(cases) * sixty.size()) && o.cuts > 0 &&
               o.there.by_own_ids == (own_ids == OwnIds::NotTaken ? 0 : o.kept) && fine;
        const double mib = 1 << 20;
        const double again = static_cast<double>(o.there.bytes_came - o.there.bytes_needed);
        std::printf("slow-link: %s: kept %zu of 10 scans and 60 MiB; there %zu cases, %zu scans; without scans %zu, "
                    "doubled %zu\n",
                    name, o.kept, o.there.cases, o.there.scans, o.there.without_scans,
                    o.there.doubled + o.doubled_cases);
        std::printf(
            "slow-link: %s: %zu cuts (%zu silent), %zu restarts; %.1f MiB needed, %.1f MiB sent again (%.0f %%); "
            "%.1f h at 1 Mbit/s\n",
            name, o.cuts, o.silent, o.restarts, static_cast<double>(o.there.bytes_needed) / mib, again / mib,
            100.0 * again / static_cast<double>(o.there.bytes_needed), static_cast<double>(o.took.count()) / 3.6e6);
        if (std::fflush(stdout) != 0) return 2;
    }
    fine = find_planted(faces) && fine;
    std::printf("slow-link: %s\n", fine ? "ok" : "FAILED");
    return fine ? 0 : 1;
}
