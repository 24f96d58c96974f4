// SPDX-License-Identifier: EUPL-1.2
// Answers that are no answers: the request is stored, and what comes back proves nothing.
#include "tests/campaigns/server/scripts.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>

namespace campaign {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

constexpr const char* fhir_json = "application/fhir+json";
constexpr const char* login = "<!DOCTYPE html><title>Sign in</title><form><input name=user></form>";

/// 100 kB that become 16 MB for whoever unpacks them: one zero, and then "258 times the one before", over and over.
std::string gzip_bomb() {
    std::string out("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", 10);
    std::uint32_t bits = 0;
    int count = 0;
    const auto put = [&](std::uint32_t value, int size) { // lowest bit first
        bits |= value << count;
        for (count += size; count >= 8; count -= 8, bits >>= 8)
            out += static_cast<char>(bits & 0xff);
    };
    const auto code = [&](std::uint32_t value, int size) { // Huffman codes go highest bit first
        for (int i = size - 1; i >= 0; --i)
            put(value >> i & 1, 1);
    };
    put(1, 1), put(1, 2); // the last block, with fixed codes
    code(0x30, 8);        // a zero
    while (out.size() < 100'000)
        code(0xC5, 8), code(0, 5); // 258 bytes from one byte back
    code(0, 7), put(0, 7);
    return out + std::string(8, '\0');
}

Script stored(std::string name, std::function<void(Meeting&, const std::string&)> say) {
    return {.name = "stored, then " + std::move(name), .transaction = [say = std::move(say)](Meeting& m) {
                say(m, m.store());
            }};
}

Script changed(std::string name, std::function<void(json&)> change) {
    return stored(std::move(name), [change = std::move(change)](Meeting& m, const std::string& good) {
        json body = json::parse(good);
        change(body);
        m.answer(200, body.dump());
    });
}

} // namespace

void add_body_scripts(std::vector<Script>& scripts) {
    scripts.push_back({.name = "HTML with 200, nothing stored",
                       .transaction = [](Meeting& m) { m.answer(200, login, "text/html"); }});
    scripts.push_back({.name = "HTML that calls itself FHIR, nothing stored",
                       .transaction = [](Meeting& m) { m.answer(200, login); }});
    scripts.push_back({.name = "an OperationOutcome with 200, nothing stored", .transaction = [](Meeting& m) {
                           m.answer(200, R"({"resourceType":"OperationOutcome","issue":[]})");
                       }});
    scripts.push_back({.name = "our own Bundle back with 201, nothing stored",
                       .transaction = [](Meeting& m) { m.answer(201, m.asked.body); }});
    scripts.push_back({.name = "an empty 200, nothing stored", .transaction = [](Meeting& m) { m.answer(200); }});

    scripts.push_back(stored("HTML with 200", [](Meeting& m, const auto&) { m.answer(200, login, "text/html"); }));
    scripts.push_back(stored("the right body as text/plain", [](Meeting& m, const std::string& good) {
        m.answer(200, good, "text/plain");
    }));
    scripts.push_back(stored("one entry too few", [](Meeting& m, const std::string& good) {
        json body = json::parse(good);
        body["entry"].erase(0);
        m.answer(200, body.dump());
    }));
    scripts.push_back(changed("one entry too many", [](json& b) { b["entry"].push_back(b["entry"][0]); }));
    scripts.push_back(changed("no entries", [](json& b) { b.erase("entry"); }));
    scripts.push_back(changed("an entry that failed", [](json& b) { b["entry"][1]["response"]["status"] = "500"; }));
    scripts.push_back(changed("an entry without a status", [](json& b) { b["entry"][0]["response"].erase("status"); }));
    scripts.push_back(changed("a batch's answer", [](json& b) { b["type"] = "batch-response"; }));
    scripts.push_back(stored("nesting of 100,000 levels", [](Meeting& m, const auto&) {
        m.answer(200, std::string(100'000, '['));
    }));
    scripts.push_back(stored("a gzip bomb", [](Meeting& m, const auto&) {
        m.answer(200, gzip_bomb(), fhir_json, "Content-Encoding: gzip\r\n");
    }));
    scripts.push_back(stored("a body cut in half", [](Meeting& m, const std::string& good) {
        m.answer(200, good.substr(0, good.size() / 2));
    }));
    scripts.push_back(stored("a body shorter than announced", [](Meeting& m, const auto&) {
        const std::string all = m.good_bytes();
        (void)m.line.write(all.substr(0, all.size() - 20));
        m.line.drop();
    }));
    scripts.push_back(stored("a reset at any byte of the answer", [](Meeting& m, const auto&) {
        const std::string all = m.good_bytes();
        (void)m.line.write(all.substr(0, static_cast<std::size_t>(m.below(static_cast<int>(all.size())))));
        m.line.reset();
    }));
    scripts.push_back(stored("a body longer than announced", [](Meeting& m, const auto&) {
        (void)m.line.write(m.good_bytes() + std::string(5000, ' ') + "HTTP/1.1 500 No\r\n\r\n");
    }));
    scripts.push_back(stored("a body padded to 9 MiB", [](Meeting& m, const std::string& good) {
        m.answer(200, good + std::string(9u << 20, ' '));
    }));
    scripts.push_back(stored("a body of 1 GB", [](Meeting& m, const auto&) {
        (void)m.line.write("HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json\r\nContent-Length: 1073741824\r\n\r\n");
        const std::string block(1u << 20, ' ');
        for (int i = 0; i < 1024 && m.line.write(block); ++i) {
        }
    }));
    scripts.push_back(stored("a body without end in chunks", [](Meeting& m, const auto&) {
        (void)m.line.write("HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json\r\nTransfer-Encoding: chunked\r\n\r\n");
        const std::string chunk = "100000\r\n" + std::string(1u << 20, ' ') + "\r\n";
        for (int i = 0; i < 1024 && m.line.write(chunk); ++i) {
        }
    }));
    scripts.push_back(stored("a chunk whose length is no number", [](Meeting& m, const std::string& good) {
        (void)m.line.write("HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json\r\nTransfer-Encoding: chunked\r\n\r\n");
        (void)m.line.write("all\r\n" + good + "\r\n0\r\n\r\n");
    }));
    scripts.push_back(stored("10,000 headers", [](Meeting& m, const std::string& good) {
        std::string headers;
        for (int i = 0; i < 10'000; ++i)
            headers += "X-Header-" + std::to_string(i) + ": value\r\n";
        m.answer(200, good, fhir_json, headers);
    }));
    scripts.push_back(stored("one header of 100 kB", [](Meeting& m, const std::string& good) {
        m.answer(200, good, fhir_json, "X-Long: " + std::string(100'000, 'x') + "\r\n");
    }));
    scripts.push_back(stored("1 byte a second of the body", [](Meeting& m, const std::string& good) {
        (void)m.line.write("HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json\r\nContent-Length: " +
                           std::to_string(good.size()) + "\r\n\r\n");
        m.drip(good.substr(0, 200));
        (void)m.line.read(1);
    }));
    scripts.push_back(stored("1 byte a second of the headers", [](Meeting& m, const auto&) {
        m.drip("HTTP/1.1 200 OK\r\n" + std::string(200, 'X'));
        (void)m.line.read(1);
    }));
    scripts.push_back(stored("bytes that are no HTTP", [](Meeting& m, const auto&) {
        (void)m.line.write(std::string("\x16\x03\x01\x00\xff no such thing\r\n\r\n", 24));
    }));
    scripts.push_back(stored("HTTP/2 where it was not asked for", [](Meeting& m, const auto&) {
        (void)m.line.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    }));
    scripts.push_back(stored("two different lengths in one answer", [](Meeting& m, const std::string& good) {
        (void)m.line.write("HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json\r\nContent-Length: 5\r\n"
                           "Content-Length: " +
                           std::to_string(good.size()) + "\r\n\r\n" + good);
    }));
    scripts.push_back(stored("a hundred words that it is still there, and the answer",
                             [](Meeting& m, const auto&) {
                                 for (int i = 0; i < 100; ++i)
                                     (void)m.line.write("HTTP/1.1 102 Processing\r\n\r\n");
                                 (void)m.line.write(m.good_bytes());
                             }));
}

} // namespace campaign
