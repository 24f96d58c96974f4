// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/ctl/config_commands.hpp"

#include "net/runtime/json_text.hpp"

#include <ostream>

namespace kiosk {

int run(const ConfigShow& command, std::ostream& out, std::ostream& notes) {
    const auto loaded = load_or_tell(command.access, notes);
    if (!loaded) return 1;
    for (const net::ConfigKey& key : net::config_keys()) {
        const std::string value = value_text(loaded->config, key);
        const auto origin = loaded->origins.find(key.name);
        std::string from = "built in";
        if (key.name == "state_dir" && !command.access.state.empty())
            from = "--state";
        else if (origin != loaded->origins.end())
            from = origin->second.file + ":" + std::to_string(origin->second.line);
        if (command.access.json) {
            net::JsonText line;
            line.open_object().member("key", key.name).member("value", value).member("type", type_name(key));
            line.member("limits", limits_text(key)).member("origin", from).member("meaning", key.meaning);
            out << line.close_object().view() << '\n';
        } else {
            out << key.name << " = " << value;
            if (command.origin) out << "  # " << from;
            out << '\n';
        }
    }
    return 0;
}

} // namespace kiosk
