// SPDX-License-Identifier: EUPL-1.2
// Stored, and not said so; stored later than anybody waited; look-ups that mislead.
#include "tests/campaigns/server/scripts.hpp"

namespace campaign {
namespace {

using namespace std::chrono_literals;

/// A site whose central system may work on a request for 90 s says so: courier.unclear_wait_s.
void longer_than_90s(net::Pauses& pauses) { pauses.unclear = pauses.look_again = 120s; }

/// Stored, then the line is dropped, then questions meet this.
Script then_asked(std::string name, std::function<void(Meeting&)> look_up, int look_ups = 1) {
    return {.name = "stored and dropped; asked, it " + std::move(name),
            .transaction =
                [](Meeting& m) {
                    (void)m.store();
                    m.line.drop();
                },
            .look_up = std::move(look_up),
            .look_ups = look_ups};
}

} // namespace

void add_race_scripts(std::vector<Script>& scripts) {
    const auto dropped = [](Meeting& m) {
        (void)m.store();
        m.line.drop();
    };
    scripts.push_back({.name = "stored, then drops the line", .transaction = dropped});
    scripts.push_back({.name = "stored, then resets the line", .transaction = [](Meeting& m) {
                           (void)m.store();
                           m.line.reset();
                       }});
    for (const int status : {408, 409, 412, 500, 502, 503, 504})
        scripts.push_back({.name = "stored, then " + std::to_string(status), .transaction = [status](Meeting& m) {
                               (void)m.store();
                               m.answer(status);
                           }});
    scripts.push_back({.name = "stored, then says nothing for 130 s", .transaction = [](Meeting& m) {
                           (void)m.store();
                           m.silence(130s);
                           (void)m.line.read(1);
                       }});
    scripts.push_back({.name = "stores after 90 s and then answers", .transaction = [](Meeting& m) {
                           const std::string good = m.store(90s);
                           m.silence(95s);
                           m.answer(200, good);
                       }});
    scripts.push_back({.name = "drops the line and stores after 90 s",
                       .transaction =
                           [](Meeting& m) {
                               (void)m.store(90s);
                               m.line.drop();
                           },
                       .pauses = longer_than_90s});
    scripts.push_back({.name = "answers 504 and stores after 90 s",
                       .transaction =
                           [](Meeting& m) {
                               (void)m.store(90s);
                               m.answer(504);
                           },
                       .tries = 2,
                       .pauses = longer_than_90s});
    scripts.push_back({.name = "finds what it stored only after 50 s", .transaction = dropped, .index_lag = 50s});
    scripts.push_back({.name = "answers 409 to the honest resend",
                       .transaction =
                           [](Meeting& m) {
                               if (m.attempt == 1) return m.line.drop(); // not stored: the resend is honest
                               (void)m.store();
                               m.answer(409);
                           },
                       .tries = 2});

    const auto location = [](std::string where) { return "Content-Location: " + where + "\r\n"; };
    scripts.push_back({.name = "202, and the place answers",
                       .transaction =
                           [location](Meeting& m) {
                               (void)m.store();
                               m.answer(202, "", "", location("/fhir/_accepted/" + m.request));
                           },
                       .look_up = [](Meeting& m) { m.answer(202); }, // not yet
                       .look_ups = 3});
    scripts.push_back({.name = "202, and nobody knows the place", .transaction = [location](Meeting& m) {
                           (void)m.store();
                           m.answer(202, "", "", location("/fhir/_gone/1"));
                       }});
    scripts.push_back({.name = "202 with a place on another host", .transaction = [location](Meeting& m) {
                           (void)m.store();
                           m.answer(202, "", "", location("https://elsewhere.example/fhir/_accepted/1"));
                       }});
    scripts.push_back({.name = "202 without a place", .transaction = [](Meeting& m) {
                           (void)m.store();
                           m.answer(202);
                       }});
    // Still at work while its place is of no use.
    scripts.push_back({.name = "202, nobody knows the place, and it is stored 30 s later",
                       .transaction = [location](Meeting& m) {
                           (void)m.store(30s);
                           m.answer(202, "", "", location("/fhir/_gone/1"));
                       }});
    const auto stored_late = [location](Meeting& m) {
        (void)m.store(30s);
        m.answer(202, "", "", location("/fhir/_accepted/" + m.request));
    };
    scripts.push_back({.name = "202, the place answers 500, and it is stored 30 s later",
                       .transaction = stored_late,
                       .look_up = [](Meeting& m) { m.answer(500); },
                       .look_ups = 1});
    scripts.push_back({.name = "202, the place hangs up, and it is stored 30 s later",
                       .transaction = stored_late,
                       .look_up = [](Meeting&) {},
                       .look_ups = 1});
    scripts.push_back({.name = "stored 30 s later, and 503 in seconds", .transaction = [](Meeting& m) {
                           (void)m.store(30s);
                           m.answer(503, "", "", "Retry-After: 3\r\n");
                       }});
    scripts.push_back({.name = "202, and stores nothing",
                       .transaction = [location](Meeting& m) { m.answer(202, "", "", location("/fhir/_gone/1")); }});

    scripts.push_back(then_asked("answers 500", [](Meeting& m) { m.answer(500); }));
    scripts.push_back(then_asked("hangs up", [](Meeting&) {}));
    scripts.push_back(then_asked("shows a login page",
                                 [](Meeting& m) { m.answer(200, "<html>Sign in</html>", "text/html"); }));
    scripts.push_back(then_asked("redirects", [](Meeting& m) {
        m.answer(302, "", "", "Location: https://elsewhere.example/\r\n");
    }));
    scripts.push_back(then_asked("answers 429", [](Meeting& m) { m.answer(429, "", "", "Retry-After: 5\r\n"); }));
    scripts.push_back(then_asked("answers 401", [](Meeting& m) { m.answer(401); }));
    scripts.push_back(then_asked("says nothing for 130 s", [](Meeting& m) {
        m.silence(130s);
        (void)m.line.read(1);
    }));
    scripts.push_back(then_asked("breaks off", [](Meeting& m) {
        (void)m.line.write("HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json\r\nContent-Length: 500\r\n\r\n{");
        m.line.reset();
    }));
    scripts.push_back({.name = "not stored; asked, it finds somebody else's",
                       .transaction = [](Meeting& m) { m.line.drop(); },
                       .look_up =
                           [](Meeting& m) {
                               m.answer(200, R"({"resourceType":"Bundle","type":"searchset","total":1,"entry":[{"resource":
{"resourceType":"Task","id":"9","identifier":[{"system":"x","value":"y"}]}}]})");
                           },
                       .look_ups = 2});
    scripts.push_back({.name = "anything of all this, four times",
                       .transaction =
                           [](Meeting& m) {
                               switch (m.below(8)) {
                               case 0:
                                   return m.line.reset();
                               case 1:
                                   return m.answer(500);
                               case 2:
                                   return m.answer(429, "", "", "Retry-After: 2\r\n");
                               case 3:
                                   (void)m.store();
                                   return m.line.drop();
                               case 4:
                                   (void)m.store();
                                   return m.answer(504);
                               case 5:
                                   return m.answer(200, "<html>", "text/html");
                               case 6:
                                   return m.answer(401);
                               default: {
                                   const std::string all = m.good_bytes();
                                   (void)m.line.write(all.substr(0, all.size() / 2));
                                   return m.line.reset();
                               }
                               }
                           },
                       .tries = 4,
                       .look_up = [](Meeting& m) { m.answer(502); },
                       .look_ups = 1});
}

} // namespace campaign
