// SPDX-License-Identifier: EUPL-1.2
#include "net/central/fhir/resource_parts.hpp"

#include "net/central/fhir/bundle.hpp"

#include <algorithm>

namespace net::fhir {
namespace {

using Kind = Submission::SubjectKind;

constexpr std::string_view tax_code_system = "urn:oid:2.16.840.1.113883.2.9.6.3.2";

} // namespace

std::string ResourceParts::own(std::string_view tail) const {
    return std::string(s_.routing.base_uri) + std::string(tail);
}

void ResourceParts::coding(std::string_view system, std::string_view code, std::string_view display) {
    out_.open_object().member("system", system).member("code", code);
    if (!display.empty()) out_.member("display", display);
    out_.close_object();
}

void ResourceParts::concept_of(std::string_view system, std::string_view code, std::string_view display) {
    out_.open_object().key("coding").open_array();
    coding(system, code, display);
    out_.close_array().close_object();
}

void ResourceParts::identifier(std::string_view system, std::string_view value) {
    out_.open_object().member("system", system).member("value", value).close_object();
}

void ResourceParts::logical(std::string_view type, std::string_view system, std::string_view value,
                            std::string_view display) {
    out_.open_object().member("type", type).key("identifier");
    identifier(system, value);
    if (!display.empty()) out_.member("display", display);
    out_.close_object();
}

void ResourceParts::inside(std::string_view type, std::string_view part) {
    out_.open_object()
        .member("reference", "urn:uuid:" + part_id(s_.id, std::string(part) + revision_tail(s_)).text())
        .member("type", type)
        .close_object();
}

void ResourceParts::before(std::string_view type, std::string_view sid, std::string_view tail) {
    const std::int64_t number = s_.correction->number; // the first correction replaces what has no number
    const std::string replaced = number == 1 ? request_ : request_ + "." + std::to_string(number);
    logical(type, own(sid), replaced + std::string(tail));
}

void ResourceParts::editor() { logical("Practitioner", own("/sid/operator"), s_.correction->editor); }

void ResourceParts::subject() {
    out_.open_object().member("type", "Patient").key("identifier").open_object();
    switch (s_.subject_kind) {
    case Kind::Identified:
        out_.member("system", s_.subject_system).member("value", s_.subject_value);
        break;
    case Kind::Temporary:
        out_.member("use", "temp").member("system", own("/sid/person-temporary")).member("value", request_);
        break;
    case Kind::Anonymous:
        out_.key("type");
        concept_of("http://terminology.hl7.org/CodeSystem/v2-0203", "ANON", "Anonymous identifier");
        out_.member("system", own("/sid/anonymous")).member("value", request_);
        break;
    }
    out_.close_object();
    if (!s_.subject_display.empty() && s_.subject_kind != Kind::Anonymous) out_.member("display", s_.subject_display);
    out_.close_object();
}

void ResourceParts::speaker() {
    if (s_.declarant)
        inside("RelatedPerson", "declarant");
    else
        subject();
}

void ResourceParts::body() {
    if (s_.routing.body_tax_code.empty())
        logical("Organization", own("/sid/office"), s_.routing.office_id, s_.routing.body_name);
    else
        logical("Organization", tax_code_system, s_.routing.body_tax_code, s_.routing.body_name);
}

void ResourceParts::operator_() { logical("Practitioner", own("/sid/operator"), s_.operator_id); }

void ResourceParts::terminal() { logical("Device", own("/sid/terminal"), s_.routing.terminal_id); }

void ResourceParts::location() { logical("Location", own("/sid/location"), s_.routing.location_id); }

bool ResourceParts::assisted() const {
    return s_.completion == Submission::Completion::Assisted && !s_.operator_id.empty();
}

void ResourceParts::base64(const SecretBytes& file) {
    Text text(s_.response.get_allocator().resource());
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    text.reserve((file.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < file.size(); at += 3) {
        const std::size_t have = std::min<std::size_t>(3, file.size() - at);
        unsigned bits = 0;
        for (std::size_t i = 0; i < 3; ++i)
            bits = bits << 8 | (i < have ? std::to_integer<unsigned>(file[at + i]) : 0U);
        for (std::size_t i = 0; i < 4; ++i)
            text += i <= have ? digits[bits >> (18 - 6 * i) & 63] : '=';
    }
    out_.text(text);
}

} // namespace net::fhir
