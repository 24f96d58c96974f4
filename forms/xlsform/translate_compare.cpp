// SPDX-License-Identifier: EUPL-1.2
// Comparisons: XPath compares what it is given as texts or numbers; FHIRPath by type, and with nothing gives nothing.
#include "forms/base/calendar.hpp"
#include "forms/base/decimal.hpp"
#include "forms/xlsform/pieces.hpp"

namespace forms::xlsform {
namespace {

std::string_view sign_of(XKind op) {
    if (op == XKind::Less) return " < ";
    if (op == XKind::LessOrEqual) return " <= ";
    if (op == XKind::Greater) return " > ";
    return " >= ";
}

/// The same comparison with its sides exchanged.
XKind mirrored(XKind op) {
    if (op == XKind::Less) return XKind::Greater;
    if (op == XKind::LessOrEqual) return XKind::GreaterOrEqual;
    if (op == XKind::Greater) return XKind::Less;
    if (op == XKind::GreaterOrEqual) return XKind::LessOrEqual;
    return op;
}

Piece compared(const Piece& left, std::string_view sign, const Piece& right, int binds) {
    return piece(within(left, binds + 1) + std::string(sign) + within(right, binds + 1), PieceKind::Boolean, binds,
                 left.always && right.always);
}

/// What a question of yes and no is compared with: acknowledge gives "OK".
std::optional<bool> said_yes(const Piece& literal) {
    if (!literal.literal) return std::nullopt;
    for (const std::string_view yes : {"OK", "ok", "yes", "true", "1"})
        if (literal.value == yes) return true;
    for (const std::string_view no : {"no", "false", "0"})
        if (literal.value == no) return false;
    return std::nullopt;
}

} // namespace

Piece Translator::compare(XKind op, Piece left, Piece right) {
    if (flaw_) return left;
    if (is_difference(left)) return compare_difference(op, left, right);
    if (is_difference(right)) return compare_difference(mirrored(op), right, left);
    if (op == XKind::Equal) return equal(left, right);
    if (op == XKind::NotEqual) return opposite(equal(left, right));
    return ordered(op, left, right);
}

Piece Translator::equal_blank(const Piece& from) {
    if (from.question) return piece(from.path + ".empty()", PieceKind::Boolean, binds_path, true);
    if (from.literal) return piece(from.value.empty() ? "true" : "false", PieceKind::Boolean, binds_path, true);
    const Piece words = text(from);
    return piece("(" + within(words, binds_add) + " & '') = ''", PieceKind::Boolean, binds_equal, true);
}

Piece Translator::equal(const Piece& left, const Piece& right) {
    if (is_blank_text(right)) return equal_blank(left);
    if (is_blank_text(left)) return equal_blank(right);
    if (left.kind == PieceKind::Files || right.kind == PieceKind::Files) return fail("a file cannot be compared");
    if (left.kind == PieceKind::Boolean || right.kind == PieceKind::Boolean) {
        const Piece& asked = left.kind == PieceKind::Boolean ? left : right;
        const Piece& other = left.kind == PieceKind::Boolean ? right : left;
        if (const auto yes = said_yes(other)) {
            if (!*yes && asked.question) // an acknowledgement not given has no text "no"
                return compared(asked, " = ", piece("false", PieceKind::Boolean, binds_path, true), binds_equal);
            return *yes ? asked : opposite(asked);
        }
        return compared(boolean(left), " = ", boolean(right), binds_equal);
    }
    if (is_moment(left.kind) || is_moment(right.kind)) {
        const PieceKind kind = is_moment(left.kind) ? left.kind : right.kind;
        return compared(as_moment(left, kind), " = ", as_moment(right, kind), binds_equal);
    }
    if (is_number(left) || is_number(right)) return compared(number(left), " = ", number(right), binds_equal);
    const auto is_other = [&](const Piece& chosen, const Piece& literal) {
        return chosen.kind == PieceKind::Codes && literal.literal && literal.value == "other" &&
               survey_.entries[*chosen.question].or_other;
    };
    if (is_other(left, right))
        return piece(left.path + ".ofType(string).exists()", PieceKind::Boolean, binds_path, true);
    if (is_other(right, left))
        return piece(right.path + ".ofType(string).exists()", PieceKind::Boolean, binds_path, true);
    // Codes of several choices equal one only when it is the only one: a list of one equals it, a longer one does not.
    const Piece a = left.kind == PieceKind::Codes ? left : text(left);
    const Piece b = right.kind == PieceKind::Codes ? right : text(right);
    Piece same = compared(a, " = ", b, binds_equal);
    if (!a.question || !b.question) return same;
    return piece("iif(" + left.path + ".exists() or " + right.path + ".exists(), " + same.text + ", true)",
                 PieceKind::Boolean, binds_path);
}

Piece Translator::ordered(XKind op, const Piece& left, const Piece& right) {
    if (is_moment(left.kind) || is_moment(right.kind)) {
        const PieceKind kind = is_moment(left.kind) ? left.kind : right.kind;
        return compared(as_moment(left, kind), sign_of(op), as_moment(right, kind), binds_order);
    }
    return compared(number(left), sign_of(op), number(right), binds_order);
}

/// left - right op n days, or years: left op right + n days.
Piece Translator::compare_difference(XKind op, const Piece& difference, const Piece& with) {
    if (!with.literal || with.kind != PieceKind::Whole)
        return fail("the difference of two dates can only be compared with a whole number");
    if (difference.kind == PieceKind::Years && (op == XKind::Equal || op == XKind::NotEqual))
        return fail("years between two dates can be more or less, and equal only after int()");
    const bool negative = with.value.starts_with('-');
    Piece left = piece(difference.left, PieceKind::Date, binds_add, difference.always);
    const Piece right =
        piece(difference.right + (negative ? " - " : " + ") + (negative ? with.value.substr(1) : with.value) +
                  (difference.kind == PieceKind::Days ? " days" : " years"),
              PieceKind::Date, binds_add, difference.always);
    if (op == XKind::Equal) return compared(left, " = ", right, binds_equal);
    if (op == XKind::NotEqual) return opposite(compared(left, " = ", right, binds_equal));
    return compared(left, sign_of(op), right, binds_order);
}

Piece Translator::as_moment(const Piece& from, PieceKind kind) {
    if (from.kind == kind) return from;
    if (!from.literal || from.kind != PieceKind::Text) {
        if (from.kind == PieceKind::Text && kind == PieceKind::Date)
            return piece(before_dot(from) + ".toDate()", PieceKind::Date, binds_path);
        return fail("a date, a time and a moment can only be compared with their like");
    }
    if (kind == PieceKind::Date)
        if (const auto date = PartialDate::parse(from.value); date && date->complete())
            return piece("@" + date->text(), kind, binds_path, true);
    if (kind == PieceKind::Time) {
        const std::string full = from.value.size() == 5 ? from.value + ":00" : from.value;
        if (const auto time = TimeOfDay::parse(full)) return piece("@T" + time->text(), kind, binds_path, true);
    }
    if (kind == PieceKind::DateTime)
        if (const auto moment = PartialDateTime::parse(from.value); moment && moment->time)
            return piece("@" + moment->text(), kind, binds_path, true);
    return fail("'" + from.value + "' is no such date or time: write '2026-05-31' or '08:30:00'");
}

} // namespace forms::xlsform
