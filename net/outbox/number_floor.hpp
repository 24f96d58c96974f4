// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <filesystem>

namespace net {

/// Remembers, beside the database, up to which number receipts may have been given, in steps of a hundred: when a
/// damaged database is set aside, the fresh one goes on above it and no two receipts bear one number.
class NumberFloor {
public:
    explicit NumberFloor(std::filesystem::path file);

    /// No number up to here may be given by a fresh database.
    [[nodiscard]] std::uint64_t value() const { return value_; }
    /// Before `number` is given. False: the disk refused; then the number must not be given.
    [[nodiscard]] bool cover(std::uint64_t number);

private:
    std::filesystem::path file_;
    std::uint64_t value_ = 0;
};

} // namespace net
