// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/sandbox/message.hpp"
#include "net/sandbox/page/html.hpp"
#include "net/sandbox/page/words.hpp"
#include "net/sandbox/records.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace net::sandbox {

enum class PublishNotice { None, Published, Refused };

/// Forms and notices that terminals are offered, the form for a new notice, and the way to withdraw one.
[[nodiscard]] forms::Result<Html, Refusal> published_page(Records& records, const Words& words, PublishNotice said);

/// What the form for a new notice makes: a CommunicationRequest. Nothing when something needed is missing.
[[nodiscard]] std::optional<std::string> notice_of(const Parameters& form, const std::string& base_uri,
                                                   const std::string& id, std::int64_t now);

} // namespace net::sandbox
