// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/ctl/key_commands.hpp"

#include "net/runtime/json_text.hpp"

#include <ostream>

namespace kiosk {

int run(const Keys& command, std::ostream& out, std::ostream& notes) {
    using net::ipc::KeyAction;
    const auto loaded = load_or_tell(command.access, notes);
    if (!loaded) return 1;
    const bool json = command.access.json;
    if (command.what == Keys::What::Destroy && !command.confirmed)
        return tell(notes, json, "not-confirmed",
                    "every request that waits here would be lost for good; if that is meant, add --yes-all-is-lost");
    const auto action = command.what == Keys::What::List     ? KeyAction::List
                        : command.what == Keys::What::Rotate ? KeyAction::Rotate
                                                             : KeyAction::Destroy;
    auto client = client_of(loaded->config);
    auto answer = client.keys(action, sender_patience);
    if (!answer.ok()) {
        if (command.what == Keys::What::Destroy && answer.error() == net::ipc::LineFault::NotThere)
            return tell(notes, json, "no-sender",
                        "no sender runs: `sportello-sender --destroy-keys --state " + loaded->config.state_dir +
                            "` destroys its key files");
        return tell(notes, json, answer.error(), loaded->config);
    }
    const auto& keys = answer.value().keys;
    for (std::size_t i = 0; i < keys.size(); ++i)
        out << net::JsonText()
                   .open_object()
                   .member("key", text_of(keys[i].id))
                   .key("seals")
                   .boolean(i + 1 == keys.size())
                   .close_object()
                   .view()
            << '\n';
    if (answer.value().done) return 0;
    if (command.what == Keys::What::Destroy)
        return tell(notes, json, "disk-refused",
                    "wiped from memory, but a file in " + loaded->config.state_dir +
                        "/keys resisted: remove it by hand, or destroy the disk");
    return tell(notes, json, "disk-refused", "the disk refused a new key; what is listed goes on as before");
}

} // namespace kiosk
