// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/sandbox/resource_store.hpp"

#include <map>
#include <string>
#include <utility>

namespace tests {

/// Resources in memory, for tests. Passes the same cases as DiskStore.
class MemoryStore final : public net::sandbox::ResourceStore {
public:
    using Done = forms::Result<forms::Done, net::sandbox::StorageFault>;
    using Version = net::sandbox::Version;
    using StorageFault = net::sandbox::StorageFault;

    bool full = false; ///< every put from now on finds no room

    Done begin() override;
    Done commit() override;
    void roll_back() override;
    Done put(const Version& version, const std::vector<net::sandbox::IndexEntry>& index) override;
    forms::Result<std::optional<Version>, StorageFault> current(const std::string& type,
                                                                const std::string& id) override;
    forms::Result<std::optional<Version>, StorageFault> numbered(const std::string& type, const std::string& id,
                                                                 std::int64_t number) override;
    forms::Result<std::vector<Version>, StorageFault> find(const net::sandbox::Query& query) override;
    forms::Result<std::int64_t, StorageFault> count(const net::sandbox::Query& query) override;
    forms::Result<std::int64_t, StorageFault> next_number(const std::string& name) override;
    Done clear() override;

private:
    struct Resource {
        std::string type;
        std::string id;
        std::vector<Version> versions;
        std::vector<net::sandbox::IndexEntry> index;
    };
    struct State {
        std::vector<Resource> resources; ///< in the order in which they came
        std::map<std::string, std::int64_t> counters;
    };
    const Resource* resource(const std::string& type, const std::string& id) const;
    std::vector<const Resource*> matches(const net::sandbox::Query& query) const;

    State state_;
    std::optional<State> before_; ///< while a transaction is open
};

} // namespace tests
