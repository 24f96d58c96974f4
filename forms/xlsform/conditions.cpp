// SPDX-License-Identifier: EUPL-1.2
// relevant → enableWhen, where that says exactly the same.
#include "forms/base/calendar.hpp"
#include "forms/base/decimal.hpp"
#include "forms/xlsform/rules.hpp"

#include <algorithm>

namespace forms::xlsform {
namespace {

class ConditionReader {
public:
    ConditionReader(const XTree& tree, EntryIndex host, const Survey& survey, Translator& translator)
        : tree_(tree), host_(host), survey_(survey), translator_(translator) {}

    std::optional<Enabling> read(std::uint32_t index, bool negated) {
        const XNode& here = tree_.at(index);
        if (here.kind == XKind::Call && here.text == "not" && here.inputs.size() == 1)
            return read(here.inputs[0], !negated);
        if (here.kind == XKind::And || here.kind == XKind::Or)
            return both((here.kind == XKind::Or) != negated, read(here.inputs[0], negated),
                        read(here.inputs[1], negated));
        return atom(here, negated);
    }

private:
    /// De Morgan has been applied: what is under one operator is joined by it alone.
    static std::optional<Enabling> both(bool any, std::optional<Enabling> left, std::optional<Enabling> right) {
        if (!left || !right) return std::nullopt;
        for (const Enabling* const side : {&*left, &*right})
            if (side->conditions.size() > 1 && side->any != any) return std::nullopt;
        left->any = any;
        left->conditions.insert(left->conditions.end(), right->conditions.begin(), right->conditions.end());
        constexpr std::size_t most = 100;
        if (left->conditions.size() > most) return std::nullopt;
        return left;
    }

    /// The question, when a condition may name it: one that the engine finds in the same instance, or outside repeats.
    std::optional<EntryIndex> source(std::uint32_t index) const {
        const XNode& here = tree_.at(index);
        if (here.kind != XKind::Question) return std::nullopt;
        const auto found = survey_.find(here.text);
        if (!found || *found == host_) return std::nullopt;
        const Entry& entry = survey_.entries[*found];
        if (entry.is_container() || entry.kind == EntryKind::Note || entry.kind == EntryKind::Metadata)
            return std::nullopt;
        const auto around = translator_.repeats_around(*found);
        const auto here_around = translator_.repeats_around(host_);
        const bool seen =
            around.size() <= here_around.size() && std::equal(around.begin(), around.end(), here_around.begin());
        return seen ? found : std::nullopt;
    }

    static Enabling one(EntryIndex question, std::string op, PieceKind kind, std::string operand) {
        return {false, {{question, std::move(op), kind, std::move(operand)}}};
    }
    static Enabling answered(EntryIndex question, bool yes) {
        return one(question, "exists", PieceKind::Boolean, yes ? "true" : "false");
    }
    /// Not so, or no answer.
    static Enabling otherwise(EntryIndex question, std::string op, PieceKind kind, std::string operand) {
        return {
            true,
            {{question, "exists", PieceKind::Boolean, "false"}, {question, std::move(op), kind, std::move(operand)}}};
    }

    std::optional<Enabling> atom(const XNode& here, bool negated) {
        if (here.kind == XKind::Call && here.text == "selected" && here.inputs.size() == 2) {
            const auto question = source(here.inputs[0]);
            const XNode& wanted = tree_.at(here.inputs[1]);
            if (!question || wanted.kind != XKind::Text || !is_choice(*question, wanted.text)) return std::nullopt;
            return negated ? otherwise(*question, "!=", PieceKind::Codes, wanted.text)
                           : one(*question, "=", PieceKind::Codes, wanted.text);
        }
        const bool compares = here.kind == XKind::Equal || here.kind == XKind::NotEqual || here.kind == XKind::Less ||
                              here.kind == XKind::LessOrEqual || here.kind == XKind::Greater ||
                              here.kind == XKind::GreaterOrEqual;
        if (!compares) return std::nullopt;
        if (const auto question = source(here.inputs[0]))
            return comparison(here.kind, *question, here.inputs[1], negated);
        if (const auto question = source(here.inputs[1]))
            return comparison(mirrored(here.kind), *question, here.inputs[0], negated);
        return presence(here, negated);
    }

    static XKind mirrored(XKind kind) {
        if (kind == XKind::Less) return XKind::Greater;
        if (kind == XKind::LessOrEqual) return XKind::GreaterOrEqual;
        if (kind == XKind::Greater) return XKind::Less;
        if (kind == XKind::GreaterOrEqual) return XKind::LessOrEqual;
        return kind;
    }
    static XKind opposite(XKind kind) {
        if (kind == XKind::Equal) return XKind::NotEqual;
        if (kind == XKind::NotEqual) return XKind::Equal;
        if (kind == XKind::Less) return XKind::GreaterOrEqual;
        if (kind == XKind::LessOrEqual) return XKind::Greater;
        if (kind == XKind::Greater) return XKind::LessOrEqual;
        return XKind::Less;
    }
    static std::string sign_of(XKind kind) {
        if (kind == XKind::Equal) return "=";
        if (kind == XKind::NotEqual) return "!=";
        if (kind == XKind::Less) return "<";
        if (kind == XKind::LessOrEqual) return "<=";
        if (kind == XKind::Greater) return ">";
        return ">=";
    }

