// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/outbox/pauses.hpp"
#include "tests/campaigns/server/faces.hpp"
#include "tests/campaigns/server/server_model.hpp"
#include "tests/doubles/shared_clock.hpp"
#include "tests/doubles/tls_server.hpp"

#include <chrono>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace campaign {

/// One request on its line, and what a server could do with it.
struct Meeting {
    tests::TlsLine& line;
    const tests::Asked& asked;
    ServerModel& model;
    tests::SharedClock& clock;
    std::mt19937& chance; ///< of this script: the same in every run
    int attempt = 1;      ///< of this request, counts from 1
    std::string request;  ///< whose transaction it is; empty: a question

    /// Does as it was told, now or later; the answer that a good server would give.
    std::string store(std::chrono::milliseconds delay = {}) { return model.transaction(asked.body, delay).body; }
    void answer(int status, std::string_view body = "", std::string_view type = "application/fhir+json",
                std::string_view headers = "");
    void good();
    /// The first `size` bytes of a good answer.
    [[nodiscard]] std::string good_bytes();
    /// Lets time pass without a byte of an answer.
    void silence(std::chrono::seconds time);
    /// One byte a second, until the other side has gone.
    void drip(std::string_view bytes);
    [[nodiscard]] std::string date(std::chrono::seconds from_now = {}) const; ///< as in a Date header
    [[nodiscard]] int below(int limit) { return static_cast<int>(chance() % static_cast<unsigned>(limit)); }
};

/// One way to misbehave.
struct Script {
    std::string name;
    std::function<void(Meeting&)> transaction{}; ///< what it does with a transaction
    int tries = 1;                               ///< with the first so many of each request; then it behaves
    std::function<void(Meeting&)> look_up{};     ///< what it does with a question
    std::size_t cut_request = 0; ///< resets every second line that brings something after so many bytes; 0: none
    int look_ups = 0;            ///< with the first so many after each transaction it mishandled
    std::function<tests::TlsFace(const Faces&)> face{}; ///< what it shows during bad phases of the line
    bool nobody = false;                                ///< during bad phases nobody listens
    std::function<void(net::Pauses&)> pauses{};         ///< as the configuration of this site says
    std::chrono::milliseconds index_lag{0};
    bool desk = false; ///< every request it is tried on is right to end at the desk
};

/// All of them, in a fixed order.
[[nodiscard]] std::vector<Script> all_scripts();
void add_line_scripts(std::vector<Script>& scripts);   ///< connections and certificates
void add_status_scripts(std::vector<Script>& scripts); ///< what an answer says
void add_body_scripts(std::vector<Script>& scripts);   ///< what an answer is made of
void add_race_scripts(std::vector<Script>& scripts);   ///< stored, and not said so; look-ups that mislead

} // namespace campaign
