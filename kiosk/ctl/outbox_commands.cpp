// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/ctl/outbox_commands.hpp"

#include "kiosk/model/receipt_number.hpp"
#include "net/runtime/json_text.hpp"
#include "net/runtime/wall_text.hpp"

#include <array>
#include <cerrno>
#include <ostream>
#include <span>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kiosk {
namespace {

using net::ipc::Action;
using net::ipc::ActOutcome;

void write_row(std::ostream& out, const net::ipc::Row& row, const net::Config& config) {
    net::JsonText line;
    line.open_object().member("id", row.id.text());
    line.member("number", receipt_number(config.terminal.number_prefix, row.number));
    line.member("state", name_of(row.life)).member("reason", name_of(row.reason));
    line.key("attempts").number(row.attempts).key("http_status").number(row.http_status);
    line.key("bytes").number(static_cast<std::int64_t>(row.bytes)).key("attachments").number(row.attachments);
    line.member("kept", net::fhir_instant(forms::WallTime(std::chrono::milliseconds(row.kept_wall_ms))));
    line.key("clock_trusted").boolean(row.clock_trusted);
    line.key("next_try_s").number((row.due_in_ms + 999) / 1000);
    line.member("key", text_of(row.key_id)).member("reference", row.reference);
    out << line.close_object().view() << '\n';
}

int unknown_request(std::ostream& notes, bool json, const std::string& name) {
    return tell(notes, json, "unknown-request",
                name + ": no such request here; `sportelloctl outbox list` shows all (id or number)");
}

class NewFile {
public:
    explicit NewFile(const std::string& name)
        : number_(::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR)) {}
    ~NewFile() {
        if (number_ >= 0) ::close(number_);
    }
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;

    [[nodiscard]] bool open() const { return number_ >= 0; }
    [[nodiscard]] bool write(std::span<const std::byte> bytes) const {
        while (!bytes.empty()) {
            const ssize_t written = ::write(number_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) return false;
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        }
        return true;
    }
    [[nodiscard]] bool write_with_length(std::span<const std::byte> bytes) const {
        std::array<std::byte, 4> length{};
        for (std::size_t i = 0; i < 4; ++i)
            length[i] = static_cast<std::byte>(bytes.size() >> (8 * (3 - i)) & 0xff);
        return write(length) && write(bytes);
    }
    [[nodiscard]] bool finish() {
        const bool synced = ::fsync(number_) == 0;
        const bool closed = ::close(number_) == 0;
        number_ = -1;
        return synced && closed;
    }

private:
    int number_;
};

} // namespace

int run(const OutboxList& command, std::ostream& out, std::ostream& notes) {
    const auto loaded = load_or_tell(command.access, notes);
    if (!loaded) return 1;
    auto client = client_of(loaded->config);
    auto rows = client.list(sender_patience);
    if (!rows.ok()) return tell(notes, command.access.json, rows.error(), loaded->config);
    for (const net::ipc::Row& row : rows.value())
        if (command.life.empty() || name_of(row.life) == command.life) write_row(out, row, loaded->config);
    return 0;
}

int run(const OutboxAct& command, std::ostream& out, std::ostream& notes) {
    const auto loaded = load_or_tell(command.access, notes);
    if (!loaded) return 1;
    const bool json = command.access.json;
    auto client = client_of(loaded->config);
    std::optional<net::ipc::LineFault> fault;
    auto row = find_row(client, command.request, fault);
    if (fault) return tell(notes, json, *fault, loaded->config);
    if (!row) return unknown_request(notes, json, command.request);
    if (command.what == OutboxAct::What::Show) {
        write_row(out, *row, loaded->config);
        return 0;
    }
    const auto action = command.what == OutboxAct::What::Retry  ? Action::Retry
                        : command.what == OutboxAct::What::Hold ? Action::Hold
                                                                : Action::Erase;
    auto acted = client.act(row->id, action, sender_patience);
    if (!acted.ok()) return tell(notes, json, acted.error(), loaded->config);
    switch (acted.value()) {
    case ActOutcome::Done:
        break;
    case ActOutcome::Unknown:
        return unknown_request(notes, json, command.request);
    case ActOutcome::NotInThisState:
        return tell(notes, json, "not-in-this-state",
                    std::string("the request is ") + std::string(name_of(row->life)) +
                        (action == Action::Erase ? "; only what is acknowledged or needs the desk can be erased"
                                                 : "; this step does not lead from there"));
    case ActOutcome::NotAllowed:
        return tell(notes, json, "not-permitted", "this user may not do that");
    case ActOutcome::NotLogged:
        return tell(notes, json, "not-logged",
                    "nothing was done: the audit log cannot be written (disk full, or its folder was changed)");
    case ActOutcome::Refused:
        return tell(notes, json, "disk-refused", "the outbox could not write it down; see `sportelloctl doctor`");
    }
    if (action == Action::Erase) {
        out << net::JsonText()
                   .open_object()
                   .member("id", row->id.text())
                   .member("state", "erased")
                   .close_object()
                   .view()
            << '\n';
        return 0;
    }
    auto after = client.show(row->id, sender_patience);
    if (!after.ok()) return tell(notes, json, after.error(), loaded->config);
    if (after.value()) write_row(out, *after.value(), loaded->config);
    return 0;
}

int run(const OutboxExport& command, std::ostream& out, std::ostream& notes) {
    const auto loaded = load_or_tell(command.access, notes);
    if (!loaded) return 1;
    const bool json = command.access.json;
    auto client = client_of(loaded->config);
    std::optional<net::ipc::LineFault> fault;
    const auto row = find_row(client, command.request, fault);
    if (fault) return tell(notes, json, *fault, loaded->config);
    if (!row) return unknown_request(notes, json, command.request);
    auto request = client.fetch(row->id, sender_patience);
    if (!request.ok()) return tell(notes, json, request.error(), loaded->config);
    if (!request.value())
        return tell(notes, json, "not-in-this-state", "the request was delivered; its body is no longer here");
    NewFile file(command.to);
    if (!file.open()) return tell(notes, json, "not-writable", command.to + ": cannot be made (it must not exist yet)");
    constexpr std::array magic = {std::byte{'S'}, std::byte{'P'}, std::byte{'X'}, std::byte{'1'}};
    bool written = file.write(magic) && file.write_with_length(request.value()->header);
    for (const net::Bytes& part : request.value()->parts)
        written = written && file.write_with_length(part);
    if (!written || !file.finish()) return tell(notes, json, "not-writable", command.to + ": the disk refused it");
    out << net::JsonText().open_object().member("id", row->id.text()).member("file", command.to).close_object().view()
        << '\n';
    return 0;
}

} // namespace kiosk
