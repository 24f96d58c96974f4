// SPDX-License-Identifier: EUPL-1.2
#include "net/runtime/descriptor.hpp"

#include <cstdint>
#include <cstdlib>

#include <sys/eventfd.h>
#include <unistd.h>

namespace net {

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
    if (this != &other) {
        close();
        number_ = std::exchange(other.number_, -1);
    }
    return *this;
}

Descriptor::~Descriptor() { close(); }

bool Descriptor::close() { return number_ < 0 || ::close(std::exchange(number_, -1)) == 0; }

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

} // namespace net
