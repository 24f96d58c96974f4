// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/document.hpp"

#include "forms/italian/fiscal_code.hpp"
#include "forms/italian/fiscal_code_beside.hpp"

#include <algorithm>
#include <array>

namespace kiosk {
namespace {

/// A mark that says what the paper is; the first in this order wins, because a paper for one person may carry any of
/// the later ones too.
DocumentKind kind_of(const std::vector<CodeSeen>& codes) {
    const auto has = [&]<class Mark>(const Mark*) {
        return std::any_of(codes.begin(), codes.end(),
                           [](const CodeSeen& code) { return std::holds_alternative<Mark>(code.meaning); });
    };
    if (has(static_cast<ReceiptMark*>(nullptr))) return DocumentKind::Receipt;
    if (has(static_cast<PagoPaMark*>(nullptr))) return DocumentKind::PaymentNotice;
    if (has(static_cast<SepaMark*>(nullptr))) return DocumentKind::TransferSlip;
    if (has(static_cast<FrenchMark*>(nullptr))) return DocumentKind::FrenchMarkedPaper;
    if (has(static_cast<HealthCodeMark*>(nullptr))) return DocumentKind::HealthCodeCard;
    if (has(static_cast<HealthCardMark*>(nullptr))) return DocumentKind::HealthCard;
    for (const CodeSeen& code : codes) // a codice fiscale in a QR code is on many papers, in Code 39 on a card
        if (std::holds_alternative<FiscalCodeMark>(code.meaning) &&
            (code.symbology == Symbology::Code39 || code.symbology == Symbology::Code128))
            return DocumentKind::HealthCard;
    if (has(static_cast<MedicineMark*>(nullptr))) return DocumentKind::Medicine;
    return DocumentKind::Unknown;
}

void add_code_of_person(DocumentSeen& seen, const std::string& code, const forms::PartialDate& today) {
    if (seen.person) {
        if (seen.person->fiscal_code != code && seen.conflicts.empty()) seen.conflicts.push_back(Conflict::FiscalCodes);
        return;
    }
    PersonSeen person;
    person.fiscal_code = code;
    if (const auto read = forms::read_fiscal_code(code, today); read.ok()) {
        person.birth_date = read.value().birth_date;
        person.hundred_years_earlier = read.value().hundred_years_earlier;
        person.birth_place = read.value().place();
    }
    seen.person = std::move(person);
}

/// Doc 9303: P passports, V visas; the Italian cards by their type letters (the permit's are not settled: any of I, A,
/// R).
DocumentKind kind_of(const Mrz& mrz) {
    switch (mrz.format) {
    case MrzFormat::VisaA:
    case MrzFormat::VisaB:
        return DocumentKind::Visa;
    case MrzFormat::FrenchCard:
        return DocumentKind::FrenchCard;
    case MrzFormat::Td3:
        if (mrz.nationality == "XXA" || mrz.nationality == "XXB" || mrz.nationality == "XXC")
            return DocumentKind::TravelDocument;
        return mrz.type.starts_with("P") ? DocumentKind::Passport : DocumentKind::Unknown;
    case MrzFormat::Td1:
    case MrzFormat::Td2:
        if (mrz.issuer != "ITA") return DocumentKind::IdentityCard;
        if (mrz.type.starts_with("C")) return DocumentKind::ItalianCard;
        return mrz.type.empty() ? DocumentKind::Unknown : DocumentKind::ResidencePermit;
    }
    return DocumentKind::Unknown;
}

/// The zone beside the code: what both say must agree; what one alone says is added.
void add_zone(DocumentSeen& seen, const forms::PartialDate& today) {
    const Mrz& mrz = *seen.mrz;
    if (seen.person) {
        forms::SaidBeside zone{.birth = mrz.birth};
        if (mrz.names_whole && !mrz.family.empty() && !mrz.given.empty()) {
            zone.family = mrz.family;
            zone.given = mrz.given;
        }
        const auto differs = forms::compare_with_code(seen.person->fiscal_code, zone, today, nullptr);
        if (differs.birth) seen.conflicts.push_back(Conflict::BirthDate);
        if (differs.names()) seen.conflicts.push_back(Conflict::Name);
    } else {
        seen.person.emplace();
    }
    PersonSeen& person = *seen.person;
    person.family = mrz.family;
    person.given = mrz.given;
    person.sex = mrz.sex;
    person.nationality = mrz.nationality;
    person.document_number = mrz.number;
    person.document_expiry = mrz.expiry;
    if (mrz.birth) {
        person.birth_date = mrz.birth;
        person.hundred_years_earlier.reset();
    }
}

} // namespace

std::string_view name_of(DocumentKind kind) {
    constexpr std::array<std::string_view, 15> names = {
        "unknown",         "identity-card", "cie",         "residence-permit", "passport",
        "travel-document", "visa",          "french-card", "health-card",      "health-code-card",
        "payment-notice",  "transfer-slip", "2d-doc",      "receipt",          "medicine"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view name_of(Conflict conflict) {
    constexpr std::array<std::string_view, 3> names = {"fiscal-codes", "birth-date", "name"};
    return names[static_cast<std::size_t>(conflict)];
}

DocumentSeen understand(const Readout& readout, const forms::PartialDate& today) {
    DocumentSeen seen;
    for (const CodeFound& code : readout.codes)
        seen.codes.push_back({code.symbology, meaning_of(code.bytes, today), code.corners});
    for (const CodeSeen& code : seen.codes) {
        if (const auto* const fiscal = std::get_if<FiscalCodeMark>(&code.meaning))
            add_code_of_person(seen, fiscal->code, today);
        if (const auto* const health = std::get_if<HealthCodeMark>(&code.meaning))
            add_code_of_person(seen, health->code, today);
    }
    if (readout.mrz) seen.mrz = read_mrz(readout.mrz->lines, today);
    if (seen.mrz) add_zone(seen, today);
    if (!seen.conflicts.empty()) seen.person.reset();
    seen.kind = seen.mrz ? kind_of(*seen.mrz) : kind_of(seen.codes);
    return seen;
}

} // namespace kiosk
