// SPDX-License-Identifier: EUPL-1.2
// Tokens and signatures before a provider that checks everything: whose signature, over which bytes, for whom, when,
// and whether it has seen it before.
#include "forms/base/digest.hpp"
#include "net/central/access/channel.hpp"
#include "net/runtime/locked_memory.hpp"
#include "net/sandbox/jwt_check.hpp"
#include "tests/doubles/folder.hpp"
#include "tests/doubles/shared_clock.hpp"
#include "tests/doubles/tls_server.hpp"

#include <doctest/doctest.h>

#include <deque>
#include <set>

using namespace net;
using namespace std::chrono_literals;
using sandbox::Json;

namespace {

/// Refuses everything that is not exactly as agreed, and remembers why.
struct StrictProvider {
    tests::Folder folder;
    tests::Identity ca = tests::issue(tests::authority_named("Authority"));
    tests::Identity signer = rsa();
    tests::SharedClock clock{std::chrono::system_clock::now()};
    std::atomic<std::chrono::seconds> own_clock_off{0s}; ///< how far its clock is from ours
    std::mutex mutex;
    // guarded by mutex
    std::set<std::string> seen;
    std::vector<std::string> complaints;
    std::deque<tests::Asked> asked;
    std::deque<std::string> answers; ///< whole HTTP answers to say first; then it judges
    std::string demands = "modi";    ///< or "token"

    tests::TlsServer server{{tests::issue({}, &ca)}, [this](tests::TlsLine& line) { serve(line); }};
    SystemChance chance;
    ClockFloor floor;
    LockedMemory memory;

    static tests::Identity rsa() {
        tests::Wanted wanted;
        wanted.key = tests::Wanted::Key::Rsa2048;
        return tests::issue(wanted);
    }
    StrictProvider() {
        ca.write(folder.path() / "ca.pem");
        signer.write(folder.path() / "signer.pem", folder.path() / "signer.key");
        std::filesystem::permissions(folder.path() / "signer.key", std::filesystem::perms(0600));
    }
    std::string base() { return "https://127.0.0.1:" + std::to_string(server.port()) + "/fhir"; }
    ChannelSettings settings() {
        ChannelSettings s;
        s.base_url = base();
        s.http.ca_file = (folder.path() / "ca.pem").string();
        return s;
    }
    ModiSettings modi() {
        ModiSettings m;
        m.audience = "https://provider.example/intake/v1";
        m.issuer = "comune-di-prova";
        m.key_file = (folder.path() / "signer.key").string();
        m.certificate_file = (folder.path() / "signer.pem").string();
        m.user_id = "sportello";
        m.location_id = "terminale-1";
        m.assurance = "low";
        return m;
    }
    TokenSettings token() {
        return {"client", "", (folder.path() / "signer.key").string(), "k", JwsAlgorithm::RS384, {"system/*.cruds"}};
    }
    std::vector<std::string> said() {
        const std::lock_guard lock(mutex);
        return complaints;
    }
    std::size_t count(const std::string& target) {
        const std::lock_guard lock(mutex);
        return static_cast<std::size_t>(std::ranges::count(asked, target, &tests::Asked::target));
    }

