// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/sandbox/resource_store.hpp"
#include "net/store/database.hpp"

#include <filesystem>
#include <memory>
#include <optional>

namespace net::sandbox {

/// Resources in one SQLite file: `versions` holds every state as text, `lookup` what the current ones are found by.
/// Thread: the one that opened it (see net::Database).
class DiskStore final : public ResourceStore {
public:
    /// Fails with TooNew for a file of a newer program, with Damaged for a file that is something else.
    [[nodiscard]] static StoreResult<std::unique_ptr<DiskStore>> open(const std::filesystem::path& file);

    forms::Result<forms::Done, StorageFault> begin() override;
    forms::Result<forms::Done, StorageFault> commit() override;
    void roll_back() override;
    forms::Result<forms::Done, StorageFault> put(const Version& version, const std::vector<IndexEntry>& index) override;
    forms::Result<std::optional<Version>, StorageFault> current(const std::string& type,
                                                                const std::string& id) override;
    forms::Result<std::optional<Version>, StorageFault> numbered(const std::string& type, const std::string& id,
                                                                 std::int64_t number) override;
    forms::Result<std::vector<Version>, StorageFault> find(const Query& query) override;
    forms::Result<std::int64_t, StorageFault> count(const Query& query) override;
    forms::Result<std::int64_t, StorageFault> next_number(const std::string& name) override;
    forms::Result<forms::Done, StorageFault> clear() override;

private:
    explicit DiskStore(Database database) : database_(std::move(database)) {}
    StoreResult<forms::Done> prepare_schema();
    StoreResult<forms::Done> write_version(const Version& version, const std::vector<IndexEntry>& index);
    StoreResult<std::vector<Version>> read_versions(Statement& statement);
    StoreResult<Statement> search(const Query& query, bool counting);

    Database database_;
    std::optional<Transaction> transaction_; // after database_: ends before it
};

} // namespace net::sandbox
