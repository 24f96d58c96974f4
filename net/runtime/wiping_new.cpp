// SPDX-License-Identifier: EUPL-1.2
// Everything a program that links this gives back is overwritten first. What a person says lives in locked memory that
// wipes by itself; this catches the copies on their way to the glass or to the network: texts for the screen, pictures of
// a page, parsed answers of the central system.
#include <cstddef>
#include <cstdlib>
#include <malloc.h>
#include <new>
#include <string.h> // explicit_bzero

namespace {

void* take(std::size_t size, std::size_t alignment) noexcept {
    if (size == 0) size = 1;
    if (alignment <= alignof(std::max_align_t)) return std::malloc(size);
    void* block = nullptr;
    return ::posix_memalign(&block, alignment, size) == 0 ? block : nullptr;
}

void* take_or_throw(std::size_t size, std::size_t alignment) {
    void* block = take(size, alignment);
    if (block == nullptr) throw std::bad_alloc();
    return block;
}

void give_back(void* block) noexcept {
    if (block == nullptr) return;
    // The whole block: an unsized delete does not know how much was asked for, malloc does.
    explicit_bzero(block, ::malloc_usable_size(block));
    std::free(block);
}

constexpr std::size_t ordinary = alignof(std::max_align_t);

} // namespace

void* operator new(std::size_t size) { return take_or_throw(size, ordinary); }
void* operator new[](std::size_t size) { return take_or_throw(size, ordinary); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return take(size, ordinary); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return take(size, ordinary); }
void* operator new(std::size_t size, std::align_val_t at) { return take_or_throw(size, static_cast<std::size_t>(at)); }
void* operator new[](std::size_t size, std::align_val_t at) {
    return take_or_throw(size, static_cast<std::size_t>(at));
}

void operator delete(void* block) noexcept { give_back(block); }
void operator delete[](void* block) noexcept { give_back(block); }
void operator delete(void* block, std::size_t) noexcept { give_back(block); }
void operator delete[](void* block, std::size_t) noexcept { give_back(block); }
void operator delete(void* block, std::align_val_t) noexcept { give_back(block); }
void operator delete[](void* block, std::align_val_t) noexcept { give_back(block); }
void operator delete(void* block, std::size_t, std::align_val_t) noexcept { give_back(block); }
void operator delete[](void* block, std::size_t, std::align_val_t) noexcept { give_back(block); }
void operator delete(void* block, const std::nothrow_t&) noexcept { give_back(block); }
void operator delete[](void* block, const std::nothrow_t&) noexcept { give_back(block); }
