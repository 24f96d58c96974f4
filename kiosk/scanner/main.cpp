// SPDX-License-Identifier: EUPL-1.2
// One order to the page scanner, then gone. The drivers of scanners are other people's code that may crash, hang, or end a
// thread of its own in the middle of an allocation: all of that stays in here.
//     sportello-scanner find NAME|auto
//     sportello-scanner scan NAME glass|feeder [OPTION=VALUE ...]
// Words (kiosk/capture/scanner_word.hpp) leave by the socket it was given as standard output; an order is given up when that
// socket is closed, or shut from the other side.
#include "kiosk/scanner/sane_scanner.hpp"
#include "net/runtime/hardening.hpp"

#include <cerrno>
#include <exception>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

/// The socket; the drivers may print where they like, and nobody hears it.
int take_socket() {
    const int socket = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    if (socket < 0 || nothing < 0) return -1;
    return ::dup2(nothing, STDIN_FILENO) < 0 || ::dup2(nothing, STDOUT_FILENO) < 0 ? -1 : socket;
}

void send_all(int socket, std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t put = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return; // `cancelled` sees it too
        bytes = bytes.subspan(static_cast<std::size_t>(put));
    }
}

int serve(int socket, std::span<char* const> words) {
    const kiosk::scanner::Line line{
        .say = [socket](const kiosk::ScannerWord& word) { send_all(socket, kiosk::encode_word(word)); },
        .cancelled =
            [socket] {
                pollfd one{socket, POLLIN, 0};
                return ::poll(&one, 1, 0) > 0;
            },
    };
    const std::string_view what = words.size() < 2 ? std::string_view() : std::string_view(words[0]);
    if (what == "find" && words.size() == 2) {
        kiosk::scanner::find(words[1], line);
        return 0;
    }
    if (what != "scan" || words.size() < 3) return 2;
    const std::string_view from = words[2];
    if (from != "glass" && from != "feeder") return 2;
    const std::vector<std::string> options(words.begin() + 3, words.end());
    kiosk::scanner::scan(words[1], from == "glass" ? kiosk::SheetSource::Glass : kiosk::SheetSource::Feeder, options, line);
    return 0;
}

} // namespace

int main(int count, char** arguments) {
    if (!net::harden_process().ok()) return 2;
    const int socket = take_socket();
    if (socket < 0) return 2;
    int result = 4;
    try {
        result = serve(socket, std::span(arguments, static_cast<std::size_t>(count)).subspan(1));
    } catch (const std::exception&) {
        result = 4; // out of memory: whoever asked sees that no word came
    }
    ::_exit(result); // no clean-up: what drivers keep goes with the process
}