    void serve(tests::TlsLine& line) {
        const auto request = line.read();
        if (!request) return;
        const std::lock_guard lock(mutex);
        asked.push_back(*request);
        if (!answers.empty()) {
            const std::string answer = answers.front();
            answers.pop_front();
            (void)line.write(answer);
            return;
        }
        const std::string why = judge(*request);
        if (!why.empty()) complaints.push_back(why);
        (void)line.write(tests::http_answer(why.empty() ? 200 : 400, "{}", "application/fhir+json"));
    }
    std::string judge(const tests::Asked& request) {
        const auto header = [&](const char* name) {
            const auto found = request.headers.find(name);
            return found == request.headers.end() ? std::string() : found->second;
        };
        std::string authorization = header("authorization");
        if (!authorization.starts_with("Bearer ")) return "no bearer";
        authorization.erase(0, 7);
        if (const auto why = judge_token(authorization, {}); !why.empty()) return "identity: " + why;
        if (const auto why = judge_token(header("agid-jwt-trackingevidence"),
                                         [](const Json& c) -> std::string {
                                             if (c.value("userID", "") != "sportello" ||
                                                 c.value("userLocation", "") != "terminale-1")
                                                 return "who";
                                             return c.value("LoA", "") == "low" ? "" : "LoA";
                                         });
            !why.empty())
            return "evidence: " + why;
        if (request.method == "GET") return "";
        const std::string digest = "SHA-256=" + forms::base64(forms::sha256(request.body));
        if (header("digest") != digest) return "the digest is not of the bytes that came";
        const std::string type = header("content-type");
        const auto why = judge_token(header("agid-jwt-signature"), [&](const Json& c) -> std::string {
            const Json* covered = sandbox::member_of(c, "signed_headers");
            if (covered == nullptr || *covered != Json::array({{{"digest", digest}}, {{"content-type", type}}}))
                return "signed_headers";
            return "";
        });
        return why.empty() ? "" : "signature: " + why;
    }
    std::string judge_token(const std::string& text, const std::function<std::string(const Json&)>& more) {
        constexpr std::array<std::string_view, 1> algorithms = {"RS256"};
        const auto token = sandbox::check_token(text, sandbox::read_public_key(signer.certificate_pem()), algorithms);
        if (!token) return "not signed by whom we know";
        if (token->header.value("typ", "") != "JWT" || !token->header.contains("x5c")) return "header";
        const Json& c = token->claims;
        if (c.value("aud", "") != "https://provider.example/intake/v1") return "audience";
        if (c.value("iss", "") != "comune-di-prova" || c.value("sub", "") != "comune-di-prova") return "issuer";
        const auto now = std::chrono::duration_cast<std::chrono::seconds>(
                             (clock.wall_time() + own_clock_off.load()).time_since_epoch())
                             .count();
        if (c.value("nbf", 0L) > now + 5 || c.value("iat", 0L) > now + 5) return "from the future";
        if (c.value("exp", 0L) < now - 5 || c.value("exp", 0L) > now + 600) return "run out";
        if (!seen.insert(c.value("jti", "")).second) return "seen before";
        return more ? more(c) : "";
    }
};

HttpReply ask(StrictProvider& p, Channel& channel, HttpRequest::Method method, std::string_view body = {}) {
    HttpRequest request{method, p.base(), body, body.empty() ? "" : "application/fhir+json", {}};
    return channel.ask(request, &p.memory, {});
}

std::string token_answer(const std::string& text, int seconds) {
    return tests::http_answer(
        200, R"({"access_token":")" + text + R"(","token_type":"Bearer","expires_in":)" + std::to_string(seconds) + "}",
        "application/json");
}
std::string fine_answer() { return tests::http_answer(200, "{}", "application/fhir+json"); }
std::string endpoint_answer(const std::string& url) {
    return tests::http_answer(200, R"({"token_endpoint":")" + url + R"("})", "application/json");
}

} // namespace

TEST_CASE("modi: a strict provider takes what we sign, request after request, with nothing used twice") {
    StrictProvider p;
    auto settings = p.settings();
    settings.modi = p.modi();
    Channel channel(settings, p.clock, p.floor, p.chance, &p.memory);
    for (int i = 0; i < 3; ++i)
        CHECK(ask(p, channel, HttpRequest::Method::Post, R"({"testo": "Ciao mondo"})").status == 200);
    CHECK(ask(p, channel, HttpRequest::Method::Put, R"({"altro": true})").status == 200);
    CHECK(ask(p, channel, HttpRequest::Method::Get).status == 200);
    CHECK(p.said() == std::vector<std::string>{});
    CHECK(p.seen.size() == 4 * 3 + 2);
}

TEST_CASE("modi: the digest is the one of the published example's bytes") {
    CHECK(digest_header_value(R"({"testo": "Ciao mondo"})") == "SHA-256=hPq3xjgxGMr98LL2/lP2Y66DVCTcXdwL+YpNQD/gmvk=");
}

