// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/sandbox/page/html.hpp"
#include "net/sandbox/page/request_view.hpp"

namespace net::sandbox {

enum class Notice { None, Moved, MovedMeanwhile, MoveRefused };

/// `present`: which of the Binaries the documents name are really here, by id.
[[nodiscard]] Html request_page(const Words& words, const RequestView& view, const std::vector<std::string>& present,
                                Notice notice);
/// The ids of the Binaries that the documents of a request name.
[[nodiscard]] std::vector<std::string> scans_of(const RequestView& view);

} // namespace net::sandbox
