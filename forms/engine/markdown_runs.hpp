// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/markdown.hpp"

/// The inside of `read_markdown`: what stands within one block.
namespace forms {

[[nodiscard]] std::vector<TextRun> read_runs(std::string_view text);

} // namespace forms
