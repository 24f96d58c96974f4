// SPDX-License-Identifier: EUPL-1.2
// Workbooks as bytes: what a spreadsheet writes, and what somebody writes who means no good.
#include "kiosk/sheet/sheet.hpp"
#include "tests/forms/authoring/workbooks.hpp"

#include <doctest/doctest.h>
#include <zip.h>

using namespace workbooks;
using kiosk::read_workbook;
using kiosk::SheetLimits;

namespace {

/// The text of a cell of the one sheet, by row and column from 0; the reason in brackets when there is none.
std::string cell(const Parts& parts, std::size_t row, std::size_t column) {
    const auto read = read_workbook(zipped(parts));
    if (!read.ok())
        return "(" + read.error().front().place + " " + std::string(code_of(read.error().front().trouble)) + ")";
    REQUIRE(read.value().sheets.size() == 1);
    return std::string(read.value().sheets[0].at(row, column));
}
std::string only_cell(std::string_view xml) {
    return cell(parts_with("<row r=\"1\">" + std::string(xml) + "</row>"), 0, 0);
}

std::string trouble_of(std::string_view bytes, const SheetLimits& limits = {}) {
    const auto read = read_workbook(bytes, limits);
    return read.ok() ? "read" : std::string(code_of(read.error().front().trouble));
}

constexpr const char* styles =
    R"(<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[$-410]d\ mmmm\ yyyy"/><numFmt numFmtId="171" formatCode="&quot;day&quot; 0.0"/></numFmts>)"
    R"(<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="20"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>)";

Parts with_styles(std::string_view cells) {
    Parts parts = parts_with("<row>" + std::string(cells) + "</row>");
    parts["xl/styles.xml"] = styles;
    auto& links = parts["xl/_rels/workbook.xml.rels"];
    links.insert(links.find("</Rel"), R"(<Relationship Id="s" Type="x/styles" Target="styles.xml"/>)");
    return parts;
}

} // namespace

TEST_CASE("workbook: what was written into cells is read from them, sheet by sheet") {
    const auto workbook = of(R"(
        | survey  |
        |         | type | name | label   |
        |         | text | a    | È «qui» & <là>? |
        | choices |
        |         |      | x    |
    )");
    const auto read = read_workbook(zipped(parts_of(workbook)));
    REQUIRE(read.ok());
    REQUIRE(read.value().sheets.size() == 2);
    const auto* const survey = read.value().find("SURVEY");
    REQUIRE(survey != nullptr);
    CHECK(survey->at(1, 2) == "È «qui» & <là>?");
    CHECK(survey->at(9, 9).empty());
    CHECK(read.value().find("choices")->at(0, 1) == "x");
    CHECK(read.value().find("settings") == nullptr);
}

TEST_CASE("workbook: numbers, truth, texts and results of formulas read as a person sees them") {
    CHECK(only_cell("<c r=\"A1\"><v>18</v></c>") == "18");
    CHECK(only_cell("<c r=\"A1\"><v>18.0</v></c>") == "18");
    CHECK(only_cell("<c r=\"A1\"><v>0.10000000000000001</v></c>") == "0.1");
    CHECK(only_cell("<c r=\"A1\"><v>2026112201</v></c>") == "2026112201");
    CHECK(only_cell("<c r=\"A1\" t=\"b\"><v>1</v></c>") == "TRUE");
    CHECK(only_cell("<c r=\"A1\" t=\"str\"><f>CONCAT(B1)</f><v>fatto</v></c>") == "fatto");
    CHECK(only_cell(
              "<c r=\"A1\" t=\"inlineStr\"><is><r><t>in </t></r><r><t>parti</t></r><rPh><t>no</t></rPh></is></c>") ==
          "in parti");
    CHECK(only_cell("<c r=\"A1\" t=\"inlineStr\"><is><t>a_x000A_b</t></is></c>") == "a\nb");
    CHECK(only_cell("<x:c xmlns:x=\"y\" r=\"A1\"><x:v>7</x:v></x:c>") == "7");
}

TEST_CASE("workbook: dates read as dates, whatever the format they are shown in") {
    CHECK(cell(with_styles("<c s=\"1\"><v>46173</v></c>"), 0, 0) == "2026-05-31");
    CHECK(cell(with_styles("<c s=\"2\"><v>46173.5</v></c>"), 0, 0) == "2026-05-31 12:00:00");
    CHECK(cell(with_styles("<c s=\"3\"><v>0.354166666666667</v></c>"), 0, 0) == "08:30:00");
    CHECK(cell(with_styles("<c s=\"4\"><v>36586</v></c>"), 0, 0) == "2000-03-01");
    CHECK(cell(with_styles("<c s=\"5\"><v>2</v></c>"), 0, 0) == "2");
    Parts mac = with_styles("<c s=\"1\"><v>44711</v></c>");
    auto& book = mac["xl/workbook.xml"];
    book.insert(book.find("<sheets>"), "<workbookPr date1904=\"1\"/>");
    CHECK(cell(mac, 0, 0) == "2026-05-31");
    CHECK(cell(with_styles("<c r=\"C4\" s=\"1\"><v>99999999</v></c>"), 0, 0) == "(survey!C1 cell-error)");
}

