// SPDX-License-Identifier: EUPL-1.2
#include "net/central/fhir/resources.hpp"

#include <algorithm>

namespace net::fhir {
namespace {

constexpr std::string_view health_body_system = "urn:oid:2.16.840.1.113883.2.9.4.1.1";

} // namespace

void Resources::begin(std::string_view type, const Entry& e) {
    out_.open_object().member("resourceType", type);
    if (at_address(e)) out_.member("id", e.id);
}

void Resources::binary(std::size_t number, const SecretBytes& file) {
    const auto id = part_id(s_.id, binary_part(number, s_.attachments[number - 1].sha1_base64)).text();
    out_.open_object().member("resourceType", "Binary").member("id", id);
    out_.member("contentType", s_.attachments[number - 1].content_type).key("data");
    base64(file);
    out_.close_object();
}

void Resources::related_person(const Entry& e) {
    const auto& d = *s_.declarant;
    begin("RelatedPerson", e);
    out_.key("identifier").open_array();
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

bool Resources::response(const Entry& e) {
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
    for (const auto& [name, value] : *members) {
        if (std::ranges::find(ours, name) != std::end(ours)) continue;
        out_.key(name).raw(name == "status" && s_.correction ? std::string_view("\"amended\"") : value);
    }
    if (at_address(e)) out_.member("id", e.id);
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

void Resources::task(const Entry& e) {
    begin("Task", e);
    out_.key("identifier").open_array();
    identifier(e.system, e.value);
    out_.close_array().key("groupIdentifier");
    identifier(own("/sid/request"), request_);
    out_.member("status", "requested").key("businessStatus");
    concept_of(own("/CodeSystem/request-status"), "received", "Ricevuta");
    out_.member("intent", "order").member("priority", s_.urgent ? "urgent" : "routine").key("code");
    out_.open_object().key("coding").open_array();
    coding(own("/CodeSystem/task-code"), "pua-access", "Richiesta di accesso al PUA");
    if (s_.correction) coding("http://hl7.org/fhir/CodeSystem/task-code", "change", {});
    out_.close_array().close_object();
    if (s_.correction) {
        out_.key("partOf").open_array();
        before("Task", "/sid/task", "-task");
        out_.close_array();
    }
    out_.key("focus");
    inside("QuestionnaireResponse", "response");
    out_.key("for");
    subject();
    out_.member("authoredOn", s_.visit_end).member("lastModified", told_at()).key("requester");
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

void Resources::document(const Entry& e, std::size_t number) {
    const auto& a = s_.attachments[number - 1];
    begin("DocumentReference", e);
    out_.key("identifier").open_array();
    identifier(e.system, e.value);
    out_.close_array().member("status", "current").member("docStatus", "final").key("type");
    concept_of(own("/CodeSystem/document-type"), a.kind, a.kind_display);
    if (s_.correction) {
        out_.key("relatesTo").open_array().open_object().member("code", "replaces").key("target");
        before("DocumentReference", "/sid/document", "-doc-" + std::to_string(number));
        out_.close_object().close_array();
    }
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
    out_.member("url", "Binary/" + part_id(s_.id, binary_part(number, a.sha1_base64)).text());
    out_.close_object().close_object().close_array();
    out_.key("context").open_object().key("related").open_array();
    inside("QuestionnaireResponse", "response");
    out_.close_array().close_object().close_object();
}

void Resources::consent(const Entry& e, const Submission::Consent& c) {
    begin("Consent", e);
    out_.key("identifier").open_array();
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

/// Which document and when have no element of their own in R4.
void Resources::verifier() {
    const Submission::IdentitySeen& seen = *s_.identity_seen;
    const auto what = [&] {
        out_.key("extension").open_array().open_object();
        out_.member("url", own("/StructureDefinition/identity-seen")).key("extension").open_array();
        if (!seen.document.empty()) {
            out_.open_object().member("url", "document").key("valueCodeableConcept");
            concept_of(own("/CodeSystem/identity-document"), seen.document, {});
            out_.close_object();
        }
        out_.open_object().member("url", "time").member("valueInstant", seen.at).close_object();
        out_.close_array().close_object().close_array();
    };
    agent(
        "verifier", "Verifier", [&] { logical("Practitioner", own("/sid/operator"), seen.by); }, [&] { body(); }, true,
        what);
}

void Resources::provenance(const Entry& e) {
    out_.open_object().member("resourceType", "Provenance").member("id", e.id).key("target").open_array();
    inside("QuestionnaireResponse", "response");
    out_.close_array().key("occurredPeriod").open_object().member("start", s_.visit_start).member("end", s_.visit_end);
    out_.close_object().member("recorded", told_at()).key("location");
    location();
    out_.key("activity");
    constexpr std::string_view operations = "http://terminology.hl7.org/CodeSystem/v3-DataOperation";
    if (s_.correction)
        concept_of(operations, "UPDATE", "revise");
    else
        concept_of(operations, "CREATE", "create");
    out_.key("agent").open_array();
    agent(
        "informant", "Informant", [&] { speaker(); }, [&] { subject(); }, s_.declarant.has_value());
    if (assisted())
        agent(
            "enterer", "Enterer", [&] { operator_(); }, [&] { body(); }, true);
    if (s_.correction)
        agent(
            "enterer", "Enterer", [&] { editor(); }, [&] { body(); }, true);
    if (s_.identity_seen && !s_.identity_seen->by.empty() && s_.subject_kind != Submission::SubjectKind::Anonymous)
        verifier();
    agent(
        "assembler", "Assembler", [&] { terminal(); }, [&] { body(); }, true);
    out_.close_array();
    if (!s_.attachments.empty() || s_.correction) {
        out_.key("entity").open_array();
        if (s_.correction) {
            out_.open_object().member("role", "revision").key("what");
            before("QuestionnaireResponse", "/sid/request", "");
            out_.close_object();
        }
        for (std::size_t n = 1; n <= s_.attachments.size(); ++n) {
            out_.open_object().member("role", "source").key("what");
            inside("DocumentReference", "doc-" + std::to_string(n));
            out_.close_object();
        }
        out_.close_array();
    }
    out_.close_object();
}

} // namespace net::fhir
