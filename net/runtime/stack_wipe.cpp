// SPDX-License-Identifier: EUPL-1.2
#include "net/runtime/stack_wipe.hpp"

#include <array>
#include <string.h> // explicit_bzero

namespace net {

[[gnu::noinline]] void wipe_stack() noexcept {
    std::array<std::byte, wiped_stack_bytes> below; // NOLINT(cppcoreguidelines-pro-type-member-init): that is the point
    explicit_bzero(below.data(), below.size());
}

} // namespace net
