// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/disk_store.hpp"

#include <utility>

namespace net::sandbox {
namespace {

constexpr std::int64_t schema = 1;

/// `first` keeps the order in which resources came, through all their versions.
constexpr const char* tables = R"(
CREATE TABLE versions (
  type TEXT NOT NULL, id TEXT NOT NULL, number INTEGER NOT NULL,
  updated INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (type, id, number)) STRICT;
CREATE TABLE resources (
  first INTEGER PRIMARY KEY AUTOINCREMENT,
  type TEXT NOT NULL, id TEXT NOT NULL, number INTEGER NOT NULL,
  UNIQUE (type, id)) STRICT;
CREATE TABLE lookup (
  type TEXT NOT NULL, id TEXT NOT NULL, parameter TEXT NOT NULL,
  system TEXT NOT NULL, value TEXT NOT NULL, starts INTEGER NOT NULL, ends INTEGER NOT NULL) STRICT;
CREATE INDEX lookup_by_value ON lookup (type, parameter, value);
CREATE INDEX lookup_by_resource ON lookup (type, id);
CREATE TABLE counters (name TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT;
)";

StorageFault fault_of(const StoreError& error) {
    return error.fault == StoreFault::NoSpace ? StorageFault::Full : StorageFault::Broken;
}

template <class T>
forms::Result<T, StorageFault> or_fault(StoreResult<T> result) {
    if (!result.ok()) return fault_of(result.error());
    return std::move(result.value());
}

/// SQL and its values, built together so that they cannot get out of step. No outside text becomes SQL.
class SqlText {
public:
    std::string sql;

