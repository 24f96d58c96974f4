// SPDX-License-Identifier: EUPL-1.2
#include "forms/xlsform/import.hpp"

#include "forms/xlsform/write.hpp"

#include <algorithm>

namespace forms::xlsform {
namespace {

/// Flaws of the same kind in the order of the cells: sheet by sheet, row by row.
void put_in_order(std::vector<CellNote>& notes) {
    const auto row = [](const CellNote& note) {
        const std::size_t bang = note.place.find('!');
        const std::size_t digits = bang == std::string::npos ? bang : note.place.find_first_of("0123456789", bang);
        return std::pair(note.place.substr(0, bang),
                         digits == std::string::npos ? 0ul : std::stoul(note.place.substr(digits)));
    };
    std::stable_sort(notes.begin(), notes.end(), [&](const CellNote& a, const CellNote& b) { return row(a) < row(b); });
}

} // namespace

Result<Imported, std::vector<CellNote>> import_xlsform(const Workbook& workbook, std::string_view default_id,
                                                       const LoadOptions& options) {
    Notes notes;
    const Survey survey = read_survey(workbook, default_id, notes);
    std::map<std::string, std::string> places;
    const Json form = write_questionnaire(survey, notes, places);
    if (!notes.mistakes.empty()) {
        put_in_order(notes.mistakes);
        return std::move(notes.mistakes);
    }
    Imported imported;
    // Workbooks are UTF-8; whoever hands in something else gets U+FFFD, not an exception.
    imported.questionnaire = form.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
    const auto loaded = load_definition(imported.questionnaire, options);
    if (!loaded.ok()) {
        for (const Mistake& mistake : loaded.error()) {
            const auto place = places.find(mistake.link_id);
            notes.refuse(place == places.end() ? std::string() : place->second, Trouble::Refused,
                         "what comes of this is refused: " + std::string(code_of(mistake.reason)) + ": " +
                             mistake.words + " (" + mistake.json_pointer + ")");
        }
        put_in_order(notes.mistakes);
        return std::move(notes.mistakes);
    }
    put_in_order(notes.warnings);
    imported.warnings = std::move(notes.warnings);
    return imported;
}

} // namespace forms::xlsform
