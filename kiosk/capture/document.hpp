// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/calendar.hpp"
#include "kiosk/capture/code_meaning.hpp"
#include "kiosk/capture/mrz.hpp"
#include "kiosk/capture/readout.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kiosk {

/// What kind of paper a picture shows, as far as its marks tell. One mark proves no document: it is a word for the
/// person ("is this your health card?"), never a decision.
enum class DocumentKind {
    Unknown,
    IdentityCard,    ///< TD1 or TD2 of any state, the Italian CIE among them
    ItalianCard,     ///< CIE
    ResidencePermit, ///< Italian, by its type letter
    Passport,
    TravelDocument, ///< TD3 of a refugee or stateless person
    Visa,
    FrenchCard,        ///< identity card from before 2021
    HealthCard,        ///< Tessera Sanitaria or tesserino: a codice fiscale in a bar code
    HealthCodeCard,    ///< STP or ENI
    PaymentNotice,     ///< pagoPA
    TransferSlip,      ///< SEPA
    FrenchMarkedPaper, ///< 2D-Doc
    Receipt,           ///< our own
    Medicine,
};
[[nodiscard]] std::string_view name_of(DocumentKind kind); ///< "health-card"

/// What the marks of one picture say about a person, to be proposed and confirmed. Empty where nothing says it.
struct PersonSeen {
    std::string fiscal_code; ///< or STP, ENI, provisional code
    std::optional<forms::PartialDate> birth_date, hundred_years_earlier;
    std::string family, given, sex, nationality, document_number; ///< from a machine-readable zone; Latin letters
    std::optional<forms::PartialDate> document_expiry;
    std::string birth_place; ///< cadastral code: "H501"
};

/// Two marks of one picture that do not speak of the same person. Never resolved here: both are shown.
enum class Conflict {
    FiscalCodes, ///< two different ones
    BirthDate,   ///< the bar code's and the zone's
    Name,        ///< the zone's names could not give that codice fiscale
};
[[nodiscard]] std::string_view name_of(Conflict conflict); ///< "fiscal-codes"

struct CodeSeen {
    Symbology symbology = Symbology::Code39;
    CodeMeaning meaning;
    PictureCorners corners{};
};

struct DocumentSeen {
    DocumentKind kind = DocumentKind::Unknown;
    std::vector<CodeSeen> codes;
    std::optional<Mrz> mrz;
    std::optional<PersonSeen> person;
    std::optional<PersonSeen> chip; ///< what the file of a card says; then there is no picture, and nothing else
    std::vector<Conflict> conflicts;
};

/// What one picture's readout means. Where sources disagree about the person there is no person, only the conflict.
[[nodiscard]] DocumentSeen understand(const Readout& readout, const forms::PartialDate& today);

} // namespace kiosk
