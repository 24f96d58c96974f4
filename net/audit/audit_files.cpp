// SPDX-License-Identifier: EUPL-1.2
#include "net/audit/audit_files.hpp"

#include "net/runtime/json_text.hpp"
#include "net/runtime/whole_file.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>

namespace net {
namespace {

constexpr std::string_view stem = "audit-";
constexpr std::string_view tail = ".jsonl";
constexpr std::size_t longest_line = 4096;

std::string_view between(std::string_view text, std::string_view begin, std::string_view end) {
    if (!text.starts_with(begin)) return {};
    text.remove_prefix(begin.size());
    return text.substr(0, text.find(end));
}

std::optional<AuditHead> read_slot(std::string_view slot, const ChainKey& key) {
    const std::string_view number = between(slot, "{\"sequence\":", ",");
    std::uint64_t sequence = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), sequence);
    if (error != std::errc() || end != number.data() + number.size() || number.empty()) return std::nullopt;
    const auto at = slot.find("\"mark\":\"");
    if (at == std::string_view::npos || slot.size() < at + 8 + 64) return std::nullopt;
    const std::string_view hex = slot.substr(at + 8, 64);
    AuditHead head{sequence, {}};
    for (std::size_t i = 0; i < head.mark.size(); ++i) {
        unsigned byte = 0;
        const char* from = hex.data() + 2 * i;
        if (std::from_chars(from, from + 2, byte, 16).ptr != from + 2) return std::nullopt;
        head.mark[i] = static_cast<std::byte>(byte);
    }
    if (audit_slot(head, key) != slot) return std::nullopt;
    return head;
}

} // namespace

std::optional<std::vector<AuditFile>> audit_files(const std::filesystem::path& folder) {
    std::vector<AuditFile> files;
    std::error_code error;
    std::filesystem::directory_iterator it(folder, error);
    for (const std::filesystem::directory_iterator end; !error && it != end; it.increment(error)) {
        const std::string name = it->path().filename().string();
        if (!name.starts_with(stem) || !name.ends_with(tail)) continue;
        const std::string_view number =
            std::string_view(name).substr(stem.size(), name.size() - stem.size() - tail.size());
        std::uint64_t first = 0;
        const auto [end_of, bad] = std::from_chars(number.data(), number.data() + number.size(), first);
        if (bad == std::errc() && end_of == number.data() + number.size()) files.push_back({it->path(), first});
    }
    if (error) return std::nullopt;
    std::ranges::sort(files, {}, &AuditFile::first);
    return files;
}

std::filesystem::path audit_key_file(const std::filesystem::path& folder) { return folder / "chain.key"; }
std::filesystem::path audit_head_file(const std::filesystem::path& folder) { return folder / "head"; }

std::string audit_slot(const AuditHead& head, const ChainKey& key) {
    JsonText json;
    json.open_object().key("sequence").number(static_cast<std::int64_t>(head.sequence));
    json.member("mark", hex_of(head.mark));
    const std::string told(json.view());
    json.member("head", hex_of(key.mark(head.mark, told))).close_object();
    std::string slot(json.view());
    slot.resize(audit_slot_size - 1, ' ');
    return slot += '\n';
}

std::optional<AuditHead> read_audit_head(const std::filesystem::path& file, const ChainKey& key) {
    const auto bytes = read_small_file(file, 2 * audit_slot_size);
    std::optional<AuditHead> newest;
    if (!bytes) return newest;
    for (std::size_t at = 0; at + audit_slot_size <= bytes->size(); at += audit_slot_size) {
        const auto head = read_slot(std::string_view(*bytes).substr(at, audit_slot_size), key);
        if (head && (!newest || head->sequence > newest->sequence)) newest = head;
    }
    return newest;
}

std::string_view name_of(AuditFault fault) {
    switch (fault) {
    case AuditFault::None:
        return "none";
    case AuditFault::NoLog:
        return "no-log";
    case AuditFault::NoKey:
        return "no-key";
    case AuditFault::Unreadable:
        return "unreadable";
    case AuditFault::NotARecord:
        return "not-a-record";
    case AuditFault::Changed:
        return "changed";
    case AuditFault::Missing:
        return "missing";
    case AuditFault::NotTheNext:
        return "not-the-next";
    case AuditFault::TailMissing:
        return "tail-missing";
    case AuditFault::HeadMissing:
        return "head-missing";
    case AuditFault::BrokenBefore:
        return "broken-before";
    }
    return "unknown";
}

AuditVerdict verify_audit(const std::filesystem::path& folder, std::pmr::memory_resource* secret_memory,
                          const std::function<void(const AuditRecord&)>& each) {
    AuditVerdict verdict;
    const auto broken = [&](AuditFault fault, std::uint64_t sequence) {
        verdict.fault = fault;
        verdict.sequence = sequence;
        return verdict;
    };
    const auto files = audit_files(folder);
    if (!files) return broken(AuditFault::NoLog, 0);
    const auto key = ChainKey::open(audit_key_file(folder), false, secret_memory);
    if (!key.ok()) return broken(files->empty() ? AuditFault::NoLog : AuditFault::NoKey, 0);
    // The head before the records: one that is written meanwhile is behind it, never missing.
    const auto head = read_audit_head(audit_head_file(folder), key.value());
    std::uint64_t next = 1;
    for (const AuditFile& file : *files) {
        verdict.file = file.path;
        verdict.line = 0;
        if (file.first != next) return broken(file.first > next ? AuditFault::Missing : AuditFault::NotTheNext, next);
        std::ifstream in(file.path, std::ios::binary);
        if (!in) return broken(AuditFault::Unreadable, next);
        std::string line;
        while (std::getline(in, line)) {
            if (in.eof()) break; // no end of the line: being written, or cut off there; the head knows which
            ++verdict.line;
            auto record = line.size() > longest_line
                              ? forms::Result<AuditRecord, AuditLineFault>(AuditLineFault::NotARecord)
                              : read_audit_line(line, key.value());
            if (!record.ok())
                return broken(
                    record.error() == AuditLineFault::WrongMark ? AuditFault::Changed : AuditFault::NotARecord, next);
            const AuditRecord& sound = record.value();
            if (sound.entry.action == AuditAction::ChainBroken) return broken(AuditFault::BrokenBefore, sound.sequence);
            if (sound.sequence != next || !same(sound.previous, verdict.newest))
                return broken(sound.sequence > next ? AuditFault::Missing : AuditFault::NotTheNext, next);
            verdict.newest = sound.mark;
            ++verdict.records;
            ++next;
            if (each) each(sound);
        }
        if (in.bad()) return broken(AuditFault::Unreadable, next);
    }
    if (!head) return broken(AuditFault::HeadMissing, next);
    if (head->sequence >= next) return broken(AuditFault::TailMissing, next);
    verdict.line = 0;
    return verdict;
}

} // namespace net
