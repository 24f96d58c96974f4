// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/ctl/import_commands.hpp"

#include "forms/italian/places.hpp"
#include "forms/xlsform/import.hpp"
#include "kiosk/ctl/telling.hpp"
#include "kiosk/sheet/sheet.hpp"

#include <filesystem>
#include <ostream>

namespace kiosk {
namespace {

int refuse(const FormImport& command, const std::vector<forms::xlsform::CellNote>& reasons, std::ostream& notes) {
    for (const auto& reason : reasons)
        tell(notes, command.json,
             {command.file, reason.place, code_of(reason.trouble), "", reason.words, mistake, "cell"});
    return 1;
}

} // namespace

int run(const FormImport& command, std::ostream& out, std::ostream& notes) {
    const auto bytes = read_form_file(command.file);
    if (!bytes) {
        tell(notes, command.json, {command.file, "", "not-readable", "", "this file cannot be read", mistake, "cell"});
        return 1;
    }
    const auto workbook = read_workbook(*bytes);
    if (!workbook.ok()) return refuse(command, workbook.error(), notes);
    forms::LoadOptions options;
    options.known_value_sets = forms::place_value_sets();
    const auto imported =
        forms::xlsform::import_xlsform(workbook.value(), std::filesystem::path(command.file).stem().string(), options);
    if (!imported.ok()) return refuse(command, imported.error(), notes);
    for (const auto& warning : imported.value().warnings)
        tell(notes, command.json,
             {command.file, warning.place, code_of(warning.trouble), "", warning.words, "warning", "cell"});
    out << imported.value().questionnaire;
    return 0;
}

} // namespace kiosk
