// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/sheet/sheet.hpp"

#include "kiosk/sheet/archive.hpp"
#include "kiosk/sheet/cells.hpp"

#include <charconv>
#include <map>

namespace kiosk {
namespace {

using forms::xlsform::CellNote;
using forms::xlsform::Sheet;
using forms::xlsform::Trouble;
using forms::xlsform::Workbook;

int format_number(std::string_view text) {
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// What relationship ids stand for: id → part name and kind (ISO/IEC 29500-2 §9.3).
struct Relationship {
    std::string part;
    std::string kind; ///< the last word of its type: "worksheet"
};

class WorkbookReader {
public:
    WorkbookReader(Archive archive, const SheetLimits& limits) : archive_(std::move(archive)), limits_(limits) {}

    forms::Result<Workbook, std::vector<CellNote>> read() {
        const auto top = relationships("_rels/.rels", "");
        std::string name = "xl/workbook.xml";
        for (const auto& [id, relationship] : top)
            if (relationship.kind == "officeDocument") name = relationship.part;
        const auto workbook = part(name);
        if (!notes_.empty()) return notes_;
        const std::size_t slash = name.rfind('/');
        const std::string folder = slash == std::string::npos ? "" : name.substr(0, slash + 1);
        const std::string file = name.substr(folder.size());
        const auto parts = relationships(folder + "_rels/" + file + ".rels", folder);
        for (const auto& [id, relationship] : parts) {
            if (relationship.kind == "sharedStrings") read_strings(relationship.part);
            if (relationship.kind == "styles") read_styles(relationship.part);
        }
        const std::string_view epoch = attribute_of(child_of(workbook->root(), "workbookPr"), "date1904");
        context_.from_1904 = epoch == "1" || epoch == "true";
        for (const pugi::xml_node sheet : child_of(workbook->root(), "sheets").children())
            if (is_named(sheet, "sheet")) read_sheet(sheet, parts);
        if (!notes_.empty()) return notes_;
        return std::move(found_);
    }

private:
    using Relationships = std::map<std::string, Relationship, std::less<>>;

    void note(std::string place, Trouble trouble, std::string words) {
        constexpr std::size_t most = 100;
        if (notes_.size() < most) notes_.push_back({std::move(place), trouble, std::move(words)});
    }

    std::optional<XmlPart> part(const std::string& name) {
        auto bytes = archive_.read(name);
        if (!bytes.ok()) {
            notes_.push_back(bytes.error());
            return std::nullopt;
        }
        auto parsed = XmlPart::parse(std::move(bytes).value(), name, limits_);
        if (!parsed.ok()) {
            notes_.push_back(parsed.error());
            return std::nullopt;
        }
        return std::move(parsed).value();
    }

    /// Nothing when there is no such part; targets are taken as they are, without "..".
    Relationships relationships(const std::string& name, const std::string& folder) {
        Relationships found;
        if (!archive_.has(name)) return found;
        const auto list = part(name);
        if (!list) return found;
        for (const pugi::xml_node node : list->root().children()) {
            const std::string_view target = attribute_of(node, "Target");
            const std::string_view type = attribute_of(node, "Type");
            if (target.empty() || attribute_of(node, "TargetMode") == "External") continue;
            Relationship relationship;
            relationship.part = target.starts_with('/') ? std::string(target.substr(1)) : folder + std::string(target);
            relationship.kind = type.substr(type.rfind('/') + 1);
            found.emplace(attribute_of(node, "Id"), std::move(relationship));
        }
        return found;
    }

    void read_strings(const std::string& name) {
        const auto list = part(name);
        if (!list) return;
        for (const pugi::xml_node node : list->root().children())
            if (is_named(node, "si")) context_.strings.push_back(rich_text(node));
    }

    void read_styles(const std::string& name) {
        const auto list = part(name);
        if (!list) return;
        std::map<int, std::string> codes;
        for (const pugi::xml_node node : child_of(list->root(), "numFmts").children())
            codes.emplace(format_number(attribute_of(node, "numFmtId")), attribute_of(node, "formatCode"));
        for (const pugi::xml_node node : child_of(list->root(), "cellXfs").children()) {
            if (!is_named(node, "xf")) continue;
            const int format = format_number(attribute_of(node, "numFmtId"));
            const auto code = codes.find(format);
            context_.looks.push_back(look_of(format, code == codes.end() ? "" : code->second));
        }
    }

    void read_sheet(pugi::xml_node sheet, const Relationships& parts) {
        const std::string name(attribute_of(sheet, "name"));
        const auto relationship = parts.find(attribute_of(sheet, "id"));
        if (relationship == parts.end() || relationship->second.kind != "worksheet") return; // a chart, a macro sheet
        if (found_.sheets.size() >= limits_.sheets)
            return note("", Trouble::TooBig, "the workbook has more sheets than allowed");
        if (found_.find(name) != nullptr) return note(name, Trouble::DuplicateSheet, "two sheets have this name");
        const auto tree = part(relationship->second.part);
        if (!tree) return;
        Sheet read;
        read.name = name;
        std::size_t next_row = 0;
        for (const pugi::xml_node row : child_of(tree->root(), "sheetData").children()) {
            if (!is_named(row, "row")) continue;
            const auto stated = place_from("A" + std::string(attribute_of(row, "r")));
            const std::size_t number = stated ? stated->row : next_row;
            next_row = number + 1;
            if (!read_row(row, number, read)) break;
        }
        found_.sheets.push_back(std::move(read));
    }

    /// False when there is no use in going on.
    bool read_row(pugi::xml_node row, std::size_t number, Sheet& into) {
        std::size_t next_column = 0;
        for (const pugi::xml_node cell : row.children()) {
            if (!is_named(cell, "c")) continue;
            const auto stated = place_from(attribute_of(cell, "r"));
            const std::size_t column = stated ? stated->column : next_column;
            next_column = column + 1;
            bool is_error = false;
            auto text = cell_text(cell, context_, is_error);
            if (text && text->empty()) continue; // only coloured: sheets are full of them, to the last column
            const std::string place = forms::xlsform::place_of(into.name, number, column);
            if (number >= limits_.rows || column >= limits_.columns || ++cells_ > limits_.cells) {
                note(place, Trouble::TooBig, "the sheet goes on further than allowed");
                return false;
            }
            if (!text)
                note(place, Trouble::CellError, "this cell's value cannot be read");
            else if (is_error)
                note(place, Trouble::CellError, "the spreadsheet could not compute this cell: " + *text);
            else
                put(into, number, column, std::move(*text));
        }
        return true;
    }

    static void put(Sheet& sheet, std::size_t row, std::size_t column, std::string text) {
        if (sheet.rows.size() <= row) sheet.rows.resize(row + 1);
        auto& cells = sheet.rows[row];
        if (cells.size() <= column) cells.resize(column + 1);
        cells[column] = std::move(text);
    }

    Archive archive_;
    SheetLimits limits_;
    CellContext context_;
    Workbook found_;
    std::vector<CellNote> notes_;
    std::size_t cells_ = 0;
};

} // namespace

forms::Result<Workbook, std::vector<CellNote>> read_workbook(std::string_view bytes, const SheetLimits& limits) {
    auto archive = Archive::open(bytes, limits);
    if (!archive.ok()) return std::vector<CellNote>{archive.error()};
    return WorkbookReader(std::move(archive).value(), limits).read();
}

} // namespace kiosk
