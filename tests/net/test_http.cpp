// SPDX-License-Identifier: EUPL-1.2
// The line to the central server, before servers and clients that go away in mid-sentence.
#include "net/http/http_client.hpp"
#include "net/runtime/locked_memory.hpp"
#include "tests/doubles/folder.hpp"
#include "tests/doubles/shared_clock.hpp"
#include "tests/doubles/tls_server.hpp"

#include <doctest/doctest.h>

using namespace net;
using namespace std::chrono_literals;

TEST_CASE("http: who writes to a line that the other side has left goes on living") {
    tests::Folder folder;
    const tests::Identity ca = tests::issue(tests::authority_named("Authority"));
    ca.write(folder.path() / "ca.pem");
    std::atomic<bool> asked = false, left = false, noticed = false;
    tests::TlsServer server{{tests::issue({}, &ca)}, [&](tests::TlsLine& line) {
                                asked = line.read().has_value();
                                left.wait(false);
                                const std::string part(64 << 10, 'x');
                                for (int i = 0; i < 1000 && !noticed; ++i)
                                    noticed = !line.write(part);
                            }};
    tests::SharedClock clock{std::chrono::system_clock::now()};
    ClockFloor floor;
    LockedMemory memory;
    HttpSettings settings;
    settings.ca_file = (folder.path() / "ca.pem").string();
    HttpClient client(settings, clock, floor);
    HttpRequest request;
    request.url = "https://127.0.0.1:" + std::to_string(server.port()) + "/";
    std::stop_source enough;
    const std::jthread impatient([&] {
        while (!asked)
            std::this_thread::sleep_for(1ms);
        enough.request_stop();
    });
    CHECK(client.ask(request, &memory, enough.get_token()).end == HttpReply::End::Stopped);
    client.forget_connections();
    left = true;
    left.notify_all();
    for (int i = 0; i < 6000 && !noticed; ++i)
        std::this_thread::sleep_for(10ms);
    CHECK(noticed);
}
