// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"
#include "forms/base/result.hpp"
#include "forms/base/uuid.hpp"
#include "net/sandbox/json_text.hpp"
#include "net/sandbox/outcome.hpp"
#include "net/sandbox/resource_store.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace net::sandbox {

struct Preconditions {
    std::string if_match = {};      ///< only if this is the current version: W/"3"
    std::string if_none_match = {}; ///< "*": only if there is none yet
};

/// What a write came to.
struct Saved {
    Version version;
    bool created = false; ///< false: it was there already
};

/// Resources with versions, found by their index; gives each Task its case number. Checks of the content are the
/// callers'. Thread: that of its store.
class Records {
public:
    struct Parts {
        ResourceStore& store;
        const forms::Clock& clock;
        std::function<forms::Uuid()> new_id;
        std::string base_uri; ///< of the systems and codes of our own
        /// The ids of what a case is made of are chosen here, and found by their identifiers; nobody else may.
        bool ids_by_server = false;
    };
    explicit Records(Parts parts) : parts_(std::move(parts)) {}

    [[nodiscard]] ResourceStore& store() { return parts_.store; }
    [[nodiscard]] const std::string& base_uri() const { return parts_.base_uri; }
    [[nodiscard]] std::int64_t now() const; ///< milliseconds since 1970 UTC, to be written down
    [[nodiscard]] std::string new_uuid() const { return parts_.new_id().text(); }
    /// The id of a resource that is about to be created here. A Task's is its case number: what a sender reads from the
    /// answer is then what a person can quote.
    forms::Result<std::string, Refusal> new_id(const std::string& type);

    forms::Result<std::optional<Version>, Refusal> read(const std::string& type, const std::string& id);
    forms::Result<std::optional<Version>, Refusal> read(const std::string& type, const std::string& id,
                                                        std::int64_t number);
    forms::Result<std::vector<Version>, Refusal> find(const Query& query);
    forms::Result<std::int64_t, Refusal> count(const Query& query);
    /// The one resource a condition names, or none; several are refused (412).
    forms::Result<std::optional<Version>, Refusal> find_one(const Query& query, const std::string& expression);

    enum class IdBy { Server, Client };
    /// Stores a resource that is not there yet under this id.
    forms::Result<Saved, Refusal> create(Json resource, const std::string& id, IdBy given_by);
    /// May a client make a resource of this type under an id of its own (update as create)?
    [[nodiscard]] bool takes_ids_of_clients(std::string_view type) const;
    /// Stores the resource under this id, as a new one or as a new version. Content that is there already makes no
    /// version.
    forms::Result<Saved, Refusal> update(Json resource, const std::string& id, const Preconditions& conditions,
                                         const std::string& expression = {});

private:
    forms::Result<Saved, Refusal> write(Json resource, const std::string& id, std::int64_t number);
    forms::Result<std::string, Refusal> next_case_number();

    Parts parts_;
};

[[nodiscard]] std::string etag_of(std::int64_t version);
/// Is `version` among the tags of an If-Match or If-None-Match header? "*" names every version.
[[nodiscard]] bool names_version(std::string_view header, std::int64_t version);

} // namespace net::sandbox
