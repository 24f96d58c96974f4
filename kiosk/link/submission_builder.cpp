// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/link/submission_builder.hpp"

#include "forms/base/digest.hpp"
#include "forms/engine/complete.hpp"
#include "forms/fhir/facts.hpp"
#include "forms/fhir/response.hpp"
#include "forms/italian/fiscal_code.hpp"
#include "forms/italian/stp_eni.hpp"
#include "forms/italian/typed_code.hpp"
#include "kiosk/model/today.hpp"
#include "net/runtime/wall_text.hpp"

#include <algorithm>
#include <variant>

namespace kiosk {
namespace {

// HL7 Italia Core; the fiscal code's own system is a key of the configuration.
constexpr std::string_view stp_system = "urn:oid:2.16.840.1.113883.2.9.4.3.17";
constexpr std::string_view eni_system = "urn:oid:2.16.840.1.113883.2.9.4.3.18";

/// Indices of the scans that the enabled answers point to, in the order of the form, each once.
void collect(const std::pmr::vector<forms::FilledItem>& items, std::vector<int>& found) {
    for (const forms::FilledItem& item : items) {
        for (const forms::FilledAnswer& answer : item.answers) {
            const auto* scan = answer.value ? std::get_if<forms::AttachmentRef>(&*answer.value) : nullptr;
            if (scan != nullptr && std::ranges::find(found, scan->index) == found.end()) found.push_back(scan->index);
            collect(answer.items, found);
        }
        collect(item.items, found);
    }
}

/// The code as it is registered, in capitals and without what divides it. Empty when what was typed is no codice
/// fiscale or its check letter shows a slip of the fingers: a wrong number names nobody, or somebody else. The answer
/// itself stays as it was typed, for the office to read.
std::pmr::string fiscal_code_of(const std::pmr::string& typed, forms::WallTime today) {
    const auto read = forms::read_fiscal_code(typed, date_of(today));
    const bool fits = read.ok() && read.value().check_matches;
    return std::pmr::string(fits ? forms::TypedCode(typed).text() : std::string_view(), typed.get_allocator());
}
/// Has no check digit: its shape must do.
std::pmr::string health_code(const std::pmr::string& typed, forms::HealthCode kind) {
    const bool fits = forms::health_code_of(typed) == kind;
    return std::pmr::string(fits ? forms::TypedCode(typed).text() : std::string_view(), typed.get_allocator());
}

void name_subject(net::Submission& s, const forms::Facts& facts, const net::Config& config, forms::WallTime today) {
    using Kind = net::Submission::SubjectKind;
    if (facts.anonymous.value_or(false)) {
        s.subject_kind = Kind::Anonymous;
        return;
    }
    s.subject_display = facts.person.given;
    if (!s.subject_display.empty() && !facts.person.family.empty()) s.subject_display += ' ';
    s.subject_display += facts.person.family;
    const auto take = [&s](std::string_view system, const std::pmr::string& number) {
        if (s.subject_kind == Kind::Identified || number.empty()) return;
        s.subject_kind = Kind::Identified;
        s.subject_system = system;
        s.subject_value = number;
    };
    s.subject_kind = Kind::Temporary;
    take(config.central.fiscal_code_system, fiscal_code_of(facts.person.fiscal_code, today));
    take(stp_system, health_code(facts.person.stp, forms::HealthCode::Stp));
    take(eni_system, health_code(facts.person.eni, forms::HealthCode::Eni));
}

void name_others(net::Submission& s, const forms::Facts& facts, const net::Config& config, forms::WallTime today) {
    std::pmr::memory_resource* memory = s.response.get_allocator().resource();
    if (s.subject_kind == net::Submission::SubjectKind::Anonymous) return;
    if (facts.has_declarant) {
        auto& declarant = s.declarant.emplace(memory);
        declarant.full_name = facts.declarant.full_name;
        declarant.relationship = facts.declarant.relationship;
        declarant.mobile = facts.declarant.mobile;
        declarant.fiscal_code = fiscal_code_of(facts.declarant.fiscal_code, today);
        if (!declarant.fiscal_code.empty()) declarant.fiscal_code_system = config.central.fiscal_code_system;
        if (const auto& coding = facts.declarant.relationship_coding) {
            declarant.relationship_system = coding->system;
            declarant.relationship_code = coding->code;
            if (declarant.relationship.empty()) declarant.relationship = coding->display;
        }
    }
    for (const auto& asked : facts.consents) {
        net::Submission::Consent consent(memory);
        consent.purpose = asked.purpose;
        consent.given = asked.given;
        s.consents.push_back(std::move(consent));
    }
}

void address(net::Submission& s, const net::Config& config) {
    auto& to = s.routing;
    to.base_uri = config.central.base_uri;
    to.office_id = config.office.id;
    to.office_name = config.office.name;
    to.location_id = config.office.location_id;
    to.body_name = config.office.body_name;
    to.body_tax_code = config.office.tax_code;
    to.terminal_id = config.terminal.id;
    to.health_body_code = config.office.health_body_code;
    to.health_body_name = config.office.health_body_name;
    to.consent_policy_uri = config.central.consent_policy_uri.empty()
                                ? config.central.base_uri + "/policy/condivisione-asl/2026-01"
                                : config.central.consent_policy_uri;
}

} // namespace

forms::Result<FrozenRequest, std::vector<forms::Issue>> freeze(const forms::Draft& draft, const VisitFacts& visit,
                                                               const net::Config& config,
                                                               std::span<const ScannedFile> scans) {
    auto filled = forms::complete(draft, visit.language);
    if (!filled.ok()) return filled.error();
    const forms::Facts facts = forms::read_facts(draft);
    std::pmr::memory_resource* memory = draft.memory();

    FrozenRequest frozen{net::Submission(memory), {}};
    net::Submission& s = frozen.submission;
    s.id = visit.request;
    s.definition_url = draft.definition().url();
    s.definition_version = draft.definition().version();
    s.definition_sha256 = forms::hex(draft.definition().sha256());
    s.language = visit.language;
    s.urgent = facts.urgent;
    s.visit_start = net::fhir_instant(visit.start);
    s.visit_end = net::fhir_instant(visit.end);
    s.completion =
        visit.operator_id.empty() ? net::Submission::Completion::Alone : net::Submission::Completion::Assisted;
    s.operator_id = visit.operator_id;
    name_subject(s, facts, config, visit.start);
    name_others(s, facts, config, visit.start);
    if (!visit.identity_document.empty() && s.subject_kind != net::Submission::SubjectKind::Anonymous)
        s.identity_seen.emplace(memory).document = visit.identity_document;
    address(s, config);

    forms::ResponseOptions options;
    options.authored = s.visit_end;
    options.base_uri = config.central.base_uri;
    std::vector<int> wanted;
    collect(filled.value().items, wanted);
    const auto take = [&](const ScannedFile& scan) {
        net::Submission::Attachment attachment(memory);
        attachment.content_type = scan.content_type;
        attachment.title = scan.title;
        attachment.kind = scan.kind;
        attachment.kind_display = scan.kind_display;
        attachment.created = scan.created.empty() ? std::string_view(s.visit_end) : std::string_view(scan.created);
        const std::string_view bytes(reinterpret_cast<const char*>(scan.bytes.data()), scan.bytes.size());
        attachment.sha1_base64 = forms::base64(forms::sha1(bytes));
        attachment.size = static_cast<std::int64_t>(scan.bytes.size());
        s.attachments.push_back(std::move(attachment));
        frozen.files.push_back(scan.bytes);
        if (scan.index >= 0) {
            const auto place = static_cast<std::size_t>(scan.index);
            if (options.attachment_urls.size() <= place) options.attachment_urls.resize(place + 1);
            const std::string part = net::binary_part(frozen.files.size(), s.attachments.back().sha1_base64);
            options.attachment_urls[place] = "Binary/" + net::part_id(s.id, part).text();
        }
    };
    for (const int index : wanted)
        if (const auto found = std::ranges::find(scans, index, &ScannedFile::index); index >= 0 && found != scans.end())
            take(*found);
    for (const ScannedFile& scan : scans)
        if (scan.index == ScannedFile::loose) take(scan);

    s.response = forms::write_response(filled.value(), options);
    return frozen;
}

} // namespace kiosk
