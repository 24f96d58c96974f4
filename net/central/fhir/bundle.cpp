// SPDX-License-Identifier: EUPL-1.2
#include "net/central/fhir/bundle.hpp"

#include "forms/base/digest.hpp"
#include "net/runtime/json_text.hpp"

#include <algorithm>

namespace net::fhir {
namespace {

using Kind = Submission::SubjectKind;

constexpr std::string_view tax_code_system = "urn:oid:2.16.840.1.113883.2.9.6.3.2";
constexpr std::string_view health_body_system = "urn:oid:2.16.840.1.113883.2.9.4.1.1";

/// A consent is recorded for a person who has a name; a refusal, too, is one.
bool has_consents(const Submission& s) {
    return s.subject_kind != Kind::Anonymous && (s.subject_kind == Kind::Identified || !s.subject_display.empty());
}

std::string numbered(std::string_view stem, std::size_t number) {
    return number == 1 ? std::string(stem) : std::string(stem) + "-" + std::to_string(number);
}

/// Writes the pieces that resources share.
class Builder {
public:
    Builder(const Submission& s, JsonText& out) : s_(s), out_(out), request_(s.id.text()) {}

    [[nodiscard]] std::string own(std::string_view tail) const {
        return std::string(s_.routing.base_uri) + std::string(tail);
    }

    void coding(std::string_view system, std::string_view code, std::string_view display) {
        out_.open_object().member("system", system).member("code", code);
        if (!display.empty()) out_.member("display", display);
        out_.close_object();
    }
    void concept_of(std::string_view system, std::string_view code, std::string_view display) {
        out_.open_object().key("coding").open_array();
        coding(system, code, display);
        out_.close_array().close_object();
    }
    void identifier(std::string_view system, std::string_view value) {
        out_.open_object().member("system", system).member("value", value).close_object();
    }
    /// A reference to something outside the Bundle: by identifier, never by address.
    void logical(std::string_view type, std::string_view system, std::string_view value,
                 std::string_view display = {}) {
        out_.open_object().member("type", type).key("identifier");
        identifier(system, value);
        if (!display.empty()) out_.member("display", display);
        out_.close_object();
    }
    void inside(std::string_view type, std::string_view part) {
        out_.open_object()
            .member("reference", "urn:uuid:" + part_id(s_.id, part).text())
            .member("type", type)
            .close_object();
    }
    void subject() {
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
        if (!s_.subject_display.empty() && s_.subject_kind != Kind::Anonymous)
            out_.member("display", s_.subject_display);
        out_.close_object();
    }
    void speaker() {
        if (s_.declarant)
            inside("RelatedPerson", "declarant");
        else
            subject();
    }
    void body() {
        if (s_.routing.body_tax_code.empty())
            logical("Organization", own("/sid/office"), s_.routing.office_id, s_.routing.body_name);
        else
            logical("Organization", tax_code_system, s_.routing.body_tax_code, s_.routing.body_name);
    }
    void operator_() { logical("Practitioner", own("/sid/operator"), s_.operator_id); }
    void terminal() { logical("Device", own("/sid/terminal"), s_.routing.terminal_id); }
    void location() { logical("Location", own("/sid/location"), s_.routing.location_id); }
    [[nodiscard]] bool assisted() const {
        return s_.completion == Submission::Completion::Assisted && !s_.operator_id.empty();
    }

    // --- the resources, each as one JSON object --------------------------------------------------------------------

    void binary(std::size_t number, const SecretBytes& file) {
        const auto id = part_id(s_.id, "doc-" + std::to_string(number) + "-binary").text();
        out_.open_object().member("resourceType", "Binary").member("id", id);
        out_.member("contentType", s_.attachments[number - 1].content_type).key("data");
        base64(file);
        out_.close_object();
    }