TEST_CASE(
    "modi: a provider that knows another key, audience or time refuses, and the switch off sends nothing signed") {
    StrictProvider p;
    const auto why = [&](ModiSettings modi) {
        auto settings = p.settings();
        settings.modi = std::move(modi);
        Channel channel(settings, p.clock, p.floor, p.chance, &p.memory);
        CHECK(ask(p, channel, HttpRequest::Method::Post, "{}").status == 400);
        return p.said().back();
    };
    auto modi = p.modi();
    modi.audience = "https://other.example";
    CHECK(why(modi) == "identity: audience");
    modi = p.modi();
    StrictProvider::rsa().write(p.folder.path() / "other.pem", p.folder.path() / "other.key");
    std::filesystem::permissions(p.folder.path() / "other.key", std::filesystem::perms(0600));
    modi.key_file = (p.folder.path() / "other.key").string();
    CHECK(why(modi) == "identity: not signed by whom we know");
    modi = p.modi();
    modi.location_id = "another terminal";
    CHECK(why(modi) == "evidence: who");
    p.own_clock_off = -10min;
    CHECK(why(p.modi()) == "identity: from the future");
    p.own_clock_off = 10min;
    CHECK(why(p.modi()) == "identity: run out");
    Channel plain(p.settings(), p.clock, p.floor, p.chance, &p.memory);
    CHECK(ask(p, plain, HttpRequest::Method::Post, "{}").status == 400);
    CHECK(p.said().back() == "no bearer");
}

TEST_CASE("modi: this provider would notice a changed byte and a token used twice") {
    StrictProvider p;
    ModiSigner signer(p.modi(), p.clock, p.chance);
    HttpRequest request{HttpRequest::Method::Post, p.base(), "{}", "application/fhir+json", {}};
    const auto headers = signer.headers_for(request, true);
    REQUIRE(headers);
    HttpClient client(p.settings().http, p.clock, p.floor);
    request.headers = *headers;
    CHECK(client.ask(request, &p.memory, {}).status == 200);
    CHECK(client.ask(request, &p.memory, {}).status == 400);
    CHECK(p.said().back() == "identity: seen before");
    const auto fresh = signer.headers_for(request, true);
    request.headers = *fresh;
    request.body = "{ }";
    CHECK(client.ask(request, &p.memory, {}).status == 400);
    CHECK(p.said().back() == "the digest is not of the bytes that came");
}

TEST_CASE("modi: without a usable key, audience or issuer nothing is sent") {
    StrictProvider p;
    const auto end = [&](ModiSettings modi) {
        auto settings = p.settings();
        settings.modi = std::move(modi);
        Channel channel(settings, p.clock, p.floor, p.chance, &p.memory);
        return ask(p, channel, HttpRequest::Method::Post, "{}").end;
    };
    auto modi = p.modi();
    modi.audience.clear();
    CHECK(end(modi) == HttpReply::End::BadSettings);
    modi = p.modi();
    modi.key_file = "/none";
    CHECK(end(modi) == HttpReply::End::BadSettings);
    modi = p.modi();
    modi.algorithm = JwsAlgorithm::ES256; // and the key is RSA
    CHECK(end(modi) == HttpReply::End::BadSettings);
    std::filesystem::permissions(p.folder.path() / "signer.key", std::filesystem::perms(0644));
    CHECK(end(p.modi()) == HttpReply::End::BadSettings);
    CHECK(p.server.bytes() == 0);
}

TEST_CASE("token: it is asked for once, used until shortly before its end, and then another is got") {
    StrictProvider p;
    auto settings = p.settings();
    settings.token = p.token();
    Channel channel(settings, p.clock, p.floor, p.chance, &p.memory);
    const std::string url = p.base() + "/token";
    p.answers = {endpoint_answer(url), token_answer("one", 300), fine_answer(),
                 fine_answer(),        token_answer("two", 300), fine_answer()};
    CHECK(ask(p, channel, HttpRequest::Method::Get).status == 200);
    CHECK(ask(p, channel, HttpRequest::Method::Get).status == 200);
    CHECK(p.asked.back().headers["authorization"] == "Bearer one");
    p.clock.forward(250s);
    CHECK(ask(p, channel, HttpRequest::Method::Get).status == 200);
    CHECK(p.asked.back().headers["authorization"] == "Bearer two");
    CHECK(p.count("/fhir/token") == 2);
    CHECK(p.count("/fhir/.well-known/smart-configuration") == 1);
}

