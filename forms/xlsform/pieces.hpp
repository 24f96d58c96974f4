// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/xlsform/translate.hpp"

/// Putting pieces of FHIRPath together. Only the translator includes this.
namespace forms::xlsform {

// How tightly the operators of FHIRPath bind (N1 §6.8.1), looser ones lower.
constexpr int binds_or = 2, binds_and = 3, binds_in = 4, binds_equal = 5, binds_order = 6, binds_add = 8,
              binds_multiply = 9, binds_sign = 10, binds_path = 11;

[[nodiscard]] inline Piece piece(std::string text, PieceKind kind, int binds, bool always = false) {
    Piece made;
    made.text = std::move(text);
    made.kind = kind;
    made.binds = binds;
    made.always = always;
    return made;
}

/// "5." and ".5" are numbers for XPath; FHIRPath wants digits on both sides.
[[nodiscard]] Piece number_literal(std::string_view written);

/// In brackets unless it binds at least so tightly.
[[nodiscard]] inline std::string within(const Piece& piece, int binds) {
    return piece.binds >= binds ? piece.text : "(" + piece.text + ")";
}
[[nodiscard]] inline std::string before_dot(const Piece& piece) { return within(piece, binds_path); }

[[nodiscard]] inline bool is_number(const Piece& piece) {
    return piece.kind == PieceKind::Number || piece.kind == PieceKind::Whole;
}
[[nodiscard]] inline bool is_moment(PieceKind kind) {
    return kind == PieceKind::Date || kind == PieceKind::DateTime || kind == PieceKind::Time;
}
[[nodiscard]] inline bool is_difference(const Piece& piece) {
    return piece.kind == PieceKind::Days || piece.kind == PieceKind::Years;
}
[[nodiscard]] inline bool is_blank_text(const Piece& piece) {
    return piece.literal && piece.kind == PieceKind::Text && piece.value.empty();
}

} // namespace forms::xlsform
