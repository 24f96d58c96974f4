// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/sandbox/page/html.hpp"
#include "net/sandbox/page/request_line.hpp"
#include "net/sandbox/page/words.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace net::sandbox {

struct ListView {
    std::vector<RequestLine> lines;
    std::optional<Step> only; ///< the filter
    std::int64_t total = 0;
    std::int64_t offset = 0;
    std::int64_t page_size = 0;
};

[[nodiscard]] Html list_page(const Words& words, const ListView& view);
/// The person in words: the name, "anonymous", or that none was given.
[[nodiscard]] Html person_label(const Words& words, const RequestLine& line);

} // namespace net::sandbox
