// SPDX-License-Identifier: EUPL-1.2
// The functions of XLSForm (docs.getodk.org/form-operators-functions) that can be said in FHIRPath.
#include "forms/base/decimal.hpp"
#include "forms/xlsform/pieces.hpp"

#include <algorithm>

namespace forms::xlsform {
namespace {

bool is_any_of(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// The whole years from one date to another. FHIRPath cannot take dates from each other, but texts can be cut and put
/// in order: the years' difference, less one before the birthday.
std::string whole_years(const Piece& years) {
    const auto year = [](const std::string& date) { return "(" + date + ").toString().substring(0, 4).toInteger()"; };
    const auto day = [](const std::string& date) { return "(" + date + ").toString().substring(5, 5)"; };
    return year(years.left) + " - " + year(years.right) + " - iif(" + day(years.left) + " < " + day(years.right) +
           ", 1, 0)";
}

} // namespace

bool Translator::arguments_are(const XNode& here, std::size_t fewest, std::size_t most) {
    if (here.inputs.size() >= fewest && here.inputs.size() <= most) return true;
    fail("the function " + here.text + "() takes another number of arguments", Trouble::BadExpression);
    return false;
}

Piece Translator::call(const XNode& here) {
    const std::string& name = here.text;
    if (name == "true" || name == "false") return piece(name, PieceKind::Boolean, binds_path, true);
    if (name == "not") {
        if (!arguments_are(here, 1, 1)) return fail("");
        return opposite(boolean(node(here.inputs[0])));
    }
    if (name == "boolean") {
        if (!arguments_are(here, 1, 1)) return fail("");
        return boolean(node(here.inputs[0]));
    }
    if (name == "if" || name == "coalesce") return choose(here);
    if (is_any_of(name, {"selected", "selected-at", "count-selected", "count", "count-non-empty", "sum", "min", "max",
                         "join", "jr:choice-name"}))
        return call_on_answers(here);
    if (is_any_of(name, {"string", "concat", "string-length", "regex", "contains", "starts-with", "ends-with", "substr",
                         "upper-case", "lower-case"}))
        return call_on_text(here);
    if (is_any_of(name, {"number", "int", "round", "abs", "floor", "ceiling", "pow", "sqrt", "exp", "log"}))
        return call_on_number(here);
    if (is_any_of(name, {"today", "now", "date", "date-time", "format-date", "format-date-time"}))
        return call_on_date(here);
    if (is_any_of(name,
                  {"pulldata",        "instance",      "indexed-repeat",   "position",           "once",
                   "random",          "uuid",          "version",          "decimal-date-time",  "decimal-time",
                   "normalize-space", "translate",     "substring-before", "substring-after",    "area",
                   "distance",        "randomize",     "checklist",        "weighted-checklist", "boolean-from-string",
                   "digest",          "base64-decode", "string-join",      "jr:itext",           "property"}))
        return fail("the function " + name + "() is not possible here");
    return fail("there is no function " + name + "()", Trouble::BadExpression);
}

Piece Translator::choose(const XNode& here) {
    const bool is_if = here.text == "if";
    if (!arguments_are(here, is_if ? 3 : 2, is_if ? 3 : 2)) return fail("");
    Piece condition = is_if ? boolean(node(here.inputs[0])) : piece("", PieceKind::Boolean, binds_path);
    Piece first = node(here.inputs[is_if ? 1 : 0]);
    Piece second = node(here.inputs[is_if ? 2 : 1]);
    if (!is_if)
        condition = piece(first.question ? first.path + ".exists()" : before_dot(first) + ".exists()",
                          PieceKind::Boolean, binds_path, true);
    PieceKind kind = first.kind;
    if (is_blank_text(first) || is_blank_text(second)) {
        kind = is_blank_text(first) ? second.kind : first.kind; // '' says "nothing", whatever the other is
        for (Piece* const side : {&first, &second})
            if (is_blank_text(*side)) *side = piece("{}", kind, binds_path);
    } else if (first.kind != second.kind) {
        if (is_number(first) && is_number(second)) {
            kind = PieceKind::Number;
        } else {
            first = text(first);
            second = text(second);
            kind = PieceKind::Text;
        }
    }
    if (kind == PieceKind::Codes) {
        if (first.question) first = text(first);
        if (second.question) second = text(second);
        kind = PieceKind::Text;
    }
    if (is_difference(first) || is_difference(second)) return number(is_difference(first) ? first : second);
    return piece("iif(" + condition.text + ", " + first.text + ", " + second.text + ")", kind, binds_path,
                 first.always && second.always);
}

Piece Translator::many(std::uint32_t argument) {
    const XNode& here = tree_->at(argument);
    if (here.kind == XKind::Question) return question(here.text, true);
    Piece found = node(argument);
    if (!found.question) return fail("this function looks at a question: ${name}");
    return found;
}

Piece Translator::selected(const XNode& here) {
    const Piece chosen = node(here.inputs[0]);
    const Piece wanted = node(here.inputs[1]);
    if (chosen.kind != PieceKind::Codes) { // selected() on a text is used for a word among words
        if (chosen.question && chosen.kind == PieceKind::Text)
            return piece(within(text(wanted), binds_in + 1) + " in " + chosen.path + ".split(' ')", PieceKind::Boolean,
                         binds_in, wanted.always);
        return fail("selected() looks at a question with choices");
    }
    if (wanted.literal && wanted.value == "other" && survey_.entries[*chosen.question].or_other)
        return piece(chosen.path + ".ofType(string).exists()", PieceKind::Boolean, binds_path, true);
    return piece(within(text(wanted), binds_in + 1) + " in " + chosen.text, PieceKind::Boolean, binds_in,
                 wanted.always);
}

Piece Translator::call_on_answers(const XNode& here) {
    const std::string& name = here.text;
    if (name == "selected") return arguments_are(here, 2, 2) ? selected(here) : fail("");
    if (name == "selected-at") {
        if (!arguments_are(here, 2, 2)) return fail("");
        const Piece chosen = node(here.inputs[0]);
        const Piece place = node(here.inputs[1]);
        if (chosen.kind != PieceKind::Codes || !place.literal || place.kind != PieceKind::Whole)
            return fail("selected-at() takes a question with choices and a written number");
        return piece(chosen.text + "[" + place.text + "]", PieceKind::Text, binds_path);
    }
    if (name == "jr:choice-name") {
        if (!arguments_are(here, 2, 2)) return fail("");
        const Piece chosen = node(here.inputs[0]);
        if (!chosen.question || survey_.entries[*chosen.question].kind != EntryKind::SelectOne ||
            chosen.kind != PieceKind::Codes)
            return fail("jr:choice-name() takes a question with one choice");
        return piece(chosen.path + ".display", PieceKind::Text, binds_path);
    }
    if (name == "count-selected") {
        if (!arguments_are(here, 1, 1)) return fail("");
        const Piece chosen = node(here.inputs[0]);
        if (chosen.kind != PieceKind::Codes) return fail("count-selected() looks at a question with choices");
        return piece(chosen.path + ".count()", PieceKind::Whole, binds_path, true);
    }
    if (name == "count") {
        if (!arguments_are(here, 1, 1)) return fail("");
        const XNode& what = tree_->at(here.inputs[0]);
        const auto index = what.kind == XKind::Question ? survey_.find(what.text) : std::nullopt;
        if (what.kind == XKind::Question && !index)
            return fail("there is no question " + what.text, Trouble::UnknownName);
        if (!index || survey_.entries[*index].kind != EntryKind::Repeat)
            return fail("count() counts a repeat: count(${name of the repeat})");
        if (!repeats_around(*index).empty()) return fail("a repeat inside a repeat cannot be counted");
        return piece("%resource" + steps_from(std::nullopt, *index) + ".count()", PieceKind::Whole, binds_path, true);
    }
    if (name == "join") {
        if (!arguments_are(here, 2, 2)) return fail("");
        const Piece between = node(here.inputs[0]);
        const Piece all = many(here.inputs[1]);
        if (!between.literal) return fail("join() takes a written text first");
        if (all.kind != PieceKind::Codes && all.kind != PieceKind::Text) return fail("join() puts texts together");
        return piece(all.text + ".join(" + fhirpath_text(between.value) + ")", PieceKind::Text, binds_path);
    }
    if (name == "count-non-empty") {
        if (!arguments_are(here, 1, 1)) return fail("");
        return piece(many(here.inputs[0]).path + ".count()", PieceKind::Whole, binds_path, true);
    }
    if ((name == "min" || name == "max") && here.inputs.size() > 1) {
        std::string all;
        for (const std::uint32_t input : here.inputs) {
            const Piece one = number(node(input));
            all += (all.empty() ? "" : " | ") + within(one, binds_add);
        }
        return piece("(" + all + ")." + name + "()", PieceKind::Number, binds_path);
    }
    if (!arguments_are(here, 1, 1)) return fail("");
    const Piece all = many(here.inputs[0]);
    if (!is_number(all) && !(all.kind == PieceKind::Date && name != "sum")) return fail(name + "() looks at numbers");
    if (name == "sum")
        return piece("iif(" + all.path + ".exists(), " + all.path + ".sum(), 0)", all.kind, binds_path, true);
    return piece(all.path + "." + name + "()", all.kind, binds_path);
}

Piece Translator::call_on_text(const XNode& here) {
    const std::string& name = here.text;
    if (name == "concat") {
        std::string joined;
        for (const std::uint32_t input : here.inputs)
            joined += (joined.empty() ? "" : " & ") + within(text(node(input)), binds_add + 1);
        if (here.inputs.size() < 2) joined = joined.empty() ? "''" : joined + " & ''";
        return piece(joined, PieceKind::Text, binds_add, true); // & takes nothing for a text of no length
    }
    const bool one = is_any_of(name, {"string", "string-length", "upper-case", "lower-case"});
    const bool three = name == "substr";
    if (!arguments_are(here, one ? 1 : 2, one ? 1 : three ? 3 : 2)) return fail("");
    const Piece first = text(node(here.inputs[0]));
    if (name == "string") return first;
    if (name == "upper-case") return piece(before_dot(first) + ".upper()", PieceKind::Text, binds_path, first.always);
    if (name == "lower-case") return piece(before_dot(first) + ".lower()", PieceKind::Text, binds_path, first.always);
    if (name == "string-length")
        return piece(first.always ? before_dot(first) + ".length()"
                                  : "(" + within(first, binds_add) + " & '').length()",
                     PieceKind::Whole, binds_path, true);
    const Piece second = node(here.inputs[1]);
    if (name == "regex") {
        if (!second.literal) return fail("the pattern of regex() must be written out");
        return piece(before_dot(first) + ".matchesFull(" + fhirpath_text(second.value) + ")", PieceKind::Boolean,
                     binds_path, first.always);
    }
    if (name == "substr") {
        const Piece end = three && here.inputs.size() == 3 ? node(here.inputs[2]) : second;
        const auto from = Decimal::parse(second.value);
        const auto to = Decimal::parse(end.value);
        if (!second.literal || !end.literal || !from || !to || !from->whole() || !to->whole() || *from->whole() < 0 ||
            *to->whole() < *from->whole())
            return fail("substr() takes written places: substr(${name}, 0, 4)");
        const std::string length =
            here.inputs.size() == 3 ? ", " + std::to_string(*to->whole() - *from->whole()) : std::string();
        return piece(before_dot(first) + ".substring(" + second.value + length + ")", PieceKind::Text, binds_path);
    }
    const std::string function = name == "contains" ? "contains" : name == "starts-with" ? "startsWith" : "endsWith";
    return piece(before_dot(first) + "." + function + "(" + text(second).text + ")", PieceKind::Boolean, binds_path,
                 first.always && second.always);
}

Piece Translator::call_on_number(const XNode& here) {
    const std::string& name = here.text;
    const bool two = name == "pow" || (name == "round" && here.inputs.size() == 2);
    if (!arguments_are(here, two ? 2 : 1, two ? 2 : 1)) return fail("");
    const Piece given = node(here.inputs[0]);
    if (given.kind == PieceKind::Years && (name == "int" || name == "floor"))
        return piece(whole_years(given), PieceKind::Whole, binds_add, given.always);
    const Piece first = number(given);
    if (name == "number") return first;
    if (name == "int") return piece(before_dot(first) + ".truncate()", PieceKind::Whole, binds_path, first.always);
    if (name == "round" && !two) // XPath rounds a half up, also below zero (§4.4)
        return piece("(" + within(first, binds_add) + " + 0.5).floor()", PieceKind::Whole, binds_path, first.always);
    if (two) {
        const Piece second = number(node(here.inputs[1]));
        return piece(before_dot(first) + (name == "pow" ? ".power(" : ".round(") + second.text + ")", PieceKind::Number,
                     binds_path);
    }
    const bool whole = name == "floor" || name == "ceiling";
    const std::string function = name == "log" ? "ln" : name;
    return piece(before_dot(first) + "." + function + "()", whole ? PieceKind::Whole : PieceKind::Number, binds_path,
                 first.always && (whole || name == "abs"));
}

Piece Translator::call_on_date(const XNode& here) {
    const std::string& name = here.text;
    if (name == "today" || name == "now") {
        if (!arguments_are(here, 0, 0)) return fail("");
        return piece(name + "()", name == "today" ? PieceKind::Date : PieceKind::DateTime, binds_path, true);
    }
    if (name == "date" || name == "date-time") {
        if (!arguments_are(here, 1, 1)) return fail("");
        const Piece given = node(here.inputs[0]);
        const PieceKind kind = name == "date" ? PieceKind::Date : PieceKind::DateTime;
        if (given.kind == kind) return given;
        return as_moment(given, kind);
    }
    if (!arguments_are(here, 2, 2)) return fail("");
    const Piece given = node(here.inputs[0]);
    const Piece format = node(here.inputs[1]);
    if (!is_moment(given.kind) || given.kind == PieceKind::Time || !format.literal)
        return fail(name + "() takes a date and a written format");
    const std::string source = before_dot(given) + ".toString()";
    std::vector<std::string> parts;
    std::string between;
    const auto end_between = [&] {
        if (!between.empty()) parts.push_back(fhirpath_text(std::exchange(between, {})));
    };
    for (std::size_t i = 0; i < format.value.size(); ++i) {
        if (format.value[i] != '%' || i + 1 == format.value.size()) {
            between += format.value[i];
            continue;
        }
        const char what = format.value[++i];
        const char* const cut = what == 'Y'   ? "(0, 4)"
                                : what == 'y' ? "(2, 2)"
                                : what == 'm' ? "(5, 2)"
                                : what == 'd' ? "(8, 2)"
                                : what == 'H' ? "(11, 2)"
                                : what == 'M' ? "(14, 2)"
                                              : nullptr;
        if (cut == nullptr) return fail("of the formats, %Y %y %m %d %H and %M are possible");
        if ((what == 'H' || what == 'M') && given.kind == PieceKind::Date) return fail("a date has no time");
        end_between();
        parts.push_back(source + ".substring" + cut);
    }
    end_between();
    std::string joined;
    for (const std::string& part : parts)
        joined += (joined.empty() ? "" : " & ") + part;
    if (parts.empty()) joined = "''";
    return piece(joined, PieceKind::Text, parts.size() > 1 ? binds_add : binds_path, false);
}

} // namespace forms::xlsform
