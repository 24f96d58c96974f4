// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhirpath/evaluator.hpp"

#include <algorithm>
#include <array>

namespace forms::fhirpath {
namespace {

struct Parent {
    std::string_view type, parent;
};
// FHIR R4, the types that stand under another (datatypes.html).
constexpr std::array parents{
    Parent{"code", "string"},
    Parent{"id", "string"},
    Parent{"markdown", "string"},
    Parent{"url", "uri"},
    Parent{"canonical", "uri"},
    Parent{"uuid", "uri"},
    Parent{"oid", "uri"},
    Parent{"positiveInt", "integer"},
    Parent{"unsignedInt", "integer"},
    Parent{"Age", "Quantity"},
    Parent{"Count", "Quantity"},
    Parent{"Distance", "Quantity"},
    Parent{"Duration", "Quantity"},
    Parent{"SimpleQuantity", "Quantity"},
};

/// The name of the system type of a value (N1 §2).
std::string_view system_type(const Primitive& value) {
    constexpr std::array<std::string_view, 9> names{"",         "Boolean", "Integer", "Decimal", "Date",
                                                    "DateTime", "Time",    "String",  "Quantity"};
    return names.at(value.index());
}

} // namespace

bool is_of_type(const Element& element, std::string_view type) {
    const std::size_t dot = type.find('.');
    const std::string_view space = dot == std::string_view::npos ? std::string_view() : type.substr(0, dot);
    const std::string_view name = dot == std::string_view::npos ? type : type.substr(dot + 1);
    if (space != "System" && !element.type.empty()) {
        if (name == element.type) return true;
        const auto* const found =
            std::find_if(parents.begin(), parents.end(), [&](const Parent& p) { return p.type == element.type; });
        if (found != parents.end() && found->parent == name) return true;
        if (name == "Element" || name == "Resource" || name == "DomainResource")
            return (name == "Element") == (element.is_primitive() || element.type != "QuestionnaireResponse");
    }
    // A primitive of FHIR is used as its system type everywhere, so an unqualified `String` means it as well.
    return space != "FHIR" && element.is_primitive() && name == system_type(element.value);
}

Collection Evaluator::call(const Op& op, const Scope& scope) {
    switch (op.function) { // no default: the compiler names the one we forgot
    case Function::Empty:
        return truth(input_of(op, scope).empty() && !failed());
    case Function::Exists:
        return exists(op, input_of(op, scope), scope);
    case Function::All:
        return all(op, input_of(op, scope), scope);
    case Function::AllTrue:
    case Function::AnyTrue:
    case Function::AllFalse:
    case Function::AnyFalse:
        return all_are(op, input_of(op, scope));
    case Function::SubsetOf:
    case Function::SupersetOf:
        return subset(op, input_of(op, scope), scope);
    case Function::Count:
        return just(Element(Primitive(static_cast<std::int32_t>(input_of(op, scope).size()))));
    case Function::Distinct:
        return distinct(input_of(op, scope));
    case Function::IsDistinct: {
        const Collection input = input_of(op, scope);
        return truth(distinct(input).size() == input.size());
    }
    case Function::Where:
        return filter(op, input_of(op, scope), scope);
    case Function::Select:
        return project(op, input_of(op, scope), scope);
    case Function::Repeat:
        return repeat(op, input_of(op, scope), scope);
    case Function::OfType:
        return of_type(op, input_of(op, scope));
    case Function::Is:
    case Function::As: {
        const Collection input = input_of(op, scope);
        if (op.function == Function::As) return of_type(op, input); // R4 forms use it on collections too
        const Element* const element = one(input, op);
        return element == nullptr ? nothing() : truth(is_of_type(*element, op.name));
    }
    case Function::Single: {
        const Collection input = input_of(op, scope);
        const Element* const element = one(input, op);
        return element == nullptr ? nothing() : just(*element);
    }
    case Function::First:
    case Function::Last:
    case Function::Tail:
    case Function::Skip:
    case Function::Take:
        return slice(op, input_of(op, scope), scope);
    case Function::Intersect:
    case Function::Exclude:
        return intersect(op, input_of(op, scope), scope);
    case Function::Union:
        return united(input_of(op, scope), argument(op, 0, scope));
    case Function::Combine: {
        Collection both = input_of(op, scope);
        const Collection other = argument(op, 0, scope);
        if (spend(op, other.size())) both.insert(both.end(), other.begin(), other.end());
        return both;
    }
    case Function::Iif: {
        if (op.input == no_op) return iif(op, nothing(), scope);
        return iif(op, input_of(op, scope), scope);
    }
    case Function::ToBoolean:
    case Function::ConvertsToBoolean:
    case Function::ToInteger:
    case Function::ConvertsToInteger:
    case Function::ToDate:
    case Function::ConvertsToDate:
    case Function::ToDateTime:
    case Function::ConvertsToDateTime:
    case Function::ToDecimal:
    case Function::ConvertsToDecimal:
    case Function::ToQuantity:
    case Function::ConvertsToQuantity:
    case Function::ToText:
    case Function::ConvertsToText:
    case Function::ToTime:
    case Function::ConvertsToTime:
        return convert(op, input_of(op, scope), scope);
    case Function::Join:
        return join(op, input_of(op, scope), scope);
    case Function::IndexOf:
    case Function::Substring:
    case Function::StartsWith:
    case Function::EndsWith:
    case Function::Contains:
    case Function::Upper:
    case Function::Lower:
    case Function::Replace:
    case Function::Matches:
    case Function::MatchesFull:
    case Function::ReplaceMatches:
    case Function::Length:
    case Function::ToChars:
    case Function::Trim:
    case Function::Split:
        return text_function(op, input_of(op, scope), scope);
    case Function::Abs:
    case Function::Ceiling:
    case Function::Exp:
    case Function::Floor:
    case Function::Ln:
    case Function::Log:
    case Function::Power:
    case Function::Round:
    case Function::Sqrt:
    case Function::Truncate:
        return number_function(op, input_of(op, scope), scope);
    case Function::Children:
        return children(input_of(op, scope), false);
    case Function::Descendants:
        return children(input_of(op, scope), true);
    case Function::Trace: // never written anywhere: what it would write is an answer
    case Function::GetValue:
        return input_of(op, scope);
    case Function::Now:
    case Function::TimeOfDay:
    case Function::Today:
        return moment_function(op);
    case Function::Not: {
        const auto value = condition(input_of(op, scope), op);
        return truth(value ? std::optional(!*value) : std::nullopt);
    }
    case Function::Aggregate:
        return aggregate(op, input_of(op, scope), scope);
    case Function::Sum:
    case Function::Min:
    case Function::Max:
    case Function::Avg:
        return fold(op, input_of(op, scope));
    case Function::Extension:
        return extension(op, input_of(op, scope), scope);
    case Function::HasValue: {
        const Collection input = input_of(op, scope);
        return truth(input.size() == 1 && input.front().is_primitive());
    }
    case Function::MemberOf:
        return member_of(op, input_of(op, scope), scope);
    case Function::Expand: {
        const auto address = text_argument(op, 0, scope);
        if (!address) return nothing();
        auto list = surroundings_.host->list(*address);
        if (!list) fail(Trouble::NotKnown, op);
        return list ? just(std::move(*list)) : nothing();
    }
    case Function::Ordinal:
        return scores(input_of(op, scope));
    case Function::Answers:
        return answers(input_of(op, scope));
    }
    return nothing();
}

Collection Evaluator::extension(const Op& op, const Collection& input, const Scope& scope) {
    const auto url = text_argument(op, 0, scope);
    Collection found(arena_);
    if (!url) return found;
    Collection extensions(arena_);
    for (const Element& element : input)
        if (element.node) element.node.tree->children(element.node.id, "extension", extensions);
    Collection address(arena_);
    for (const Element& extension : extensions) {
        if (!spend(op) || !extension.node) continue;
        address.clear();
        extension.node.tree->children(extension.node.id, "url", address);
        const auto* const text = address.empty() ? nullptr : std::get_if<std::string_view>(&address.front().value);
        if (text != nullptr && *text == *url) found.push_back(extension);
    }
    return found;
}

Collection Evaluator::member_of(const Op& op, const Collection& input, const Scope& scope) {
    const auto list = text_argument(op, 0, scope);
    const Element* const code = one(input, op);
    if (!list || code == nullptr) return nothing();
    const auto answer = surroundings_.host->member_of(*code, *list);
    if (!answer) fail(Trouble::NotKnown, op);
    return truth(answer);
}

/// SDC's weight(), older ordinal(): the score of each coding that has one.
Collection Evaluator::scores(const Collection& input) {
    Collection found(arena_);
    for (const Element& element : input) {
        if (!spend(program_.op(program_.top))) break;
        const auto score = surroundings_.host->score(element);
        if (!score) continue;
        const auto whole = score->decimals() == 0 ? score->whole() : std::nullopt;
        found.push_back(whole ? Element(Primitive(*whole)) : Element(Primitive(*score)));
    }
    return found;
}

} // namespace forms::fhirpath
