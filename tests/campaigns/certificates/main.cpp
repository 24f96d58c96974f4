// SPDX-License-Identifier: EUPL-1.2
// Wrong certificates, one after another, before the program's own HTTPS client with a request in its hand: the server
// counts how many bytes of it came. Nought, or the case has failed. The right ones go first and last, so that it is
// known that the server can count.
#include "net/http/http_client.hpp"
#include "tests/doubles/folder.hpp"
#include "tests/doubles/shared_clock.hpp"
#include "tests/doubles/tls_server.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace std::chrono_literals;
using net::HttpReply;
using tests::Identity;
using tests::issue;
using tests::TlsFace;
using tests::Wanted;
using End = net::HttpReply::End;

/// One meeting: what the server shows, and what the terminal is told to expect.
struct Case {
    std::string name;
    TlsFace face;
    std::string host = "127.0.0.1";
    Identity trusted;                  ///< the authority in the terminal's own file
    std::vector<End> ends;             ///< how it may end
    std::vector<std::string> pins{};   ///< in the terminal's configuration
    std::optional<Identity> client{};  ///< the terminal's own certificate
    std::chrono::seconds clock_off{0}; ///< how wrong the terminal's clock is
    std::chrono::seconds floor{0};     ///< a trusted server has said this time already, counted from now; 0: none has
    std::string address{};             ///< instead of https://host:port/fhir
    std::optional<std::string> ca_text{};
};

class Campaign {
public:
    Campaign() : body_(100'000, 'x') {
        good_ = issue(server(), &ca_);
        std::vector<Case> right = right_ones();
        for (Case& one : right)
            meet(std::move(one), true);
        for (Case& one : wrong_ones())
            meet(std::move(one), false);
        swapped_in_mid_run();
        for (Case& one : right_ones())
            meet(std::move(one), true);
        surroundings_got_nothing();
    }

    [[nodiscard]] int result() const {
        std::printf("certificates: %d wrong ones, %d right ones, %zu body bytes to wrong ones, %d failed\n", wrong_,
                    right_, leaked_, failed_);
        return failed_ == 0 && wrong_ >= 30 && leaked_ == 0 ? 0 : 1;
    }

private:
    static Wanted server(const std::string& names = "IP:127.0.0.1") {
        Wanted wanted;
        wanted.alt_names = names;
        return wanted;
    }

    HttpReply ask(const Case& c, int port) {
        const auto file = folder_.path() / "ca.pem";
        if (c.ca_text)
            folder_.write("ca.pem", *c.ca_text);
        else
            c.trusted.write(file);
        net::HttpSettings settings;
        settings.ca_file = file.string();
        settings.pins = c.pins;
        settings.connect_limit = 20s;
        if (c.client) {
            c.client->write(folder_.path() / "client.pem", folder_.path() / "client.key");
            settings.client_certificate_file = (folder_.path() / "client.pem").string();
            settings.client_key_file = (folder_.path() / "client.key").string();
        }
        tests::SharedClock clock(std::chrono::system_clock::now());
        clock.set_wrong_by(c.clock_off);
        net::ClockFloor floor;
        if (c.floor != 0s) {
            const auto said = clock.wall_time() - c.clock_off + c.floor;
            floor.saw(std::chrono::floor<std::chrono::seconds>(said), said);
        }
        net::HttpClient client(settings, clock, floor);
        net::HttpRequest request{net::HttpRequest::Method::Post,
                                 !c.address.empty() ? c.address + std::to_string(port) + "/fhir"
                                                    : "https://" + c.host + ":" + std::to_string(port) + "/fhir",
                                 body_,
                                 "application/fhir+json",
                                 {}};
        return client.ask(request, std::pmr::get_default_resource(), {});
    }

    void meet(Case c, bool right) {
        const bool tls = c.face.speaks_tls;
        tests::TlsServer there(std::move(c.face), [](tests::TlsLine& line) {
            if (line.ssl == nullptr) {
                (void)line.read(1); // whatever it is, it was not asked for
                (void)line.write(tests::http_answer(400, "", ""));
            } else if (line.read())
                (void)line.write(tests::http_answer(200, "{}", "application/fhir+json"));
        });
        const auto reply = ask(c, there.port());
        // Without TLS the bytes that came are those of a handshake that found no partner.
        const std::size_t bytes = tls ? there.bytes() : 0, of_body = there.body_bytes();
        judge(c.name, right, reply.end, c.ends, bytes, of_body);
    }

