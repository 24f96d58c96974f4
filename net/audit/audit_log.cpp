// SPDX-License-Identifier: EUPL-1.2
#include "net/audit/audit_log.hpp"

#include "net/runtime/plausible_clock.hpp"
#include "net/runtime/whole_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace net {
namespace {

/// Room taken beforehand behind the end of the file, so that some two hundred records can still be written when the
/// disk is full: what is done then (erasing, holding) is just what must be logged.
constexpr off_t room_ahead = 64 << 10;

bool write_at(int file, std::string_view bytes, std::uint64_t at) {
    while (!bytes.empty()) {
        const ssize_t written = ::pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(at));
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
        at += static_cast<std::uint64_t>(written);
    }
    return true;
}

std::string name_of_file(std::uint64_t first) {
    std::string digits = std::to_string(first);
    digits.insert(0, 10 - std::min<std::size_t>(10, digits.size()), '0');
    return "audit-" + digits + ".jsonl";
}

AuditEntry by_the_sender(AuditAction action, AuditOutcome outcome = AuditOutcome::Done) {
    AuditEntry entry;
    entry.actor.id = "sender";
    entry.action = action;
    entry.outcome = outcome;
    return entry;
}

} // namespace

AuditLog::AuditLog(std::filesystem::path folder, const forms::Clock& clock, EventLog& log,
                   std::pmr::memory_resource* secret_memory)
    : folder_(std::move(folder)), clock_(clock), log_(log), memory_(secret_memory) {}

AuditLog::~AuditLog() { close(); }

void AuditLog::close() {
    for (int* descriptor : {&file_, &head_}) {
        if (*descriptor >= 0 && ::close(*descriptor) != 0) log_.write(LogEvent::Fault, {{"audit_close", 1L}});
        *descriptor = -1;
    }
}

std::unique_ptr<AuditLog> AuditLog::open(const std::filesystem::path& folder, const forms::Clock& clock, EventLog& log,
                                         std::pmr::memory_resource* secret_memory) {
    std::unique_ptr<AuditLog> audit(new AuditLog(folder, clock, log, secret_memory));
    if (!audit->connect()) return nullptr;
    return audit;
}

