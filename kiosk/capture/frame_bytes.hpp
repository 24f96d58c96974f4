// SPDX-License-Identifier: EUPL-1.2
// The fields of the frames between the interface and its decoders: numbers big-endian, text with its length in 2 bytes.
#pragma once
#include "kiosk/capture/picture_place.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

enum class AnswerFault { Truncated, TrailingBytes, WrongVersion, BadValue };

class FrameWriter {
public:
    void number(std::uint64_t value, int bytes);
    void text(std::string_view bytes);
    void raw(std::span<const std::byte> bytes); ///< with its length in 4 bytes
    void point(const PicturePoint& point);
    void corners(const PictureCorners& corners);
    void box(const PictureBox& box);
    /// Everything so far behind a length word, which counts `more` bytes that come later from elsewhere too.
    [[nodiscard]] std::vector<std::byte> framed(std::size_t more = 0) const;

private:
    std::vector<std::byte> out_;
};

/// After the first thing that is not there or not right every further one is zero; `fault` says which it was.
class FrameReader {
public:
    explicit FrameReader(std::span<const std::byte> bytes) : left_(bytes) {}

    std::uint32_t number(std::size_t bytes);
    std::uint32_t up_to(std::size_t bytes, std::uint32_t most);
    std::string text(std::uint32_t most);
    std::span<const std::byte> raw(std::uint32_t most);
    std::int32_t coordinate(); ///< may lie outside the picture, but not just anywhere
    PicturePoint point();
    PictureCorners corners();
    PictureBox box(); ///< at least 1 px wide and tall
    [[nodiscard]] std::span<const std::byte> rest() const { return left_; }
    void end();
    void fail(AnswerFault fault);
    [[nodiscard]] std::optional<AnswerFault> fault() const { return fault_; }

private:
    std::span<const std::byte> left_;
    std::optional<AnswerFault> fault_;
};

} // namespace kiosk
