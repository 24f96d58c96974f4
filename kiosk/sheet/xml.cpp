// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/sheet/xml.hpp"

#include "forms/base/utf8.hpp"

#include <algorithm>

namespace kiosk {
namespace {

using forms::xlsform::CellNote;
using forms::xlsform::Trouble;

/// "<!" that begins neither a comment nor a CDATA section: a document type or one of its parts.
bool has_document_type(std::string_view bytes) {
    for (std::size_t at = bytes.find("<!"); at != std::string_view::npos; at = bytes.find("<!", at + 2)) {
        const std::string_view rest = bytes.substr(at);
        if (!rest.starts_with("<!--") && !rest.starts_with("<![CDATA[")) return true;
    }
    return false;
}

} // namespace

forms::Result<XmlPart, CellNote> XmlPart::parse(std::string bytes, const std::string& name, const SheetLimits& limits) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (bytes.starts_with(byte_order_mark)) bytes.erase(0, byte_order_mark.size());
    const auto marks = static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '<'));
    if (marks > limits.marks) return CellNote{"", Trouble::TooBig, "the part " + name + " holds too much"};
    if (!forms::is_utf8(bytes)) return CellNote{"", Trouble::BadXml, "the part " + name + " is not UTF-8"};
    if (has_document_type(bytes))
        return CellNote{"", Trouble::BadXml, "the part " + name + " has a document type, which no workbook needs"};
    XmlPart part;
    part.bytes_ = std::make_unique<std::string>(std::move(bytes));
    part.document_ = std::make_unique<pugi::xml_document>();
    // Blanks count inside <t>; a lone blank between rows is skipped by whoever reads them.
    const auto result =
        part.document_->load_buffer_inplace(part.bytes_->data(), part.bytes_->size(),
                                            pugi::parse_default | pugi::parse_ws_pcdata_single, pugi::encoding_utf8);
    if (!result || !part.root())
        return CellNote{"", Trouble::BadXml,
                        "the part " + name + " is no well-formed XML (byte " + std::to_string(result.offset) + ")"};
    return part;
}

std::string_view local_name(const char* name) {
    const std::string_view whole = name;
    const std::size_t colon = whole.rfind(':');
    return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

pugi::xml_node child_of(pugi::xml_node node, std::string_view name) {
    return node.find_child([&](pugi::xml_node child) { return is_named(child, name); });
}

std::string_view attribute_of(pugi::xml_node node, std::string_view name) {
    for (const pugi::xml_attribute attribute : node.attributes())
        if (local_name(attribute.name()) == name) return attribute.value();
    return {};
}

} // namespace kiosk
