// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/sheet/sheet.hpp"

#include <pugixml.hpp>

#include <memory>
#include <string>

namespace kiosk {

/// Reads one part of a workbook as XML 1.0 in UTF-8, without a document type. Takes the bytes over: the tree points
/// into them, so both live here.
class XmlPart {
public:
    /// None when it is no such XML, or has more than `limits.marks` marks.
    [[nodiscard]] static forms::Result<XmlPart, forms::xlsform::CellNote>
    parse(std::string bytes, const std::string& name, const SheetLimits& limits);
    [[nodiscard]] pugi::xml_node root() const { return document_->document_element(); }

private:
    XmlPart() = default;
    std::unique_ptr<std::string> bytes_;
    std::unique_ptr<pugi::xml_document> document_;
};

// Names are compared without their prefix: some programs write <x:row>.
[[nodiscard]] std::string_view local_name(const char* name);
[[nodiscard]] inline bool is_named(pugi::xml_node node, std::string_view name) {
    return local_name(node.name()) == name;
}
[[nodiscard]] pugi::xml_node child_of(pugi::xml_node node, std::string_view name);
[[nodiscard]] std::string_view attribute_of(pugi::xml_node node, std::string_view name);

} // namespace kiosk
