// SPDX-License-Identifier: EUPL-1.2
// The real program, over real HTTPS, with its certificate checked.
#include "net/sandbox/certificate.hpp"
#include "tests/net/sandbox/central.hpp"
#include "tests/net/sandbox/program.hpp"

#include <doctest/doctest.h>
#include <httplib.h>

#include <sys/stat.h>
#include <thread>
#include <vector>

using namespace tests;

namespace {

/// A running sandbox and somebody who talks to it.
struct Running {
    explicit Running(const Folder& folder, std::vector<std::string> more = {})
        : program(arguments(folder, std::move(more))) {
        REQUIRE_FALSE(program.ready().empty());
        ready = Json::parse(program.ready());
        const std::string base = ready["base"];
        port = std::stoi(base.substr(base.rfind(':') + 1));
    }
    static std::vector<std::string> arguments(const Folder& folder, std::vector<std::string> more) {
        more.insert(more.begin(), {"--state", (folder.path() / "state").string()});
        return more;
    }
    [[nodiscard]] std::unique_ptr<httplib::SSLClient> client() const {
        auto made = std::make_unique<httplib::SSLClient>("127.0.0.1", port);
        made->set_ca_cert_path(ready["ca"].get<std::string>().c_str());
        made->enable_server_certificate_verification(true);
        made->set_read_timeout(std::chrono::seconds(120));
        return made;
    }
    [[nodiscard]] httplib::Result post(const std::string& path, const std::string& body) const {
        return client()->Post(path, body, "application/fhir+json");
    }
    [[nodiscard]] Json get(const std::string& path) const {
        auto result = client()->Get(path);
        REQUIRE(result);
        return Json::parse(result->body);
    }

    Program program;
    Json ready;
    int port = 0;
};

std::string answered(const httplib::Result& result) {
    REQUIRE(result);
    return statuses({.status = result->status, .body = result->body});
}

constexpr const char* all_new = "201 201 201 201 201 201 201";
constexpr const char* all_there = "200 200 200 200 200 200 200";

} // namespace

TEST_CASE("program: it says when it is ready, answers with its own certificate, and stops when asked") {
    Folder folder;
    Running sandbox(folder);
    CHECK(sandbox.ready["ready"] == true);
    CHECK(sandbox.ready["page"] == "https://127.0.0.1:" + std::to_string(sandbox.port) + "/");
    CHECK(sandbox.get("/fhir/metadata")["resourceType"] == "CapabilityStatement");
    CHECK(sandbox.client()->Get("/")->body.find("<h1>Richieste arrivate</h1>") != std::string::npos);
    // An open connection that says nothing does not hold it up.
    auto idle = sandbox.client();
    idle->set_keep_alive(true);
    REQUIRE(idle->Get("/fhir/metadata"));
    const auto begun = std::chrono::steady_clock::now();
    CHECK(sandbox.program.stop() == 0);
    CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(20));
}

TEST_CASE("program: a client that trusts somebody else is not served") {
    Folder folder;
    Running sandbox(folder);
    const auto other = net::sandbox::ensure_certificate(folder.path(), std::chrono::system_clock::now());
    REQUIRE(other.ok());
    httplib::SSLClient stranger("127.0.0.1", sandbox.port);
    stranger.set_ca_cert_path(other.value().authority.c_str());
    stranger.enable_server_certificate_verification(true);
    CHECK(stranger.Get("/fhir/metadata").error() == httplib::Error::SSLServerVerification);
    auto by_other_name = sandbox.client();
    by_other_name->set_default_headers({{"Host", "evil.example"}});
    CHECK(by_other_name->Get("/fhir/metadata")->status == 421);
}

TEST_CASE("program: eight identical transactions at the same moment make one") {
    Folder folder;
    Running sandbox(folder);
    const std::string bundle = request_bundle("r-1").dump();
    std::vector<int> done(8);
    std::vector<std::thread> senders;
    for (std::size_t i = 0; i < done.size(); ++i)
        senders.emplace_back([&, i] {
            const auto result = sandbox.post("/fhir", bundle);
            done[i] = result ? result->status : -1;
        });
    for (std::thread& sender : senders)
        sender.join();
    for (const int status : done)
        CHECK(status == 200);
    for (const char* type :
         {"Binary", "RelatedPerson", "QuestionnaireResponse", "Task", "DocumentReference", "Consent", "Provenance"}) {
        CAPTURE(type);
        CHECK(sandbox.get(std::string("/fhir/") + type + "?_summary=count")["total"] == 1);
    }
}

