// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/search.hpp"

#include "net/sandbox/fhir_time.hpp"
#include "net/sandbox/web_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace net::sandbox {
namespace {

constexpr SearchParameter known[] = {
    {"Resource", "_id", SearchKind::Token},
    {"Resource", "_lastUpdated", SearchKind::Date},
    {"CommunicationRequest", "category", SearchKind::Token},
    {"CommunicationRequest", "identifier", SearchKind::Token},
    {"CommunicationRequest", "status", SearchKind::Token},
    {"Consent", "identifier", SearchKind::Token},
    {"Consent", "source-reference", SearchKind::Reference},
    {"Consent", "status", SearchKind::Token},
    {"DocumentReference", "identifier", SearchKind::Token},
    {"DocumentReference", "related", SearchKind::Reference},
    {"DocumentReference", "status", SearchKind::Token},
    {"Provenance", "target", SearchKind::Reference},
    {"Questionnaire", "context", SearchKind::Token},
    {"Questionnaire", "date", SearchKind::Date},
    {"Questionnaire", "identifier", SearchKind::Token},
    {"Questionnaire", "status", SearchKind::Token},
    {"Questionnaire", "url", SearchKind::Uri},
    {"Questionnaire", "version", SearchKind::Token},
    {"QuestionnaireResponse", "authored", SearchKind::Date},
    {"QuestionnaireResponse", "identifier", SearchKind::Token},
    {"QuestionnaireResponse", "questionnaire", SearchKind::Uri},
    {"QuestionnaireResponse", "status", SearchKind::Token},
    {"RelatedPerson", "identifier", SearchKind::Token},
    {"Task", "authored-on", SearchKind::Date},
    {"Task", "business-status", SearchKind::Token},
    {"Task", "focus", SearchKind::Reference},
    {"Task", "group-identifier", SearchKind::Token},
    {"Task", "identifier", SearchKind::Token},
    {"Task", "status", SearchKind::Token},
};

const SearchParameter* find_parameter(std::string_view type, std::string_view name) {
    const auto* found = std::find_if(std::begin(known), std::end(known), [&](const SearchParameter& p) {
        return p.name == name && (p.type == type || p.type == "Resource");
    });
    return found == std::end(known) ? nullptr : found;
}

/// Collects the index entries of one resource.
class Indexer {
public:
    explicit Indexer(const Json& resource) : resource_(resource) {}
    std::vector<IndexEntry> entries;

    void token(const char* name, std::string system, std::string value) {
        if (!value.empty()) entries.push_back({name, std::move(system), std::move(value)});
    }
    void code(const char* name, const char* element) { token(name, {}, text_of(resource_, element)); }
    void date(const char* name, const char* element) {
        if (const auto span = read_time(text_of(resource_, element), TimeKind::Any))
            entries.push_back({name, {}, {}, span->from, span->to});
    }
    /// One Identifier or a list of them.
    void identifiers(const char* name, const char* element) {
        each(element, [&](const Json& one) { token(name, text_of(one, "system"), text_of(one, "value")); });
    }
    void concept_codes(const char* name, const Json* value) {
        const Json* codings = value == nullptr ? nullptr : member_of(*value, "coding");
        if (codings == nullptr || !codings->is_array()) return;
        for (const Json& coding : *codings)
            token(name, text_of(coding, "system"), text_of(coding, "code"));
    }
    void reference(const char* name, const Json* value) {
        if (value != nullptr) token(name, {}, text_of(*value, "reference"));
    }
    template <class Action>
    void each(const char* element, Action action) {
        const Json* found = member_of(resource_, element);
        if (found == nullptr) return;
        if (!found->is_array()) return action(*found);
        for (const Json& one : *found)
            action(one);
    }

private:
    const Json& resource_;
};

/// Splits at `mark` unless a backslash stands before it; the backslashes stay.
std::vector<std::string> split(std::string_view text, char mark) {
    std::vector<std::string> parts(1);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size()) {
            parts.back() += text[i];
            parts.back() += text[++i];
        } else if (text[i] == mark) {
            parts.emplace_back();
        } else {
            parts.back() += text[i];
        }
    }
    return parts;
}

std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size()) ++i;
        out += text[i];
    }
    return out;
}

/// "system|value", "|value", "value", "system|".
std::optional<TokenTest> read_token(std::string_view text) {
    const auto halves = split(text, '|');
    if (halves.size() > 2 || text.empty() || text == "|") return std::nullopt;
    if (halves.size() == 1) return TokenTest{std::nullopt, unescaped(halves[0])};
    TokenTest test{unescaped(halves[0]), std::nullopt};
    if (!halves[1].empty()) test.value = unescaped(halves[1]);
    return test;
}

std::optional<Condition> read_date(const std::string& name, std::string_view text) {
    static constexpr std::pair<std::string_view, DateTest> prefixes[] = {
        {"eq", DateTest::Equal},     {"ne", DateTest::NotEqual}, {"gt", DateTest::After}, {"lt", DateTest::Before},
        {"ge", DateTest::NotBefore}, {"le", DateTest::NotAfter}, {"sa", DateTest::After}, {"eb", DateTest::Before}};
    DateTest test = DateTest::Equal;
    for (const auto& [prefix, meaning] : prefixes) {
        if (!text.starts_with(prefix)) continue;
        test = meaning;
        text.remove_prefix(2);
        break;
    }
    const auto span = read_time(text, TimeKind::Any);
    if (!span) return std::nullopt;
    return Condition{name, {}, test, span->from, span->to};
}

