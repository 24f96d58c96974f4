// SPDX-License-Identifier: EUPL-1.2
#include "net/audit/audit_record.hpp"

#include "net/runtime/json_text.hpp"
#include "net/runtime/wall_text.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace net {
namespace {

struct ActionName {
    AuditAction action;
    std::string_view name;
};
constexpr std::array action_names = {
    ActionName{AuditAction::LogBegun, "log-begun"},
    ActionName{AuditAction::LogResumed, "log-resumed"},
    ActionName{AuditAction::ChainBroken, "chain-broken"},
    ActionName{AuditAction::SignedIn, "sign-in"},
    ActionName{AuditAction::SignedOut, "sign-out"},
    ActionName{AuditAction::SessionExpired, "session-expired"},
    ActionName{AuditAction::StaffAdded, "staff-add"},
    ActionName{AuditAction::StaffDisabled, "staff-disable"},
    ActionName{AuditAction::StaffReset, "staff-reset"},
    ActionName{AuditAction::RequestOpened, "request-open"},
    ActionName{AuditAction::RequestClosed, "request-close"},
    ActionName{AuditAction::RequestRevised, "request-revise"},
    ActionName{AuditAction::RequestRetried, "request-retry"},
    ActionName{AuditAction::RequestHeld, "request-hold"},
    ActionName{AuditAction::RequestErased, "request-erase"},
    ActionName{AuditAction::RequestExported, "request-export"},
    ActionName{AuditAction::KeysChanged, "keys-rotate"},
    ActionName{AuditAction::KeysDestroyed, "keys-destroy"},
    ActionName{AuditAction::IdentitySeen, "identity-seen"},
};
constexpr std::array<std::string_view, 4> outcome_names = {"allowed", "done", "refused", "failed"};
constexpr std::string_view before_mark = ",\"mark\":\"";

std::optional<ChainMark> mark_of(std::string_view hex) {
    ChainMark mark{};
    if (hex.size() != 2 * mark.size()) return std::nullopt;
    const auto digit = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; };
    for (std::size_t i = 0; i < mark.size(); ++i) {
        const int high = digit(hex[2 * i]);
        const int low = digit(hex[2 * i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        mark[i] = static_cast<std::byte>(high * 16 + low);
    }
    return mark;
}

std::optional<StaffRole> role_of(std::string_view name) {
    for (const StaffRole role : {StaffRole::None, StaffRole::Operator, StaffRole::Supervisor, StaffRole::Technician})
        if (name_of(role) == name) return role;
    return std::nullopt;
}

} // namespace

std::string_view name_of(AuditAction action) {
    return std::ranges::find(action_names, action, &ActionName::action)->name;
}
std::string_view name_of(AuditOutcome outcome) { return outcome_names[static_cast<std::size_t>(outcome)]; }
std::optional<AuditAction> audit_action(std::string_view name) {
    const auto found = std::ranges::find(action_names, name, &ActionName::name);
    if (found == action_names.end()) return std::nullopt;
    return found->action;
}
std::optional<AuditOutcome> audit_outcome(std::string_view name) {
    const auto found = std::ranges::find(outcome_names, name);
    if (found == outcome_names.end()) return std::nullopt;
    return static_cast<AuditOutcome>(found - outcome_names.begin());
}

std::string audit_line(AuditRecord& record, const ChainKey& key) {
    const AuditEntry& entry = record.entry;
    JsonText json;
    json.open_object().key("sequence").number(static_cast<std::int64_t>(record.sequence));
    json.key("time_ms").number(record.wall_ms);
    json.member("time", fhir_instant(forms::WallTime(std::chrono::milliseconds(record.wall_ms))));
    json.key("clock_trusted").boolean(record.clock_trusted);
    json.member("actor", entry.actor.id).member("role", name_of(entry.actor.role));
    json.member("action", name_of(entry.action)).member("outcome", name_of(entry.outcome));
    if (entry.request != 0) json.key("request").number(static_cast<std::int64_t>(entry.request));
    if (!entry.subject.empty()) json.member("subject", entry.subject);
    if (!entry.before.empty()) json.member("before", entry.before);
    if (!entry.after.empty()) json.member("after", entry.after);
    json.member("previous", hex_of(record.previous));
    std::string line(json.view());
    record.mark = key.mark(record.previous, line);
    return line.append(before_mark).append(hex_of(record.mark)).append("\"}\n");
}

forms::Result<AuditRecord, AuditLineFault> read_audit_line(std::string_view line, const ChainKey& key) {
    const auto members = json_members(line);
    const auto cut = line.rfind(before_mark);
    if (!members || cut == std::string_view::npos) return AuditLineFault::NotARecord;
    const auto raw = [&](std::string_view name) -> std::string_view {
        const auto found = std::ranges::find(*members, name, &JsonMembers::value_type::first);
        return found == members->end() ? std::string_view() : found->second;
    };
    const auto text = [&](std::string_view name) -> std::string {
        const auto value = json_string(raw(name), std::pmr::get_default_resource());
        return value ? std::string(*value) : std::string();
    };
    AuditRecord record;
    const auto sequence = json_whole(raw("sequence"));
    const auto wall = json_whole(raw("time_ms"));
    const auto role = role_of(text("role"));
    const auto action = audit_action(text("action"));
    const auto outcome = audit_outcome(text("outcome"));
    const auto previous = mark_of(text("previous"));
    const auto mark = mark_of(text("mark"));
    if (!sequence || *sequence < 1 || !wall || !role || !action || !outcome || !previous || !mark)
        return AuditLineFault::NotARecord;
    if (!same(key.mark(*previous, line.substr(0, cut)), *mark)) return AuditLineFault::WrongMark;
    record.sequence = static_cast<std::uint64_t>(*sequence);
    record.wall_ms = *wall;
    record.clock_trusted = raw("clock_trusted") == "true";
    record.entry.actor = {text("actor"), *role};
    record.entry.action = *action;
    record.entry.outcome = *outcome;
    record.entry.request = static_cast<std::uint64_t>(json_whole(raw("request")).value_or(0));
    record.entry.subject = text("subject");
    record.entry.before = text("before");
    record.entry.after = text("after");
    record.previous = *previous;
    record.mark = *mark;
    return record;
}

} // namespace net