TEST_CASE("program: after a stop, and after a kill, everything is there on the same port") {
    Folder folder;
    int port = 0;
    {
        Running sandbox(folder);
        port = sandbox.port;
        CHECK(answered(sandbox.post("/fhir", request_bundle("r-1").dump())) == all_new);
        CHECK(sandbox.program.stop() == 0);
    }
    {
        Running sandbox(folder);
        CHECK(sandbox.port == port);
        CHECK(answered(sandbox.post("/fhir", request_bundle("r-1").dump())) == all_there);
        CHECK(answered(sandbox.post("/fhir", request_bundle("r-2").dump())) == all_new);
        sandbox.program.kill();
    }
    Running sandbox(folder, {"--port", std::to_string(port)});
    CHECK(sandbox.port == port);
    CHECK(answered(sandbox.post("/fhir", request_bundle("r-2").dump())) == all_there);
    CHECK(sandbox.get("/fhir/Task?_summary=count")["total"] == 2);
}

TEST_CASE("program: a second one on the same state folder, and wrong usage, end with their codes") {
    Folder folder;
    Running sandbox(folder);
    Program second(Running::arguments(folder, {}));
    CHECK(second.ready().empty());
    CHECK(second.wait() == 1);
    Program wrong({"--nonsense"});
    CHECK(wrong.wait() == 2);
    Folder other;
    Program taken(Running::arguments(other, {"--port", std::to_string(sandbox.port)}));
    CHECK(taken.wait() == 1);
}

TEST_CASE("program: a published form is offered once, however often it is published") {
    Folder folder;
    const std::string form =
        folder
            .write("form.json",
                   R"({"resourceType":"Questionnaire","status":"active","version":"1","title":"Primo accesso",
        "url":"https://sportello.example.org/fhir/Questionnaire/primo-accesso"})")
            .string();
    for (int i = 0; i < 2; ++i) {
        Running sandbox(folder, {"--publish", form});
        const Json found = sandbox.get("/fhir/"
                                       "Questionnaire?url=https%3A%2F%2Fsportello.example.org%2Ffhir%2FQuestionnaire%"
                                       "2Fprimo-accesso&status=active");
        REQUIRE(found["total"] == 1);
        CHECK(found["entry"][0]["resource"]["meta"]["versionId"] == "1");
    }
    const std::string broken =
        folder.write("broken.json", R"({"resourceType":"Questionnaire","url":"urn:x"})").string();
    for (const std::string& file : {broken, (folder.path() / "nowhere.json").string()}) {
        Program refused(Running::arguments(folder, {"--publish", file}));
        CHECK(refused.wait() == 1);
    }
}

TEST_CASE("program: key and database are nobody else's, and a certificate that is nearly over is replaced") {
    Folder folder;
    Running sandbox(folder);
    const auto mode = [&](const char* name) {
        struct stat found {};
        REQUIRE(::stat((folder.path() / "state" / name).c_str(), &found) == 0);
        return found.st_mode & 0777U;
    };
    CHECK(mode("server.key") == 0600);
    CHECK(mode("central.db") == 0600);
    CHECK(mode(".") == 0700);

    const auto read = [&](const net::sandbox::CertificateFiles& files) {
        std::ifstream file(files.chain);
        return std::string(std::istreambuf_iterator<char>(file), {});
    };
    const auto now = std::chrono::system_clock::now();
    const auto files = net::sandbox::ensure_certificate(folder.path(), now);
    REQUIRE(files.ok());
    const std::string first = read(files.value());
    REQUIRE(net::sandbox::ensure_certificate(folder.path(), now + std::chrono::hours(24 * 300)).ok());
    CHECK(read(files.value()) == first);
    REQUIRE(net::sandbox::ensure_certificate(folder.path(), now + std::chrono::hours(24 * 380)).ok());
    CHECK(read(files.value()) != first);
    const std::string second = read(files.value());
    REQUIRE(net::sandbox::ensure_certificate(folder.path(), now - std::chrono::hours(24 * 380))
                .ok()); // a clock that was wrong
    CHECK(read(files.value()) != second);
}

