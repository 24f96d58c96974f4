// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/ctl/audit_commands.hpp"
#include "kiosk/ctl/doctor_report.hpp"

#include "net/audit/audit_files.hpp"
#include "net/runtime/json_text.hpp"
#include "net/runtime/locked_memory.hpp"
#include "net/runtime/wall_text.hpp"

#include <charconv>
#include <ostream>
#include <utility>

namespace kiosk {
namespace {

std::filesystem::path folder_of(const net::Config& config) { return std::filesystem::path(config.state_dir) / "audit"; }

std::string_view remedy(net::AuditFault fault) {
    switch (fault) {
    case net::AuditFault::None:
        break;
    case net::AuditFault::NoLog:
        return "there is no audit log here; is this the sender's state folder, and may this user read it?";
    case net::AuditFault::NoKey:
        return "its key (chain.key) is missing, damaged or not readable by this user; without it nothing can be said";
    case net::AuditFault::Unreadable:
        return "this file cannot be read";
    case net::AuditFault::NotARecord:
        return "this line is no record";
    case net::AuditFault::Changed:
        return "this record was changed, or written without the key";
    case net::AuditFault::Missing:
        return "records are gone from here on, or files were exchanged";
    case net::AuditFault::NotTheNext:
        return "this record belongs elsewhere";
    case net::AuditFault::TailMissing:
        return "the newest records are gone, from this one on";
    case net::AuditFault::HeadMissing:
        return "the file head is gone or was changed: whether newer records are missing cannot be told";
    case net::AuditFault::BrokenBefore:
        return "the sender found the log broken when it started, and went on behind the damage";
    }
    return "sound";
}

int tell_verdict(std::ostream& notes, bool json, const net::AuditVerdict& verdict) {
    if (!json) {
        notes << "sportelloctl: " << name_of(verdict.fault) << ": record " << verdict.sequence;
        if (!verdict.file.empty()) notes << ", " << verdict.file.filename().string();
        if (verdict.line > 0) notes << " line " << verdict.line;
        notes << ": " << remedy(verdict.fault) << '\n';
        return 1;
    }
    net::JsonText line;
    line.open_object().member("code", name_of(verdict.fault));
    line.key("sequence").number(static_cast<std::int64_t>(verdict.sequence));
    line.member("file", verdict.file.filename().string());
    line.key("line").number(static_cast<std::int64_t>(verdict.line)).member("text", remedy(verdict.fault));
    notes << line.close_object().view() << '\n';
    return 1;
}

/// "17:0123456789abcdef"
std::optional<std::pair<std::uint64_t, std::string>> expectation(std::string_view text) {
    std::uint64_t sequence = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), sequence);
    if (error != std::errc() || end == text.data() + text.size() || *end != ':') return std::nullopt;
    std::string mark(end + 1, text.data() + text.size());
    if (mark.size() < 16 || mark.size() > 64 || mark.find_first_not_of("0123456789abcdef") != std::string::npos)
        return std::nullopt;
    return std::pair(sequence, std::move(mark));
}

} // namespace

void check_audit(Report& report, const net::Config& config) {
    net::LockedMemory memory;
    const std::string folder = folder_of(config).string();
    const auto verdict = net::verify_audit(folder, &memory, [](const net::AuditRecord&) {});
    if (verdict.fault == net::AuditFault::None)
        return report.line(true, "audit log", folder + ": " + std::to_string(verdict.records) + " records, whole");
    const std::string place = verdict.file.empty() ? folder : verdict.file.string();
    const bool refused = verdict.fault == net::AuditFault::NoLog || verdict.fault == net::AuditFault::NoKey;
    report.line(false, "audit log",
                place + (verdict.line > 0 ? " line " + std::to_string(verdict.line) : "") + ": " +
                    std::string(remedy(verdict.fault)) +
                    (refused ? "; what must be recorded is refused meanwhile: put it right and start the sender again"
                             : "; keep the files as they are and tell whoever answers for them"));
}

int run(const AuditVerify& command, std::ostream& out, std::ostream& notes) {
    const auto loaded = load_or_tell(command.access, notes);
    if (!loaded) return 1;
    const auto expected = expectation(command.expect);
    if (!command.expect.empty() && !expected)
        return tell(notes, command.access.json, "not-a-mark",
                    command.expect + ": give SEQUENCE:MARK as the journal's audit-recorded lines have them");
    net::LockedMemory memory;
    bool seen = !expected;
    const auto verdict = net::verify_audit(folder_of(loaded->config), &memory, [&](const net::AuditRecord& record) {
        if (expected && record.sequence == expected->first)
            seen = net::hex_of(record.mark).starts_with(expected->second);
    });
    if (verdict.fault != net::AuditFault::None) return tell_verdict(notes, command.access.json, verdict);
    if (!seen)
        return tell(notes, command.access.json, "not-this-log",
                    command.expect + ": no such record with that mark: an older or another log was put here");
    net::JsonText line;
    line.open_object().key("records").number(static_cast<std::int64_t>(verdict.records));
    line.member("newest", std::to_string(verdict.records) + ":" + net::hex_of(verdict.newest));
    out << line.close_object().view() << '\n';
    return 0;
}

int run(const AuditList& command, std::ostream& out, std::ostream& notes) {
    const auto loaded = load_or_tell(command.access, notes);
    if (!loaded) return 1;
    net::LockedMemory memory;
    const auto verdict = net::verify_audit(folder_of(loaded->config), &memory, [&](const net::AuditRecord& record) {
        if (record.sequence <= command.after) return;
        net::JsonText line;
        line.open_object().key("sequence").number(static_cast<std::int64_t>(record.sequence));
        line.member("time", net::fhir_instant(forms::WallTime(std::chrono::milliseconds(record.wall_ms))));
        line.key("clock_trusted").boolean(record.clock_trusted);
        line.member("actor", record.entry.actor.id).member("role", name_of(record.entry.actor.role));
        line.member("action", name_of(record.entry.action)).member("outcome", name_of(record.entry.outcome));
        line.key("request").number(static_cast<std::int64_t>(record.entry.request));
        line.member("subject", record.entry.subject);
        if (!record.entry.before.empty())
            line.member("before", record.entry.before).member("after", record.entry.after);
        out << line.close_object().view() << '\n';
    });
    return verdict.fault == net::AuditFault::None ? 0 : tell_verdict(notes, command.access.json, verdict);
}

} // namespace kiosk
