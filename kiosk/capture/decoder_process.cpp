// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/decoder_process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <string>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

namespace kiosk {
namespace {

using Kind = ReadFault::Kind;

/// In the child, between fork and exec: only calls that are safe there. One socket is both its input and its output; it
/// gets nothing else of ours, neither descriptors nor surroundings.
[[noreturn]] void become(const char* program, int socket, int parent) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(125); // the starter is gone already
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    if (::dup2(socket, STDIN_FILENO) < 0 || ::dup2(socket, STDOUT_FILENO) < 0) ::_exit(126);
    const int nothing = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nothing < 0 || ::dup2(nothing, STDERR_FILENO) < 0 || ::close_range(3, ~0U, 0) != 0) ::_exit(126);
    std::array<char, 18> name{"sportello-decoder"};
    std::array<char*, 2> arguments{name.data(), nullptr};
    std::array<char*, 1> surroundings{nullptr};
    ::execve(program, arguments.data(), surroundings.data());
    ::_exit(127);
}

class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return number_; }

private:
    int number_;
};

/// The answer as it comes in: a byte that says "ready", the length word, the frame.
class Incoming {
public:
    /// False: whatever comes next, this is no answer.
    [[nodiscard]] bool add(std::span<const std::byte> bytes) {
        bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
        if (bytes_.empty()) return true;
        if (bytes_[0] != std::byte{'R'}) return false;
        return bytes_.size() < before_frame ||
               (length() <= most_answer_bytes && bytes_.size() <= before_frame + length());
    }
    [[nodiscard]] bool whole() const {
        return bytes_.size() >= before_frame && bytes_.size() == before_frame + length();
    }
    [[nodiscard]] std::span<const std::byte> frame() const { return std::span(bytes_).subspan(before_frame); }

private:
    static constexpr std::size_t before_frame = 5;
    [[nodiscard]] std::size_t length() const {
        std::size_t value = 0;
        for (std::size_t i = 1; i < before_frame; ++i)
            value = value << 8 | std::to_integer<std::size_t>(bytes_[i]);
        return value;
    }
    std::vector<std::byte> bytes_;
};

/// What is left to send: the length word, then the picture.
class Outgoing {
public:
    explicit Outgoing(std::span<const std::byte> picture) : picture_(picture) {
        for (std::size_t i = 0; i < word_.size(); ++i)
            word_[i] = static_cast<std::byte>(picture.size() >> (8 * (word_.size() - 1 - i)));
    }
    [[nodiscard]] bool done() const { return sent_ == word_.size() + picture_.size(); }
    void send_some(int socket) {
        const std::span<const std::byte> part = sent_ < word_.size() ? std::span<const std::byte>(word_).subspan(sent_)
                                                                     : picture_.subspan(sent_ - word_.size());
        const ssize_t put = ::send(socket, part.data(), part.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (put > 0)
            sent_ += static_cast<std::size_t>(put);
        else if (put < 0 && errno != EINTR && errno != EAGAIN)
            sent_ = word_.size() + picture_.size(); // it takes no more; what it had to say may still be read
    }

private:
    std::array<std::byte, 4> word_{};
    std::span<const std::byte> picture_;
    std::size_t sent_ = 0;
};

ReadFault fault(Kind kind) { return {.kind = kind}; }

} // namespace

std::string_view name_of(const ReadFault& fault) {
    switch (fault.kind) {
    case Kind::Refused:
        return name_of(fault.picture);
    case Kind::NotStarted:
        return "decoder-not-started";
    case Kind::Died:
        return "decoder-ended";
    case Kind::TimedOut:
        return "timed-out";
    case Kind::Nonsense:
        return "nonsense";
    }
    return "decoder-ended";
}

Decoders::Decoders(std::filesystem::path program, std::chrono::milliseconds patience)
    : program_(std::move(program)), patience_(patience) {
    start_spare();
}

Decoders::~Decoders() { end(spare_); }

void Decoders::start_spare() {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return;
    const std::string path = program_.string(); // everything that allocates happens before the fork
    const int parent = ::getpid();
    const int id = ::fork();
    if (id == 0) become(path.c_str(), ends[1], parent);
    ::close(ends[1]);
    if (id < 0) {
        ::close(ends[0]);
        return;
    }
    spare_ = {id, ends[0]};
}

void Decoders::end(Child& child) {
    if (child.socket >= 0) ::close(child.socket);
    if (child.id > 0) {
        ::kill(child.id, SIGKILL);
        int status = 0;
        while (::waitpid(child.id, &status, 0) < 0 && errno == EINTR) {
        }
    }
    child = {};
}

forms::Result<Readout, ReadFault> Decoders::read(std::span<const std::byte> picture) {
    // Judged here already: a decoder must not be fed what it would refuse unread.
    if (picture.empty()) return ReadFault{Kind::Refused, PictureFault::Empty};
    if (picture.size() > most_picture_bytes) return ReadFault{Kind::Refused, PictureFault::TooLarge};
    if (spare_.id < 0) start_spare();
    if (spare_.id < 0) return fault(Kind::NotStarted);
    Child child = std::exchange(spare_, {});
    auto outcome = converse(child, picture);
    end(child);
    start_spare();
    return outcome;
}

forms::Result<Readout, ReadFault> Decoders::converse(const Child& child, std::span<const std::byte> picture) {
    const Descriptor timer(::timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC));
    const auto seconds = std::chrono::floor<std::chrono::seconds>(patience_);
    itimerspec when{};
    when.it_value.tv_sec = seconds.count();
    when.it_value.tv_nsec = std::chrono::nanoseconds(patience_ - seconds).count() + 1;
    if (timer.get() < 0 || ::timerfd_settime(timer.get(), 0, &when, nullptr) != 0) return fault(Kind::NotStarted);

    Outgoing out(picture);
    Incoming in;
    std::vector<std::byte> buffer(64u << 10);
    while (!in.whole()) {
        std::array<pollfd, 2> wait{pollfd{child.socket, static_cast<short>(out.done() ? POLLIN : POLLIN | POLLOUT), 0},
                                   pollfd{timer.get(), POLLIN, 0}};
        if (::poll(wait.data(), wait.size(), -1) < 0) {
            if (errno == EINTR) continue;
            return fault(Kind::Died);
        }
        if (wait[1].revents != 0) return fault(Kind::TimedOut);
        if ((wait[0].revents & POLLOUT) != 0 && !out.done()) out.send_some(child.socket);
        if ((wait[0].revents & (POLLIN | POLLHUP | POLLERR)) == 0) continue;
        const ssize_t got = ::recv(child.socket, buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (got <= 0) return fault(Kind::Died);
        if (!in.add(std::span(buffer).first(static_cast<std::size_t>(got)))) return fault(Kind::Nonsense);
    }
    auto answer = decode_answer(in.frame());
    if (!answer.ok()) return fault(Kind::Nonsense);
    if (const auto* const refused = std::get_if<PictureFault>(&answer.value()))
        return ReadFault{Kind::Refused, *refused};
    return std::get<Readout>(std::move(answer).value());
}

} // namespace kiosk
