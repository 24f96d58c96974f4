// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <cstddef>
#include <memory_resource>
#include <mutex>
#include <vector>

namespace net {

/// Memory for what a person tells the terminal and for keys: pages that are locked (never swapped), left out of core
/// dumps, and overwritten with zeros whenever a piece is given back, and once more at the end.
/// Every piece comes from size classes kept in page blocks; pieces over 32 KiB get pages of their own.
/// Thread: any (one short lock). Outlive everything that was allocated from it.
class LockedMemory final : public std::pmr::memory_resource {
public:
    LockedMemory();
    ~LockedMemory() override;
    LockedMemory(const LockedMemory&) = delete;
    LockedMemory& operator=(const LockedMemory&) = delete;

    /// False when the kernel refused to lock even one page so far (RLIMIT_MEMLOCK): then the memory is still zeroed and
    /// kept out of dumps, but could be swapped. The mains report it; `doctor` shows it.
    [[nodiscard]] bool really_locked() const;
    [[nodiscard]] std::size_t bytes_in_use() const;

private:
    struct Pages {
        void* start;
        std::size_t size;
    };
    static constexpr std::size_t smallest_class = 32;
    static constexpr std::size_t classes = 11; // 32 B … 32 KiB

    void* do_allocate(std::size_t bytes, std::size_t alignment) override;
    void do_deallocate(void* piece, std::size_t bytes, std::size_t alignment) override;
    bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }
    Pages map_pages(std::size_t bytes);

    mutable std::mutex mutex_;
    // all below guarded by mutex_
    std::array<void*, classes> free_{};
    std::vector<Pages> blocks_;
    std::size_t in_use_ = 0;
    bool really_locked_ = true;
};

} // namespace net
