// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/calendar.hpp"
#include "kiosk/capture/readout.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace kiosk {

/// What is printed on the Tessera Sanitaria, the CIE and the tesserino. Its check letter or digit is right.
struct FiscalCodeMark {
    std::string code; ///< 16 characters, or 11 digits (provisional)
};
/// STP or ENI. It has no check.
struct HealthCodeMark {
    std::string code;
};
/// The number of a Tessera Sanitaria or European health card: 20 digits, the last one right by Luhn.
struct HealthCardMark {
    std::string number;
};
/// A medicine's sticker: not a person.
struct MedicineMark {};
/// The receipt of a request left at a terminal of this product.
struct ReceiptMark {
    std::string number;  ///< "A-00042"
    std::string request; ///< id: UUID
};
/// A payment notice. What is owed, only the payment node knows.
struct PagoPaMark {
    std::string notice;       ///< 18 digits
    std::string payee;        ///< fiscal code of the body, 11 digits
    std::string cents;        ///< euro cents as printed, 1 to 10 digits
    bool check_right = false; ///< the last two digits, where the kind of notice has them
};
/// A credit transfer (EPC069-12). The account is worth proposing only where `iban_right`.
struct SepaMark {
    std::string name, iban, amount, reference, text; ///< amount as printed: "EUR12.30"
    bool iban_right = false;
};
/// A French 2D-Doc. Its signature is not checked here: that needs the list of authorities.
struct FrenchMark {
    int version = 0;
    std::string type; ///< two characters: "00" proof of address, "06" pay slip
    std::string authority, certificate;
    std::optional<forms::PartialDate> issued, signed_on;
};
/// An address. Only its host is ever shown, and nothing opens it.
struct LinkMark {
    std::string host;
};
/// Text that is none of these, safe to show.
struct OtherMark {
    std::string text;
};
/// Nothing a field may be filled with.
struct UnusableMark {
    enum class Why { TooLong, ControlCharacters, HiddenCharacters, NotText, ReaderPrefix } why = Why::NotText;
};

/// What a code says. It proposes; nothing here is ever acted upon: not opened, looked up, paid or printed.
using CodeMeaning = std::variant<FiscalCodeMark, HealthCodeMark, HealthCardMark, MedicineMark, ReceiptMark, PagoPaMark,
                                 SepaMark, FrenchMark, LinkMark, OtherMark, UnusableMark>;
[[nodiscard]] std::string_view name_of(const CodeMeaning& meaning); ///< "fiscal-code", "pagopa"
[[nodiscard]] std::string_view name_of(UnusableMark::Why why);      ///< "control-characters"

inline constexpr std::size_t most_shown_bytes = 512; ///< threat model §4: what may fill a field

/// `today` only bounds the century of a birth date. Any bytes may come in.
[[nodiscard]] CodeMeaning meaning_of(std::string_view bytes, const forms::PartialDate& today);

} // namespace kiosk
