// SPDX-License-Identifier: EUPL-1.2
#include "net/central/fhir/bundle.hpp"

#include "forms/base/digest.hpp"
#include "net/central/fhir/resources.hpp"
#include "net/runtime/json_text.hpp"

#include <algorithm>

namespace net::fhir {
namespace {

using Kind = Submission::SubjectKind;

/// A consent is recorded for a person who has a name; a refusal, too, is one.
bool has_consents(const Submission& s) {
    return s.subject_kind != Kind::Anonymous && (s.subject_kind == Kind::Identified || !s.subject_display.empty());
}

std::string numbered(std::string_view stem, std::size_t number) {
    return number == 1 ? std::string(stem) : std::string(stem) + "-" + std::to_string(number);
}

} // namespace

std::string url_encoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '.' || c == '_' || c == '~';
        if (plain) {
            out += c;
        } else {
            constexpr char digits[] = "0123456789ABCDEF";
            const auto byte = static_cast<unsigned char>(c);
            out += '%';
            out += digits[byte >> 4];
            out += digits[byte & 15];
        }
    }
    return out;
}

std::string identifier_query(std::string_view system, std::string_view value) {
    return "identifier=" + url_encoded(system) + url_encoded("|") + url_encoded(value);
}

bool files_go_ahead(const Submission& s) {
    std::size_t total = 0;
    for (const auto& attachment : s.attachments)
        total += static_cast<std::size_t>(attachment.size);
    return total > largest_inline;
}

std::string revision_tail(const Submission& s) {
    return s.correction ? "." + std::to_string(s.correction->number + 1) : std::string();
}

std::vector<Entry> entries_of(const Submission& s) {
    std::vector<Entry> entries;
    const std::string base(s.routing.base_uri);
    const std::string revision = revision_tail(s);
    const std::string request = s.id.text() + revision;
    const auto named = [&](std::string_view type, const std::string& part, std::string_view sid,
                           std::string_view tail) {
        entries.push_back({std::string(type), part, base + std::string(sid), request + std::string(tail),
                           part_id(s.id, part + revision).text()});
    };
    const auto addressed = [&](std::string_view type, const std::string& part) {
        entries.push_back({std::string(type), part, {}, {}, part_id(s.id, part).text()});
    };
    for (std::size_t n = 1; n <= s.attachments.size(); ++n)
        addressed("Binary", binary_part(n, s.attachments[n - 1].sha1_base64));
    if (s.declarant) named("RelatedPerson", "declarant", "/sid/declarant", "-declarant");
    named("QuestionnaireResponse", "response", "/sid/request", "");
    named("Task", "task", "/sid/task", "-task");
    for (std::size_t n = 1; n <= s.attachments.size(); ++n)
        named("DocumentReference", "doc-" + std::to_string(n), "/sid/document", "-doc-" + std::to_string(n));
    if (has_consents(s))
        for (std::size_t n = 1; n <= s.consents.size(); ++n)
            named("Consent", numbered("consent", n), "/sid/consent", "-" + numbered("consent", n));
    entries.push_back({"Provenance", "provenance", {}, {}, part_id(s.id, "provenance" + revision).text()});
    return entries;
}

std::size_t bundle_size(const Submission& s) {
    return entries_of(s).size() - (files_go_ahead(s) ? s.attachments.size() : 0);
}

std::optional<Text> build_bundle(const Submission& s, std::span<const SecretBytes> files, CreateBy by) {
    if (files.size() != s.attachments.size()) return std::nullopt;
    JsonText out(s.response.get_allocator().resource());
    Resources resources(s, out, by);
    out.open_object().member("resourceType", "Bundle").member("type", "transaction").key("entry").open_array();
    std::size_t binary = 0, document = 0, consent = 0;
    for (const Entry& e : entries_of(s)) {
        if (e.type == "Binary" && files_go_ahead(s)) continue;
        out.open_object().member("fullUrl", "urn:uuid:" + e.id).key("resource");
        if (e.type == "Binary") {
            ++binary;
            resources.binary(binary, files[binary - 1]);
        } else if (e.type == "RelatedPerson") {
            resources.related_person(e);
        } else if (e.type == "QuestionnaireResponse") {
            if (!resources.response(e)) return std::nullopt;
        } else if (e.type == "Task") {
            resources.task(e);
        } else if (e.type == "DocumentReference") {
            resources.document(e, ++document);
        } else if (e.type == "Consent") {
            resources.consent(e, s.consents[consent++]);
        } else {
            resources.provenance(e);
        }
        out.key("request").open_object();
        if (by_condition(e, by))
            out.member("method", "POST")
                .member("url", e.type)
                .member("ifNoneExist", identifier_query(e.system, e.value));
        else
            out.member("method", "PUT").member("url", e.type + "/" + e.id);
        if (by == CreateBy::Address && !by_condition(e, by)) out.member("ifNoneMatch", "*");
        out.close_object().close_object();
    }
    out.close_array().close_object();
    return out.take();
}

Text build_binary(const Submission& s, std::size_t number, const SecretBytes& file) {
    JsonText out(s.response.get_allocator().resource());
    Resources(s, out).binary(number, file);
    return out.take();
}

} // namespace net::fhir
