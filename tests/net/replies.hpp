// SPDX-License-Identifier: EUPL-1.2
// Answers of a central system, as the HTTP library hands them over.
#pragma once
#include "net/http/http_client.hpp"

#include <string>
#include <string_view>

namespace tests {

[[nodiscard]] inline net::HttpReply reply(int status, std::string_view body = "",
                                          std::string content_type = "application/fhir+json") {
    net::HttpReply r(std::pmr::get_default_resource());
    r.end = net::HttpReply::End::Answered;
    r.status = status;
    r.content_type = std::move(content_type);
    r.body = body;
    return r;
}

/// To a transaction of two entries, of which the second is the Task.
inline constexpr std::string_view good_answer =
    R"({"resourceType":"Bundle","type":"transaction-response","entry":[{"response":{"status":"201 Created","location":"QuestionnaireResponse/7/_history/1"}},{"response":{"status":"200","location":"https://c.example/fhir/Task/PUA-17/_history/1"}}]})";

} // namespace tests