bool AuditLog::connect() {
    close();
    key_.reset();
    opening_ = {};
    sequence_ = size_ = 0;
    mark_ = {};
    if (::mkdir(folder_.c_str(), S_IRWXU) != 0 && errno != EEXIST) return false;
    const auto files = audit_files(folder_);
    if (!files) return false;
    auto key = ChainKey::open(audit_key_file(folder_), true, memory_);
    if (!key.ok()) return false;
    key_ = std::make_unique<ChainKey>(std::move(key).value());
    const auto head = read_audit_head(audit_head_file(folder_), *key_);
    head_ = ::open(audit_head_file(folder_).c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (head_ < 0) return false;
    if (files->empty() && !head && key_->made()) {
        const std::string blank(2 * audit_slot_size, ' ');
        return write_at(head_, blank, 0) && begin_file(1) && append(by_the_sender(AuditAction::LogBegun));
    }
    if (files->empty()) opening_ = {AuditFault::TailMissing, 1, 0};
    if (!files->empty() && !read_newest(files->back())) return false;
    const std::uint64_t newest = std::max(sequence_, head ? head->sequence : 0);
    if (opening_.fault == AuditFault::None && !head)
        opening_ = {AuditFault::HeadMissing, sequence_ + 1, opening_.cut_bytes};
    if (opening_.fault == AuditFault::None && head->sequence > sequence_)
        opening_ = {AuditFault::TailMissing, sequence_ + 1, opening_.cut_bytes};
    if (opening_.fault == AuditFault::None) return append(by_the_sender(AuditAction::LogResumed));
    // What is there stays as it is, as evidence; the chain goes on in a file of its own, and says so.
    sequence_ = newest;
    return begin_file(std::max(sequence_, files->empty() ? 0 : files->back().first) + 1) &&
           append(by_the_sender(AuditAction::ChainBroken, AuditOutcome::Failed));
}

bool AuditLog::read_newest(const AuditFile& file) {
    file_ = ::open(file.path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (file_ < 0) return false;
    struct stat facts {};
    if (::fstat(file_, &facts) != 0) return false;
    std::string bytes(static_cast<std::size_t>(facts.st_size), '\0');
    for (std::size_t have = 0; have < bytes.size();) {
        const ssize_t got = ::pread(file_, bytes.data() + have, bytes.size() - have, static_cast<off_t>(have));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        have += static_cast<std::size_t>(got);
    }
    sequence_ = file.first - 1;
    bool first = true;
    std::string_view rest = bytes;
    for (;;) {
        const auto end = rest.find('\n');
        if (end == std::string_view::npos) break;
        const auto record = read_audit_line(rest.substr(0, end), *key_);
        if (!record.ok() || record.value().sequence != sequence_ + 1 ||
            (!first && !same(record.value().previous, mark_))) {
            const bool changed = record.ok() || record.error() == AuditLineFault::WrongMark;
            opening_ = {changed ? AuditFault::Changed : AuditFault::NotARecord, sequence_ + 1, 0};
            return true;
        }
        first = false;
        sequence_ = record.value().sequence;
        mark_ = record.value().mark;
        rest.remove_prefix(end + 1);
    }
    size_ = bytes.size() - rest.size();
    opening_.cut_bytes = rest.size();
    if (rest.empty()) return true;
    return ::ftruncate(file_, static_cast<off_t>(size_)) == 0 && ::fsync(file_) == 0;
}

bool AuditLog::begin_file(std::uint64_t first) {
    const int fresh = ::open((folder_ / name_of_file(first)).c_str(),
                             O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (fresh < 0) return false;
    if (!sync_folder(folder_)) { // a file that a power cut may take away is no place for a record
        if (::close(fresh) != 0 || ::unlink((folder_ / name_of_file(first)).c_str()) != 0)
            log_.write(LogEvent::Fault, {{"audit_begin", 1L}});
        return false;
    }
    if (file_ >= 0 && ::close(file_) != 0) log_.write(LogEvent::Fault, {{"audit_close", 1L}});
    file_ = fresh;
    size_ = 0;
    sequence_ = first - 1;
    return true;
}

bool AuditLog::append(const AuditEntry& entry) {
    AuditRecord record;
    record.sequence = sequence_ + 1;
    const auto wall = clock_.wall_time();
    record.wall_ms = std::max<std::int64_t>(
        0, std::chrono::duration_cast<std::chrono::milliseconds>(wall.time_since_epoch()).count());
    record.clock_trusted = plausible(wall);
    record.entry = entry;
    record.previous = mark_;
    const std::string line = audit_line(record, *key_);
    // A file system without this call loses the reserve, not the log: the write itself then says that there is no room.
    (void)::fallocate(file_, FALLOC_FL_KEEP_SIZE, static_cast<off_t>(size_), room_ahead);
    if (!write_at(file_, line, size_)) {
        if (::ftruncate(file_, static_cast<off_t>(size_)) != 0) close(); // opened and verified before the next one
        return false;
    }
    const AuditHead head{record.sequence, record.mark};
    if (::fsync(file_) != 0 || !write_at(head_, audit_slot(head, *key_), record.sequence % 2 * audit_slot_size) ||
        ::fsync(head_) != 0) {
        close();
        return false;
    }
    size_ += line.size();
    sequence_ = record.sequence;
    mark_ = record.mark;
    // The journal belongs to another user: what stands there cannot be cut off together with this file.
    ShortHash mark;
    std::memcpy(mark.bytes.data(), mark_.data(), mark.bytes.size());
    log_.write(LogEvent::AuditRecorded, {{"sequence", static_cast<std::int64_t>(sequence_)}, {"mark", mark}});
    return true;
}

bool AuditLog::write(const AuditEntry& entry) {
    const std::lock_guard lock(mutex_);
    if (file_ < 0 && !connect()) {
        close();
        log_.write(LogEvent::AuditRefused);
        return false;
    }
    if (size_ >= file_size) (void)begin_file(sequence_ + 1); // no room for a new one: the old one goes on
    if (append(entry)) return true;
    log_.write(LogEvent::AuditRefused);
    return false;
}

} // namespace net
