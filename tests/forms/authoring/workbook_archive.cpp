// SPDX-License-Identifier: EUPL-1.2
#include "tests/forms/authoring/workbook_archive.hpp"

#include <zip.h>

#include <cstdlib>
#include <vector>

namespace workbooks {
namespace {

using forms::xlsform::Workbook;

/// Without an archive there is nothing to test.
void demand(bool holds) {
    if (!holds) std::abort();
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '<')
            out += "&lt;";
        else if (c == '&')
            out += "&amp;";
        else if (c == '>')
            out += "&gt;";
        else
            out += c;
    }
    return out;
}

constexpr std::string_view main_namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr std::string_view office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr std::string_view package = "http://schemas.openxmlformats.org/package/2006/relationships";

std::string relationship(const std::string& id, std::string_view kind, const std::string& target) {
    return "<Relationship Id=\"" + id + "\" Type=\"" + std::string(office) + "/" + std::string(kind) + "\" Target=\"" +
           target + "\"/>";
}
std::string relationships(const std::string& inside) {
    return "<?xml version=\"1.0\"?><Relationships xmlns=\"" + std::string(package) + "\">" + inside +
           "</Relationships>";
}

Parts frame(const std::vector<std::string>& names) {
    Parts parts;
    parts["_rels/.rels"] = relationships(relationship("r1", "officeDocument", "xl/workbook.xml"));
    std::string sheets;
    std::string links;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string number = std::to_string(i + 1);
        sheets += "<sheet name=\"" + escaped(names[i]) + "\" sheetId=\"" + number + "\" r:id=\"rId" + number + "\"/>";
        links += relationship("rId" + number, "worksheet", "worksheets/sheet" + number + ".xml");
    }
    parts["xl/workbook.xml"] = "<?xml version=\"1.0\"?><workbook xmlns=\"" + std::string(main_namespace) +
                               "\" xmlns:r=\"" + std::string(office) + "\"><sheets>" + sheets + "</sheets></workbook>";
    parts["xl/_rels/workbook.xml.rels"] = relationships(links);
    return parts;
}

std::string sheet_around(const std::string& rows) {
    return "<?xml version=\"1.0\"?><worksheet xmlns=\"" + std::string(main_namespace) + "\"><sheetData>" + rows +
           "</sheetData></worksheet>";
}

} // namespace

Parts parts_of(const Workbook& workbook) {
    std::vector<std::string> names;
    for (const auto& sheet : workbook.sheets)
        names.push_back(sheet.name);
    Parts parts = frame(names);
    for (std::size_t i = 0; i < workbook.sheets.size(); ++i) {
        std::string rows;
        for (std::size_t row = 0; row < workbook.sheets[i].rows.size(); ++row) {
            rows += "<row r=\"" + std::to_string(row + 1) + "\">";
            const auto& cells = workbook.sheets[i].rows[row];
            for (std::size_t column = 0; column < cells.size(); ++column)
                if (!cells[column].empty())
                    rows += "<c r=\"" + forms::xlsform::place_of("", row, column).substr(1) +
                            "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">" + escaped(cells[column]) +
                            "</t></is></c>";
            rows += "</row>";
        }
        parts["xl/worksheets/sheet" + std::to_string(i + 1) + ".xml"] = sheet_around(rows);
    }
    return parts;
}

Parts parts_with(std::string_view rows) {
    Parts parts = frame({"survey"});
    parts["xl/worksheets/sheet1.xml"] = sheet_around(std::string(rows));
    return parts;
}

std::string zipped(const Parts& parts) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* const target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(target);
    zip_t* const archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    demand(archive != nullptr);
    for (const auto& [name, bytes] : parts) {
        zip_source_t* const source = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
        demand(zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8) >= 0);
    }
    demand(zip_close(archive) == 0);
    std::string out;
    demand(zip_source_open(target) == 0);
    char part[4096];
    for (zip_int64_t read = 0; (read = zip_source_read(target, part, sizeof part)) > 0;)
        out.append(part, static_cast<std::size_t>(read));
    zip_source_close(target);
    zip_source_free(target);
    zip_error_fini(&error);
    return out;
}

} // namespace workbooks
