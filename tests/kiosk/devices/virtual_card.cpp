// SPDX-License-Identifier: EUPL-1.2
#include "tests/kiosk/devices/virtual_card.hpp"

#include "kiosk/capture/devices/card_reader.hpp"

#include <array>
#include <csignal>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <winscard.h>

namespace {

constexpr const char* daemon_file = "/usr/sbin/pcscd";
constexpr const char* driver_settings = "/etc/reader.conf.d/vpcd";
constexpr std::uint16_t first_slot = 35963;

net::Descriptor connected_to_slot() {
    net::Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(first_slot);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (!socket || ::connect(socket.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return {};
    const int one = 1;
    if (::setsockopt(socket.number(), IPPROTO_TCP, TCP_NODELAY, &one, sizeof one) != 0) return {};
    return socket;
}

/// `poll` on nothing: the way to let a tenth of a second pass between two looks at a daemon that has no better sign.
void a_moment() { (void)::poll(nullptr, 0, 100); }

} // namespace

std::string CardDaemon::start() {
    if (::access(daemon_file, X_OK) != 0 || ::access(driver_settings, R_OK) != 0)
        return "pcscd or vsmartcard-vpcd is not installed";
    if (::geteuid() != 0) return "pcscd needs the right to make /run/pcscd: run as root";
    if (kiosk::card_readers()) return "a pcscd runs here already, and only one can";
    const int parent = ::getpid();
    id_ = ::fork();
    if (id_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent) ::_exit(125);
        const int nothing = ::open("/dev/null", O_RDWR);
        ::dup2(nothing, STDOUT_FILENO);
        ::dup2(nothing, STDERR_FILENO);
        ::execl(daemon_file, "pcscd", "--foreground", static_cast<char*>(nullptr));
        ::_exit(127);
    }
    for (int tries = 0; tries < 150; ++tries) {
        int status = 0;
        if (::waitpid(id_, &status, WNOHANG) == id_) {
            id_ = -1;
            return "pcscd ended at once";
        }
        const auto readers = kiosk::card_readers();
        if (readers && !readers->empty()) return {};
        a_moment();
    }
    stop();
    return "pcscd shows no virtual reader";
}

bool CardDaemon::sees_no_card() {
    const auto names = kiosk::card_readers();
    if (!names || names->empty()) return false;
    SCARDCONTEXT context = 0;
    if (::SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context) != SCARD_S_SUCCESS) return false;
    SCARD_READERSTATE state{};
    state.szReader = names->front().c_str();
    LONG result = ::SCardGetStatusChange(context, 0, &state, 1);
    for (int changes = 0; result == SCARD_S_SUCCESS && (state.dwEventState & SCARD_STATE_EMPTY) == 0 && changes < 5;
         ++changes) {
        state.dwCurrentState = state.dwEventState & ~static_cast<DWORD>(SCARD_STATE_CHANGED);
        result = ::SCardGetStatusChange(context, 5000, &state, 1);
    }
    ::SCardReleaseContext(context);
    return result == SCARD_S_SUCCESS && (state.dwEventState & SCARD_STATE_EMPTY) != 0;
}

void CardDaemon::stop() {
    if (id_ <= 0) return;
    ::kill(id_, SIGTERM);
    int status = 0;
    ::waitpid(id_, &status, 0);
    id_ = -1;
}

VirtualCard::VirtualCard(PlayedCard card) : card_(std::move(card)) {
    if (!CardDaemon::sees_no_card()) return;
    // After a card has left, the driver listens again within a moment.
    for (int tries = 0; tries < 100 && !socket_; ++tries) {
        socket_ = connected_to_slot();
        if (!socket_) a_moment();
    }
    in_reader_ = static_cast<bool>(socket_);
    thread_ = std::thread([this] { play(); });
}

VirtualCard::~VirtualCard() {
    leave();
    if (thread_.joinable()) thread_.join();
}

void VirtualCard::leave() {
    if (socket_) ::shutdown(socket_.number(), SHUT_RDWR);
}

std::vector<std::vector<std::uint8_t>> VirtualCard::asked() {
    const std::lock_guard lock(mutex_);
    return card_.asked();
}

bool VirtualCard::receive(std::vector<std::uint8_t>& frame) {
    std::array<std::uint8_t, 2> length{};
    if (::recv(socket_.number(), length.data(), 2, MSG_WAITALL) != 2) return false;
    frame.resize(static_cast<std::size_t>(length[0] << 8 | length[1]));
    return frame.empty() ||
           ::recv(socket_.number(), frame.data(), frame.size(), MSG_WAITALL) == static_cast<ssize_t>(frame.size());
}

bool VirtualCard::send(const std::vector<std::uint8_t>& frame) {
    std::vector<std::uint8_t> all{static_cast<std::uint8_t>(frame.size() >> 8),
                                  static_cast<std::uint8_t>(frame.size() & 0xFF)};
    all.insert(all.end(), frame.begin(), frame.end()); // in one write, or each command takes a tenth of a second
    return ::send(socket_.number(), all.data(), all.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(all.size());
}

void VirtualCard::play() {
    constexpr std::uint8_t give_reset_answer = 4; // of the driver's one-byte orders; 0, 1, 2: power and reset
    std::vector<std::uint8_t> frame;
    while (in_reader_ && receive(frame)) {
        if (frame.size() == 1) {
            if (frame[0] != give_reset_answer) continue;
            if (!send({0x3B, 0x80, 0x80, 0x01, 0x01})) return; // offers T=0 and T=1
            continue;
        }
        std::optional<std::vector<std::uint8_t>> answer;
        {
            const std::lock_guard lock(mutex_);
            answer = card_.answer(frame);
        }
        if (!answer) return leave(); // pulled out
        if (!send(*answer)) return;
    }
}
