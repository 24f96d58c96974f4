// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/sandbox/request_status.hpp"

#include <optional>
#include <string>

namespace net::sandbox {

/// One line of the list.
struct RequestLine {
    std::string task_id;
    std::string reference; ///< the case number the citizen is told
    std::string sent;      ///< FHIR dateTime
    std::string form;
    std::string person; ///< empty: has no name
    bool anonymous = false;
    bool urgent = false;
    std::optional<Step> step;
};

} // namespace net::sandbox