    void judge(const std::string& name, bool right, End end, const std::vector<End>& ends, std::size_t bytes,
               std::size_t of_body) {
        bool fine = false;
        if (right) {
            ++right_;
            fine = end == End::Answered && of_body == body_.size();
        } else {
            ++wrong_;
            leaked_ += of_body;
            fine = bytes == 0 && of_body == 0;
            bool expected = false;
            for (const End one : ends)
                expected = expected || end == one;
            fine = fine && expected;
        }
        if (!fine) ++failed_;
        std::printf("%-6s %-74s %zu body bytes, end %d\n", fine ? "ok" : "FAILED", name.c_str(), of_body,
                    static_cast<int>(end));
    }

    std::vector<Case> right_ones() {
        std::vector<Case> list;
        const auto add = [&](std::string name, TlsFace face, std::string host = "127.0.0.1") -> Case& {
            Case made;
            made.name = "right: " + std::move(name);
            made.face = std::move(face);
            made.host = std::move(host);
            made.trusted = ca_;
            list.push_back(std::move(made));
            return list.back();
        };
        add("our authority, our address", {good_});
        add("with its pin", {good_}).pins = {good_.pin()};
        add("with the backup's pin", {good_}).pins = {issue(server()).pin(), good_.pin()};
        add("TLS 1.2 only", {.leaf = good_, .highest = 0x0303});
        Wanted rsa = server();
        rsa.key = Wanted::Key::Rsa2048;
        add("RSA of 2048 bits", {issue(rsa, &ca_)});
        add("a name", {issue(server("DNS:central.localhost"), &ca_)}, "central.localhost");
        add("a wildcard as a whole first label", {issue(server("DNS:*.unit.localhost"), &ca_)}, "a.unit.localhost");
        const Identity between = issue(tests::authority_named("Between"), &ca_);
        add("an intermediate authority that is sent along", {.leaf = issue(server(), &between), .chain = {between}});
        Wanted bound = tests::authority_named("Bound");
        bound.name_constraints = "critical,permitted;DNS:unit.localhost";
        const Identity unit = issue(bound, &ca_);
        add("an authority bound to the name's domain",
            {.leaf = issue(server("DNS:a.unit.localhost"), &unit), .chain = {unit}}, "a.unit.localhost");
        Wanted terminal = server("");
        terminal.subject = "Test terminal";
        add("asks who we are, and knows us", {.leaf = good_, .clients_of = ca_}).client = issue(terminal, &ca_);
        return list;
    }

