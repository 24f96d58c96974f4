// SPDX-License-Identifier: EUPL-1.2
// Any bytes as the answer of a central system. First byte: status; second: what was asked; a line for Retry-After and
// one for Date; the rest is the body. Every reader of answers sees it.
#include "net/central/fhir/feed_reply.hpp"
#include "net/central/fhir/outcome_issues.hpp"
#include "net/central/fhir/reply.hpp"
#include "net/http/http_date.hpp"
#include "tests/doubles/submissions.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    std::string_view rest(reinterpret_cast<const char*>(data) + 2, size - 2);
    const auto line = [&] {
        const auto end = rest.find('\n');
        const auto text = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        return text;
    };
    const auto wait = line();
    const auto date = line();
    net::HttpReply reply(std::pmr::get_default_resource());
    reply.end = net::HttpReply::End::Answered;
    reply.status = 100 + data[0] * 2;
    reply.content_type = "application/fhir+json";
    reply.retry_after = net::parse_retry_after(wait, date);
    if (reply.retry_after && (reply.retry_after->count() < 0 || reply.retry_after->count() > 3600)) std::abort();
    reply.body = rest;
    if (data[1] % 2 == 0) {
        const std::size_t entries = data[1] / 2 % 8 + 1;
        const auto judged = net::fhir::judge_transaction(reply, net::fhir::Asked::Transaction, entries, 0, "own");
        // Nothing but a 200 or 201 may ever count as a delivery, and what people are shown is an id.
        if (judged.ok() &&
            (reply.status != 200 || judged.value().reference.empty() || judged.value().reference.size() > 64 ||
             judged.value().reference.find_first_of("<>\"& \n") != std::string::npos))
            std::abort();
    } else {
        const auto match = net::fhir::judge_search(reply, "Task", "s", "v");
        if (match.ok() && match.value().count > 0 && rest.find('v') == std::string_view::npos &&
            rest.find("\\u") == std::string_view::npos)
            std::abort();
    }
    const bool may_say_so =
        rest.find("updateCreate") != std::string_view::npos || rest.find('\\') != std::string_view::npos;
    if (net::fhir::judge_capability(reply, net::fhir::created_types) == net::fhir::CreateBy::Address &&
        (reply.status != 200 || !may_say_so))
        std::abort();
    static const net::Submission submission = tests::daughter_speaks(std::pmr::get_default_resource());
    (void)net::fhir::desk_issues(reply, submission);
    (void)net::fhir::judge_read(reply);
    (void)net::fhir::judge_part(reply);
    (void)net::fhir::judge_listing(reply, "Questionnaire", "https://sportello.example.org/signature");
    (void)net::fhir::judge_binary(reply);
    (void)net::fhir::judge_tasks(reply, "https://sportello.example.org/state", data[1] % 4 == 1);
    return 0;
}
