// SPDX-License-Identifier: EUPL-1.2
#include "net/ipc/submission.hpp"
#include "net/runtime/json_text.hpp"
#include "net/runtime/locked_memory.hpp"
#include "tests/doubles/submissions.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace net;

TEST_CASE("json text: members and elements are found without touching their values") {
    const auto members = json_members(R"( {"a" : 1.10 , "b":{"c":[1,{"d":"}"}]},"e":"x\"y"} )");
    REQUIRE(members.has_value());
    REQUIRE(members->size() == 3);
    CHECK((*members)[0].second == "1.10");
    CHECK((*members)[1].second == R"({"c":[1,{"d":"}"}]})");
    CHECK((*members)[2].second == R"("x\"y")");
    CHECK(json_elements("[]")->empty());
    CHECK(json_elements(R"([1,"a",[2]])")->size() == 3);
    for (const char* bad :
         {"", "{", "}", "{}x", R"({"a":})", R"({"a":1,})", R"({"a":[})", R"({"a":1]})", "[1", "{1:2}", R"({"a" 1})"}) {
        CAPTURE(bad);
        CHECK_FALSE(json_members(bad).has_value());
    }
    CHECK_FALSE(json_members(R"({"a":)" + std::string(300, '[') + std::string(300, ']') + "}").has_value());
    CHECK(json_depth(R"({"a":[[1]]})") == 3);
}

TEST_CASE("json text: strings are unescaped exactly, and bad escapes are refused") {
    auto* memory = std::pmr::get_default_resource();
    CHECK(*json_string(R"("a\"\\\/\b\n\u00e8\ud83d\ude00")", memory) == "a\"\\/\b\nè😀");
    for (const char* bad : {"a", "\"", R"("\x")", R"("\u12")", R"("\ud800")", R"("\udc00")", R"("\ud800\u0041")",
                            R"("\u0000")", "\"a\nb\"", R"("a"b")"}) {
        CAPTURE(bad);
        CHECK_FALSE(json_string(bad, memory).has_value());
    }
    CHECK(json_text_member(R"({"a":"è","b":1})", "a") == "è");
    CHECK(json_text_member(R"({"a":"x","b":1})", "b").empty()); // no text
    CHECK(json_text_member("[]", "a").empty());
    CHECK(json_whole("12") == 12);
    CHECK_FALSE(json_whole("1.0").has_value());
    CHECK_FALSE(json_whole("99999999999999999999").has_value());
}

TEST_CASE("submission: what was frozen comes back, and freezing it again gives the same bytes") {
    LockedMemory memory;
    const Submission s = tests::daughter_speaks(&memory);
    const Text bytes = encode_submission(s);
    auto back = decode_submission(bytes, &memory);
    REQUIRE(back.ok());
    const Submission& b = back.value();
    CHECK(b.id == s.id);
    CHECK(b.response == s.response);
    CHECK(b.declarant->full_name == "Bianca Rossi");
    CHECK(b.consents.size() == 1);
    CHECK(b.attachments.at(0).size == 69);
    CHECK(b.routing.office_id == "orvieto-pua");
    CHECK(encode_submission(b) == bytes);
    CHECK(bytes.get_allocator().resource() == &memory);
}

TEST_CASE("submission: formats 1 and 2 are read; an identity seen then has the operator and the end of the visit, and no kind") {
    auto* memory = std::pmr::get_default_resource();
    const Submission whole = tests::daughter_speaks(memory);
    for (const bool seen : {true, false})
        for (const int format : {1, 2}) {
            std::string old(encode_submission(whole));
            const auto put = [&old](std::string_view from, std::string_view until, std::string_view to) {
                const auto at = old.find(from);
                REQUIRE(at != std::string::npos);
                const auto end = old.find(until, at);
                REQUIRE(end != std::string::npos);
                old.replace(at, end + until.size() - at, to);
            };
            put("\"format\":", "3", "\"format\":" + std::to_string(format));
            put("\"identity_seen\":", "}", seen ? "\"identity_seen\":true" : "\"identity_seen\":false");
            if (format == 1) put("\"correction\":", "null,", "");
            CAPTURE(old);
            const auto read = decode_submission(old, memory);
            REQUIRE(read.ok());
            REQUIRE(read.value().identity_seen.has_value() == seen);
            if (!seen) continue;
            CHECK(read.value().identity_seen->by == "op-17");
            CHECK(read.value().identity_seen->at == whole.visit_end);
            CHECK(read.value().identity_seen->document.empty());
        }
}

TEST_CASE("submission: a missing, doubled, unknown or wrong field, or a newer format, is refused") {
    auto* memory = std::pmr::get_default_resource();
    const std::string good(encode_submission(tests::daughter_speaks(memory)));
    const auto fault = [&](std::string_view from, std::string_view to) {
        std::string changed = good;
        const auto at = changed.find(from);
        REQUIRE(at != std::string::npos);
        changed.replace(at, from.size(), to);
        auto decoded = decode_submission(changed, memory);
        REQUIRE_FALSE(decoded.ok());
        return decoded.error();
    };
    CHECK(fault("\"format\":3", "\"format\":4") == SubmissionFault::NewerFormat);
    CHECK(fault("\"format\":3,", "") == SubmissionFault::BadShape);
    CHECK(fault("\"urgent\":false", "\"urgent\":0") == SubmissionFault::BadShape);
    CHECK(fault("\"urgent\":false,", "") == SubmissionFault::BadShape);
    CHECK(fault("\"urgent\":false", "\"urgent\":false,\"urgent\":true") == SubmissionFault::BadShape);
    CHECK(fault("\"urgent\"", "\"argent\"") == SubmissionFault::BadShape);
    CHECK(fault("\"subject_kind\":0", "\"subject_kind\":3") == SubmissionFault::BadValue);
    CHECK(fault("\"size\":69}", "\"size\":-1}") == SubmissionFault::BadShape);
    CHECK(fault("\"response\":{", "\"response\":[{") == SubmissionFault::NotJson);
    CHECK(fault("5f0c2a4e", "5f0c2a4g") == SubmissionFault::BadValue);
    CHECK(decode_submission("<html>", memory).error() == SubmissionFault::NotJson);
    for (std::size_t size = 0; size < good.size(); size += 7)
        CHECK_FALSE(decode_submission(std::string_view(good).substr(0, size), memory).ok());
}