TEST_CASE("token: after a 401 it is renewed once, and a second 401 is the answer") {
    StrictProvider p;
    auto settings = p.settings();
    settings.token = p.token();
    settings.token->token_url = p.base() + "/token";
    Channel channel(settings, p.clock, p.floor, p.chance, &p.memory);
    const std::string no = tests::http_answer(401, "");
    p.answers = {token_answer("one", 300), no, token_answer("two", 300), fine_answer()};
    CHECK(ask(p, channel, HttpRequest::Method::Post, "{}").status == 200);
    CHECK(p.asked.back().headers["authorization"] == "Bearer two");
    p.answers = {no, token_answer("three", 300), no};
    CHECK(ask(p, channel, HttpRequest::Method::Post, "{}").status == 401);
    CHECK(p.answers.empty());
    CHECK(p.count("/fhir/token") == 3);
}

TEST_CASE("token: while there is none, nothing of the request leaves, and the reply says so") {
    using End = HttpReply::End;
    StrictProvider p;
    auto settings = p.settings();
    settings.token = p.token();
    Channel channel(settings, p.clock, p.floor, p.chance, &p.memory);
    const auto with = [&](std::deque<std::string> answers) {
        p.answers = std::move(answers);
        channel.forget_connections();
        const auto before = p.count("/fhir");
        auto reply = ask(p, channel, HttpRequest::Method::Post, "{}");
        CHECK(p.count("/fhir") == before);
        return reply;
    };
    const std::string endpoint = endpoint_answer(p.base() + "/token");
    CHECK(with({tests::http_answer(500, "")}).end == End::NoConnection);
    CHECK(with({tests::http_answer(404, "")}).status == 401);
    CHECK(with({endpoint_answer("https://elsewhere.example/token")}).status == 401);
    CHECK(with({endpoint_answer("http://127.0.0.1/token")}).status == 401);
    CHECK(with({endpoint, tests::http_answer(400, R"({"error":"invalid_client"})")}).status == 401);
    CHECK(with({endpoint, tests::http_answer(502, "")}).end == End::NoConnection);
    CHECK(with({endpoint, "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"}).end == End::NoConnection);
    CHECK(with({endpoint, tests::http_answer(200, "<html>")}).status == 401);
    const auto busy = with({endpoint, tests::http_answer(503, "", "", "Retry-After: 7\r\n")});
    CHECK(busy.status == 429);
    CHECK(busy.retry_after == 7s);
    CHECK(with({tests::http_answer(307, "", "", "Location: https://elsewhere.example/\r\n")}).status == 401);
}

TEST_CASE("token: only a bearer token that fits a header and says how long it counts is one") {
    const auto read = [](std::string_view body) { return read_token(body, std::pmr::get_default_resource()); };
    CHECK(read(R"({"access_token":"a.b-c","token_type":"bearer","expires_in":60})")->lifetime == 60s);
    CHECK(read(R"({"access_token":"a","token_type":"BEARER"})")->lifetime == 60s);
    CHECK(read(R"({"access_token":"a","token_type":"Bearer","expires_in":999999999})")->lifetime == 24h);
    CHECK_FALSE(read(R"({"access_token":"a","token_type":"DPoP","expires_in":60})"));
    CHECK_FALSE(read(R"({"access_token":"a b","token_type":"bearer"})"));
    CHECK_FALSE(read(R"({"access_token":"a\r\nX: y","token_type":"bearer"})"));
    CHECK_FALSE(read(R"({"access_token":"","token_type":"bearer"})"));
    CHECK_FALSE(read(R"({"access_token":1,"token_type":"bearer"})"));
    CHECK_FALSE(read(R"({"access_token":"a","access_token":"b","token_type":"bearer"})"));
    CHECK_FALSE(read(R"({"access_token":"a","token_type":"bearer","expires_in":-1})"));
    CHECK_FALSE(read(R"({"access_token":"a","token_type":"bearer","expires_in":"60"})"));
    CHECK_FALSE(read("[]"));
    const std::string long_one(9000, 'a');
    CHECK_FALSE(read(R"({"access_token":")" + long_one + R"(","token_type":"bearer"})"));
}

TEST_CASE("token: an endpoint is taken from the configured host alone") {
    const std::string_view own = "https://central.example:8443";
    CHECK(read_token_endpoint(R"({"token_endpoint":"https://central.example:8443/token"})", own));
    for (const char* other : {"https://central.example/token", "https://central.example:8443.evil.example/token",
                              "https://central.example:8443@evil.example/", "http://central.example:8443/token",
                              "https://central.example:84430/token", "/token", ""})
        CHECK_FALSE(read_token_endpoint(R"({"token_endpoint":")" + std::string(other) + R"("})", own));
}
