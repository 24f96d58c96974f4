// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstddef>
#include <limits>
#include <memory>
#include <string.h> // explicit_bzero
#include <string>
#include <type_traits>
#include <vector>

namespace kiosk {

/// Overwrites memory before it is given back, so that no word of a visit stays in the heap.
template <class T>
struct WipingAllocator {
    using value_type = T;
    WipingAllocator() = default;
    template <class Other>
    WipingAllocator(const WipingAllocator<Other>&) noexcept {}

    [[nodiscard]] T* allocate(std::size_t count) { return std::allocator<T>{}.allocate(count); }
    void deallocate(T* memory, std::size_t count) noexcept {
        explicit_bzero(static_cast<void*>(memory), count * sizeof(T));
        std::allocator<T>{}.deallocate(memory, count);
    }
    template <class Other>
    bool operator==(const WipingAllocator<Other>&) const noexcept {
        return true;
    }
};

template <class T>
using WipingVector = std::vector<T, WipingAllocator<T>>;

/// Always on the heap, unlike std::string, whose short texts lie inside the object and would escape the allocator
/// when a temporary goes away.
using WipingBytes = WipingVector<char>;

} // namespace kiosk
