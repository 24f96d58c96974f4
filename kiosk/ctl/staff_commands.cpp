// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/ctl/staff_commands.hpp"

#include "net/runtime/json_text.hpp"
#include "net/runtime/random.hpp"
#include "net/staff/pin.hpp"

#include <istream>
#include <ostream>

namespace kiosk {
namespace {

using net::ipc::StaffAnswer;
using net::ipc::StaffChange;

StaffChange change_of(Staff::What what) {
    switch (what) {
    case Staff::What::Add:
        return StaffChange::Add;
    case Staff::What::Disable:
        return StaffChange::Disable;
    case Staff::What::Reset:
        return StaffChange::Reset;
    case Staff::What::List:
        break;
    }
    return StaffChange::List;
}

net::StaffRole role_of(std::string_view name) {
    for (const auto role : {net::StaffRole::Operator, net::StaffRole::Supervisor, net::StaffRole::Technician})
        if (name_of(role) == name) return role;
    return net::StaffRole::None;
}

int refused(std::ostream& notes, const Staff& command, StaffAnswer answer) {
    const bool json = command.access.json;
    switch (answer) {
    case StaffAnswer::Exists:
        return tell(notes, json, "exists", command.id + ": there is such an id; `staff reset` gives it a new PIN");
    case StaffAnswer::Unknown:
        return tell(notes, json, "unknown", command.id + ": no such id; `staff list` shows all");
    case StaffAnswer::BadId:
        return tell(notes, json, "bad-id",
                    command.id + ": 2 to 32 small letters, digits, dots and hyphens, beginning with a letter");
    case StaffAnswer::BadRole:
        return tell(notes, json, "bad-role", "the role is operator, supervisor or technician");
    case StaffAnswer::BadPin:
        return tell(notes, json, "bad-pin",
                    "six digits, not of a kind that is tried first: 111111, 123456, 121212, 123321, 112233, a date");
    case StaffAnswer::NotWritten:
    case StaffAnswer::Done:
        break;
    }
    return tell(notes, json, "not-written",
                "nothing was changed: the staff list or the audit log cannot be written; see the sender's log");
}

} // namespace

int run(const Staff& command, std::istream& in, std::ostream& out, std::ostream& notes) {
    const auto loaded = load_or_tell(command.access, notes);
    if (!loaded) return 1;
    net::SystemChance chance;
    std::string pin;
    const bool needs_pin = command.what == Staff::What::Add || command.what == Staff::What::Reset;
    if (needs_pin && command.pin_from_input)
        std::getline(in, pin);
    else if (needs_pin)
        pin = net::new_pin(chance);
    auto client = client_of(loaded->config);
    auto told =
        client.staff(change_of(command.what), command.id, role_of(command.role), pin, chance.uuid(), sender_patience);
    if (!told.ok()) return tell(notes, command.access.json, told.error(), loaded->config);
    if (told.value().answer != StaffAnswer::Done) return refused(notes, command, told.value().answer);
    if (command.what == Staff::What::List) {
        for (const net::ipc::StaffLine& one : told.value().staff) {
            net::JsonText line;
            line.open_object().member("id", one.staff).member("role", name_of(one.role));
            line.key("disabled").boolean(one.disabled).key("locked").boolean(one.locked);
            line.key("errors").number(one.errors);
            out << line.close_object().view() << '\n';
        }
        return 0;
    }
    net::JsonText line;
    line.open_object().member("id", command.id);
    if (needs_pin && !command.pin_from_input) line.member("pin", pin);
    line.key("done").boolean(true);
    out << line.close_object().view() << '\n';
    return 0;
}

} // namespace kiosk
