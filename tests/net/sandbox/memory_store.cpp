// SPDX-License-Identifier: EUPL-1.2
#include "tests/net/sandbox/memory_store.hpp"

#include <algorithm>

namespace tests {
namespace {

using namespace net::sandbox;

bool holds(const IndexEntry& entry, const Condition& condition) {
    if (entry.parameter != condition.parameter) return false;
    if (condition.date) {
        switch (*condition.date) {
        case DateTest::Equal:
            return entry.from >= condition.from && entry.to <= condition.to;
        case DateTest::NotEqual:
            return entry.from < condition.from || entry.to > condition.to;
        case DateTest::After:
            return entry.to > condition.to;
        case DateTest::Before:
            return entry.from < condition.from;
        case DateTest::NotBefore:
            return entry.to > condition.from;
        case DateTest::NotAfter:
            return entry.from < condition.to;
        }
    }
    return std::any_of(condition.tokens.begin(), condition.tokens.end(), [&](const TokenTest& test) {
        return (!test.system || *test.system == entry.system) && (!test.value || *test.value == entry.value);
    });
}

} // namespace

MemoryStore::Done MemoryStore::begin() {
    if (before_) return StorageFault::Broken;
    before_ = state_;
    return forms::Done{};
}

MemoryStore::Done MemoryStore::commit() {
    if (!before_) return StorageFault::Broken;
    before_.reset();
    return forms::Done{};
}

void MemoryStore::roll_back() {
    if (!before_) return;
    state_ = std::move(*before_);
    before_.reset();
}

MemoryStore::Done MemoryStore::put(const Version& version, const std::vector<IndexEntry>& index) {
    if (full) return StorageFault::Full;
    auto found = std::find_if(state_.resources.begin(), state_.resources.end(),
                              [&](const Resource& r) { return r.type == version.type && r.id == version.id; });
    if (found == state_.resources.end()) found = state_.resources.insert(found, {version.type, version.id, {}, {}});
    found->versions.push_back(version);
    found->index = index;
    return forms::Done{};
}

const MemoryStore::Resource* MemoryStore::resource(const std::string& type, const std::string& id) const {
    const auto found = std::find_if(state_.resources.begin(), state_.resources.end(),
                                    [&](const Resource& r) { return r.type == type && r.id == id; });
    return found == state_.resources.end() ? nullptr : &*found;
}

forms::Result<std::optional<Version>, StorageFault> MemoryStore::current(const std::string& type,
                                                                         const std::string& id) {
    const Resource* found = resource(type, id);
    if (found == nullptr) return std::optional<Version>();
    return std::optional(found->versions.back());
}

forms::Result<std::optional<Version>, StorageFault> MemoryStore::numbered(const std::string& type,
                                                                          const std::string& id, std::int64_t number) {
    const Resource* found = resource(type, id);
    if (found == nullptr || number < 1 || number > static_cast<std::int64_t>(found->versions.size()))
        return std::optional<Version>();
    return std::optional(found->versions.at(static_cast<std::size_t>(number - 1)));
}

std::vector<const MemoryStore::Resource*> MemoryStore::matches(const Query& query) const {
    std::vector<const Resource*> all;
    for (const Resource& r : state_.resources) {
        if (r.type != query.type) continue;
        const bool every = std::all_of(query.conditions.begin(), query.conditions.end(), [&](const Condition& c) {
            return std::any_of(r.index.begin(), r.index.end(), [&](const IndexEntry& e) { return holds(e, c); });
        });
        if (every) all.push_back(&r);
    }
    if (query.order == Order::OldestChange || query.order == Order::LatestChange)
        std::stable_sort(all.begin(), all.end(), [](const Resource* a, const Resource* b) {
            return a->versions.back().updated < b->versions.back().updated;
        });
    if (query.order == Order::LastStored || query.order == Order::LatestChange) std::reverse(all.begin(), all.end());
    return all;
}

forms::Result<std::vector<Version>, StorageFault> MemoryStore::find(const Query& query) {
    std::vector<Version> page;
    std::int64_t index = 0;
    for (const Resource* r : matches(query)) {
        if (index++ < query.offset) continue;
        if (static_cast<std::int64_t>(page.size()) == query.limit) break;
        page.push_back(r->versions.back());
    }
    return page;
}

forms::Result<std::int64_t, StorageFault> MemoryStore::count(const Query& query) {
    return static_cast<std::int64_t>(matches(query).size());
}

forms::Result<std::int64_t, StorageFault> MemoryStore::next_number(const std::string& name) {
    return ++state_.counters[name];
}

MemoryStore::Done MemoryStore::clear() {
    state_ = State();
    return forms::Done{};
}

} // namespace tests
