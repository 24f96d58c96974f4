// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/xlsform/write.hpp"

namespace forms::xlsform {

/// appearance → itemControl and its like. What has no equal is a warning: it is look, not meaning.
void write_look(const Entry& entry, Json& item, Json& extensions, Notes& notes);

/// range with its parameters start, end and step → a number with a slider.
void write_range(const Entry& entry, Json& item, Json& extensions, Notes& notes);

} // namespace forms::xlsform
