// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/ctl/feed_commands.hpp"

#include "net/runtime/json_text.hpp"

#include <optional>
#include <ostream>
#include <string>
#include <string_view>

namespace kiosk {
namespace {

/// Longer than one answer of the central system may take.
constexpr std::chrono::milliseconds sync_patience{150'000};

void write_package(std::ostream& out, const net::ipc::PackageNote& note, std::string_view payload, bool in_use) {
    const bool form = note.kind == net::PackageKind::Definition;
    net::JsonText line;
    line.open_object().member("kind", form ? "form" : "notice").member("subject", net::text_of(note.subject));
    if (form) line.member("url", net::json_text_member(payload, "url")).member("version", net::json_text_member(payload, "version"));
    line.member("status", net::json_text_member(payload, "status"));
    line.key("serial").number(static_cast<std::int64_t>(note.serial)).key("bytes").number(note.size);
    out << line.key("newest").boolean(in_use).close_object().view() << '\n';
}

} // namespace

int run(const FormsCommand& command, std::ostream& out, std::ostream& notes) {
    const auto loaded = load_or_tell(command.access, notes);
    if (!loaded) return 1;
    auto client = client_of(loaded->config);
    const bool json = command.access.json;
    if (command.sync) {
        const auto told = client.feed(true, sync_patience);
        if (!told.ok()) return tell(notes, json, told.error(), loaded->config);
        if (!told.value().configured)
            return tell(
                notes, json, "not-configured",
                "nothing is asked for: set central.fhir.base_url, and feed.definition_keys or feed.notice_keys");
        if (told.value().fault != 0)
            return tell(notes, json, "no-answer",
                        "the central system gave no usable answer (fault " + std::to_string(told.value().fault - 1) +
                            ", status " + std::to_string(told.value().http_status) +
                            "); what is here stays in use; `sportelloctl doctor` looks further");
        if (told.value().refused > 0)
            notes << "sportelloctl: " << told.value().refused
                  << " packages were refused since the sender started; its log says why\n";
    }
    const auto listed = client.packages(sender_patience);
    if (!listed.ok()) return tell(notes, json, listed.error(), loaded->config);
    std::optional<net::PackageSubject> before;
    for (const net::ipc::PackageNote& note : listed.value()) {
        const auto bytes = client.package(note, sender_patience);
        if (!bytes.ok()) return tell(notes, json, bytes.error(), loaded->config);
        if (!bytes.value()) continue;
        // Only what the sender checked is listed; the words of it are read here and believed as far as a listing needs.
        const auto payload = net::payload_of(*bytes.value());
        write_package(out, note, {reinterpret_cast<const char*>(payload.data()), payload.size()},
                      before != note.subject);
        before = note.subject;
    }
    return 0;
}

} // namespace kiosk
