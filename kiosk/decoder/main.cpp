// SPDX-License-Identifier: EUPL-1.2
// One picture, then gone: 4 bytes length (big-endian) and the bytes of the picture on standard input, one answer
// (kiosk/capture/readout.hpp) on standard output. Started ahead, it writes a byte when it is locked in and waits.
#include "kiosk/decoder/cage.hpp"
#include "kiosk/decoder/look.hpp"
#include "kiosk/decoder/warm.hpp"
#include "net/runtime/hardening.hpp"

#include <cerrno>
#include <cstddef>
#include <exception>
#include <span>
#include <vector>

#include <unistd.h>

namespace {

bool read_all(std::span<std::byte> into) {
    while (!into.empty()) {
        const ssize_t got = ::read(STDIN_FILENO, into.data(), into.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        into = into.subspan(static_cast<std::size_t>(got));
    }
    return true;
}

bool write_all(std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t put = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(put));
    }
    return true;
}

int serve() {
    kiosk::decoder::warm_up(); // before the cage: what libraries load or draw up at first use
    if (!kiosk::decoder::lock_in().ok()) return 2;
    const std::byte ready{'R'};
    if (!write_all({&ready, 1})) return 0;
    std::byte word[4];
    if (!read_all(word)) return 0; // never used: its starter ended
    std::size_t length = 0;
    for (const std::byte part : word)
        length = length << 8 | std::to_integer<std::size_t>(part);
    if (length > kiosk::most_picture_bytes)
        return write_all(kiosk::encode_answer(kiosk::PictureFault::TooLarge)) ? 0 : 3;
    std::vector<std::byte> picture(length);
    if (!read_all(picture)) return 3;
    return write_all(kiosk::encode_answer(kiosk::decoder::look_at(picture))) ? 0 : 3;
}

} // namespace

int main() {
    if (!net::harden_process().ok()) return 2;
    int result = 4;
    try {
        result = serve();
    } catch (const std::exception&) {
        result = 4; // out of memory, or a library gave up: whoever asked sees that nothing came
    }
    ::_exit(result); // no clean-up: nothing here outlives the process
}
