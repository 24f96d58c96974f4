// SPDX-License-Identifier: EUPL-1.2
#include "tests/doubles/submissions.hpp"

#include <span>
#include <string>

namespace tests {
namespace {

const std::string mario =
    R"js({"resourceType":"QuestionnaireResponse","language":"it","extension":[{"url":"https://sportello.examp)js"
    R"js(le.org/fhir/StructureDefinition/questionnaire-sha256","valueString":"df2f498a9a067792e97097516b7ef7c)js"
    R"js(c86db2e14a7da95918bcca831ee8aeffc"}],"questionnaire":"https://sportello.example.org/fhir/Questionnai)js"
    R"js(re/pua-accesso|1.0.0","status":"completed","authored":"2026-11-22T09:41:00+01:00","item":[{"linkId":)js"
    R"js("1","text":"Chi presenta la richiesta","item":[{"linkId":"1.1","text":"Per chi è la richiesta?","ans)js"
    R"js(wer":[{"valueCoding":{"system":"https://sportello.example.org/fhir/CodeSystem/interlocutore","code":)js"
    R"js("parente","display":"Parente o conoscente"}}]},{"linkId":"1.2","text":"I suoi dati","item":[{"linkId)js"
    R"js(":"1.2.1","text":"Nome e cognome","answer":[{"valueString":"Bianca Rossi"}]},{"linkId":"1.2.2","text)js"
    R"js(":"Rapporto con la persona","answer":[{"valueString":"figlia"}]},{"linkId":"1.2.3","text":"Cellulare)js"
    R"js(","answer":[{"valueString":"+39 333 0000000"}]}]}]},{"linkId":"2","text":"La persona","item":[{"link)js"
    R"js(Id":"2.1","text":"Cognome","answer":[{"valueString":"Rossi"}]},{"linkId":"2.2","text":"Nome","answer)js"
    R"js(":[{"valueString":"Mario"}]},{"linkId":"2.3","text":"Data di nascita","answer":[{"valueDate":"1980-0)js"
    R"js(1-01"}]},{"linkId":"2.4","text":"Codice fiscale","answer":[{"valueString":"RSSMRA80A01H501U"}]},{"li)js"
    R"js(nkId":"2.5","text":"Comune o Stato di nascita","answer":[{"valueCoding":{"system":"https://www.hl7.i)js"
    R"js(t/fhir/terminology/CodeSystem/istat-unitaAmministrativeTerritoriali","code":"058091","display":"Roma)js"
    R"js("}}]},{"linkId":"2.6","text":"Cittadinanza","answer":[{"valueCoding":{"system":"https://www.hl7.it/f)js"
    R"js(hir/terminology/CodeSystem/istat-unitaAmministrativeTerritorialiEstere","code":"100","display":"Ital)js"
    R"js(ia"}}]},{"linkId":"2.7","text":"Indirizzo di residenza","item":[{"linkId":"2.7.1","text":"Via e nume)js"
    R"js(ro","answer":[{"valueString":"Via di Prova 1"}]},{"linkId":"2.7.2","text":"Comune","answer":[{"value)js"
    R"js(Coding":{"system":"https://www.hl7.it/fhir/terminology/CodeSystem/istat-unitaAmministrativeTerritori)js"
    R"js(ali","code":"055023","display":"Orvieto"}}]},{"linkId":"2.7.3","text":"CAP","answer":[{"valueString")js"
    R"js(:"05018"}]}]}]},{"linkId":"3","text":"Chi vive con la persona","item":[{"linkId":"3.1","text":"Nome")js"
    R"js(,"answer":[{"valueString":"Bianca"}]},{"linkId":"3.2","text":"Anno di nascita","answer":[{"valueInte)js"
    R"js(ger":2004}]}]},{"linkId":"3","text":"Chi vive con la persona","item":[{"linkId":"3.1","text":"Nome",)js"
    R"js("answer":[{"valueString":"Luca"}]},{"linkId":"3.2","text":"Anno di nascita","answer":[{"valueInteger)js"
    R"js(":2010}]}]},{"linkId":"4","text":"Di che cosa ha bisogno?","answer":[{"valueCoding":{"system":"https)js"
    R"js(://sportello.example.org/fhir/CodeSystem/bisogni","code":"assistenza-domiciliare","display":"Aiuto a)js"
    R"js( casa"}},{"valueCoding":{"system":"https://sportello.example.org/fhir/CodeSystem/bisogni","code":"ec)js"
    R"js(onomico","display":"Difficoltà economica"}}]},{"linkId":"5","text":"Documento di identità","answer":)js"
    R"js([{"valueAttachment":{"contentType":"image/png","size":69,"hash":"ubT9GmGCko4cNKVYMsejEkIq5N4=","titl)js"
    R"js(e":"Carta d'identità, fronte","creation":"2026-11-22T09:41:00+01:00","url":"Binary/@BINARY@"}}]},{"l)js"
    R"js(inkId":"6","text":"Ho letto l'informativa sulla privacy","answer":[{"valueBoolean":true}]},{"linkId")js"
    R"js(:"7","text":"La persona autorizza la condivisione con la ASL","answer":[{"valueBoolean":true}]}]})js";

const std::string short_response =
    R"js({"resourceType":"QuestionnaireResponse","language":"it","extension":[{"url":"https://sportello.example.org/fhir/StructureDefinition/questionnaire-sha256","valueString":"df2f498a9a067792e97097516b7ef7cc86db2e14a7da95918bcca831ee8aeffc"}],"questionnaire":"https://sportello.example.org/fhir/Questionnaire/pua-accesso|1.0.0","status":"completed","authored":"2026-11-22T09:41:00+01:00","item":[{"linkId":"4","text":"Di che cosa ha bisogno?","answer":[{"valueString":"Aiuto a casa"}]}]})js";

