// SPDX-License-Identifier: EUPL-1.2
// drain_bench [REQUESTS]
// How fast an outbox is emptied, beside a bare libcurl loop that posts the same bodies to the same server, in turns of
// twenty. Ours reads the outbox, opens the seal, builds the Bundle, marks on disk before and after (each with a sync)
// and judges the answer; the loop does nothing but post: once with a connection of its own for each, as we do on
// purpose, once on a connection that is kept. Prints one line a figure; judges nothing.
#include "tests/campaigns/server/server_model.hpp"
#include "tests/campaigns/server/terminal.hpp"
#include "tests/doubles/argument.hpp"
#include "tests/doubles/sealed.hpp"
#include "tests/doubles/submissions.hpp"
#include "tests/doubles/tls_server.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using Steady = std::chrono::steady_clock;

constexpr const char* fhir_json = "application/fhir+json";

double seconds_since(Steady::time_point begin) { return std::chrono::duration<double>(Steady::now() - begin).count(); }

/// Three central systems at one port, told apart by their paths: for us, and for each of the bare loops.
class Central {
public:
    Central(const campaign::Faces& faces, const forms::Clock& clock)
        : ours(clock), fresh(clock), kept(clock), server({faces.good}, [this](tests::TlsLine& line) {
              while (const auto asked = line.read())
                  if (!line.write(answer(*asked))) return;
          }) {}

    campaign::ServerModel ours, fresh, kept;
    std::vector<std::string> bodies; ///< as the sender wrote them; read while nothing is on its way

private:
    std::string answer(const tests::Asked& asked) {
        const bool ours_asked = asked.target.starts_with("/fhir");
        if (asked.method == "POST") {
            if (ours_asked) bodies.push_back(asked.body);
            campaign::ServerModel& model = ours_asked ? ours : asked.target == "/fresh" ? fresh : kept;
            return bytes_of(model.transaction(asked.body), asked.target == "/kept");
        }
        return bytes_of(ours.other(asked.method, asked.target, asked.body), false);
    }
    static std::string bytes_of(const campaign::ServerModel::Answer& answer, bool keeps) {
        std::string bytes = tests::http_answer(answer.status, answer.body, fhir_json);
        constexpr std::string_view close = "Connection: close\r\n";
        if (const auto at = bytes.find(close); keeps && at != std::string::npos) bytes.erase(at, close.size());
        return bytes;
    }

public:
    tests::TlsServer server; ///< last: its threads end before what they use
};

std::size_t swallow(char*, std::size_t one, std::size_t count, void*) { return one * count; }

/// The least that libcurl can do for the same bytes over the same TLS.
class Bare {
public:
    Bare(std::string url, const std::string& ca_file, bool keeps_connection)
        : url_(std::move(url)), curl_(curl_easy_init()) {
        if (curl_ == nullptr) std::abort();
        headers_ = curl_slist_append(nullptr, "Content-Type: application/fhir+json");
        headers_ = curl_slist_append(headers_, "Expect:");
        curl_easy_setopt(curl_, CURLOPT_URL, url_.c_str());
        curl_easy_setopt(curl_, CURLOPT_CAINFO, ca_file.c_str());
        curl_easy_setopt(curl_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
        curl_easy_setopt(curl_, CURLOPT_HTTPHEADER, headers_);
        curl_easy_setopt(curl_, CURLOPT_WRITEFUNCTION, swallow);
        curl_easy_setopt(curl_, CURLOPT_SSL_SESSIONID_CACHE, 0L);
        curl_easy_setopt(curl_, CURLOPT_FORBID_REUSE, keeps_connection ? 0L : 1L);
    }
    ~Bare() {
        curl_slist_free_all(headers_);
        curl_easy_cleanup(curl_);
    }
    Bare(const Bare&) = delete;
    Bare& operator=(const Bare&) = delete;
    void post(const std::string& body) {
        curl_easy_setopt(curl_, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
        curl_easy_setopt(curl_, CURLOPT_POSTFIELDS, body.data());
        long status = 0;
        if (curl_easy_perform(curl_) != CURLE_OK ||
            curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status) != CURLE_OK || status != 200)
            std::abort();
    }

private:
    std::string url_;
    CURL* curl_;
    curl_slist* headers_ = nullptr;
};

} // namespace

int main(int argc, char** argv) {
    const int requests = tests::number_argument(argc, argv, 1, 400);
    if (requests <= 0 || std::signal(SIGPIPE, SIG_IGN) == SIG_ERR) {
        std::fprintf(stderr, "usage: drain_bench [REQUESTS]\n");
        return 2;
    }
    const campaign::Faces faces = campaign::make_faces();
    tests::SharedClock clock(std::chrono::system_clock::now());
    Central central(faces, clock);
    campaign::Terminal terminal(faces, central.server.port(), clock, net::Pauses{});
    const tests::Folder folder;
    const std::string ca_file = (folder.path() / "ca.pem").string();
    faces.ca.write(ca_file);
    const std::string base = "https://127.0.0.1:" + std::to_string(central.server.port());
    Bare fresh(base + "/fresh", ca_file, false), kept(base + "/kept", ca_file, true);

    double ours_s = 0, fresh_s = 0, kept_s = 0;
    std::size_t bytes = 0;
    // In turns of twenty: what else the machine does meets all alike.
    for (int i = 0; i < requests; i += 20) {
        for (int n = i; n < std::min(i + 20, requests); ++n)
            terminal.keep(tests::plain(&terminal.memory, tests::id_number(n)), {});
        central.bodies.clear();
        auto begin = Steady::now();
        while (terminal.step()) {
        }
        ours_s += seconds_since(begin);
        begin = Steady::now();
        for (const std::string& body : central.bodies)
            fresh.post(body);
        fresh_s += seconds_since(begin);
        begin = Steady::now();
        for (const std::string& body : central.bodies)
            kept.post(body);
        kept_s += seconds_since(begin);
        for (const std::string& body : central.bodies)
            bytes += body.size();
    }
    const auto there = static_cast<std::size_t>(requests);
    if (central.ours.count("Task") != there || central.fresh.count("Task") != there ||
        central.kept.count("Task") != there) {
        std::fprintf(stderr, "drain_bench: not every request has arrived, so nothing was measured\n");
        return 1;
    }
    std::printf(
        "drained: %.0f a second; bare libcurl loop on the same server (%zu bytes each, a connection each): %.0f a "
        "second; ratio %.2f\n",
        requests / ours_s, bytes / there, requests / fresh_s, fresh_s / ours_s);
    std::printf("the same loop on one connection that is kept: %.0f a second; ratio %.2f\n", requests / kept_s,
                kept_s / ours_s);
    return 0;
}