TEST_CASE("workbook: texts shared between cells") {
    Parts parts = parts_with(R"(<row><c t="s"><v>1</v></c><c t="s"><v>0</v></c></row>)");
    parts["xl/sharedStrings.xml"] = "<sst><si><t>zero</t></si><si><t xml:space=\"preserve\"> one </t></si></sst>";
    auto& links = parts["xl/_rels/workbook.xml.rels"];
    links.insert(links.find("</Rel"),
                 R"(<Relationship Id="s" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/>)");
    CHECK(cell(parts, 0, 0) == " one ");
    CHECK(cell(parts, 0, 1) == "zero");
    parts["xl/sharedStrings.xml"] = "<sst><si><t>zero</t></si></sst>";
    CHECK(cell(parts, 0, 0) == "(survey!A1 cell-error)");
}

TEST_CASE("workbook: of merged cells the top left one has the text, rows and columns may be missing") {
    const std::string rows = R"(<row r="3"><c r="B3" t="inlineStr"><is><t>x</t></is></c><c r="C3"/></row>)";
    CHECK(cell(parts_with(rows + "</sheetData><mergeCells><mergeCell ref=\"B3:C4\"/></mergeCells><sheetData>"), 2, 1) ==
          "x");
    CHECK(cell(parts_with(rows), 2, 2).empty());
    CHECK(cell(parts_with(rows), 0, 0).empty());
}

TEST_CASE("workbook: a cell that the spreadsheet could not compute is named") {
    CHECK(cell(parts_with("<row r=\"5\"><c r=\"F5\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c></row>"), 0, 0) ==
          "(survey!F5 cell-error)");
}

TEST_CASE("workbook: what is no .xlsx is told from one, and an old one from no workbook") {
    CHECK(trouble_of("") == "not-a-workbook");
    CHECK(trouble_of("PK\x03\x04") == "not-a-workbook");
    CHECK(trouble_of("type,name,label") == "not-a-workbook");
    CHECK(trouble_of(std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") + std::string(600, '\0')) == "old-workbook");
    CHECK(trouble_of(zipped({{"hello.txt", "hello"}})) == "not-a-workbook");
    const std::string whole = zipped(parts_of(of("| survey |\n| | type |\n")));
    CHECK(trouble_of(whole) == "read");
    for (std::size_t size = 0; size < whole.size(); size += 7)
        CHECK(trouble_of(std::string_view(whole).substr(0, size)) == "not-a-workbook");
}

TEST_CASE("workbook: bad XML, document types and entities are refused") {
    Parts parts = parts_with("<row>");
    CHECK(trouble_of(zipped(parts)) == "bad-xml");
    parts["xl/worksheets/sheet1.xml"] = "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><worksheet><sheetData/></worksheet>";
    CHECK(trouble_of(zipped(parts)) == "bad-xml");
    parts["xl/worksheets/sheet1.xml"] = "<worksheet>\xFF\xFE</worksheet>";
    CHECK(trouble_of(zipped(parts)) == "bad-xml");
    parts["xl/worksheets/sheet1.xml"] = "";
    CHECK(trouble_of(zipped(parts)) == "bad-xml");
    CHECK(only_cell("<c r=\"A1\" t=\"inlineStr\"><is><t>&a;</t></is></c>") == "&a;"); // never expanded
}

TEST_CASE("workbook: a bomb is refused before it goes off") {
    Parts parts = parts_of(of("| survey |\n| | type |\n"));
    parts["xl/worksheets/sheet1.xml"] =
        "<worksheet><sheetData>" + std::string(60u << 20, ' ') + "</sheetData></worksheet>";
    const std::string bomb = zipped(parts);
    CHECK(bomb.size() < (100u << 10));
    CHECK(trouble_of(bomb) == "too-big");
    parts["xl/worksheets/sheet1.xml"] =
        "<worksheet><sheetData>" + std::string(5u << 20, ' ') + "</sheetData></worksheet>";
    CHECK(trouble_of(zipped(parts)) == "too-big"); // by its ratio
    std::string many = "<worksheet><sheetData><row>";
    for (int i = 0; i < 700'000; ++i)
        many += "<c/>";
    parts["xl/worksheets/sheet1.xml"] = many + "</row></sheetData></worksheet>";
    CHECK(trouble_of(zipped(parts)) == "too-big");
    parts = parts_of(of("| survey |\n| | type |\n"));
    for (int i = 0; i < 1100; ++i)
        parts["junk/" + std::to_string(i)] = "x";
    CHECK(trouble_of(zipped(parts)) == "too-big");
}

TEST_CASE("workbook: cells far away do not make a table as large as the way to them") {
    CHECK(cell(parts_with("<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>"), 0, 0) ==
          "(survey!XFD1048576 too-big)");
    CHECK(cell(parts_with("<row r=\"1048576\"><c r=\"XFD1048576\"/></row>"), 0, 0).empty()); // coloured, no more
}

TEST_CASE("workbook: two sheets of one name, a password, a sheet that is not there") {
    auto workbook = of("| survey |\n| | type |\n");
    workbook.sheets.push_back(workbook.sheets[0]);
    CHECK(trouble_of(zipped(parts_of(workbook))) == "duplicate-sheet");
    Parts parts = parts_of(of("| survey |\n| | type |\n"));
    parts.erase("xl/worksheets/sheet1.xml");
    CHECK(trouble_of(zipped(parts)) == "not-a-workbook");
}
