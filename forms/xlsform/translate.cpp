// SPDX-License-Identifier: EUPL-1.2
#include "forms/xlsform/translate.hpp"

#include "forms/xlsform/pieces.hpp"

#include <algorithm>

namespace forms::xlsform {
std::string fhirpath_text(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'' || c == '\\') out += '\\';
        if (c == '\n')
            out += "\\n";
        else if (c == '\r')
            out += "\\r";
        else if (c == '\t')
            out += "\\t";
        else
            out += c;
    }
    return out + "'";
}

Piece Translator::fail(std::string words, Trouble trouble) {
    if (!flaw_) flaw_ = Flaw{trouble, std::move(words)};
    return piece("{}", PieceKind::Text, binds_path);
}

Result<Piece, Translator::Flaw> Translator::value(const XTree& tree, EntryIndex host) {
    // Kinds of calculations are found by translating them, so this may be inside another translation.
    const XTree* const outer_tree = std::exchange(tree_, &tree);
    const EntryIndex outer_host = std::exchange(host_, host);
    auto outer_flaw = std::exchange(flaw_, std::nullopt);
    Piece result = node(tree.root());
    if (is_difference(result))
        result = fail("the days between two dates can only be compared with a number, or made years: "
                      "int((today() - ${birth}) div 365.25)");
    auto flaw = std::exchange(flaw_, std::move(outer_flaw));
    host_ = outer_host;
    tree_ = outer_tree;
    if (flaw) return *std::move(flaw);
    return result;
}

Result<Piece, Translator::Flaw> Translator::condition(const XTree& tree, EntryIndex host) {
    auto result = value(tree, host);
    if (!result.ok()) return result;
    Piece condition = boolean(result.value());
    if (auto flaw = std::exchange(flaw_, std::nullopt)) return *std::move(flaw);
    return condition;
}

Result<Piece, Translator::Flaw> Translator::value_as(const XTree& tree, EntryIndex host, PieceKind kind) {
    auto found = value(tree, host);
    if (!found.ok()) return found;
    Piece result = found.value();
    if (kind == PieceKind::Text && result.kind != kind)
        result = text(result);
    else if (kind == PieceKind::Boolean && result.kind != kind)
        result = boolean(result);
    else if (kind == PieceKind::Number || kind == PieceKind::Whole)
        result = number(result);
    else if (is_moment(kind) && result.kind != kind)
        result = as_moment(result, kind);
    else if (kind == PieceKind::Codes || kind == PieceKind::Files)
        result = fail("a choice or a file cannot be computed");
    if (kind == PieceKind::Whole && result.kind == PieceKind::Number)
        result = piece(before_dot(result) + ".truncate()", kind, binds_path, result.always);
    if (auto flaw = std::exchange(flaw_, std::nullopt)) return *std::move(flaw);
    return result;
}

PieceKind Translator::kind_of(EntryIndex index) {
    const Entry& entry = survey_.entries[index];
    switch (entry.kind) { // no default: the compiler names the one we forgot
    case EntryKind::Integer:
        return PieceKind::Whole;
    case EntryKind::Decimal:
    case EntryKind::Range:
        return PieceKind::Number;
    case EntryKind::SelectOne:
    case EntryKind::SelectMultiple:
        return PieceKind::Codes;
    case EntryKind::Date:
        return PieceKind::Date;
    case EntryKind::Time:
        return PieceKind::Time;
    case EntryKind::DateTime:
        return PieceKind::DateTime;
    case EntryKind::Acknowledge:
        return PieceKind::Boolean;
    case EntryKind::File:
    case EntryKind::Image:
    case EntryKind::Audio:
    case EntryKind::Video:
        return PieceKind::Files;
    case EntryKind::Calculate:
        break;
    case EntryKind::Group:
    case EntryKind::Repeat:
    case EntryKind::Note:
    case EntryKind::Text:
    case EntryKind::Barcode:
    case EntryKind::Hidden:
    case EntryKind::Metadata:
        return PieceKind::Text;
    }
    if (const auto known = kinds_.find(index); known != kinds_.end()) return known->second;
    constexpr std::size_t deepest = 60; // calculations upon calculations
    if (being_asked_.size() >= deepest || !being_asked_.insert(index).second) return PieceKind::Text;
    PieceKind kind = PieceKind::Text;
    if (const auto tree = parse_xpath(entry.calculation.text); tree.ok())
        if (const auto found = value(tree.value(), index); found.ok()) kind = found.value().kind;
    if (kind == PieceKind::Codes || kind == PieceKind::Files) kind = PieceKind::Text;
    being_asked_.erase(index);
    kinds_[index] = kind;
    return kind;
}

