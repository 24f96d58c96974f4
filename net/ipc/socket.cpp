// SPDX-License-Identifier: EUPL-1.2
#include "net/ipc/socket.hpp"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace net::ipc {

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
    if (this != &other) {
        close();
        number_ = std::exchange(other.number_, -1);
    }
    return *this;
}

Descriptor::~Descriptor() { close(); }

void Descriptor::close() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
}

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

Bell::Bell() : event_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (!event_) // out of descriptors at the start: nothing can work
        std::abort();
}

void Bell::ring() const {
    const std::uint64_t one = 1;
    // A full counter is rung already.
    (void)!::write(event_.number(), &one, sizeof one);
}

void Bell::quiet() const {
    std::uint64_t count = 0;
    (void)!::read(event_.number(), &count, sizeof count);
}

} // namespace net::ipc
