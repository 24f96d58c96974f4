// SPDX-License-Identifier: EUPL-1.2
#include "net/runtime/locked_memory.hpp"

#include <sodium.h>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <new>

#include <sys/mman.h>
#include <unistd.h>

namespace net {
namespace {

constexpr std::size_t block_size = 256 * 1024;

std::size_t page_size() {
    static const auto size = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    return size;
}

std::size_t whole_pages(std::size_t bytes) { return (bytes + page_size() - 1) / page_size() * page_size(); }

} // namespace

LockedMemory::LockedMemory() {
    if (sodium_init() < 0) std::abort();
}

LockedMemory::~LockedMemory() {
    for (const Pages& block : blocks_) {
        sodium_memzero(block.start, block.size);
        munmap(block.start, block.size);
    }
}

LockedMemory::Pages LockedMemory::map_pages(std::size_t bytes) {
    const std::size_t size = whole_pages(bytes);
    void* start = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED) throw std::bad_alloc();
    // Not sodium_malloc: that ignores a lock that failed. The fork flag keeps a child from ever seeing these pages.
    if (sodium_mlock(start, size) != 0) really_locked_ = false;
    if (madvise(start, size, MADV_DONTDUMP) != 0 || madvise(start, size, MADV_WIPEONFORK) != 0) really_locked_ = false;
    return {start, size};
}

void* LockedMemory::do_allocate(std::size_t bytes, std::size_t alignment) {
    const std::size_t wanted = std::max({bytes, alignment, smallest_class});
    const std::lock_guard lock(mutex_);
    if (wanted > (smallest_class << (classes - 1))) {
        if (alignment > page_size()) throw std::bad_alloc();
        const Pages pages = map_pages(wanted);
        in_use_ += pages.size;
        return pages.start;
    }
    const std::size_t piece_size = std::bit_ceil(wanted);
    const auto index = static_cast<std::size_t>(std::countr_zero(piece_size) - std::countr_zero(smallest_class));
    if (free_[index] == nullptr) {
        blocks_.reserve(blocks_.size() + 1);
        const Pages block = map_pages(block_size);
        blocks_.push_back(block);
        auto* bytes_of_block = static_cast<std::byte*>(block.start);
        for (std::size_t at = block.size; at >= piece_size; at -= piece_size) {
            void* piece = bytes_of_block + (at - piece_size);
            std::memcpy(piece, &free_[index], sizeof(void*));
            free_[index] = piece;
        }
    }
    void* piece = free_[index];
    std::memcpy(&free_[index], piece, sizeof(void*));
    std::memset(piece, 0, sizeof(void*));
    in_use_ += piece_size;
    return piece;
}

void LockedMemory::do_deallocate(void* piece, std::size_t bytes, std::size_t alignment) {
    const std::size_t wanted = std::max({bytes, alignment, smallest_class});
    const std::lock_guard lock(mutex_);
    if (wanted > (smallest_class << (classes - 1))) {
        const std::size_t size = whole_pages(wanted);
        sodium_memzero(piece, size);
        munmap(piece, size);
        in_use_ -= size;
        return;
    }
    const std::size_t piece_size = std::bit_ceil(wanted);
    const auto index = static_cast<std::size_t>(std::countr_zero(piece_size) - std::countr_zero(smallest_class));
    sodium_memzero(piece, piece_size);
    std::memcpy(piece, &free_[index], sizeof(void*));
    free_[index] = piece;
    in_use_ -= piece_size;
}

bool LockedMemory::really_locked() const {
    const std::lock_guard lock(mutex_);
    return really_locked_;
}

std::size_t LockedMemory::bytes_in_use() const {
    const std::lock_guard lock(mutex_);
    return in_use_;
}

} // namespace net
