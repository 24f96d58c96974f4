// SPDX-License-Identifier: EUPL-1.2
// A workbook from a stranger: every byte string ends in a Questionnaire that the engine runs, or in reasons.
// Three ways in, since random bytes hardly ever make a zip archive with right checksums: bytes that begin with "PK" are
// the .xlsx itself; with "<", the XML of the sheet survey, zipped here; anything else is a table already: cells divided
// by tabs, one row a line, "#name" begins a sheet.
#include "forms/engine/draft.hpp"
#include "forms/xlsform/import.hpp"
#include "kiosk/sheet/sheet.hpp"

#include <zip.h>

#include <cstdint>
#include <cstdlib>

namespace {

using forms::xlsform::Workbook;

void try_import(const Workbook& workbook) {
    const auto imported = forms::xlsform::import_xlsform(workbook, "fuzz");
    if (!imported.ok()) {
        if (imported.error().empty()) std::abort();
        return;
    }
    const auto loaded = forms::load_definition(imported.value().questionnaire);
    if (!loaded.ok()) std::abort();
    forms::Draft draft(loaded.value(), std::pmr::get_default_resource());
    for (const forms::Path& path : draft.enabled()) {
        if (loaded.value()->item(path).has_options()) (void)draft.choose(path, 0, true);
        (void)draft.type(path, "1");
    }
    (void)draft.issues();
}

void read_and_import(std::string_view bytes) {
    const auto workbook = kiosk::read_workbook(bytes);
    if (workbook.ok())
        try_import(workbook.value());
    else if (workbook.error().empty())
        std::abort();
}

Workbook table_from(std::string_view text) {
    Workbook workbook;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (line.starts_with('#')) {
            if (workbook.sheets.size() < 10) workbook.sheets.push_back({std::string(line.substr(1)), {}});
            continue;
        }
        if (workbook.sheets.empty()) continue;
        std::vector<std::string> cells;
        for (std::string_view rest = line; cells.size() < 200;) {
            cells.emplace_back(rest.substr(0, rest.find('\t')));
            if (rest.find('\t') == std::string_view::npos) break;
            rest.remove_prefix(rest.find('\t') + 1);
        }
        workbook.sheets.back().rows.push_back(std::move(cells));
    }
    return workbook;
}

/// A workbook around the XML of its one sheet, stored without compression.
std::string zipped(std::string_view sheet) {
    static constexpr std::string_view rels = R"(<r><r Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></r>)";
    static constexpr std::string_view book = R"(<w><sheets><sheet name="survey" r:id="a"/></sheets></w>)";
    static constexpr std::string_view links = R"(<r><r Id="a" Type="x/worksheet" Target="s.xml"/></r>)";
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* const target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(target);
    zip_t* const archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    const auto add = [&](const char* name, std::string_view bytes) {
        const auto index = zip_file_add(archive, name, zip_source_buffer(archive, bytes.data(), bytes.size(), 0), 0);
        (void)zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
    };
    add("_rels/.rels", rels);
    add("xl/workbook.xml", book);
    add("xl/_rels/workbook.xml.rels", links);
    add("xl/s.xml", sheet);
    if (zip_close(archive) != 0) std::abort();
    std::string out;
    (void)zip_source_open(target);
    char part[4096];
    for (zip_int64_t read = 0; (read = zip_source_read(target, part, sizeof part)) > 0;)
        out.append(part, static_cast<std::size_t>(read));
    zip_source_close(target);
    zip_source_free(target);
    zip_error_fini(&error);
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    if (text.starts_with("PK"))
        read_and_import(text);
    else if (text.starts_with('<'))
        read_and_import(zipped(text));
    else
        try_import(table_from(text));
    return 0;
}
