// SPDX-License-Identifier: EUPL-1.2
// What an answer says by its status and its headers.
#include "tests/campaigns/server/scripts.hpp"

#include <array>

namespace campaign {
namespace {

using namespace std::chrono_literals;

constexpr const char* outcome =
    R"({"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invalid","expression":["Task.status"]}]})";

Script says(int status, int tries = 1) {
    return {.name = "answers " + std::to_string(status) + (tries > 1 ? " " + std::to_string(tries) + " times" : ""),
            .transaction = [status](Meeting& m) { m.answer(status, outcome); },
            .tries = tries};
}

Script busy(std::string name, int status, std::function<std::string(Meeting&)> headers) {
    return {.name = std::move(name), .transaction = [status, headers = std::move(headers)](Meeting& m) {
                m.answer(status, outcome, "application/fhir+json", headers(m));
            }};
}

Script redirect(int status, std::string location) {
    return {.name = "redirects by " + std::to_string(status) + " to " + (location.empty() ? "nowhere" : location),
            .transaction = [status, location](Meeting& m) {
                m.answer(status, "", "", location.empty() ? "" : "Location: " + location + "\r\n");
            }};
}

} // namespace

void add_status_scripts(std::vector<Script>& scripts) {
    for (const int status : {500, 501, 502, 503, 504, 507})
        scripts.push_back(says(status));
    scripts.push_back({.name = "a storm of 500, 502, 503 and 504",
                       .transaction =
                           [](Meeting& m) {
                               constexpr std::array statuses = {500, 502, 503, 504};
                               m.answer(statuses[static_cast<std::size_t>(m.below(4))], outcome);
                           },
                       .tries = 4});

    scripts.push_back(busy("429 that does not say when", 429, [](Meeting&) { return ""; }));
    scripts.push_back(busy("429 in seconds", 429, [](Meeting&) { return "Retry-After: 7\r\n"; }));
    scripts.push_back(busy("429 with a date", 429, [](Meeting& m) { return "Retry-After: " + m.date(20s) + "\r\n"; }));
    scripts.push_back(busy("429 with a date in the past", 429,
                           [](Meeting& m) { return "Retry-After: " + m.date(-600s) + "\r\n"; }));
    scripts.push_back(busy("429 with a date of another time zone's form", 429,
                           [](Meeting&) { return "Retry-After: Sunday, 06-Nov-94 08:49:37 GMT\r\n"; }));
    scripts.push_back(busy("429 with nonsense", 429, [](Meeting&) { return "Retry-After: soon\r\n"; }));
    scripts.push_back(busy("429 for a thousand years", 429, [](Meeting&) { return "Retry-After: 31536000000\r\n"; }));
    scripts.push_back(busy("429 in negative seconds", 429, [](Meeting&) { return "Retry-After: -5\r\n"; }));
    scripts.push_back(busy("429 twice over in one answer", 429,
                           [](Meeting&) { return "Retry-After: 3\r\nRetry-After: 5\r\n"; }));
    scripts.push_back(busy("503 in seconds", 503, [](Meeting&) { return "Retry-After: 3\r\n"; }));
    scripts.push_back(busy("503 with a date", 503, [](Meeting& m) { return "Retry-After: " + m.date(30s) + "\r\n"; }));

    scripts.push_back(says(408, 3)); // for bad data, says this server
    scripts.push_back(says(409));
    Script conflicts = says(409, 5);
    conflicts.name = "answers 409 and never has it";
    conflicts.desk = true;
    scripts.push_back(conflicts);
    Script precondition = says(412);
    precondition.name = "answers 412 and does not have it";
    precondition.desk = true;
    scripts.push_back(precondition);
    for (const int status : {400, 413, 415, 422}) {
        scripts.push_back(says(status));
        Script twice = says(status, 2);
        twice.desk = true;
        scripts.push_back(twice);
    }
    for (const int status : {401, 403, 404, 405, 410})
        scripts.push_back(says(status));
    for (const int status : {301, 302, 303, 307, 308})
        scripts.push_back(redirect(status, "https://elsewhere.example/fhir"));
    scripts.push_back(redirect(307, "/fhir/"));
    scripts.push_back(redirect(302, ""));
    for (const int status : {204, 206, 299, 418, 451, 599, 999})
        scripts.push_back({.name = "answers " + std::to_string(status) + ", and nothing else",
                           .transaction = [status](Meeting& m) { m.answer(status); }});
}

} // namespace campaign
