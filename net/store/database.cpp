// SPDX-License-Identifier: EUPL-1.2
#include "net/store/database.hpp"

#include "net/store/log_renewal.hpp"

#include <sqlite3.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace net {
namespace {

StoreError error_of(int code) {
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {StoreFault::InUse, code};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return {StoreFault::Damaged, code};
    case SQLITE_FULL:
        return {StoreFault::NoSpace, code, true};
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH:
    case SQLITE_CANTOPEN:
        return {StoreFault::NoRights, code};
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
        return {StoreFault::Constraint, code};
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
    case SQLITE_ERROR:
        return {StoreFault::Misuse, code};
    default:
        return {StoreFault::Refused, code};
    }
}

/// SQLite makes files with the umask's rights; ours are never anybody else's business, whatever the umask.
bool make_private_file(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (descriptor < 0) return false;
    const bool ours = ::fchmod(descriptor, S_IRUSR | S_IWUSR) == 0;
    return ::close(descriptor) == 0 && ours;
}

} // namespace

void Database::Close::operator()(sqlite3* handle) const noexcept { sqlite3_close_v2(handle); }

Database::Database(sqlite3* handle, std::unique_ptr<FileLock> lock) : lock_(std::move(lock)), handle_(handle) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&& other) noexcept {
    handle_ = std::move(other.handle_); // closed before its lock goes
    lock_ = std::move(other.lock_);
    report_ = other.report_;
    return *this;
}
Database::~Database() = default;

StoreResult<Database> Database::open(const std::filesystem::path& file, OpenMode mode, const std::string& vfs) {
    std::unique_ptr<FileLock> lock;
    if (mode == OpenMode::Exclusive) {
        auto taken = FileLock::take(file);
        if (!taken.ok()) return taken.error();
        lock = std::make_unique<FileLock>(std::move(taken).value());
    }
    std::error_code ignored;
    OpenReport report;
    report.existed = std::filesystem::exists(file, ignored) && std::filesystem::file_size(file, ignored) > 0;
    std::filesystem::path log = file;
    log += "-wal";
    report.unclean = std::filesystem::exists(log, ignored) && std::filesystem::file_size(log, ignored) > 0;
    if (!make_private_file(file)) return StoreError{StoreFault::NoRights, 0};
    if (lock && report.unclean) {
        if (auto renewed = renew_log(log); !renewed.ok()) return renewed.error();
    }

    sqlite3* raw = nullptr;
    const int opened = sqlite3_open_v2(file.c_str(), &raw,
                                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
                                           SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE,
                                       vfs.empty() ? nullptr : vfs.c_str());
    Database database(raw, std::move(lock));
    if (opened != SQLITE_OK) return error_of(opened);
    database.report_ = report;
    // Half a second of patience, so that a second start is refused within one.
    sqlite3_busy_timeout(raw, 500);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);

    // The order matters: exclusive locking before the first access keeps the WAL index in this process's memory, where
    // no second connection can find it (SQLite before 3.51.3 may lose commits when two write and checkpoint).
    const char* exclusive = "PRAGMA locking_mode=EXCLUSIVE;";
    if (mode == OpenMode::Exclusive) {
        if (auto set = database.run(exclusive); !set.ok()) return set.error();
    }
    for (const char* setting : {"PRAGMA mmap_size=0;", "PRAGMA trusted_schema=OFF;", "PRAGMA cell_size_check=ON;",
                                "PRAGMA secure_delete=ON;", "PRAGMA foreign_keys=ON;", "PRAGMA temp_store=MEMORY;",
                                "PRAGMA synchronous=FULL;", "PRAGMA journal_mode=WAL;"}) {
        if (auto set = database.run(setting); !set.ok()) return set.error();
    }
    // A setting that did not take is silent: ask for the two on which the promise rests.
    {
        auto journal = database.prepare("PRAGMA journal_mode");
        if (!journal.ok()) return journal.error();
        auto row = journal.value().step();
        if (!row.ok()) return row.error();
        if (!row.value() || journal.value().text(0) != "wal") return StoreError{StoreFault::Refused, 0};
        auto sync = database.prepare("PRAGMA synchronous");
        if (!sync.ok()) return sync.error();
        auto level = sync.value().step();
        if (!level.ok()) return level.error();
        if (!level.value() || sync.value().integer(0) != 2) return StoreError{StoreFault::Refused, 0};
    }
    // Takes the exclusive lock now, not at the first request: a second start must be refused at its start.
    if (mode == OpenMode::Exclusive) {
        if (auto locked = database.run("BEGIN EXCLUSIVE; COMMIT;"); !locked.ok()) return locked.error();
    }
    return database;
}

StoreResult<forms::Done> Database::run(const char* sql) {
    const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return error_of(code);
    return forms::Done{};
}

StoreResult<Statement> Database::prepare(std::string_view sql) {
    sqlite3_stmt* raw = nullptr;
    const int code = sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()), 0, &raw, nullptr);
    if (code != SQLITE_OK || raw == nullptr) return error_of(code == SQLITE_OK ? SQLITE_MISUSE : code);
    return Statement(raw);
}

