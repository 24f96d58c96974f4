// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/frame_bytes.hpp"

namespace kiosk {
namespace {

constexpr std::int32_t farthest = 100000;

} // namespace

void FrameWriter::number(std::uint64_t value, int bytes) {
    for (int i = bytes - 1; i >= 0; --i)
        out_.push_back(static_cast<std::byte>(value >> (8 * i)));
}

void FrameWriter::text(std::string_view bytes) {
    number(bytes.size(), 2);
    for (const char c : bytes)
        out_.push_back(static_cast<std::byte>(c));
}

void FrameWriter::raw(std::span<const std::byte> bytes) {
    number(bytes.size(), 4);
    out_.insert(out_.end(), bytes.begin(), bytes.end());
}

void FrameWriter::point(const PicturePoint& point) {
    number(static_cast<std::uint32_t>(point.x), 4);
    number(static_cast<std::uint32_t>(point.y), 4);
}

void FrameWriter::corners(const PictureCorners& corners) {
    for (const PicturePoint& one : corners)
        point(one);
}

void FrameWriter::box(const PictureBox& box) {
    point(box.from);
    point(box.to);
}

std::vector<std::byte> FrameWriter::framed(std::size_t more) const {
    std::vector<std::byte> frame;
    frame.reserve(out_.size() + 4);
    for (int i = 3; i >= 0; --i)
        frame.push_back(static_cast<std::byte>((out_.size() + more) >> (8 * i)));
    frame.insert(frame.end(), out_.begin(), out_.end());
    return frame;
}

std::uint32_t FrameReader::number(std::size_t bytes) {
    if (left_.size() < bytes) fail(AnswerFault::Truncated);
    if (fault_) return 0;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i)
        value = value << 8 | std::to_integer<std::uint32_t>(left_[i]);
    left_ = left_.subspan(bytes);
    return value;
}

std::uint32_t FrameReader::up_to(std::size_t bytes, std::uint32_t most) {
    const std::uint32_t value = number(bytes);
    if (value > most) fail(AnswerFault::BadValue);
    return fault_ ? 0 : value;
}

std::string FrameReader::text(std::uint32_t most) {
    const std::uint32_t length = up_to(2, most);
    if (left_.size() < length) fail(AnswerFault::Truncated);
    if (fault_) return {};
    std::string out(reinterpret_cast<const char*>(left_.data()), length);
    left_ = left_.subspan(length);
    return out;
}

std::span<const std::byte> FrameReader::raw(std::uint32_t most) {
    const std::uint32_t length = up_to(4, most);
    if (left_.size() < length) fail(AnswerFault::Truncated);
    if (fault_) return {};
    const auto out = left_.first(length);
    left_ = left_.subspan(length);
    return out;
}

std::int32_t FrameReader::coordinate() {
    const auto value = static_cast<std::int32_t>(number(4));
    if (value < -farthest || value > farthest) fail(AnswerFault::BadValue);
    return fault_ ? 0 : value;
}

PicturePoint FrameReader::point() {
    PicturePoint point;
    point.x = coordinate();
    point.y = coordinate();
    return point;
}

PictureCorners FrameReader::corners() {
    PictureCorners all{};
    for (PicturePoint& one : all)
        one = point();
    return all;
}

PictureBox FrameReader::box() {
    PictureBox box;
    box.from = point();
    box.to = point();
    if (box.to.x <= box.from.x || box.to.y <= box.from.y) fail(AnswerFault::BadValue);
    return box;
}

void FrameReader::end() {
    if (!left_.empty()) fail(AnswerFault::TrailingBytes);
}

void FrameReader::fail(AnswerFault fault) {
    if (!fault_) fault_ = fault;
}

} // namespace kiosk