std::vector<EntryIndex> Translator::repeats_around(EntryIndex index) const {
    std::vector<EntryIndex> found;
    for (auto up = survey_.entries[index].parent; up; up = survey_.entries[*up].parent)
        if (survey_.entries[*up].kind == EntryKind::Repeat) found.insert(found.begin(), *up);
    return found;
}

/// ".item.where(linkId = 'a')" for every step from below `above` to the entry.
std::string Translator::steps_from(std::optional<EntryIndex> above, EntryIndex entry) const {
    std::string steps;
    for (std::optional<EntryIndex> up = entry; up && up != above; up = survey_.entries[*up].parent)
        steps.insert(0, ".item.where(linkId = " + fhirpath_text(survey_.entries[*up].name) + ")");
    return steps;
}

Piece Translator::answers_of(EntryIndex index, std::string path) {
    const PieceKind kind = kind_of(index);
    Piece found = piece(kind == PieceKind::Codes ? path + ".code" : path, kind, binds_path);
    found.path = std::move(path);
    found.question = index;
    return found;
}

Piece Translator::self() {
    if (survey_.entries[host_].is_container()) return fail("a group has no answer that . could mean");
    return answers_of(host_, "%context.answer.value");
}

Piece Translator::question(const std::string& name, bool may_be_many) {
    const auto index = survey_.find(name);
    if (!index) return fail("there is no question " + name, Trouble::UnknownName);
    const Entry& entry = survey_.entries[*index];
    if (entry.kind == EntryKind::Metadata) {
        if (entry.type == "today") return piece("today()", PieceKind::Date, binds_path, true);
        return fail("a terminal has no " + entry.type + " that a form could look at");
    }
    if (entry.kind == EntryKind::Note || entry.is_container()) return fail(name + " is no question");

    const auto around = repeats_around(*index);
    auto here = repeats_around(host_);
    if (survey_.entries[host_].kind == EntryKind::Repeat) here.push_back(host_);
    const auto shared = std::mismatch(around.begin(), around.end(), here.begin(), here.end()).first;
    if (shared != around.end() && !may_be_many)
        return fail(name + " is asked several times: say which with sum(), count(), min(), max() or join()");
    if (shared == around.begin())
        return answers_of(*index, "%resource" + steps_from(std::nullopt, *index) + ".answer.value");
    // In the same instance of a repeat: FHIRPath cannot look up from an item, so the repeat hands the answer down.
    const EntryIndex repeat = *std::prev(shared);
    if (survey_.entries[host_].kind == EntryKind::Repeat && repeat == host_)
        return fail("a repeat cannot depend on " + name + ", which is asked inside it");
    auto& variable = variables_[repeat][name];
    if (variable.name.empty()) {
        variable.name = "answer_";
        for (const char c : name)
            variable.name += c == '-' || c == '.' ? '_' : c;
        const auto taken = [&](const std::string& wanted) {
            for (const auto& [its_repeat, all] : variables_)
                for (const auto& [its_name, other] : all)
                    if (&other != &variable && other.name == wanted) return true;
            return false;
        };
        while (taken(variable.name))
            variable.name += '_';
        variable.expression = "%context" + steps_from(repeat, *index) + ".answer.value";
    }
    return answers_of(*index, "%" + variable.name);
}

