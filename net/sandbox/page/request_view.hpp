// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/sandbox/page/request_line.hpp"
#include "net/sandbox/page/words.hpp"
#include "net/sandbox/records.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace net::sandbox {

/// Everything that belongs to one Task. Null where there is none.
struct RequestView {
    RequestLine line;
    Version task_version;
    Json task;
    Json response;
    Json declarant;
    Json provenance;
    std::vector<Json> consents;
    std::vector<Json> documents;
};

forms::Result<RequestLine, Refusal> line_of(Records& records, const Words& words, const Json& task,
                                            const std::string& id);
/// None: there is no such Task.
forms::Result<std::optional<RequestView>, Refusal> view_of(Records& records, const Words& words,
                                                           const std::string& task_id);

} // namespace net::sandbox
