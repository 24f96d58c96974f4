// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <iosfwd>
#include <string>

namespace kiosk {

/// `sportelloctl form import FILE.xlsx`: an XLSForm as a FHIR R4 Questionnaire. What refuses it and what was left aside
/// is told on `notes`, one line each: file, cell, code, words; with `json`, one object per line.
struct FormImport {
    std::string file;
    bool json = false;
};

/// Returns the exit code: 0 done, 1 refused. The Questionnaire goes to `out`, whole or not at all.
[[nodiscard]] int run(const FormImport& command, std::ostream& out, std::ostream& notes);

} // namespace kiosk
