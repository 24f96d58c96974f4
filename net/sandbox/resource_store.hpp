// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace net::sandbox {

enum class StorageFault {
    Full,   ///< no room: nothing was written
    Broken, ///< the file cannot be read or written
};

/// One state of one resource. `number` counts from 1 for each id.
struct Version {
    std::string type;
    std::string id;
    std::int64_t number = 1;
    std::int64_t updated = 0; ///< milliseconds since 1970 UTC
    std::string body;         ///< the JSON text as it is served
};

/// By what a resource can be found. A token fills system and value, a date fills from and to (see TimeSpan).
struct IndexEntry {
    std::string parameter;
    std::string system = {};
    std::string value = {};
    std::int64_t from = 0;
    std::int64_t to = 0;
};

/// Absent means "any"; an empty system means "has none".
struct TokenTest {
    std::optional<std::string> system = {};
    std::optional<std::string> value = {};
};

enum class DateTest { Equal, NotEqual, After, Before, NotBefore, NotAfter };

/// One search condition: any of the tokens, or one comparison with a stretch of time.
struct Condition {
    std::string parameter;
    std::vector<TokenTest> tokens = {};
    std::optional<DateTest> date = {};
    std::int64_t from = 0;
    std::int64_t to = 0;
};

enum class Order { FirstStored, LastStored, OldestChange, LatestChange };

struct Query {
    std::string type;
    std::vector<Condition> conditions = {}; ///< all must hold
    Order order = Order::FirstStored;
    std::int64_t offset = 0;
    std::int64_t limit = 1;
};

/// Where the resources lie. Between `begin` and `commit` everything belongs together; `roll_back` undoes it.
/// Thread: one at a time; whoever owns it sees to that.
class ResourceStore {
public:
    virtual ~ResourceStore() = default;

    virtual forms::Result<forms::Done, StorageFault> begin() = 0;
    virtual forms::Result<forms::Done, StorageFault> commit() = 0; ///< on failure the owner rolls back
    virtual void roll_back() = 0;                                  ///< nothing happens when nothing was begun

    /// Makes this the current version, and the index entries the only ones of the resource. Older versions stay
    /// readable.
    virtual forms::Result<forms::Done, StorageFault> put(const Version& version,
                                                         const std::vector<IndexEntry>& index) = 0;
    virtual forms::Result<std::optional<Version>, StorageFault> current(const std::string& type,
                                                                        const std::string& id) = 0;
    virtual forms::Result<std::optional<Version>, StorageFault> numbered(const std::string& type, const std::string& id,
                                                                         std::int64_t number) = 0;
    /// Current versions.
    virtual forms::Result<std::vector<Version>, StorageFault> find(const Query& query) = 0;
    virtual forms::Result<std::int64_t, StorageFault> count(const Query& query) = 0; ///< offset and limit do not count

    /// 1, 2, 3 … for each name; a number taken in a transaction that is rolled back is given again.
    virtual forms::Result<std::int64_t, StorageFault> next_number(const std::string& name) = 0;
    virtual forms::Result<forms::Done, StorageFault> clear() = 0;
};

/// Undone unless `commit` succeeded.
class StoreTransaction {
public:
    explicit StoreTransaction(ResourceStore& store) : store_(&store) {}
    ~StoreTransaction() {
        if (store_ != nullptr) store_->roll_back();
    }
    StoreTransaction(const StoreTransaction&) = delete;
    StoreTransaction& operator=(const StoreTransaction&) = delete;

    forms::Result<forms::Done, StorageFault> begin() { return store_->begin(); }
    forms::Result<forms::Done, StorageFault> commit() {
        auto done = store_->commit();
        if (done.ok()) store_ = nullptr;
        return done;
    }

private:
    ResourceStore* store_;
};

} // namespace net::sandbox