    std::vector<Case> wrong_ones() {
        std::vector<Case> list;
        const std::vector<End> not_trusted = {End::NotTrusted};
        const auto add = [&](std::string name, TlsFace face, std::string host = "127.0.0.1") -> Case& {
            Case made;
            made.name = std::move(name);
            made.face = std::move(face);
            made.host = std::move(host);
            made.trusted = ca_;
            made.ends = not_trusted;
            list.push_back(std::move(made));
            return list.back();
        };
        const auto changed = [&](auto change) {
            Wanted wanted = server();
            change(wanted);
            return issue(wanted, &ca_);
        };
        // Time
        add("expired yesterday", {changed([](Wanted& w) { w.from = -240h, w.to = -24h; })});
        add("expired a minute ago", {changed([](Wanted& w) { w.to = -60s; })});
        add("not valid before tomorrow", {changed([](Wanted& w) { w.from = 24h; })});
        Wanted old = tests::authority_named("Old authority");
        old.from = -480h;
        old.to = -24h;
        const Identity old_ca = issue(old);
        add("its authority has expired", {issue(server(), &old_ca)}).trusted = old_ca;
        Case& lapsed = add("good today, but our clock says it will have expired", {good_});
        lapsed.clock_off = 24h * 60;
        Case& reset = add("our clock stands in 1970", {good_});
        reset.clock_off =
            -std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch());
        reset.ends = {End::ClockWrong};
        Case& behind = add("expired, but our clock stands before the date a server has said",
                           {changed([](Wanted& w) { w.to = -60s; })});
        behind.clock_off = -2h;
        behind.floor = -1s;
        behind.ends = {End::ClockWrong};
        // Authority
        const Identity stranger = issue(tests::authority_named("Stranger"));
        add("a foreign authority", {issue(server(), &stranger)});
        const Identity namesake = issue(tests::authority_named("Our authority"));
        add("a foreign authority with our authority's name", {issue(server(), &namesake)});
        add("the foreign authority sent along", {.leaf = issue(server(), &stranger), .chain = {stranger}});
        add("vouches for itself", {issue(server())});
        Wanted self = server();
        self.subject = "Our authority";
        add("vouches for itself under our authority's name", {issue(self)});
        const Identity between = issue(tests::authority_named("Between"), &ca_);
        add("the intermediate authority is missing", {issue(server(), &between)});
        add("issued by another server's certificate", {.leaf = issue(server(), &good_), .chain = {good_}});
        Wanted last = tests::authority_named("Last");
        last.path_length = "0";
        const Identity last_ca = issue(last, &ca_);
        const Identity beyond = issue(tests::authority_named("Beyond"), &last_ca);
        add("beyond the length of path its authority allows",
            {.leaf = issue(server(), &beyond), .chain = {beyond, last_ca}});
        Wanted no_signing = tests::authority_named("May not sign");
        no_signing.key_usage = "critical,cRLSign";
        const Identity mute = issue(no_signing, &ca_);
        add("its authority may not sign certificates", {.leaf = issue(server(), &mute), .chain = {mute}});
        Wanted bound = tests::authority_named("Bound");
        bound.name_constraints = "critical,permitted;DNS:elsewhere.example";
        const Identity elsewhere = issue(bound, &ca_);
        add("its authority is bound to another domain",
            {.leaf = issue(server("DNS:central.localhost"), &elsewhere), .chain = {elsewhere}}, "central.localhost");
        add("changed after it was signed", {tests::with_changed_subject(good_)});
        // Name
        add("another host's name", {issue(server("DNS:other.localhost"), &ca_)}, "central.localhost");
        add("the address, where the name is called", {good_}, "central.localhost");
        add("the name, where the address is called", {issue(server("DNS:central.localhost"), &ca_)});
        add("the address written as a name", {issue(server("DNS:127.0.0.1"), &ca_)});
        Wanted common = server("");
        common.subject = "central.localhost";
        add("the name as common name only", {issue(common, &ca_)}, "central.localhost");
        add("a wildcard for two labels", {issue(server("DNS:*.unit.localhost"), &ca_)}, "a.b.unit.localhost");
        add("a wildcard for part of a label", {issue(server("DNS:cent*.unit.localhost"), &ca_)},
            "central.unit.localhost");
        add("a wildcard in the middle", {issue(server("DNS:central.*.localhost"), &ca_)}, "central.unit.localhost");
        add("a wildcard for a whole top-level domain", {issue(server("DNS:*.localhost"), &ca_)}, "central.localhost");
        add("a wildcard for everything", {issue(server("DNS:*"), &ca_)}, "localhost");
        add("our name followed by another domain", {issue(server("DNS:central.localhost.example.org"), &ca_)},
            "central.localhost");
        // Pins
        add("a wrong pin with the right authority", {good_}).pins = {issue(server()).pin()};
        add("the pin of the authority instead of the server's", {good_}).pins = {ca_.pin()};
        add("a renewed key that no pin knows (withdrawn ones are kept out so)", {issue(server(), &ca_)}).pins = {
            good_.pin(), issue(server()).pin()};
        // Use and strength
        add("for clients only", {changed([](Wanted& w) { w.extended_key_usage = "clientAuth"; })});
        add("with a critical extension that nobody knows", {changed([](Wanted& w) { w.unknown_critical = true; })});
        add("signed over SHA-1", {changed([](Wanted& w) { w.sha1 = true; })});
        add("an RSA key of 1024 bits", {changed([](Wanted& w) { w.key = Wanted::Key::Rsa1024; })});
        Wanted weak = tests::authority_named("Weak authority");
        weak.key = Wanted::Key::Rsa1024;
        const Identity weak_ca = issue(weak);
        add("its authority has an RSA key of 1024 bits", {issue(server(), &weak_ca)}).trusted = weak_ca;
        // Versions
        add("TLS 1.0 only", {.leaf = good_, .lowest = 0x0301, .highest = 0x0301});
        add("TLS 1.1 only", {.leaf = good_, .lowest = 0x0302, .highest = 0x0302});
        add("TLS 1.2 without any certificate", {.leaf = {}, .highest = 0x0303, .ciphers = "aNULL"});
        add("HTTP without TLS", {.leaf = {}, .speaks_tls = false}).ends = {End::NotTrusted, End::NoConnection};
        Case& plain = add("an address that begins with http://", {.leaf = {}, .speaks_tls = false});
        plain.address = "http://127.0.0.1:";
        plain.ends = {End::BadSettings};
        // Us. Where the server asks who we are, TLS 1.3 tells a client only afterwards that it was turned away.
        const std::vector<End> turned_away = {End::Lost, End::NotTrusted, End::NoConnection};
        add("asks who we are, and we show nothing", {.leaf = good_, .clients_of = ca_}).ends = turned_away;
        Case& foreign =
            add("asks who we are, and does not know who vouches for us", {.leaf = good_, .clients_of = ca_});
        foreign.client = issue(server(""), &stranger);
        foreign.ends = turned_away;
        Wanted lapsed_terminal = server("");
        lapsed_terminal.from = -240h;
        lapsed_terminal.to = -24h;
        Case& late = add("asks who we are, and our certificate has expired", {.leaf = good_, .clients_of = ca_});
        late.client = issue(lapsed_terminal, &ca_);
        late.ends = turned_away;
        // Our own files
        Case& empty = add("our file of authorities is empty", {good_});
        empty.ca_text = "";
        empty.ends = {End::BadSettings, End::NotTrusted};
        Case& nonsense = add("our file of authorities is no PEM", {good_});
        nonsense.ca_text = "nothing of the kind\n";
        nonsense.ends = {End::BadSettings, End::NotTrusted};
        return list;
    }

    /// The same client, the same server: a good answer first, then a foreign chain behind the same address.
    void swapped_in_mid_run() {
        tests::TlsServer there({good_}, [](tests::TlsLine& line) {
            while (line.read())
                if (!line.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")) return;
        });
        ca_.write(folder_.path() / "ca.pem");
        net::HttpSettings settings;
        settings.ca_file = (folder_.path() / "ca.pem").string();
        tests::SharedClock clock(std::chrono::system_clock::now());
        net::ClockFloor floor;
        net::HttpClient client(settings, clock, floor);
        const std::string url = "https://127.0.0.1:" + std::to_string(there.port()) + "/fhir";
        const auto send = [&] {
            net::HttpRequest request{net::HttpRequest::Method::Post, url, body_, "application/fhir+json", {}};
            return client.ask(request, std::pmr::get_default_resource(), {});
        };
        (void)client.ask({net::HttpRequest::Method::Get, url, {}, {}, {}}, std::pmr::get_default_resource(), {});
        const auto first = send();
        judge("right: before the chain is swapped", true, first.end, {}, there.bytes(), there.body_bytes());
        const auto before = there.bytes();
        const auto body_before = there.body_bytes();
        const Identity stranger = issue(tests::authority_named("Stranger"));
        there.show({issue(server(), &stranger)});
        const auto second = send();
        judge("the chain is swapped in mid-run, with a kept connection and a session", false, second.end,
              {End::NotTrusted}, there.bytes() - before, there.body_bytes() - body_before);
    }

    /// The surroundings asked for a proxy, for other authorities, for a log of session keys: none of it happened.
    void surroundings_got_nothing() {
        std::error_code error;
        const auto size = std::filesystem::file_size(keylog(), error);
        const bool fine = error || size == 0;
        if (!fine) ++failed_;
        std::printf("%-6s the file that the surroundings named for session keys is empty\n", fine ? "ok" : "FAILED");
    }

public:
    [[nodiscard]] static std::string keylog() { return surroundings().path() / "keys.log"; }
    /// Everything by which an environment could change what is trusted or where bytes go.
    static void poison_surroundings() {
        const Identity stranger = issue(tests::authority_named("Stranger"));
        const auto file = (surroundings().path() / "stranger.pem").string();
        stranger.write(file);
        surroundings().write(".netrc", "default login somebody password secret\n");
        const std::string keys = keylog(), home = surroundings().path().string();
        const std::pair<const char*, const char*> poisons[] = {
            {"https_proxy", "http://127.0.0.1:9"}, {"HTTPS_PROXY", "http://127.0.0.1:9"},
            {"ALL_PROXY", "socks5://127.0.0.1:9"}, {"SSLKEYLOGFILE", keys.c_str()},
            {"SSL_CERT_FILE", file.c_str()},       {"CURL_CA_BUNDLE", file.c_str()},
            {"SSL_CERT_DIR", home.c_str()},        {"HOME", home.c_str()}};
        for (const auto& [name, value] : poisons)
            if (::setenv(name, value, 1) != 0) std::abort();
    }

private:
    static tests::Folder& surroundings() {
        static tests::Folder folder;
        return folder;
    }

    tests::Folder folder_;
    Identity ca_ = issue(tests::authority_named("Our authority"));
    Identity good_;
    std::string body_;
    int wrong_ = 0, right_ = 0, failed_ = 0;
    std::size_t leaked_ = 0;
};

} // namespace

int main() {
    if (std::signal(SIGPIPE, SIG_IGN) == SIG_ERR) return 2;
    Campaign::poison_surroundings();
    return Campaign().result();
}
