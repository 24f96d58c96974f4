// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstddef>

namespace kiosk {

/// What a camera needs of the system. No virtual camera can be had everywhere, so a test answers in the driver's place.
/// Results and `errno` as the calls of these names have them.
class VideoCalls {
public:
    virtual ~VideoCalls() = default;
    virtual int open(const char* file) = 0; ///< for reading and writing, without blocking
    virtual int close(int descriptor) = 0;
    virtual int ioctl(int descriptor, unsigned long request, void* argument) = 0;
    virtual void* map(std::size_t length, int descriptor, std::size_t offset) = 0; ///< nullptr: failed
    virtual void unmap(void* begin, std::size_t length) = 0;
};
[[nodiscard]] VideoCalls& system_video_calls();

} // namespace kiosk
