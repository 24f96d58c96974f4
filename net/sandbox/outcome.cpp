// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/outcome.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace net::sandbox {
namespace {

const char* text(IssueCode code) {
    switch (code) {
    case IssueCode::Structure:
        return "structure";
    case IssueCode::Required:
        return "required";
    case IssueCode::Value:
        return "value";
    case IssueCode::Invariant:
        return "invariant";
    case IssueCode::Invalid:
        return "invalid";
    case IssueCode::NotSupported:
        return "not-supported";
    case IssueCode::NotFound:
        return "not-found";
    case IssueCode::Duplicate:
        return "duplicate";
    case IssueCode::MultipleMatches:
        return "multiple-matches";
    case IssueCode::Conflict:
        return "conflict";
    case IssueCode::TooLong:
        return "too-long";
    case IssueCode::NoStore:
        return "no-store";
    case IssueCode::Login:
        return "login";
    case IssueCode::Exception:
        return "exception";
    }
    return "exception";
}

} // namespace

Refusal refuse(int status, IssueCode code, std::string reason, std::string expression) {
    return {status, {Problem{code, std::move(reason), std::move(expression)}}};
}

Refusal refuse(StorageFault fault) {
    if (fault == StorageFault::Full) return refuse(507, IssueCode::NoStore, "No room left: nothing was stored");
    return refuse(500, IssueCode::Exception, "The storage cannot be read or written: nothing was stored");
}

Refusal refuse(JsonFault fault) {
    switch (fault) {
    case JsonFault::NotJson:
        return refuse(400, IssueCode::Structure, "The body is not JSON in UTF-8");
    case JsonFault::TooDeep:
        return refuse(400, IssueCode::TooLong, "The JSON is nested too deeply");
    case JsonFault::TooWide:
        return refuse(400, IssueCode::TooLong, "A JSON object has too many members");
    case JsonFault::DoubledKey:
        return refuse(400, IssueCode::Structure, "A JSON object has the same member twice");
    case JsonFault::ForbiddenCharacter:
        return refuse(400, IssueCode::Value, "A string has a control character that FHIR does not allow");
    }
    return refuse(400, IssueCode::Structure, "The body cannot be read");
}

Reply reply_of(const Refusal& refusal) {
    Json issues = Json::array();
    for (const Problem& problem : refusal.problems) {
        Json issue = {{"severity", "error"}, {"code", text(problem.code)}, {"diagnostics", problem.reason}};
        if (!problem.expression.empty()) issue["expression"] = Json::array({problem.expression});
        issues.push_back(std::move(issue));
    }
    const Json outcome = {{"resourceType", "OperationOutcome"}, {"issue", std::move(issues)}};
    return {.status = refusal.status, .content_type = fhir_json, .body = write_json(outcome), .headers = {}};
}

} // namespace net::sandbox
