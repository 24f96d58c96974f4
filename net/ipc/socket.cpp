// SPDX-License-Identifier: EUPL-1.2
#include "net/ipc/socket.hpp"

#include <cstring>
#include <string>

#include <fcntl.h>

namespace net::ipc {

std::optional<Address> address_of(const std::filesystem::path& socket) {
    Address address;
    address.name.sun_family = AF_UNIX;
    std::string path = socket.string();
    if (path.size() >= sizeof address.name.sun_path) {
        address.folder = Descriptor(::open(socket.parent_path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
        if (!address.folder) return std::nullopt;
        path = "/proc/self/fd/" + std::to_string(address.folder.number()) + "/" + socket.filename().string();
        if (path.size() >= sizeof address.name.sun_path) return std::nullopt;
    }
    std::memcpy(address.name.sun_path, path.c_str(), path.size() + 1);
    return address;
}

} // namespace net::ipc