net::Submission common(std::pmr::memory_resource* memory, const forms::Uuid& id) {
    net::Submission s(memory);
    s.id = id;
    s.definition_url = "https://sportello.example.org/fhir/Questionnaire/pua-accesso";
    s.definition_version = "1.0.0";
    s.definition_sha256 = "df2f498a9a067792e97097516b7ef7cc86db2e14a7da95918bcca831ee8aeffc";
    s.language = "it";
    s.response = short_response;
    s.visit_start = "2026-11-22T09:28:10+01:00";
    s.visit_end = "2026-11-22T09:41:00+01:00";
    s.routing.base_uri = "https://sportello.example.org/fhir";
    s.routing.office_id = "orvieto-pua";
    s.routing.office_name = "PUA di Orvieto";
    s.routing.location_id = "orvieto-piazza-prova";
    s.routing.body_name = "Comune di Orvieto (dati di prova)";
    s.routing.body_tax_code = "00000000018";
    s.routing.terminal_id = "orvieto-01";
    s.routing.health_body_code = "100202";
    s.routing.health_body_name = "AUSL Umbria n. 2";
    s.routing.consent_policy_uri = "https://sportello.example.org/fhir/policy/condivisione-asl/2026-01";
    return s;
}

} // namespace

net::Submission daughter_speaks(std::pmr::memory_resource* memory) {
    net::Submission s = common(memory, *forms::Uuid::parse("5f0c2a4e-3b7d-4c1a-9e2f-6a1b8c9d0e11"));
    std::string response = mario;
    const std::string mark = "@BINARY@";
    response.replace(response.find(mark), mark.size(),
                     net::part_id(s.id, net::binary_part(1, "ubT9GmGCko4cNKVYMsejEkIq5N4=")).text());
    s.response = response;
    s.subject_kind = net::Submission::SubjectKind::Identified;
    s.subject_system = "urn:oid:2.16.840.1.113883.2.9.4.3.2";
    s.subject_value = "RSSMRA80A01H501U";
    s.subject_display = "Mario Rossi";
    auto& declarant = s.declarant.emplace(memory);
    declarant.full_name = "Bianca Rossi";
    declarant.relationship = "figlia";
    declarant.relationship_system = "http://terminology.hl7.org/CodeSystem/v3-RoleCode";
    declarant.relationship_code = "DAUC";
    declarant.mobile = "+39 333 0000000";
    net::Submission::Consent consent(memory);
    consent.purpose = "consent-sharing";
    consent.given = true;
    s.consents.push_back(std::move(consent));
    s.completion = net::Submission::Completion::Assisted;
    s.operator_id = "op-17";
    auto& seen = s.identity_seen.emplace(memory);
    seen.document = "identity-card";
    seen.by = s.operator_id;
    seen.at = "2026-11-22T09:30:00+01:00";
    net::Submission::Attachment scan(memory);
    scan.content_type = "image/png";
    scan.title = "Carta d'identità, fronte";
    scan.kind = "identity-card";
    scan.kind_display = "Carta d'identità";
    scan.created = "2026-11-22T09:41:00+01:00";
    scan.sha1_base64 = "ubT9GmGCko4cNKVYMsejEkIq5N4=";
    scan.size = 69;
    s.attachments.push_back(std::move(scan));
    return s;
}

net::Submission anonymous(std::pmr::memory_resource* memory, const forms::Uuid& id) {
    net::Submission s = common(memory, id);
    s.subject_kind = net::Submission::SubjectKind::Anonymous;
    return s;
}

net::Submission plain(std::pmr::memory_resource* memory, const forms::Uuid& id) {
    net::Submission s = common(memory, id);
    s.subject_kind = net::Submission::SubjectKind::Temporary;
    s.subject_display = "Maria Bianchi";
    return s;
}

std::string one_pixel() {
    constexpr unsigned char bytes[] = {
        0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00,
        0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x02, 0x00, 0x00, 0x00, 0x90, 0x77, 0x53, 0xde, 0x00, 0x00, 0x00,
        0x0c, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0xf8, 0xff, 0xff, 0x3f, 0x00, 0x05, 0xfe, 0x02, 0xfe, 0x0d,
        0xef, 0x46, 0xb8, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82};
    return {reinterpret_cast<const char*>(bytes), sizeof bytes};
}

std::vector<BundleSample> bundle_samples(std::pmr::memory_resource* memory) {
    std::vector<BundleSample> samples;
    const std::string pixel = one_pixel();
    const auto bytes = std::as_bytes(std::span(pixel.data(), pixel.size()));
    samples.push_back({"daughter-speaks", daughter_speaks(memory), {}});
    samples.back().files.emplace_back(bytes.begin(), bytes.end(), memory);
    samples.push_back(
        {"without-a-code", plain(memory, *forms::Uuid::parse("0b6f3f0e-5a53-4f0a-9c3b-8d3f5a8f1c22")), {}});
    samples.push_back(
        {"anonymous", anonymous(memory, *forms::Uuid::parse("7d2b9c64-1f5e-4f6d-8a3c-2e9b7f4a1d33")), {}});
    // A refusal of consent, urgent, alone at the terminal.
    auto refused = plain(memory, *forms::Uuid::parse("c4a1d2e3-6b7c-4d8e-9f0a-1b2c3d4e5f60"));
    refused.urgent = true;
    net::Submission::Consent consent(memory);
    consent.purpose = "consent-sharing";
    consent.given = false;
    refused.consents.push_back(std::move(consent));
    samples.push_back({"consent-refused", std::move(refused), {}});
    return samples;
}

} // namespace tests