std::optional<Condition> read_condition(const SearchParameter& parameter, const std::string& value) {
    const std::string name(parameter.name);
    if (parameter.kind == SearchKind::Date) return read_date(name, value);
    Condition condition{name};
    for (const std::string& part : split(value, ',')) {
        if (parameter.kind == SearchKind::Token) {
            auto test = read_token(part);
            if (!test) return std::nullopt;
            condition.tokens.push_back(std::move(*test));
        } else {
            if (part.empty()) return std::nullopt;
            condition.tokens.push_back({std::string(), unescaped(part)});
        }
    }
    return condition;
}

std::optional<std::int64_t> read_number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
    return value;
}

enum class Taken { Yes, Unknown, Unreadable };

/// The parameters that say how the result looks.
Taken take_result_parameter(SearchPlan& plan, const std::string& name, const std::string& value) {
    if (name == "_format" || name == "_pretty" || name == "_total") return Taken::Yes;
    if (name == "_count" || name == "_offset") {
        const auto number = read_number(value);
        if (!number) return Taken::Unreadable;
        if (name == "_offset")
            plan.query.offset = *number;
        else
            plan.query.limit = std::min(*number, largest_page);
        return Taken::Yes;
    }
    if (name == "_summary") {
        if (value != "count" && value != "false") return Taken::Unknown;
        plan.count_only = value == "count";
        return Taken::Yes;
    }
    if (name == "_elements") {
        for (std::string& element : split(value, ','))
            if (!element.empty()) plan.elements.push_back(std::move(element));
        return Taken::Yes;
    }
    if (name == "_sort") {
        if (value != "_lastUpdated" && value != "-_lastUpdated") return Taken::Unknown;
        plan.query.order = value.starts_with('-') ? Order::LatestChange : Order::OldestChange;
        return Taken::Yes;
    }
    return Taken::Unknown;
}

} // namespace

std::span<const SearchParameter> search_parameters() { return known; }

std::vector<IndexEntry> index_of(const Json& resource, const std::string& id, std::int64_t updated) {
    Indexer index(resource);
    const std::string type = text_of(resource, "resourceType");
    index.token("_id", {}, id);
    index.entries.push_back({"_lastUpdated", {}, {}, updated, updated + 1});
    index.identifiers("identifier", "identifier");
    if (type != "Binary" && type != "RelatedPerson" && type != "Provenance") index.code("status", "status");
    if (type == "QuestionnaireResponse") {
        index.date("authored", "authored");
        const std::string canonical = text_of(resource, "questionnaire");
        index.token("questionnaire", {}, canonical);
        if (const std::size_t bar = canonical.find('|'); bar != std::string::npos)
            index.token("questionnaire", {}, canonical.substr(0, bar));
    }
    if (type == "Task") {
        index.date("authored-on", "authoredOn");
        index.concept_codes("business-status", member_of(resource, "businessStatus"));
        index.reference("focus", member_of(resource, "focus"));
        index.identifiers("group-identifier", "groupIdentifier");
    }
    if (type == "CommunicationRequest")
        index.each("category", [&](const Json& one) { index.concept_codes("category", &one); });
    if (type == "Consent") index.reference("source-reference", member_of(resource, "sourceReference"));
    if (type == "Provenance") index.each("target", [&](const Json& one) { index.reference("target", &one); });
    if (type == "DocumentReference") {
        const Json* context = member_of(resource, "context");
        const Json* related = context == nullptr ? nullptr : member_of(*context, "related");
        if (related != nullptr && related->is_array())
            for (const Json& one : *related)
                index.reference("related", &one);
    }
    if (type == "Questionnaire") {
        index.code("url", "url");
        index.code("version", "version");
        index.date("date", "date");
        index.each("useContext",
                   [&](const Json& use) { index.concept_codes("context", member_of(use, "valueCodeableConcept")); });
    }
    return std::move(index.entries);
}

forms::Result<SearchPlan, Refusal> plan_search(const std::string& type, const Parameters& parameters, bool strict) {
    SearchPlan plan;
    plan.query.type = type;
    plan.query.limit = usual_page;
    for (const auto& [name, value] : parameters) {
        Taken taken = take_result_parameter(plan, name, value);
        if (const SearchParameter* known_parameter = find_parameter(type, name)) {
            auto condition = read_condition(*known_parameter, value);
            taken = condition ? Taken::Yes : Taken::Unreadable;
            if (condition) plan.query.conditions.push_back(std::move(*condition));
        }
        if (taken == Taken::Unreadable)
            return refuse(400, IssueCode::Value,
                          "The value of the search parameter cannot be read: " + name.substr(0, 64));
        if (taken == Taken::Unknown && strict)
            return refuse(400, IssueCode::NotSupported, "Unknown search parameter or value: " + name.substr(0, 64));
        if (taken == Taken::Yes) plan.used.emplace_back(name, value);
    }
    return plan;
}

forms::Result<Query, Refusal> plan_condition(const std::string& type, std::string_view condition,
                                             const std::string& expression) {
    if (condition.starts_with('?')) condition.remove_prefix(1);
    Query query{type};
    const auto parameters = read_parameters(condition);
    if (!parameters || parameters->empty())
        return refuse(400, IssueCode::Value, "The condition is not a search", expression);
    for (const auto& [name, value] : *parameters) {
        const SearchParameter* known_parameter = find_parameter(type, name);
        if (known_parameter == nullptr)
            return refuse(400, IssueCode::NotSupported, "The condition uses a parameter that is not supported",
                          expression);
        auto read = read_condition(*known_parameter, value);
        if (!read) return refuse(400, IssueCode::Value, "The condition cannot be read", expression);
        query.conditions.push_back(std::move(*read));
    }
    query.limit = 2;
    return query;
}

} // namespace net::sandbox