Piece Translator::node(std::uint32_t index) {
    if (flaw_) return piece("{}", PieceKind::Text, binds_path);
    const XNode& here = tree_->at(index);
    switch (here.kind) { // no default: the compiler names the one we forgot
    case XKind::Number:
        return number_literal(here.text);
    case XKind::Text: {
        Piece made = piece(fhirpath_text(here.text), PieceKind::Text, binds_path, true);
        made.literal = true;
        made.value = here.text;
        return made;
    }
    case XKind::Question:
        return question(here.text, false);
    case XKind::Self:
        return self();
    case XKind::Column: // filters have their columns replaced by what stands in them
        return fail("a column of the choices means something in a choice_filter only");
    case XKind::Call:
        return call(here);
    case XKind::Negate: {
        Piece operand = number(node(here.inputs[0]));
        Piece made = piece("-" + within(operand, binds_sign), operand.kind, binds_sign, operand.always);
        made.literal = operand.literal;
        made.value = "-" + operand.value;
        return made;
    }
    case XKind::Or:
    case XKind::And:
        return logical(here);
    case XKind::Equal:
    case XKind::NotEqual:
    case XKind::Less:
    case XKind::LessOrEqual:
    case XKind::Greater:
    case XKind::GreaterOrEqual:
        return compare(here.kind, node(here.inputs[0]), node(here.inputs[1]));
    case XKind::Plus:
    case XKind::Minus:
    case XKind::Times:
    case XKind::Divide:
    case XKind::Modulo:
        return arithmetic(here);
    }
    return fail("this cannot be translated");
}

Piece Translator::logical(const XNode& here) {
    const bool is_and = here.kind == XKind::And;
    const int binds = is_and ? binds_and : binds_or;
    const Piece left = boolean(node(here.inputs[0]));
    const Piece right = boolean(node(here.inputs[1]));
    return piece(within(left, binds) + (is_and ? " and " : " or ") + within(right, binds + 1), PieceKind::Boolean,
                 binds, left.always && right.always);
}

Piece Translator::arithmetic(const XNode& here) {
    const Piece left = node(here.inputs[0]);
    const Piece right = node(here.inputs[1]);
    const bool plus = here.kind == XKind::Plus;
    if (plus || here.kind == XKind::Minus) {
        if (is_moment(left.kind) && is_moment(right.kind) && !plus) return date_difference(left, right);
        if (left.kind == PieceKind::Date) return add_days(left, right, plus);
        if (right.kind == PieceKind::Date && plus) return add_days(right, left, true);
    }
    if (left.kind == PieceKind::Days && here.kind == XKind::Divide && right.literal &&
        (right.value == "365.25" || right.value == "365" || right.value == "365.2425" || right.value == "365.242199")) {
        Piece years = left;
        years.kind = PieceKind::Years;
        return years;
    }
    const Piece a = number(left);
    const Piece b = number(right);
    const bool whole = a.kind == PieceKind::Whole && b.kind == PieceKind::Whole;
    const auto join = [&](const char* sign, int binds, PieceKind kind) {
        return piece(within(a, binds) + sign + within(b, binds + 1), kind, binds, a.always && b.always);
    };
    const PieceKind kind = whole ? PieceKind::Whole : PieceKind::Number;
    if (plus) return join(" + ", binds_add, kind);
    if (here.kind == XKind::Minus) return join(" - ", binds_add, kind);
    if (here.kind == XKind::Times) return join(" * ", binds_multiply, kind);
    if (here.kind == XKind::Divide) {
        Piece quotient = join(" / ", binds_multiply, PieceKind::Number);
        quotient.always = false; // by zero
        return quotient;
    }
    Piece rest = join(" mod ", binds_multiply, kind);
    rest.always = false;
    return rest;
}

Piece Translator::add_days(const Piece& date, const Piece& days, bool plus) {
    if (!days.literal || days.kind != PieceKind::Whole)
        return fail("to a date, only a written number of days can be added: ${day} + 7");
    const bool negative = days.value.starts_with('-');
    const std::string count = negative ? days.value.substr(1) : days.value;
    return piece(within(date, binds_add) + (plus != negative ? " + " : " - ") + count + " days", PieceKind::Date,
                 binds_add, date.always);
}

Piece Translator::date_difference(const Piece& left, const Piece& right) {
    if (left.kind != PieceKind::Date || right.kind != PieceKind::Date)
        return fail("only dates without a time can be taken from each other");
    Piece days = piece("{}", PieceKind::Days, binds_path, left.always && right.always);
    days.left = within(left, binds_add);
    days.right = within(right, binds_add);
    return days;
}

} // namespace forms::xlsform
