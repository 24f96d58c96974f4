// SPDX-License-Identifier: EUPL-1.2
#include "tests/forms/authoring/hostile_workbooks.hpp"

#include "forms/xlsform/import.hpp"
#include "kiosk/sheet/sheet.hpp"
#include "tests/forms/authoring/workbook_archive.hpp"

namespace hostile {
namespace {

using ::workbooks::Parts;

std::string repeat(const std::string& text, std::size_t times) {
    std::string all;
    all.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        all += text;
    return all;
}

/// A workbook whose one sheet has these rows of XML.
std::string rows(const std::string& xml) { return ::workbooks::zipped(::workbooks::parts_with(xml)); }

std::string cell(const std::string& text) { return "<c t=\"inlineStr\"><is><t>" + text + "</t></is></c>"; }

std::string row(std::initializer_list<std::string> texts) {
    std::string all = "<row>";
    for (const std::string& text : texts)
        all += cell(text);
    return all + "</row>";
}

/// A survey of `count` questions, one line for each.
std::string survey(int count, const std::string& heading, const std::function<std::string(int)>& more) {
    std::string all = row({"type", "name", "label", heading});
    for (int i = 0; i < count; ++i)
        all += row({"integer", "q" + std::to_string(i), "Quanti?", more(i)});
    return rows(all);
}

/// Digits that do not pack as well as equal ones.
std::string number(int i) { return std::to_string(static_cast<std::uint32_t>(i) * 2'654'435'761u % 100'000'007u); }

/// Random letters, so that nothing can be said against how well they are packed.
std::string noise(std::size_t bytes) {
    std::string text(bytes, 'a');
    std::uint32_t state = 1;
    for (char& c : text) {
        state = state * 1'664'525u + 1'013'904'223u;
        c = static_cast<char>('a' + (state >> 24) % 26);
    }
    return text;
}

} // namespace

const std::vector<HostileWorkbook>& workbooks() {
    static const std::vector<HostileWorkbook> all{
        {"bytes that are no archive", [] { return noise(1u << 20); }, " not-a-workbook"},
        {"a file larger than a workbook may be", [] { return noise(16u << 20); }, " too-big"},
        {"a sheet of 60 MB of blanks", [] { return rows(repeat(" ", 60u << 20)); }, " too-big"},
        {"a sheet as large as a part may be, of one text",
         [] { return rows("<row>" + cell(noise((4u << 20) - 2'000)) + "</row>"); }, ""},
        {"700,000 empty cells", [] { return rows("<row>" + repeat("<c/>", 700'000) + "</row>"); }, " too-big"},
        {"as many empty cells as a part may hold", [] { return rows("<row>" + repeat("<c/>", 249'000) + "</row>"); },
         ""},
        {"as many filled cells as a part may hold",
         [] {
             std::string xml;
             for (int i = 0; i < 59'000; ++i)
                 xml += (i % 190 == 0 ? (i > 0 ? "</row><row>" : "<row>") : "") +
                        ("<c t=\"str\"><v>" + number(i) + "</v></c>");
             return rows(xml + "</row>");
         },
         "survey!"},
        {"as many rows as a sheet may have, of nothing known",
         [] {
             std::string xml = row({"type", "name", "label"});
             for (int i = 0; i < 9'990; ++i)
                 xml += row({"x" + number(i), "n" + number(i + 1)});
             return rows(xml);
         },
         "survey!A2 unknown-type"},
        {"more questions than a survey may have", [] { return survey(5'000, "hint", [](int i) { return number(i); }); },
         "survey too-big"},
        {"2,900 questions with an expression that is none",
         [] { return survey(2'900, "relevant", [](int i) { return "(((" + number(i); }); }, "survey!D2"},
        {"2,900 questions in a circle",
         [] {
             return survey(2'900, "calculation",
                           [](int i) { return "${q" + std::to_string((i + 1) % 2'900) + "} + 1"; });
         },
         "survey!"},
        {"elements nested 100,000 deep", [] { return rows(repeat("<a>", 100'000) + repeat("</a>", 100'000)); }, ""},
        {"a document type with entities",
         [] {
             Parts parts = ::workbooks::parts_with("");
             parts["xl/worksheets/sheet1.xml"] =
                 "<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><worksheet>&b;</worksheet>";
             return ::workbooks::zipped(parts);
         },
         " bad-xml"},
        {"5,000 parts",
         [] {
             Parts parts = ::workbooks::parts_with("");
             for (int i = 0; i < 5'000; ++i)
                 parts["junk/" + std::to_string(i)] = "x";
             return ::workbooks::zipped(parts);
         },
         " too-big"},
        {"texts kept apart, as many as a part may hold",
         [] {
             Parts parts = ::workbooks::parts_with(row({"type", "name", "label"}));
             std::string& links = parts["xl/_rels/workbook.xml.rels"];
             links.insert(links.find("</Relationships>"),
                          "<Relationship Id=\"s\" Type=\"http://x/sharedStrings\" Target=\"sharedStrings.xml\"/>");
             std::string texts;
             for (int i = 0; i < 62'000; ++i)
                 texts += "<si><t>" + number(i) + "</t></si>";
             parts["xl/sharedStrings.xml"] = "<sst>" + texts + "</sst>";
             return ::workbooks::zipped(parts);
         },
         ""},
    };
    return all;
}

std::vector<std::string> reasons_against(std::string_view bytes) {
    std::vector<std::string> reasons;
    const auto tell = [&](const std::vector<forms::xlsform::CellNote>& notes) {
        for (const auto& note : notes)
            reasons.push_back(note.place + " " + std::string(code_of(note.trouble)));
    };
    const auto workbook = kiosk::read_workbook(bytes);
    if (!workbook.ok()) {
        tell(workbook.error());
        return reasons;
    }
    const auto imported = forms::xlsform::import_xlsform(workbook.value(), "hostile");
    if (!imported.ok()) tell(imported.error());
    return reasons;
}

} // namespace hostile
