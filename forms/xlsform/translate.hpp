// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/xlsform/survey.hpp"
#include "forms/xlsform/xpath.hpp"

#include <set>

namespace forms::xlsform {

/// What an expression comes to. XPath turns types into each other silently; FHIRPath does not, so every conversion is
/// written out.
enum class PieceKind {
    Boolean,
    Number,
    Whole, ///< a number without decimals
    Text,
    Date,
    DateTime,
    Time,
    Codes, ///< names of chosen choices
    Files,
    Days, ///< the difference of two dates, as XPath counts it; FHIRPath has none: only some uses can be translated
    Years ///< that difference by 365.25
};

/// A piece of FHIRPath.
struct Piece {
    std::string text;
    PieceKind kind = PieceKind::Text;
    int binds = 0;        ///< how tightly: above the operators that it may stand between (N1 §8)
    bool always = false;  ///< never the empty collection
    bool literal = false; ///< written out; `value` is it
    std::string value;
    std::string path; ///< of a question: to its answers' values
    std::optional<EntryIndex> question;
    std::string left, right; ///< of Days and Years: the two dates
};

/// How FHIRPath writes a text.
[[nodiscard]] std::string fhirpath_text(std::string_view text);

/// XPath as XLSForm uses it → FHIRPath (HL7 FHIRPath N1). What a value means in XForms is kept where it differs: a
/// comparison with a question that has no answer is false, its `!=` is true, and not() of it is true; FHIRPath would
/// call all of them empty.
class Translator {
public:
    explicit Translator(const Survey& survey) : survey_(survey) {}

    /// `host`: whose expression it is; `.` is its answer. The error is for the author.
    struct Flaw {
        Trouble trouble = Trouble::UnsupportedExpression;
        std::string words;
    };
    [[nodiscard]] Result<Piece, Flaw> value(const XTree& tree, EntryIndex host);
    [[nodiscard]] Result<Piece, Flaw> condition(const XTree& tree, EntryIndex host);
    /// The value made into one of that kind, as an answer of it is stored.
    [[nodiscard]] Result<Piece, Flaw> value_as(const XTree& tree, EntryIndex host, PieceKind kind);

    /// What the answers of an entry are; of a calculation, what it comes to.
    [[nodiscard]] PieceKind kind_of(EntryIndex entry);

    /// Questions inside a repeat that expressions in the same instance look at: each is a variable of the repeat.
    struct Variable {
        std::string name, expression;
    };
    [[nodiscard]] const std::map<EntryIndex, std::map<std::string, Variable>>& variables() const { return variables_; }

    /// The repeats around an entry, outermost first.
    [[nodiscard]] std::vector<EntryIndex> repeats_around(EntryIndex entry) const;

private:
    Piece fail(std::string words, Trouble trouble = Trouble::UnsupportedExpression);
    Piece node(std::uint32_t index);
    Piece self();
    Piece question(const std::string& name, bool may_be_many);
    Piece answers_of(EntryIndex entry, std::string path);
    std::string steps_from(std::optional<EntryIndex> above, EntryIndex entry) const;
    Piece logical(const XNode& node);
    Piece arithmetic(const XNode& node);
    Piece add_days(const Piece& date, const Piece& days, bool plus);
    Piece date_difference(const Piece& left, const Piece& right);

    Piece compare(XKind op, Piece left, Piece right);
    Piece equal(const Piece& left, const Piece& right);
    Piece equal_blank(const Piece& piece);
    Piece ordered(XKind op, const Piece& left, const Piece& right);
    Piece compare_difference(XKind op, const Piece& difference, const Piece& number);
    Piece as_moment(const Piece& piece, PieceKind kind);

    Piece call(const XNode& node);
    Piece call_on_answers(const XNode& node);
    Piece call_on_text(const XNode& node);
    Piece call_on_number(const XNode& node);
    Piece call_on_date(const XNode& node);
    Piece choose(const XNode& node);
    Piece selected(const XNode& node);
    Piece many(std::uint32_t argument); ///< all answers of a question, also across a repeat

    Piece boolean(const Piece& piece);
    Piece number(const Piece& piece);
    Piece text(const Piece& piece);
    Piece opposite(const Piece& piece) const;
    bool arguments_are(const XNode& node, std::size_t fewest, std::size_t most);

    const Survey& survey_;
    const XTree* tree_ = nullptr;
    EntryIndex host_ = 0;
    std::optional<Flaw> flaw_;
    std::map<EntryIndex, std::map<std::string, Variable>> variables_;
    std::map<EntryIndex, PieceKind> kinds_; ///< of calculations
    std::set<EntryIndex> being_asked_;      ///< calculations whose kind is being found: they may stand in a circle
};

} // namespace forms::xlsform