    /// count-selected(${q}) > 0, string-length(${q}) > 0 and their like: is there an answer?
    std::optional<Enabling> presence(const XNode& here, bool negated) {
        const XNode& call = tree_.at(here.inputs[0]);
        const XNode& number = tree_.at(here.inputs[1]);
        if (call.kind != XKind::Call || number.kind != XKind::Number || call.inputs.size() != 1) return std::nullopt;
        const auto question = source(call.inputs[0]);
        if (!question) return std::nullopt;
        const PieceKind kind = translator_.kind_of(*question);
        if (!(call.text == "count-selected" && kind == PieceKind::Codes) &&
            !(call.text == "string-length" && kind == PieceKind::Text))
            return std::nullopt;
        const bool some = (here.kind == XKind::Greater && number.text == "0") ||
                          (here.kind == XKind::GreaterOrEqual && number.text == "1") ||
                          (here.kind == XKind::NotEqual && number.text == "0");
        const bool none =
            (here.kind == XKind::Equal && number.text == "0") || (here.kind == XKind::Less && number.text == "1");
        if (!some && !none) return std::nullopt;
        return answered(*question, some != negated);
    }

    std::optional<Enabling> comparison(XKind kind, EntryIndex question, std::uint32_t other, bool negated) {
        const PieceKind type = translator_.kind_of(question);
        const auto operand = literal(type, other);
        if (!operand || type == PieceKind::Files) return std::nullopt;
        const Entry& entry = survey_.entries[question];
        const bool equality = kind == XKind::Equal || kind == XKind::NotEqual;
        if (operand->empty()) { // = '' and != ''
            if (!equality || type == PieceKind::Boolean) return std::nullopt;
            return answered(question, (kind == XKind::NotEqual) != negated);
        }
        if (!equality && (type == PieceKind::Codes || type == PieceKind::Text || type == PieceKind::Boolean))
            return std::nullopt; // XPath would compare numbers
        if (type == PieceKind::Codes && (entry.kind == EntryKind::SelectMultiple || !is_choice(question, *operand)))
            return std::nullopt; // of several, = means "and no other"
        // In XForms, an empty side makes every comparison false but !=.
        const XKind meant = negated ? opposite(kind) : kind;
        const bool true_without_answer = (kind == XKind::NotEqual) != negated;
        if (true_without_answer) return otherwise(question, sign_of(meant), type, *operand);
        return one(question, sign_of(meant), type, *operand);
    }

    bool is_choice(EntryIndex question, std::string_view name) const {
        const Entry& entry = survey_.entries[question];
        const auto list = survey_.lists.find(entry.list);
        if (!entry.is_select() || list == survey_.lists.end()) return false;
        if (entry.or_other && name == "other") return false; // a free text, not a code
        return std::any_of(list->second.begin(), list->second.end(),
                           [&](const Choice& choice) { return choice.name == name; });
    }

    /// What stands there, when it is a value of that type; empty for ''.
    std::optional<std::string> literal(PieceKind type, std::uint32_t index) const {
        const XNode& here = tree_.at(index);
        if (here.kind == XKind::Text && here.text.empty()) return std::string();
        std::string text = here.text;
        if (here.kind == XKind::Negate && tree_.at(here.inputs[0]).kind == XKind::Number)
            text = "-" + tree_.at(here.inputs[0]).text;
        else if (here.kind == XKind::Call && here.text == "date" && here.inputs.size() == 1)
            text = tree_.at(here.inputs[0]).kind == XKind::Text ? tree_.at(here.inputs[0]).text : std::string();
        else if (here.kind == XKind::Call && (here.text == "true" || here.text == "false"))
            text = here.text;
        else if (here.kind != XKind::Text && here.kind != XKind::Number)
            return std::nullopt;
        switch (type) { // no default: the compiler names the one we forgot
        case PieceKind::Number:
        case PieceKind::Whole:
            if (const auto number = Decimal::parse(text); number && is_exact_in_json(*number)) return number->text();
            return std::nullopt;
        case PieceKind::Date:
            if (const auto date = PartialDate::parse(text); date && date->complete()) return date->text();
            return std::nullopt;
        case PieceKind::Boolean:
            if (text == "OK" || text == "yes" || text == "true") return std::string("true");
            return std::nullopt;
        case PieceKind::Text:
            if (here.kind == XKind::Text) return text;
            return std::nullopt;
        case PieceKind::Codes:
            return text; // 1 and '1' name the same choice
        case PieceKind::DateTime:
        case PieceKind::Time:
        case PieceKind::Files:
        case PieceKind::Days:
        case PieceKind::Years:
            return std::nullopt;
        }
        return std::nullopt;
    }

    const XTree& tree_;
    EntryIndex host_;
    const Survey& survey_;
    Translator& translator_;
};

} // namespace

std::optional<Enabling> as_conditions(const XTree& tree, EntryIndex host, const Survey& survey,
                                      Translator& translator) {
    return ConditionReader(tree, host, survey, translator).read(tree.root(), false);
}

} // namespace forms::xlsform
