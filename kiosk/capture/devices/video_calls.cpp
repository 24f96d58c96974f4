// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/devices/video_calls.hpp"

#include <cerrno>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace kiosk {
namespace {

class SystemVideoCalls final : public VideoCalls {
public:
    int open(const char* file) override { return ::open(file, O_RDWR | O_NONBLOCK | O_CLOEXEC); }
    int close(int descriptor) override { return ::close(descriptor); }
    int ioctl(int descriptor, unsigned long request, void* argument) override {
        int result = 0;
        do
            result = ::ioctl(descriptor, request, argument);
        while (result < 0 && errno == EINTR);
        return result;
    }
    void* map(std::size_t length, int descriptor, std::size_t offset) override {
        void* const begin =
            ::mmap(nullptr, length, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, static_cast<off_t>(offset));
        return begin == MAP_FAILED ? nullptr : begin;
    }
    void unmap(void* begin, std::size_t length) override { ::munmap(begin, length); }
};

} // namespace

VideoCalls& system_video_calls() {
    static SystemVideoCalls calls;
    return calls;
}

} // namespace kiosk
