// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/ctl/sender_access.hpp"

#include "net/runtime/json_text.hpp"

#include <charconv>
#include <ostream>

namespace kiosk {

std::optional<net::LoadedConfig> load_or_tell(const SenderAccess& access, std::ostream& notes) {
    const std::vector<std::filesystem::path> files(access.config_files.begin(), access.config_files.end());
    net::LoadedConfig loaded = net::load_config(files);
    for (const net::ConfigComplaint& complaint : loaded.complaints) {
        if (!access.json) {
            notes << text_of(complaint) << '\n';
            continue;
        }
        net::JsonText line;
        line.open_object().member("file", complaint.file).key("line").number(complaint.line);
        line.member("key", complaint.key).member("code", name_of(complaint.problem)).member("text", complaint.remedy);
        notes << line.close_object().view() << '\n';
    }
    if (!loaded.complaints.empty()) return std::nullopt;
    if (!access.state.empty()) loaded.config.state_dir = access.state;
    return loaded;
}

net::ipc::Client client_of(const net::Config& config) {
    return {std::filesystem::path(config.state_dir) / "sender.sock", net::ipc::Role::Tool};
}

int tell(std::ostream& notes, bool json, std::string_view code, std::string_view words) {
    if (json)
        notes << net::JsonText().open_object().member("code", code).member("text", words).close_object().view() << '\n';
    else
        notes << "sportelloctl: " << code << ": " << words << '\n';
    return 1;
}

int tell(std::ostream& notes, bool json, net::ipc::LineFault fault, const net::Config& config) {
    using net::ipc::LineFault;
    const std::string where = config.state_dir + "/sender.sock";
    switch (fault) {
    case LineFault::NotThere:
        return tell(notes, json, "no-sender",
                    where + ": no sender answers; is sportello-sender running, as this user, on this --state?");
    case LineFault::OtherVersion:
        return tell(notes, json, "other-version", where + ": the running sender is of another version; restart it");
    case LineFault::TimedOut:
        return tell(notes, json, "timed-out", where + ": the sender did not answer in time");
    case LineFault::Refused:
        return tell(notes, json, "not-permitted",
                    "the sender does not do that now: its audit log cannot be written; see `sportelloctl doctor`");
    case LineFault::Gone:
    case LineFault::Stopped:
    case LineFault::Nonsense:
        break;
    }
    return tell(notes, json, "line-lost", where + ": the sender went away before it answered; ask again");
}

std::optional<net::ipc::Row> find_row(net::ipc::Client& client, std::string_view name,
                                      std::optional<net::ipc::LineFault>& fault) {
    if (const auto id = forms::Uuid::parse(name)) {
        auto shown = client.show(*id, sender_patience);
        if (!shown.ok()) {
            fault = shown.error();
            return std::nullopt;
        }
        return shown.value();
    }
    if (const auto dash = name.rfind('-'); dash != std::string_view::npos) name.remove_prefix(dash + 1);
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (error != std::errc() || end != name.data() + name.size()) return std::nullopt;
    auto rows = client.list(sender_patience);
    if (!rows.ok()) {
        fault = rows.error();
        return std::nullopt;
    }
    for (const net::ipc::Row& row : rows.value())
        if (row.number == number) return row;
    return std::nullopt;
}

} // namespace kiosk
