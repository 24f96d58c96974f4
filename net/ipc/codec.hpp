// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "net/ipc/messages.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace net::ipc {

enum class FrameFault {
    TooLarge,  ///< longer than a frame may be
    Unknown,   ///< no such message
    Truncated, ///< ends inside a field
    TrailingBytes,
    BadValue, ///< a number outside its list, a text that is too long
};

/// A whole frame: 4 bytes length (big-endian, of what follows), 1 byte message number, the fields.
/// Numbers are big-endian; texts and lists carry their length in 4 bytes.
[[nodiscard]] std::vector<std::byte> encode(const Message& message);
/// What follows the length word of a frame.
[[nodiscard]] forms::Result<Message, FrameFault> decode(std::span<const std::byte> frame);

/// Puts frames together again from a stream of bytes.
class FrameBuffer {
public:
    void add(std::span<const std::byte> bytes);
    /// The next whole message; nothing when more bytes are needed; a fault when the peer must be cut off.
    [[nodiscard]] std::optional<forms::Result<Message, FrameFault>> next();

private:
    std::vector<std::byte> waiting_;
    std::size_t read_ = 0;
};

} // namespace net::ipc
