// SPDX-License-Identifier: EUPL-1.2
// Inside net/ipc only: a descriptor that closes itself, and the address of a socket file.
#pragma once
#include <filesystem>
#include <optional>
#include <utility>

#include <sys/socket.h>
#include <sys/un.h>

namespace net::ipc {

class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept;
    ~Descriptor();

    [[nodiscard]] int number() const { return number_; }
    explicit operator bool() const { return number_ >= 0; }
    void close();

private:
    int number_ = -1;
};

/// A socket address holds 107 bytes; a deeper path goes through a descriptor of its folder, which must stay open while
/// the address is in use.
struct Address {
    sockaddr_un name{};
    Descriptor folder;
};
[[nodiscard]] std::optional<Address> address_of(const std::filesystem::path& socket);

/// Something that poll can wait for and any thread can ring.
class Bell {
public:
    Bell();
    [[nodiscard]] int number() const { return event_.number(); }
    void ring() const;
    void quiet() const;

private:
    Descriptor event_;
};

} // namespace net::ipc
