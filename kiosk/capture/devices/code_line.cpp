// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/devices/code_line.hpp"

#include "kiosk/capture/devices/open_fault.hpp"

#include <array>
#include <cerrno>
#include <span>
#include <utility>

#include <fcntl.h>
#include <linux/hidraw.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

namespace kiosk {
forms::Result<CodeLine, DeviceState> CodeLine::open_serial(const std::filesystem::path& device) {
    CodeLine line;
    line.descriptor_ = net::Descriptor(::open(device.c_str(), O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
    if (!line.descriptor_) return state_of_errno(errno);
    const int number = line.descriptor_.number();
    termios how{};
    if (::tcgetattr(number, &how) != 0) return DeviceState::Failed; // no serial line
    // A second program that opens it is refused from now on; one that has it open already holds the lock.
    if (::flock(number, LOCK_EX | LOCK_NB) != 0 || ::ioctl(number, TIOCEXCL) != 0) return state_of_errno(errno);
    ::cfmakeraw(&how);
    how.c_cflag |= CLOCAL | CREAD;
    how.c_cc[VMIN] = 1;
    how.c_cc[VTIME] = 0;
    if (::cfsetspeed(&how, B9600) != 0 || ::tcsetattr(number, TCSANOW, &how) != 0 || ::tcflush(number, TCIFLUSH) != 0)
        return DeviceState::Failed;
    return line;
}

forms::Result<CodeLine, DeviceState> CodeLine::open_hid(const std::filesystem::path& device) {
    net::Descriptor opened(::open(device.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (!opened) return state_of_errno(errno);
    hidraw_report_descriptor raw{};
    int size = 0;
    if (::ioctl(opened.number(), HIDIOCGRDESCSIZE, &size) != 0 || size <= 0 || size > HID_MAX_DESCRIPTOR_SIZE)
        return DeviceState::Failed;
    raw.size = static_cast<__u32>(size);
    if (::ioctl(opened.number(), HIDIOCGRDESC, &raw) != 0) return state_of_errno(errno);
    auto reports = code_reports(std::span(raw.value).first(static_cast<std::size_t>(size)));
    if (reports.empty()) return DeviceState::Absent;
    if (::flock(opened.number(), LOCK_EX | LOCK_NB) != 0) return state_of_errno(errno);
    return of_reports(std::move(opened), std::move(reports));
}

CodeLine CodeLine::of_reports(net::Descriptor descriptor, std::vector<CodeReport> reports) {
    CodeLine line;
    line.descriptor_ = std::move(descriptor);
    line.reports_ = std::move(reports);
    return line;
}

bool CodeLine::take(CodeText& text, std::vector<CodeText::Ended>& into) {
    std::array<std::uint8_t, 4096> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init): filled by read
    const ssize_t got = ::read(descriptor_.number(), buffer.data(), buffer.size());
    if (got < 0) return errno == EAGAIN || errno == EINTR;
    if (got == 0) return false;
    const auto bytes = std::span(buffer).first(static_cast<std::size_t>(got));
    const auto add = [&](char byte) {
        if (auto ended = text.add(byte)) into.push_back(*std::move(ended));
    };
    if (reports_.empty()) {
        for (const std::uint8_t byte : bytes)
            add(static_cast<char>(byte));
        return true;
    }
    if (const auto part = code_in(reports_, bytes)) {
        for (const char byte : part->bytes)
            add(byte);
        if (!part->more)
            if (auto ended = text.end()) into.push_back(*std::move(ended));
    }
    return true;
}

} // namespace kiosk
