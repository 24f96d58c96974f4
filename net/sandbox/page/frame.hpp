// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/sandbox/message.hpp"
#include "net/sandbox/page/html.hpp"
#include "net/sandbox/page/words.hpp"
#include "net/sandbox/request_status.hpp"

#include <optional>
#include <string>

namespace net::sandbox {

/// "/request/12" in the language of `words`.
[[nodiscard]] std::string address(const Words& words, const std::string& path, Parameters query = {});

/// The whole document: head, band with the warning, language switch, main part, foot.
/// `path` and `query`: the page itself, for the language switch.
[[nodiscard]] Reply frame(const Words& words, int status, const std::string& title, const Html& main,
                          const std::string& path, const Parameters& query = {});

[[nodiscard]] Word word_of(Step step);
/// The status as a small label; never by colour alone.
[[nodiscard]] Html status_label(const Words& words, const std::optional<Step>& step);

} // namespace net::sandbox
