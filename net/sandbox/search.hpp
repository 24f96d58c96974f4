// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "net/sandbox/json_text.hpp"
#include "net/sandbox/message.hpp"
#include "net/sandbox/outcome.hpp"
#include "net/sandbox/resource_store.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace net::sandbox {

enum class SearchKind { Token, Date, Uri, Reference };
struct SearchParameter {
    std::string_view type; ///< a resource type, or "Resource" for every type
    std::string_view name;
    SearchKind kind;
};

/// Everything that can be searched by. A subset of the search parameters of FHIR R4.
[[nodiscard]] std::span<const SearchParameter> search_parameters();

/// What a resource can be found by. `updated` in milliseconds since 1970 UTC.
[[nodiscard]] std::vector<IndexEntry> index_of(const Json& resource, const std::string& id, std::int64_t updated);

struct SearchPlan {
    Query query;
    bool count_only = false;           ///< _summary=count
    std::vector<std::string> elements; ///< _elements; empty: whole resources
    Parameters used;                   ///< what was understood, for the self link
};

inline constexpr std::int64_t usual_page = 50;
inline constexpr std::int64_t largest_page = 200;

/// Understands the query of a search. What is unknown is left out, as FHIR R4 wants by default, and is then missing in
/// the self link; with `strict` (Prefer: handling=strict) it is refused. A known parameter that cannot be read is
/// always refused.
forms::Result<SearchPlan, Refusal> plan_search(const std::string& type, const Parameters& parameters, bool strict);

/// The condition of a conditional create: "identifier=system|value", percent-encoded as in a URL. Must name at least
/// one parameter, and only known ones: a condition that matched everything would swallow the resource.
forms::Result<Query, Refusal> plan_condition(const std::string& type, std::string_view condition,
                                             const std::string& expression);

} // namespace net::sandbox