std::int64_t Database::changes() const { return sqlite3_changes64(handle_.get()); }
std::int64_t Database::last_row_id() const { return sqlite3_last_insert_rowid(handle_.get()); }

StoreResult<std::int64_t> Database::schema_version() {
    auto ask = prepare("PRAGMA user_version");
    if (!ask.ok()) return ask.error();
    auto row = ask.value().step();
    if (!row.ok()) return row.error();
    return ask.value().integer(0);
}

StoreResult<forms::Done> Database::set_schema_version(std::int64_t version) {
    return run(("PRAGMA user_version=" + std::to_string(version)).c_str());
}

Database::Check Database::check(std::chrono::milliseconds limit, std::string_view table) {
    // sqlite3_interrupt from a second thread ends the check at once; the progress handler would look too late.
    std::mutex mutex;
    std::condition_variable over;
    bool finished = false; // guarded by mutex
    bool interrupted = false;
    std::jthread watch([&] {
        std::unique_lock lock(mutex);
        if (!over.wait_for(lock, limit, [&] { return finished; })) {
            interrupted = true;
            sqlite3_interrupt(handle_.get());
        }
    });
    auto verdict = Check::Damaged;
    const std::string sql = "PRAGMA integrity_check(" + (table.empty() ? std::string("1") : std::string(table)) + ")";
    const auto of_error = [](const StoreError& error) {
        return error.fault == StoreFault::Refused ? Check::NotReadable : Check::Damaged;
    };
    if (auto ask = prepare(sql); ask.ok()) {
        auto row = ask.value().step();
        if (!row.ok())
            verdict = of_error(row.error());
        else if (row.value() && ask.value().text(0) == "ok")
            verdict = Check::Sound;
    } else {
        verdict = of_error(ask.error());
    }
    {
        const std::lock_guard lock(mutex);
        finished = true;
    }
    over.notify_all();
    watch.join();
    return verdict != Check::Sound && interrupted ? Check::NotFinished : verdict;
}

StoreResult<forms::Done> Database::checkpoint() {
    const int code = sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    if (code != SQLITE_OK) return error_of(code);
    return forms::Done{};
}

StoreResult<std::int64_t> Database::bytes_used() {
    auto ask =
        prepare("SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, "
                "pragma_page_size");
    if (!ask.ok()) return ask.error();
    auto row = ask.value().step();
    if (!row.ok()) return row.error();
    return ask.value().integer(0);
}

void Statement::Finalize::operator()(sqlite3_stmt* handle) const noexcept { sqlite3_finalize(handle); }

Statement& Statement::bind(int index, std::int64_t value) {
    if (const int code = sqlite3_bind_int64(handle_.get(), index, value); code != SQLITE_OK) bind_code_ = code;
    return *this;
}

Statement& Statement::bind(int index, std::string_view text) {
    if (const int code = sqlite3_bind_text64(handle_.get(), index, text.data() ? text.data() : "", text.size(),
                                             SQLITE_TRANSIENT, SQLITE_UTF8);
        code != SQLITE_OK)
        bind_code_ = code;
    return *this;
}

Statement& Statement::bind_blob(int index, std::span<const std::byte> bytes) {
    const int code = bytes.empty()
                         ? sqlite3_bind_zeroblob(handle_.get(), index, 0)
                         : sqlite3_bind_blob64(handle_.get(), index, bytes.data(), bytes.size(), SQLITE_TRANSIENT);
    if (code != SQLITE_OK) bind_code_ = code;
    return *this;
}

Statement& Statement::bind_null(int index) {
    if (const int code = sqlite3_bind_null(handle_.get(), index); code != SQLITE_OK) bind_code_ = code;
    return *this;
}

StoreResult<bool> Statement::step() {
    if (bind_code_ != 0) return error_of(std::exchange(bind_code_, 0));
    const int code = sqlite3_step(handle_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    return error_of(code);
}

StoreResult<forms::Done> Statement::execute() {
    auto stepped = step();
    reset();
    if (!stepped.ok()) return stepped.error();
    return forms::Done{};
}

void Statement::reset() {
    sqlite3_reset(handle_.get()); // repeats the error that step() has already told
    sqlite3_clear_bindings(handle_.get());
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(handle_.get(), column); }

std::string Statement::text(int column) const {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(handle_.get(), column));
    if (bytes == nullptr) return {};
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
}

std::span<const std::byte> Statement::blob(int column) const {
    const auto* bytes = static_cast<const std::byte*>(sqlite3_column_blob(handle_.get(), column));
    if (bytes == nullptr) return {};
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
}

bool Statement::null(int column) const { return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL; }

StoreResult<Transaction> Transaction::begin(Database& database) {
    if (auto begun = database.run("BEGIN IMMEDIATE"); !begun.ok()) return begun.error();
    return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() {
    // After an error SQLite may have rolled back already; then this says so, and there is nothing left to undo.
    if (database_ != nullptr) (void)database_->run("ROLLBACK");
}

StoreResult<forms::Done> Transaction::commit() {
    auto committed = database_->run("COMMIT");
    if (!committed.ok())
        return StoreError{StoreFault::Undecided, committed.error().library_code, committed.error().disk_full};
    database_ = nullptr;
    return forms::Done{};
}

} // namespace net
