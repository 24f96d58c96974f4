// SPDX-License-Identifier: EUPL-1.2
#include "tests/campaigns/server/scripts.hpp"

#include <array>
#include <cstdio>
#include <ctime>

namespace campaign {

using namespace std::chrono_literals;

void Meeting::answer(int status, std::string_view body, std::string_view type, std::string_view headers) {
    (void)line.write(tests::http_answer(status, body, type, "Date: " + date() + "\r\n" + std::string(headers)));
}

void Meeting::good() { answer(200, store()); }

std::string Meeting::good_bytes() {
    return tests::http_answer(200, store(), "application/fhir+json", "Date: " + date() + "\r\n");
}

void Meeting::silence(std::chrono::seconds time) {
    for (auto passed = 0s; passed < time; passed += 5s) {
        clock.forward(5s);
        if (!line.nudge()) return;
    }
}

void Meeting::drip(std::string_view bytes) {
    for (const char one : bytes) {
        clock.forward(1s);
        if (!line.write({&one, 1})) return;
    }
}

std::string Meeting::date(std::chrono::seconds from_now) const {
    const std::time_t moment = std::chrono::system_clock::to_time_t(clock.wall_time() + from_now);
    std::tm parts{};
    (void)::gmtime_r(&moment, &parts);
    std::array<char, 64> text{};
    const std::size_t size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return {text.data(), size};
}

std::vector<Script> all_scripts() {
    std::vector<Script> scripts;
    scripts.push_back({.name = "behaves"});
    add_line_scripts(scripts);
    add_status_scripts(scripts);
    add_body_scripts(scripts);
    add_race_scripts(scripts);
    return scripts;
}

} // namespace campaign
