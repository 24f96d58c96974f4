// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <utility>

namespace net {

/// A descriptor of the system's that closes itself.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept;
    ~Descriptor();

    [[nodiscard]] int number() const { return number_; }
    explicit operator bool() const { return number_ >= 0; }
    /// False: what was written may not have arrived (close(2)).
    bool close();

private:
    int number_ = -1;
};

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

} // namespace net
