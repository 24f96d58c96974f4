// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "forms/fhir/load.hpp"
#include "forms/xlsform/workbook.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace forms::xlsform {

/// What came of a workbook.
struct Imported {
    std::string questionnaire;      ///< FHIR R4 Questionnaire, JSON on many lines, with a line break at the end
    std::vector<CellNote> warnings; ///< what was left aside, by cell
};

/// An XLSForm (xlsform.org) → a Questionnaire that this engine runs, or every cell that has no equal here. Nothing is
/// left out silently: what changes the meaning is refused, what is only look or of no use on a terminal is a warning.
/// `default_id` names the form when its settings do not. Rules: forms/xlsform/README.md. Pure. Thread: any.
[[nodiscard]] Result<Imported, std::vector<CellNote>>
import_xlsform(const Workbook& workbook, std::string_view default_id, const LoadOptions& options = {});

} // namespace forms::xlsform