    void add(std::string_view text) { sql += text; }
    void add(std::string_view text, const std::string& value) {
        sql += text;
        values_.push_back({value, 0, true});
    }
    void add(std::string_view text, std::int64_t value) {
        sql += text;
        values_.push_back({{}, value, false});
    }
    void bind_all(Statement& statement) const {
        int index = 0;
        for (const Value& value : values_) {
            ++index;
            if (value.is_text)
                statement.bind(index, value.text);
            else
                statement.bind(index, value.number);
        }
    }

private:
    struct Value {
        std::string text;
        std::int64_t number;
        bool is_text;
    };
    std::vector<Value> values_;
};

/// Compares the stretch of time searched for with the one stored (FHIR R4 §search, date).
void add_date(SqlText& out, const Condition& condition) {
    const std::int64_t from = condition.from;
    const std::int64_t to = condition.to;
    switch (*condition.date) {
    case DateTest::Equal:
        out.add("l.starts >= ?", from);
        out.add(" AND l.ends <= ?", to);
        break;
    case DateTest::NotEqual:
        out.add("NOT (l.starts >= ?", from);
        out.add(" AND l.ends <= ?)", to);
        break;
    case DateTest::After:
        out.add("l.ends > ?", to);
        break;
    case DateTest::Before:
        out.add("l.starts < ?", from);
        break;
    case DateTest::NotBefore:
        out.add("l.ends > ?", from);
        break;
    case DateTest::NotAfter:
        out.add("l.starts < ?", to);
        break;
    }
}

void add_condition(SqlText& out, const Condition& condition) {
    out.add(" AND EXISTS (SELECT 1 FROM lookup l WHERE l.type = r.type AND l.id = r.id AND l.parameter = ?",
            condition.parameter);
    out.add(" AND (");
    if (condition.date) add_date(out, condition);
    bool first = true;
    for (const TokenTest& test : condition.tokens) {
        out.add(std::exchange(first, false) ? "(1" : " OR (1");
        if (test.system) out.add(" AND l.system = ?", *test.system);
        if (test.value) out.add(" AND l.value = ?", *test.value);
        out.add(")");
    }
    out.add("))");
}

const char* order_by(Order order) {
    switch (order) {
    case Order::FirstStored:
        return " ORDER BY r.first";
    case Order::LastStored:
        return " ORDER BY r.first DESC";
    case Order::OldestChange:
        return " ORDER BY v.updated, r.first";
    case Order::LatestChange:
        return " ORDER BY v.updated DESC, r.first DESC";
    }
    return " ORDER BY r.first";
}

} // namespace

StoreResult<std::unique_ptr<DiskStore>> DiskStore::open(const std::filesystem::path& file) {
    auto database = Database::open(file);
    if (!database.ok()) return database.error();
    std::unique_ptr<DiskStore> store(new DiskStore(std::move(database.value())));
    auto prepared = store->prepare_schema();
    if (!prepared.ok()) return prepared.error();
    return store;
}

StoreResult<forms::Done> DiskStore::prepare_schema() {
    auto version = database_.schema_version();
    if (!version.ok()) return version.error();
    if (version.value() == schema) return forms::Done{};
    if (version.value() > schema) return StoreError{StoreFault::TooNew};
    auto transaction = Transaction::begin(database_);
    if (!transaction.ok()) return transaction.error();
    if (auto made = database_.run(tables); !made.ok()) return made.error();
    if (auto set = database_.set_schema_version(schema); !set.ok()) return set.error();
    return transaction.value().commit();
}

forms::Result<forms::Done, StorageFault> DiskStore::begin() {
    auto begun = Transaction::begin(database_);
    if (!begun.ok()) return fault_of(begun.error());
    transaction_.emplace(std::move(begun.value()));
    return forms::Done{};
}

forms::Result<forms::Done, StorageFault> DiskStore::commit() {
    if (!transaction_) return StorageFault::Broken;
    auto done = transaction_->commit();
    if (!done.ok()) return fault_of(done.error());
    transaction_.reset();
    return forms::Done{};
}

void DiskStore::roll_back() { transaction_.reset(); }

forms::Result<forms::Done, StorageFault> DiskStore::put(const Version& version, const std::vector<IndexEntry>& index) {
    return or_fault(write_version(version, index));
}

StoreResult<forms::Done> DiskStore::write_version(const Version& version, const std::vector<IndexEntry>& index) {
    auto insert = database_.prepare("INSERT INTO versions (type, id, number, updated, body) VALUES (?, ?, ?, ?, ?)");
    if (!insert.ok()) return insert.error();
    insert.value().bind(1, version.type).bind(2, version.id).bind(3, version.number).bind(4, version.updated);
    insert.value().bind(5, version.body);
    if (auto done = insert.value().execute(); !done.ok()) return done.error();

    auto point = database_.prepare("INSERT INTO resources (type, id, number) VALUES (?, ?, ?) "
                                   "ON CONFLICT (type, id) DO UPDATE SET number = excluded.number");
    if (!point.ok()) return point.error();
    point.value().bind(1, version.type).bind(2, version.id).bind(3, version.number);
    if (auto done = point.value().execute(); !done.ok()) return done.error();

    auto forget = database_.prepare("DELETE FROM lookup WHERE type = ? AND id = ?");
    if (!forget.ok()) return forget.error();
    forget.value().bind(1, version.type).bind(2, version.id);
    if (auto done = forget.value().execute(); !done.ok()) return done.error();

    auto row = database_.prepare(
        "INSERT INTO lookup (type, id, parameter, system, value, starts, ends) VALUES (?, ?, ?, ?, ?, ?, ?)");
    if (!row.ok()) return row.error();
    for (const IndexEntry& entry : index) {
        row.value().bind(1, version.type).bind(2, version.id).bind(3, entry.parameter).bind(4, entry.system);
        row.value().bind(5, entry.value).bind(6, entry.from).bind(7, entry.to);
        if (auto done = row.value().execute(); !done.ok()) return done.error();
    }
    return forms::Done{};
}

StoreResult<std::vector<Version>> DiskStore::read_versions(Statement& statement) {
    std::vector<Version> versions;
    for (;;) {
        auto row = statement.step();
        if (!row.ok()) return row.error();
        if (!row.value()) return versions;
        versions.push_back(
            {statement.text(0), statement.text(1), statement.integer(2), statement.integer(3), statement.text(4)});
    }
}

forms::Result<std::optional<Version>, StorageFault> DiskStore::current(const std::string& type, const std::string& id) {
    auto statement = database_.prepare("SELECT v.type, v.id, v.number, v.updated, v.body FROM resources r "
                                       "JOIN versions v USING (type, id, number) WHERE r.type = ? AND r.id = ?");
    if (!statement.ok()) return fault_of(statement.error());
    statement.value().bind(1, type).bind(2, id);
    auto rows = read_versions(statement.value());
    if (!rows.ok()) return fault_of(rows.error());
    if (rows.value().empty()) return std::optional<Version>();
    return std::optional(std::move(rows.value().front()));
}

forms::Result<std::optional<Version>, StorageFault> DiskStore::numbered(const std::string& type, const std::string& id,
                                                                        std::int64_t number) {
    auto statement = database_.prepare(
        "SELECT type, id, number, updated, body FROM versions WHERE type = ? AND id = ? AND number = ?");
    if (!statement.ok()) return fault_of(statement.error());
    statement.value().bind(1, type).bind(2, id).bind(3, number);
    auto rows = read_versions(statement.value());
    if (!rows.ok()) return fault_of(rows.error());
    if (rows.value().empty()) return std::optional<Version>();
    return std::optional(std::move(rows.value().front()));
}

StoreResult<Statement> DiskStore::search(const Query& query, bool counting) {
    SqlText text;
    text.add(counting ? "SELECT count(*)" : "SELECT v.type, v.id, v.number, v.updated, v.body");
    text.add(" FROM resources r");
    if (!counting) text.add(" JOIN versions v USING (type, id, number)");
    text.add(" WHERE r.type = ?", query.type);
    for (const Condition& condition : query.conditions)
        add_condition(text, condition);
    if (!counting) {
        text.add(order_by(query.order));
        text.add(" LIMIT ?", query.limit);
        text.add(" OFFSET ?", query.offset);
    }
    auto statement = database_.prepare(text.sql);
    if (!statement.ok()) return statement.error();
    text.bind_all(statement.value());
    return std::move(statement.value());
}

forms::Result<std::vector<Version>, StorageFault> DiskStore::find(const Query& query) {
    auto statement = search(query, false);
    if (!statement.ok()) return fault_of(statement.error());
    return or_fault(read_versions(statement.value()));
}

forms::Result<std::int64_t, StorageFault> DiskStore::count(const Query& query) {
    auto statement = search(query, true);
    if (!statement.ok()) return fault_of(statement.error());
    auto row = statement.value().step();
    if (!row.ok()) return fault_of(row.error());
    return row.value() ? statement.value().integer(0) : 0;
}

forms::Result<std::int64_t, StorageFault> DiskStore::next_number(const std::string& name) {
    auto statement = database_.prepare("INSERT INTO counters (name, last) VALUES (?, 1) "
                                       "ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last");
    if (!statement.ok()) return fault_of(statement.error());
    statement.value().bind(1, name);
    auto row = statement.value().step();
    if (!row.ok()) return fault_of(row.error());
    if (!row.value()) return StorageFault::Broken;
    const std::int64_t number = statement.value().integer(0);
    auto end = statement.value().step(); // RETURNING: the change is done only after the last row
    if (!end.ok()) return fault_of(end.error());
    return number;
}

forms::Result<forms::Done, StorageFault> DiskStore::clear() {
    return or_fault(
        database_.run("DELETE FROM lookup; DELETE FROM resources; DELETE FROM versions; DELETE FROM counters;"));
}

} // namespace net::sandbox
