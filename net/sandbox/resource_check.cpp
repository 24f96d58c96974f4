// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/resource_check.hpp"

#include "net/sandbox/element_table.hpp"
#include "net/sandbox/fhir_time.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <set>
#include <string_view>

namespace net::sandbox {
namespace {

constexpr std::size_t most_problems = 20;

constexpr Element of_every_element[] = {{"id", Kind::String}, {"extension", Kind::Extension, Times::Any}};
constexpr Element of_every_resource[] = {
    {"id", Kind::Id}, {"meta", Kind::Meta}, {"implicitRules", Kind::Uri}, {"language", Kind::Code}};
constexpr Element of_domain_resources[] = {{"text", Kind::Narrative},
                                           {"contained", Kind::ContainedResource, Times::Any},
                                           {"extension", Kind::Extension, Times::Any}};

bool has_space(std::string_view text) { return text.find_first_of(" \t\r\n") != std::string_view::npos; }

/// No blanks at the ends and single ones inside.
bool is_code(std::string_view text) {
    if (text.empty() || text.front() == ' ' || text.back() == ' ') return false;
    return text.find("  ") == std::string_view::npos && text.find_first_of("\t\r\n") == std::string_view::npos;
}

bool is_base64(std::string_view text) {
    std::size_t letters = 0;
    std::size_t padding = 0;
    for (const char c : text) {
        if (c == ' ' || c == '\n' || c == '\r' || c == '\t') continue;
        const bool letter =
            (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
        if (c == '=')
            ++padding;
        else if (!letter || padding > 0)
            return false;
        else
            ++letters;
    }
    return letters > 0 && padding <= 2 && (letters + padding) % 4 == 0;
}

/// `words` are separated by single blanks.
bool listed(std::string_view words, std::string_view wanted) {
    while (!words.empty()) {
        const std::size_t end = std::min(words.find(' '), words.size());
        if (words.substr(0, end) == wanted) return true;
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return false;
}

bool whole_number_between(const Json& value, std::int64_t least, std::int64_t most) {
    if (value.is_number_unsigned())
        return value.get<std::uint64_t>() <= static_cast<std::uint64_t>(most) &&
               static_cast<std::int64_t>(value.get<std::uint64_t>()) >= least;
    return value.is_number_integer() && value.get<std::int64_t>() >= least && value.get<std::int64_t>() <= most;
}

class Checker {
public:
    std::vector<Problem> problems;

    void resource(const Json& value, const std::string& place) {
        const std::string type = text_of(value, "resourceType");
        const auto own = elements_of(type);
        std::set<std::string_view> known = {"resourceType"};
        elements(value, of_every_resource, place, known);
        if (type != "Binary") elements(value, of_domain_resources, place, known);
        elements(value, own, place, known);
        leftovers(value, known, place);
        invariants(value, type, place);
    }

private:
    void add(IssueCode code, const char* reason, std::string place) {
        if (problems.size() < most_problems) problems.push_back({code, reason, std::move(place)});
    }

    void object(const Json& value, Kind kind, const std::string& place) {
        if (!value.is_object()) return add(IssueCode::Structure, "This must be a JSON object", place);
        if (value.empty()) return add(IssueCode::Structure, "An object may not be empty", place);
        if (kind == Kind::Anything) return;
        std::set<std::string_view> known;
        elements(value, of_every_element, place, known);
        elements(value, elements_of(kind), place, known);
        leftovers(value, known, place);
        if (kind == Kind::ResponseItem && value.contains("answer") && value.contains("item"))
            add(IssueCode::Invariant, "qrs-1: an item has nested items or answers, not both", place);
        if (kind == Kind::Extension && value.contains("extension") == has_value(value))
            add(IssueCode::Invariant, "ext-1: an extension has a value or extensions, not both", place);
        if (kind == Kind::Reference && !value.contains("reference") && !value.contains("identifier") &&
            !value.contains("display"))
            add(IssueCode::Invariant, "A reference says nothing", place);
    }

    static bool has_value(const Json& value) {
        for (const auto& [name, member] : value.items())
            if (name.starts_with("value") || name.starts_with("_value")) return true;
        return false;
    }

    void elements(const Json& value, std::span<const Element> list, const std::string& place,
                  std::set<std::string_view>& known) {
        for (const Element& element : list) {
            if (element.kind == Kind::Choice) {
                choice(value, element, place, known);
                continue;
            }
            known.insert(element.name);
            const Json* member = member_of(value, element.name);
            if (member == nullptr)
                missing(value, element, place);
            else
                one_or_many(*member, element, element.kind, place + '.' + std::string(element.name), value);
        }
    }

    void missing(const Json& value, const Element& element, const std::string& place) {
        if (element.times != Times::Once && element.times != Times::Some) return;
        if (value.contains('_' + std::string(element.name))) return; // says why there is none
        add(IssueCode::Required, "A required element is missing", place + '.' + std::string(element.name));
    }

    /// value[x]: at most one of valueString, valueCoding …
    void choice(const Json& value, const Element& element, const std::string& place,
                std::set<std::string_view>& known) {
        const std::string_view stem = element.name.substr(0, element.name.size() - 3);
        int found = 0;
        for (const auto& [name, member] : value.items()) {
            if (!name.starts_with(stem)) continue;
            const std::string_view type = std::string_view(name).substr(stem.size());
            if (!listed(element.values, type)) continue;
            known.insert(name);
            if (++found > 1)
                add(IssueCode::Structure, "Only one type of this element may be there", place + '.' + name);
            one_or_many(member, {name, kind_named(type)}, kind_named(type), place + '.' + name, value);
        }
        if (found == 0 && element.times == Times::Once)
            add(IssueCode::Required, "A required element is missing", place + '.' + std::string(stem));
    }

    void one_or_many(const Json& member, const Element& element, Kind kind, const std::string& place,
                     const Json& around) {
        const bool many = element.times == Times::Any || element.times == Times::Some;
        if (!many) {
            if (member.is_array()) return add(IssueCode::Structure, "This element is not a list", place);
            return single(member, element, kind, place);
        }
        if (!member.is_array()) return add(IssueCode::Structure, "This element is a list", place);
        if (member.empty()) return add(IssueCode::Structure, "A list may not be empty", place);
        const bool gaps_allowed = around.contains('_' + std::string(element.name));
        std::size_t index = 0;
        for (const Json& one : member) {
            if (!(one.is_null() && gaps_allowed)) single(one, element, kind, place + '[' + std::to_string(index) + ']');
            ++index;
        }
    }

    void single(const Json& value, const Element& element, Kind kind, const std::string& place) {
        if (value.is_null()) return add(IssueCode::Structure, "null is not allowed here", place);
        switch (kind) {
        case Kind::Boolean:
            if (!value.is_boolean()) add(IssueCode::Structure, "This must be true or false", place);
            return;
        case Kind::Integer:
            return integer(value, std::numeric_limits<std::int32_t>::min(), place);
        case Kind::UnsignedInt:
            return integer(value, 0, place);
        case Kind::PositiveInt:
            return integer(value, 1, place);
        case Kind::Decimal:
            if (!is_number(value)) add(IssueCode::Structure, "This must be a JSON number", place);
            return;
        case Kind::String:
        case Kind::Code:
        case Kind::Id:
        case Kind::Uri:
        case Kind::Base64:
        case Kind::Date:
        case Kind::DateTime:
        case Kind::Instant:
        case Kind::Time:
            return string(value, element, kind, place);
        case Kind::ContainedResource:
            if (text_of(value, "resourceType").empty())
                add(IssueCode::Required, "A contained resource has no resourceType", place);
            return;
        default:
            return object(value, kind, place);
        }
    }

    void integer(const Json& value, std::int64_t least, const std::string& place) {
        if (!value.is_number_integer()) return add(IssueCode::Structure, "This must be a whole JSON number", place);
        if (!whole_number_between(value, least, std::numeric_limits<std::int32_t>::max()))
            add(IssueCode::Value, "This number is outside its range", place);
    }

    void string(const Json& value, const Element& element, Kind kind, const std::string& place) {
        if (!value.is_string()) return add(IssueCode::Structure, "This must be a JSON string", place);
        const auto& text = value.get_ref<const std::string&>();
        if (text.empty()) return add(IssueCode::Structure, "A string may not be empty", place);
        bool good = true;
        switch (kind) {
        case Kind::Code:
            good = is_code(text) && (element.values.empty() || listed(element.values, text));
            break;
        case Kind::Id:
            good = is_id(text);
            break;
        case Kind::Uri:
            good = !has_space(text);
            break;
        case Kind::Base64:
            good = is_base64(text);
            break;
        case Kind::Date:
            good = read_time(text, TimeKind::Date).has_value();
            break;
        case Kind::DateTime:
            good = read_time(text, TimeKind::DateTime).has_value();
            break;
        case Kind::Instant:
            good = read_time(text, TimeKind::Instant).has_value();
            break;
        case Kind::Time:
            good = is_time_of_day(text);
            break;
        default:
            good = text.size() <= 1024 * 1024;
            break;
        }
        if (!good) add(IssueCode::Value, "The value does not belong to the type of this element", place);
    }

    void leftovers(const Json& value, const std::set<std::string_view>& known, const std::string& place) {
        for (const auto& [name, member] : value.items()) {
            const std::string_view bare =
                name.starts_with('_') ? std::string_view(name).substr(1) : std::string_view(name);
            if (known.contains(bare)) {
                if (name.starts_with('_') && !member.is_object() && !member.is_array())
                    add(IssueCode::Structure, "This must be an object or a list of objects", place + '.' + name);
                continue;
            }
            if (bare.starts_with("value") && name.starts_with('_')) continue;
            if (name == "modifierExtension")
                add(IssueCode::NotSupported, "A modifier extension may change the meaning, and none is known here",
                    place + '.' + name);
            else
                add(IssueCode::Structure, "There is no such element here", place + '.' + name.substr(0, 64));
        }
    }

    void invariants(const Json& value, const std::string& type, const std::string& place) {
        if (type == "Task") {
            const auto begun = read_time(text_of(value, "authoredOn"), TimeKind::DateTime);
            const auto changed = read_time(text_of(value, "lastModified"), TimeKind::DateTime);
            if (begun && changed && changed->to < begun->from)
                add(IssueCode::Invariant, "inv-1: last modified before it was authored", place + ".lastModified");
        }
        if (type == "Consent" && !value.contains("policy") && !value.contains("policyRule"))
            add(IssueCode::Invariant, "ppc-1: a policy or a policy rule is needed", place);
        if (type == "Questionnaire") {
            std::set<std::string> seen;
            doubled_link_ids(value, place, seen);
        }
    }

    void doubled_link_ids(const Json& around, const std::string& place, std::set<std::string>& seen) {
        const Json* items = member_of(around, "item");
        if (items == nullptr || !items->is_array()) return;
        std::size_t index = 0;
        for (const Json& item : *items) {
            const std::string here = place + ".item[" + std::to_string(index++) + ']';
            const std::string link = text_of(item, "linkId");
            if (!link.empty() && !seen.insert(link).second)
                add(IssueCode::Invariant, "que-2: this linkId is already used", here + ".linkId");
            doubled_link_ids(item, here, seen);
        }
    }
};

} // namespace

bool is_id(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    });
}

std::vector<Problem> check_resource(const Json& resource, const std::string& place) {
    const std::string type = text_of(resource, "resourceType");
    const std::string start = place.empty() ? type : place;
    if (!resource.is_object()) return {{IssueCode::Structure, "A resource is a JSON object", start}};
    if (type.empty()) return {{IssueCode::Required, "A required element is missing", start + ".resourceType"}};
    if (elements_of(type).empty())
        return {{IssueCode::NotSupported, "This server does not take resources of this type", start + ".resourceType"}};
    Checker checker;
    checker.resource(resource, start);
    return std::move(checker.problems);
}

} // namespace net::sandbox
