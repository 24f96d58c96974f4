// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <utility>
#include <variant>

namespace forms {

/// The value of an operation that has nothing to say but "it worked".
struct Done {};

/// A value, or the reason why there is none. Expected failures travel as values; each module has its own short
/// list of reasons `E`. Asking for the side that is not there ends the program: that is a broken promise, not an error.
template <class T, class E>
class [[nodiscard]] Result {
public:
    Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
    Result(E error) : held_(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool ok() const noexcept { return held_.index() == 0; }
    explicit operator bool() const noexcept { return ok(); }

    [[nodiscard]] const T& value() const& { return std::get<0>(held_); }
    [[nodiscard]] T& value() & { return std::get<0>(held_); }
    [[nodiscard]] T&& value() && { return std::get<0>(std::move(held_)); }
    [[nodiscard]] const E& error() const { return std::get<1>(held_); }

private:
    std::variant<T, E> held_;
};

} // namespace forms
