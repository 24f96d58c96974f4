// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace net {

/// Cut by what the caller may do next.
enum class StoreFault {
    InUse,      ///< another process holds the file: do not start
    Damaged,    ///< not a database, or its pages contradict each other: set it aside
    NoSpace,    ///< the disk is full: nothing was changed
    NoRights,   ///< the file or its folder may not be written
    Refused,    ///< the disk refused a read, write or sync: close, reopen, look
    Undecided,  ///< COMMIT failed: the change may or may not be there; reopen and ask
    TooNew,     ///< written by a newer program
    Constraint, ///< the row contradicts the schema
    Misuse,     ///< wrong SQL: a mistake in this program
};
struct StoreError {
    StoreFault fault;
    int library_code = 0;   ///< SQLite's extended number, for the log; never its words
    bool disk_full = false; ///< the cause, also when the fault is Undecided
};
template <class T>
using StoreResult = forms::Result<T, StoreError>;

/// The outbox's settings hold for every database of the product. `shared` is for one thing only: the sandbox, whose
/// file staff may look into while it runs.
enum class OpenMode { Exclusive, Shared };

/// What opening found out.
struct OpenReport {
    bool existed = false;
    bool unclean = false; ///< the last program did not close it: a log was left behind and has been replayed
};

class FileLock;
class Statement;

/// The only way to a database file. Settings: WAL, synchronous=FULL, locking_mode=EXCLUSIVE before the first access,
/// mmap_size=0, secure_delete=ON, trusted_schema=OFF, cell_size_check=ON, foreign_keys=ON.
/// Thread: the one that opened it, and no other. Never fork while one is open.
class Database {
public:
    /// A missing file is made, with mode 0600; its folder must exist. Fails with InUse within 1 s when another process
    /// has it. `vfs`: for tests that break the disk; empty in production.
    [[nodiscard]] static StoreResult<Database> open(const std::filesystem::path& file,
                                                    OpenMode mode = OpenMode::Exclusive, const std::string& vfs = {});
    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    [[nodiscard]] const OpenReport& report() const { return report_; }

    /// One or more statements without parameters or rows.
    [[nodiscard]] StoreResult<forms::Done> run(const char* sql);
    [[nodiscard]] StoreResult<Statement> prepare(std::string_view sql);
    /// Rows changed by the last INSERT, UPDATE or DELETE.
    [[nodiscard]] std::int64_t changes() const;
    [[nodiscard]] std::int64_t last_row_id() const;

    /// `PRAGMA user_version`: the version of the schema, 0 for a new file.
    [[nodiscard]] StoreResult<std::int64_t> schema_version();
    [[nodiscard]] StoreResult<forms::Done> set_schema_version(std::int64_t version);

    enum class Check {
        Sound,
        Damaged,
        NotFinished, ///< the limit came first
        NotReadable, ///< the disk refused a read: nothing is known about the pages
    };
    /// `PRAGMA integrity_check`, interrupted at the limit; of one table when one is named.
    [[nodiscard]] Check check(std::chrono::milliseconds limit, std::string_view table = {});
    /// Moves the log into the file and cuts the log.
    [[nodiscard]] StoreResult<forms::Done> checkpoint();
    /// Bytes of the pages in use (free pages not counted).
    [[nodiscard]] StoreResult<std::int64_t> bytes_used();

private:
    struct Close {
        void operator()(sqlite3* handle) const noexcept;
    };
    Database(sqlite3* handle, std::unique_ptr<FileLock> lock);
    std::unique_ptr<FileLock> lock_; ///< given back after the database was closed; none when shared
    std::unique_ptr<sqlite3, Close> handle_;
    OpenReport report_;
};

/// One prepared statement. Text and blobs are copied in and out.
class Statement {
public:
    Statement(Statement&&) noexcept = default;
    Statement& operator=(Statement&&) noexcept = default;

    // `index` counts from 1. A bind that fails shows itself in the next step().
    Statement& bind(int index, std::int64_t value);
    Statement& bind(int index, std::string_view text);
    Statement& bind_blob(int index, std::span<const std::byte> bytes);
    Statement& bind_null(int index);

    /// True: a row is ready to read. False: done.
    [[nodiscard]] StoreResult<bool> step();
    /// For statements without rows: step to the end, then reset.
    [[nodiscard]] StoreResult<forms::Done> execute();
    void reset();

    // `column` counts from 0. Valid until the next step or reset.
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] std::span<const std::byte> blob(int column) const;
    [[nodiscard]] bool null(int column) const;

private:
    friend class Database;
    struct Finalize {
        void operator()(sqlite3_stmt* handle) const noexcept;
    };
    explicit Statement(sqlite3_stmt* handle) : handle_(handle) {}
    std::unique_ptr<sqlite3_stmt, Finalize> handle_;
    int bind_code_ = 0;
};

/// Undone unless commit() succeeded. The database must outlive it.
class Transaction {
public:
    /// Takes the write lock at once (BEGIN IMMEDIATE).
    [[nodiscard]] static StoreResult<Transaction> begin(Database& database);
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    /// Durable once this has succeeded. Any failure is reported as Undecided: reopen the database and look.
    [[nodiscard]] StoreResult<forms::Done> commit();

private:
    explicit Transaction(Database& database) : database_(&database) {}
    Database* database_; ///< null once committed
};

} // namespace net
