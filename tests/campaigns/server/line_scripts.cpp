// SPDX-License-Identifier: EUPL-1.2
// Lines that are never made, or cut: nothing is stored.
#include "tests/campaigns/server/scripts.hpp"

#include <algorithm>

namespace campaign {
namespace {

using namespace std::chrono_literals;
using tests::issue;
using tests::TlsFace;
using tests::Wanted;

Script bad_line(std::string name, std::function<TlsFace(const Faces&)> face) {
    Script script;
    script.name = std::move(name);
    script.face = std::move(face);
    return script;
}

} // namespace

void add_line_scripts(std::vector<Script>& scripts) {
    Script nobody;
    nobody.name = "nobody listens";
    nobody.nobody = true;
    scripts.push_back(nobody);
    for (const int bytes : {0, 1, 100, 400})
        scripts.push_back(bad_line("reset after " + std::to_string(bytes) + " bytes of the handshake",
                                   [bytes](const Faces& f) {
                                       return TlsFace{.leaf = f.good, .cut_handshake_after = bytes};
                                   }));
    scripts.push_back(bad_line("HTTP without TLS", [](const Faces&) { return TlsFace{.leaf = {}, .speaks_tls = false}; }));
    scripts.push_back(bad_line("certificate expired", [](const Faces& f) {
        Wanted wanted = f.wanted();
        wanted.to = -60s;
        return TlsFace{issue(wanted, &f.ca)};
    }));
    scripts.push_back(bad_line("certificate of a foreign authority",
                               [](const Faces& f) { return TlsFace{issue(f.wanted(), &f.stranger)}; }));
    scripts.push_back(bad_line("certificate with a key that is not pinned",
                               [](const Faces& f) { return TlsFace{issue(f.wanted(), &f.ca)}; }));
    scripts.push_back(bad_line("certificate of another host", [](const Faces& f) {
        Wanted wanted = f.wanted();
        wanted.alt_names = "DNS:other.example";
        return TlsFace{issue(wanted, &f.ca)};
    }));
    scripts.push_back(bad_line("lets nobody in whom a stranger does not vouch for", [](const Faces& f) {
        return TlsFace{.leaf = f.good, .clients_of = f.stranger};
    }));
    scripts.push_back(bad_line("TLS 1.1 only", [](const Faces& f) {
        return TlsFace{.leaf = f.good, .lowest = 0x0302, .highest = 0x0302};
    }));

    for (const std::size_t bytes : {1U, 40U, 600U, 3000U})
        scripts.push_back(
            {.name = "reset after " + std::to_string(bytes) + " bytes of the request", .cut_request = bytes});
    scripts.push_back({.name = "reset after the whole request", .transaction = [](Meeting& m) { m.line.reset(); }});
    scripts.push_back({.name = "accepts and hangs up", .transaction = [](Meeting&) {}});
    scripts.push_back({.name = "accepts and drops the line", .transaction = [](Meeting& m) { m.line.drop(); }});
    scripts.push_back({.name = "accepts and says nothing for 130 s",
                       .transaction = [](Meeting& m) {
                           m.silence(130s);
                           (void)m.line.read(1); // until the other side has gone
                       }});
    scripts.push_back({.name = "drops the line three times in a row",
                       .transaction = [](Meeting& m) { m.line.drop(); },
                       .tries = 3});
}

} // namespace campaign