    void related_person(const Entry& e) {
        const auto& d = *s_.declarant;
        out_.open_object().member("resourceType", "RelatedPerson").key("identifier").open_array();
        identifier(e.system, e.value);
        if (!d.fiscal_code.empty()) identifier(d.fiscal_code_system, d.fiscal_code);
        out_.close_array().key("active").boolean(true).key("patient");
        subject();
        if (!d.relationship.empty() || !d.relationship_code.empty()) {
            out_.key("relationship").open_array().open_object();
            if (!d.relationship_code.empty()) {
                out_.key("coding").open_array();
                coding(d.relationship_system, d.relationship_code, {});
                out_.close_array();
            }
            if (!d.relationship.empty()) out_.member("text", d.relationship);
            out_.close_object().close_array();
        }
        if (!d.full_name.empty())
            out_.key("name").open_array().open_object().member("text", d.full_name).close_object().close_array();
        if (!d.mobile.empty())
            out_.key("telecom")
                .open_array()
                .open_object()
                .member("system", "phone")
                .member("value", d.mobile)
                .member("use", "mobile")
                .close_object()
                .close_array();
        out_.close_object();
    }

    /// The interface's response with what only the sending side knows. Its items go through untouched.
    bool response(const Entry& e) {
        const auto members = json_members(s_.response);
        if (!members) return false;
        const auto find = [&](std::string_view name) {
            const auto found = std::ranges::find(*members, name, &JsonMembers::value_type::first);
            return found == members->end() ? std::string_view() : found->second;
        };
        if (find("resourceType") != "\"QuestionnaireResponse\"" || find("item").empty()) return false;
        std::vector<std::string_view> extensions;
        if (const auto list = find("extension"); !list.empty()) {
            auto elements = json_elements(list);
            if (!elements) return false;
            extensions = std::move(*elements);
        }
        out_.open_object();
        constexpr std::string_view ours[] = {"extension", "identifier", "subject", "author", "source", "item", "id"};
        for (const auto& [name, value] : *members)
            if (std::ranges::find(ours, name) == std::end(ours)) out_.key(name).raw(value);
        out_.key("extension").open_array();
        for (const std::string_view extension : extensions)
            out_.raw(extension);
        out_.open_object();
        out_.member("url", "http://hl7.org/fhir/StructureDefinition/questionnaireresponse-completionMode");
        out_.key("valueCodeableConcept");
        constexpr std::string_view modes = "http://terminology.hl7.org/CodeSystem/v3-ParticipationMode";
        if (assisted())
            concept_of(modes, "FACE", "face-to-face");
        else
            concept_of(modes, "ELECTRONIC", "electronic data");
        out_.close_object().close_array();
        out_.key("identifier");
        identifier(e.system, e.value);
        out_.key("subject");
        subject();
        out_.key("author");
        if (assisted())
            operator_();
        else
            terminal();
        out_.key("source");
        speaker();
        out_.key("item").raw(find("item"));
        out_.close_object();
        return true;
    }

    void task(const Entry& e) {
        out_.open_object().member("resourceType", "Task").key("identifier").open_array();
        identifier(e.system, e.value);
        out_.close_array().key("groupIdentifier");
        identifier(own("/sid/request"), request_);
        out_.member("status", "requested").key("businessStatus");
        concept_of(own("/CodeSystem/request-status"), "received", "Ricevuta");
        out_.member("intent", "order").member("priority", s_.urgent ? "urgent" : "routine").key("code");
        concept_of(own("/CodeSystem/task-code"), "pua-access", "Richiesta di accesso al PUA");
        out_.key("focus");
        inside("QuestionnaireResponse", "response");
        out_.key("for");
        subject();
        out_.member("authoredOn", s_.visit_end).member("lastModified", s_.visit_end).key("requester");
        speaker();
        out_.key("owner");
        logical("Organization", own("/sid/office"), s_.routing.office_id, s_.routing.office_name);
        out_.key("location");
        location();
        if (!s_.attachments.empty()) {
            out_.key("input").open_array();
            for (std::size_t n = 1; n <= s_.attachments.size(); ++n) {
                out_.open_object().key("type");
                concept_of(own("/CodeSystem/task-input"), "document", "Documento allegato");
                out_.key("valueReference");
                inside("DocumentReference", "doc-" + std::to_string(n));
                out_.close_object();
            }
            out_.close_array();
        }
        out_.close_object();
    }

