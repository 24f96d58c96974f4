// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace forms {

/// A value that is hardly ever there, and then stands elsewhere: as an optional it would take its whole room in every
/// item of a form of thousands, and memory that is touched for the first time costs more than all that is read into it.
template <class T>
class Seldom {
public:
    Seldom() = default;
    Seldom(T value) : value_(std::make_unique<T>(std::move(value))) {}
    Seldom(const Seldom& other) : value_(other.value_ ? std::make_unique<T>(*other.value_) : nullptr) {}
    Seldom(Seldom&&) noexcept = default;
    Seldom& operator=(Seldom other) noexcept {
        value_ = std::move(other.value_);
        return *this;
    }
    ~Seldom() = default;

    [[nodiscard]] explicit operator bool() const { return value_ != nullptr; }
    [[nodiscard]] const T& operator*() const { return *value_; }
    [[nodiscard]] T& operator*() { return *value_; }
    [[nodiscard]] const T* operator->() const { return value_.get(); }
    [[nodiscard]] T* operator->() { return value_.get(); }
    friend bool operator==(const Seldom& a, const T& b) { return a && *a == b; }

private:
    std::unique_ptr<T> value_;
};

/// A list that is hardly ever other than empty.
template <class T>
class SeldomList {
public:
    [[nodiscard]] bool empty() const { return !list_ || list_->empty(); }
    [[nodiscard]] std::size_t size() const { return list_ ? list_->size() : 0; }
    [[nodiscard]] const T* begin() const { return list_ ? list_->data() : nullptr; }
    [[nodiscard]] const T* end() const { return begin() + size(); }
    [[nodiscard]] T* begin() { return list_ ? list_->data() : nullptr; }
    [[nodiscard]] T* end() { return begin() + size(); }
    template <class... Parts>
    void emplace_back(Parts&&... parts) {
        if (!list_) list_ = std::vector<T>();
        list_->emplace_back(std::forward<Parts>(parts)...);
    }

private:
    Seldom<std::vector<T>> list_;
};

} // namespace forms
