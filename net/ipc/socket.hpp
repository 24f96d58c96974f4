// SPDX-License-Identifier: EUPL-1.2
// Inside net/ipc only: the address of a socket file.
#pragma once
#include "net/runtime/descriptor.hpp"

#include <filesystem>
#include <optional>

#include <sys/socket.h>
#include <sys/un.h>

namespace net::ipc {

/// A socket address holds 107 bytes; a deeper path goes through a descriptor of its folder, which must stay open while
/// the address is in use.
struct Address {
    sockaddr_un name{};
    Descriptor folder;
};
[[nodiscard]] std::optional<Address> address_of(const std::filesystem::path& socket);

} // namespace net::ipc
