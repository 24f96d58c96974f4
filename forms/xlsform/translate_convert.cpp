// SPDX-License-Identifier: EUPL-1.2
// Conversions: XPath makes one type of another by itself, here each is written out.
#include "forms/base/decimal.hpp"
#include "forms/xlsform/pieces.hpp"

#include <algorithm>

namespace forms::xlsform {

Piece number_literal(std::string_view written) {
    std::string text(written);
    if (text.starts_with('.')) text.insert(0, "0");
    if (text.ends_with('.')) text.pop_back();
    const bool whole = text.find('.') == std::string::npos;
    constexpr std::size_t safe_digits = 9; // FHIRPath's Integer has 32 bits
    if (whole && text.size() > safe_digits) text += ".0";
    Piece made = piece(text, whole ? PieceKind::Whole : PieceKind::Number, binds_path, true);
    made.literal = true;
    made.value = text;
    return made;
}

Piece Translator::opposite(const Piece& condition) const {
    if (condition.always) return piece(before_dot(condition) + ".not()", PieceKind::Boolean, binds_path, true);
    return piece("iif(" + condition.text + ", false, true)", PieceKind::Boolean, binds_path, true);
}

Piece Translator::boolean(const Piece& from) {
    switch (from.kind) { // no default: the compiler names the one we forgot
    case PieceKind::Boolean:
        return from;
    case PieceKind::Number:
    case PieceKind::Whole:
        return piece(within(from, binds_equal + 1) + " != 0", PieceKind::Boolean, binds_equal, from.always);
    case PieceKind::Text:
        if (from.literal) return piece(from.value.empty() ? "false" : "true", PieceKind::Boolean, binds_path, true);
        if (!from.question)
            return piece(within(from, binds_equal + 1) + " != ''", PieceKind::Boolean, binds_equal, from.always);
        return piece(from.path + ".exists()", PieceKind::Boolean, binds_path, true);
    case PieceKind::Date:
    case PieceKind::DateTime:
    case PieceKind::Time:
    case PieceKind::Codes:
    case PieceKind::Files:
        return piece(before_dot(from) + ".exists()", PieceKind::Boolean, binds_path, true);
    case PieceKind::Days:
    case PieceKind::Years:
        return fail("the days between two dates are no condition: compare them with a number");
    }
    return from;
}

Piece Translator::number(const Piece& from) {
    switch (from.kind) { // no default: the compiler names the one we forgot
    case PieceKind::Number:
    case PieceKind::Whole:
        return from;
    case PieceKind::Boolean:
        return piece("iif(" + from.text + ", 1, 0)", PieceKind::Whole, binds_path, true);
    case PieceKind::Text:
        if (!from.literal) return piece(before_dot(from) + ".toDecimal()", PieceKind::Number, binds_path);
        if (from.value.empty()) return piece("{}", PieceKind::Number, binds_path);
        if (Decimal::parse(from.value)) return number_literal(from.value);
        return fail("'" + from.value + "' is no number");
    case PieceKind::Codes: {
        const Entry& asked = survey_.entries[*from.question];
        if (asked.kind == EntryKind::SelectMultiple) return fail("several choices are no number: use count-selected()");
        const auto list = survey_.lists.find(asked.list);
        const bool whole = list != survey_.lists.end() &&
                           std::all_of(list->second.begin(), list->second.end(), [](const Choice& choice) {
                               const auto number = Decimal::parse(choice.name);
                               return number && number->decimals() == 0 && number->whole();
                           });
        return piece(from.text + (whole ? ".toInteger()" : ".toDecimal()"),
                     whole ? PieceKind::Whole : PieceKind::Number, binds_path);
    }
    case PieceKind::Date:
    case PieceKind::DateTime:
    case PieceKind::Time:
        return fail("a date is no number here");
    case PieceKind::Files:
        return fail("a file is no number");
    case PieceKind::Days:
    case PieceKind::Years:
        return fail("the days between two dates can only be compared with a number, or made years: "
                    "int((today() - ${birth}) div 365.25)");
    }
    return from;
}

Piece Translator::text(const Piece& from) {
    switch (from.kind) { // no default: the compiler names the one we forgot
    case PieceKind::Text:
        return from;
    case PieceKind::Number:
    case PieceKind::Whole:
    case PieceKind::Date:
    case PieceKind::DateTime:
    case PieceKind::Time:
        return piece(before_dot(from) + ".toString()", PieceKind::Text, binds_path, from.always);
    case PieceKind::Boolean:
        return piece("iif(" + from.text + ", 'true', 'false')", PieceKind::Text, binds_path, true);
    case PieceKind::Codes: {
        const bool several = survey_.entries[*from.question].kind == EntryKind::SelectMultiple;
        return piece(several ? from.text + ".join(' ')" : from.text, PieceKind::Text, binds_path);
    }
    case PieceKind::Files:
        return fail("a file is no text");
    case PieceKind::Days:
    case PieceKind::Years:
        return number(from); // says why not
    }
    return from;
}

} // namespace forms::xlsform