    void document(const Entry& e, std::size_t number) {
        const auto& a = s_.attachments[number - 1];
        out_.open_object().member("resourceType", "DocumentReference").key("identifier").open_array();
        identifier(e.system, e.value);
        out_.close_array().member("status", "current").member("docStatus", "final").key("type");
        concept_of(own("/CodeSystem/document-type"), a.kind, a.kind_display);
        out_.key("subject");
        subject();
        out_.member("date", s_.visit_end).key("author").open_array();
        terminal();
        out_.close_array().key("custodian");
        body();
        out_.key("securityLabel").open_array();
        concept_of("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "R", "restricted");
        out_.close_array().key("content").open_array().open_object().key("attachment").open_object();
        out_.member("contentType", a.content_type).key("size").number(a.size);
        out_.member("hash", a.sha1_base64).member("title", a.title).member("creation", a.created);
        out_.member("url", "Binary/" + part_id(s_.id, "doc-" + std::to_string(number) + "-binary").text());
        out_.close_object().close_object().close_array();
        out_.key("context").open_object().key("related").open_array();
        inside("QuestionnaireResponse", "response");
        out_.close_array().close_object().close_object();
    }

    void consent(const Entry& e, const Submission::Consent& c) {
        out_.open_object().member("resourceType", "Consent").key("identifier").open_array();
        identifier(e.system, e.value);
        out_.close_array().member("status", "active").key("scope");
        concept_of("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy", "Privacy Consent");
        out_.key("category").open_array();
        concept_of("http://terminology.hl7.org/CodeSystem/v3-ActCode", "IDSCL", "information disclosure");
        out_.close_array().key("patient");
        subject();
        out_.member("dateTime", s_.visit_end).key("performer").open_array();
        subject(); // never the declarant: a relative cannot consent for a capable adult
        out_.close_array().key("organization").open_array();
        body();
        out_.close_array().key("sourceReference");
        inside("QuestionnaireResponse", "response");
        out_.key("policy")
            .open_array()
            .open_object()
            .member("uri", s_.routing.consent_policy_uri)
            .close_object()
            .close_array();
        out_.key("provision").open_object().member("type", c.given ? "permit" : "deny");
        if (!s_.routing.health_body_code.empty()) {
            out_.key("actor").open_array().open_object().key("role");
            concept_of("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP", "information recipient");
            out_.key("reference");
            logical("Organization", health_body_system, s_.routing.health_body_code, s_.routing.health_body_name);
            out_.close_object().close_array();
        }
        out_.close_object().close_object();
    }

    void provenance(const Entry& e) {
        out_.open_object().member("resourceType", "Provenance").member("id", e.id).key("target").open_array();
        inside("QuestionnaireResponse", "response");
        out_.close_array()
            .key("occurredPeriod")
            .open_object()
            .member("start", s_.visit_start)
            .member("end", s_.visit_end);
        out_.close_object().member("recorded", s_.visit_end).key("location");
        location();
        out_.key("activity");
        concept_of("http://terminology.hl7.org/CodeSystem/v3-DataOperation", "CREATE", "create");
        out_.key("agent").open_array();
        agent(
            "informant", "Informant", [&] { speaker(); }, [&] { subject(); }, s_.declarant.has_value());
        if (assisted()) {
            agent(
                "enterer", "Enterer", [&] { operator_(); }, [&] { body(); }, true);
            if (s_.identity_seen)
                agent(
                    "verifier", "Verifier", [&] { operator_(); }, [&] { body(); }, true);
        }
        agent(
            "assembler", "Assembler", [&] { terminal(); }, [&] { body(); }, true);
        out_.close_array();
        if (!s_.attachments.empty()) {
            out_.key("entity").open_array();
            for (std::size_t n = 1; n <= s_.attachments.size(); ++n) {
                out_.open_object().member("role", "source").key("what");
                inside("DocumentReference", "doc-" + std::to_string(n));
                out_.close_object();
            }
            out_.close_array();
        }
        out_.close_object();
    }

private:
    template <class Who, class Behalf>
    void agent(std::string_view code, std::string_view display, Who who, Behalf behalf, bool on_behalf) {
        out_.open_object().key("type");
        concept_of("http://terminology.hl7.org/CodeSystem/provenance-participant-type", code, display);
        out_.key("who");
        who();
        if (on_behalf) {
            out_.key("onBehalfOf");
            behalf();
        }
        out_.close_object();
    }

    /// Straight into the output: no second copy of the pixels in ordinary memory.
    void base64(const SecretBytes& file) {
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

    const Submission& s_;
    JsonText& out_;
    std::string request_;
};

} // namespace

std::string identifier_query(std::string_view system, std::string_view value) {
    std::string out = "identifier=";
    const auto encode = [&](std::string_view text) {
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
    };
    encode(system);
    encode("|");
    encode(value);
    return out;
}

bool files_go_ahead(const Submission& s) {
    std::size_t total = 0;
    for (const auto& attachment : s.attachments)
        total += static_cast<std::size_t>(attachment.size);
    return total > largest_inline;
}

std::vector<Entry> entries_of(const Submission& s) {
    std::vector<Entry> entries;
    const std::string base(s.routing.base_uri);
    const std::string request = s.id.text();
    const auto named = [&](std::string_view type, const std::string& part, std::string_view sid,
                           std::string_view tail) {
        entries.push_back({std::string(type), part, base + std::string(sid), request + std::string(tail),
                           part_id(s.id, part).text()});
    };
    const auto addressed = [&](std::string_view type, const std::string& part) {
        entries.push_back({std::string(type), part, {}, {}, part_id(s.id, part).text()});
    };
    for (std::size_t n = 1; n <= s.attachments.size(); ++n)
        addressed("Binary", "doc-" + std::to_string(n) + "-binary");
    if (s.declarant) named("RelatedPerson", "declarant", "/sid/declarant", "-declarant");
    named("QuestionnaireResponse", "response", "/sid/request", "");
    named("Task", "task", "/sid/task", "-task");
    for (std::size_t n = 1; n <= s.attachments.size(); ++n)
        named("DocumentReference", "doc-" + std::to_string(n), "/sid/document", "-doc-" + std::to_string(n));
    if (has_consents(s))
        for (std::size_t n = 1; n <= s.consents.size(); ++n)
            named("Consent", numbered("consent", n), "/sid/consent", "-" + numbered("consent", n));
    addressed("Provenance", "provenance");
    return entries;
}

std::size_t bundle_size(const Submission& s) {
    return entries_of(s).size() - (files_go_ahead(s) ? s.attachments.size() : 0);
}

std::optional<Text> build_bundle(const Submission& s, std::span<const SecretBytes> files) {
    if (files.size() != s.attachments.size()) return std::nullopt;
    JsonText out(s.response.get_allocator().resource());
    Builder builder(s, out);
    out.open_object().member("resourceType", "Bundle").member("type", "transaction").key("entry").open_array();
    std::size_t binary = 0, document = 0, consent = 0;
    for (const Entry& e : entries_of(s)) {
        if (e.type == "Binary" && files_go_ahead(s)) continue;
        out.open_object().member("fullUrl", "urn:uuid:" + e.id).key("resource");
        if (e.type == "Binary") {
            ++binary;
            builder.binary(binary, files[binary - 1]);
        } else if (e.type == "RelatedPerson") {
            builder.related_person(e);
        } else if (e.type == "QuestionnaireResponse") {
            if (!builder.response(e)) return std::nullopt;
        } else if (e.type == "Task") {
            builder.task(e);
        } else if (e.type == "DocumentReference") {
            builder.document(e, ++document);
        } else if (e.type == "Consent") {
            builder.consent(e, s.consents[consent++]);
        } else {
            builder.provenance(e);
        }
        out.key("request").open_object();
        if (e.by_identifier())
            out.member("method", "POST")
                .member("url", e.type)
                .member("ifNoneExist", identifier_query(e.system, e.value));
        else
            out.member("method", "PUT").member("url", e.type + "/" + e.id);
        out.close_object().close_object();
    }
    out.close_array().close_object();
    return out.take();
}

Text build_binary(const Submission& s, std::size_t number, const SecretBytes& file) {
    JsonText out(s.response.get_allocator().resource());
    Builder(s, out).binary(number, file);
    return out.take();
}

} // namespace net::fhir
