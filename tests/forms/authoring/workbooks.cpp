// SPDX-License-Identifier: EUPL-1.2
#include "tests/forms/authoring/workbooks.hpp"

#include "forms/base/utf8.hpp"

#include <doctest/doctest.h>

namespace workbooks {
namespace {

using forms::xlsform::Workbook;

std::vector<std::string> cells_of(std::string_view line) {
    std::vector<std::string> cells;
    std::string cell;
    for (std::size_t i = 1; i < line.size(); ++i) {
        if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '|') {
            cell += '|';
            ++i;
        } else if (line[i] == '|') {
            cells.emplace_back(forms::trimmed(cell));
            cell.clear();
        } else {
            cell += line[i];
        }
    }
    return cells;
}

} // namespace

Workbook of(std::string_view table) {
    Workbook workbook;
    while (!table.empty()) {
        const std::size_t end = std::min(table.find('\n'), table.size());
        const std::string_view line = forms::trimmed(table.substr(0, end));
        table.remove_prefix(std::min(end + 1, table.size()));
        if (!line.starts_with('|')) continue;
        auto cells = cells_of(line);
        if (cells.empty()) continue;
        if (!cells[0].empty()) {
            workbook.sheets.push_back({cells[0], {}});
            continue;
        }
        REQUIRE(!workbook.sheets.empty());
        cells.erase(cells.begin());
        workbook.sheets.back().rows.push_back(std::move(cells));
    }
    return workbook;
}

Form imported(std::string_view table) {
    const auto result = forms::xlsform::import_xlsform(of(table), "prova");
    if (!result.ok())
        for (const auto& note : result.error())
            MESSAGE(note.place << " " << std::string(code_of(note.trouble)) << ": " << note.words);
    REQUIRE(result.ok());
    Form form;
    form.json = result.value().questionnaire;
    auto loaded = forms::load_definition(form.json);
    REQUIRE(loaded.ok());
    form.definition = std::move(loaded).value();
    for (const auto& note : result.value().warnings)
        form.warnings.push_back(note.place + " " + std::string(code_of(note.trouble)));
    return form;
}

std::vector<std::string> refused(std::string_view table) {
    const auto result = forms::xlsform::import_xlsform(of(table), "prova");
    std::vector<std::string> lines;
    if (result.ok()) return lines;
    for (const auto& note : result.error())
        lines.push_back(note.place + " " + std::string(code_of(note.trouble)));
    return lines;
}

} // namespace workbooks
