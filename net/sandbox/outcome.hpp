// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/sandbox/json_text.hpp"
#include "net/sandbox/message.hpp"
#include "net/sandbox/resource_store.hpp"

#include <string>
#include <vector>

namespace net::sandbox {

/// The codes of http://hl7.org/fhir/issue-type that this server uses.
enum class IssueCode {
    Structure,    ///< an element that must not be there, or has the wrong JSON type
    Required,     ///< an element that must be there
    Value,        ///< an element with a value its type does not have
    Invariant,    ///< a rule between elements
    Invalid,      ///< the request does not make sense as a whole
    NotSupported, ///< FHIR has it, this server does not
    NotFound,
    Duplicate,       ///< the same thing twice in one Bundle
    MultipleMatches, ///< a condition that must name one resource names several
    Conflict,        ///< the version is not the one the sender has seen
    TooLong,
    NoStore, ///< no room
    Exception,
    Login, ///< who asks is not known
};

/// One reason why a request was not done. For the people who build and run senders: English, and nothing that a person
/// has typed is ever quoted. `expression` is the FHIRPath of the element, empty where the whole request is meant.
struct Problem {
    IssueCode code;
    std::string reason;
    std::string expression = {};
};

/// What a request comes to when it is not done.
struct Refusal {
    int status; ///< the HTTP status
    std::vector<Problem> problems;
};

[[nodiscard]] Refusal refuse(int status, IssueCode code, std::string reason, std::string expression = {});
[[nodiscard]] Refusal refuse(StorageFault fault);
[[nodiscard]] Refusal refuse(JsonFault fault);

/// The refusal as an OperationOutcome.
[[nodiscard]] Reply reply_of(const Refusal& refusal);

} // namespace net::sandbox