TEST_CASE("program: it misbehaves as ordered, and only when that is allowed") {
    Folder folder;
    Running sandbox(folder, {"--allow-faults"});
    const std::string bundle = request_bundle("r-1").dump();
    const auto order = [&](const char* fault) { REQUIRE(sandbox.post("/_sandbox/fault", fault)->status == 204); };
    const auto tasks = [&] { return sandbox.get("/fhir/Task?_summary=count")["total"].get<int>(); };

    order(R"({"count":2,"status":503,"retryAfter":7})");
    for (int i = 0; i < 2; ++i) {
        const auto busy = sandbox.post("/fhir", bundle);
        REQUIRE(busy);
        CHECK(busy->status == 503);
        CHECK(busy->get_header_value("Retry-After") == "7");
    }
    CHECK(tasks() == 0);
    order(R"({"html":true})");
    CHECK(sandbox.post("/fhir", bundle)->get_header_value("Content-Type").starts_with("text/html"));
    CHECK(tasks() == 0);
    order(R"({"drop":"before"})");
    CHECK_FALSE(sandbox.post("/fhir", bundle));
    CHECK(tasks() == 0);
    order(R"({"drop":"after"})");
    CHECK_FALSE(sandbox.post("/fhir", bundle));
    CHECK(tasks() == 1);
    CHECK(answered(sandbox.post("/fhir", bundle)) == all_there);
    order(R"({"cut":40})");
    CHECK_FALSE(sandbox.post("/fhir", request_bundle("r-2").dump()));
    CHECK(tasks() == 2);
    order(R"({"delayMs":600})");
    const auto begun = std::chrono::steady_clock::now();
    CHECK(tasks() == 2);
    CHECK(std::chrono::steady_clock::now() - begun >= std::chrono::milliseconds(600));
    order(R"({"status":503,"only":"PUT Binary"})");
    CHECK(sandbox.post("/fhir", bundle)->status == 200);
    CHECK(tasks() == 2);
    CHECK(sandbox.client()->Put("/fhir/Binary/a", "{}", "application/fhir+json")->status == 503);
    order(R"({"status":503,"only":"POST"})");
    CHECK(tasks() == 2);
    CHECK(sandbox.post("/fhir", bundle)->status == 503);
    CHECK(sandbox.post("/_sandbox/fault", "nonsense")->status == 400);
    CHECK(sandbox.get("/_sandbox/seen")["writes"] == 10);
    CHECK(sandbox.get("/_sandbox/seen")["mishandled"] == 9);
    CHECK(sandbox.post("/_sandbox/reset", "")->status == 204);
    CHECK(tasks() == 0);
    // A long wait that was ordered does not hold up the end.
    order(R"({"delayMs":60000})");
    std::thread waiting([&] { static_cast<void>(sandbox.client()->Get("/fhir/metadata")); });
    while (sandbox.get("/_sandbox/seen")["reads"] < 2)
        std::this_thread::yield();
    const auto asked = std::chrono::steady_clock::now();
    CHECK(sandbox.program.stop() == 0);
    CHECK(std::chrono::steady_clock::now() - asked < std::chrono::seconds(30));
    waiting.join();

    Folder other;
    Running strict(other);
    CHECK(strict.post("/_sandbox/fault", R"({"status":503})")->status == 404);
    CHECK(strict.post("/_sandbox/reset", "")->status == 404);
}

TEST_CASE("program: what is too large, too long, or packed is refused without harm") {
    Folder folder;
    Running sandbox(folder);
    auto client = sandbox.client();
    const auto endless = client->Get("/fhir/Task?identifier=" + std::string(3000, 'x'));
    REQUIRE(endless);
    CHECK(endless->status == 414);
    const std::string packed("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x8b\xae\x05\x00\x7c\x01\x8f\x9f\x02\x00\x00\x00",
                             22);
    const auto refused =
        sandbox.client()->Post("/fhir", {{"Content-Encoding", "gzip"}}, packed, "application/fhir+json");
    REQUIRE(refused);
    CHECK(refused->status == 415);
    const auto parts = sandbox.client()->Post("/fhir", httplib::MultipartFormDataItems{{"a", "b", "", ""}});
    CHECK((!parts || parts->status == 415));
    const auto large = sandbox.client()->Post("/fhir", std::string(97UL * 1024 * 1024, ' '), "application/fhir+json");
    CHECK((!large || large->status == 413));
    CHECK(sandbox.get("/fhir/metadata")["resourceType"] == "CapabilityStatement");
}
