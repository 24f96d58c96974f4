// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/decoder_process.hpp"

#include <array>
#include <cerrno>
#include <string>
#include <utility>
#include <vector>

#include <poll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>

namespace kiosk {
namespace {

using Kind = ReadFault::Kind;

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

/// What is left to send: the head of a job, then its bytes.
class Outgoing {
public:
    explicit Outgoing(const JobFrame& frame) : frame_(frame) {}
    [[nodiscard]] bool done() const { return sent_ == frame_.head.size() + frame_.body.size(); }
    void send_some(int socket) {
        const std::span<const std::byte> part = sent_ < frame_.head.size()
                                                    ? std::span(frame_.head).subspan(sent_)
                                                    : frame_.body.subspan(sent_ - frame_.head.size());
        const ssize_t put = ::send(socket, part.data(), part.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (put > 0)
            sent_ += static_cast<std::size_t>(put);
        else if (put < 0 && errno != EINTR && errno != EAGAIN)
            sent_ = frame_.head.size() + frame_.body.size(); // it takes no more; what it had to say may still be read
    }

private:
    const JobFrame& frame_;
    std::size_t sent_ = 0;
};

ReadFault fault(Kind kind) { return {.kind = kind}; }

/// Judged here already: a decoder must not be fed what it would refuse unread.
std::optional<PictureFault> judged(const JobPicture& picture) {
    if (const auto* const pixels = std::get_if<PixelsView>(&picture)) {
        const std::uint64_t count = std::uint64_t{pixels->width} * pixels->height;
        if (count == 0) return PictureFault::Empty;
        if (count * pixels->channels > most_raw_bytes) return PictureFault::TooManyPixels;
        if (count * pixels->channels != pixels->bytes.size()) return PictureFault::WrongSize;
        return std::nullopt;
    }
    const std::size_t size = std::get<std::span<const std::byte>>(picture).size();
    if (size == 0) return PictureFault::Empty;
    if (size > most_picture_bytes) return PictureFault::TooLarge;
    return std::nullopt;
}

/// As the tables of Tesseract are named.
std::string named(const std::vector<PaperLanguage>& languages) {
    std::string names;
    for (const PaperLanguage language : languages) {
        constexpr std::array<std::string_view, 3> known = {"ita", "fra", "eng"};
        if (!names.empty()) names += '+';
        names += known[static_cast<std::size_t>(language)];
    }
    return names.empty() ? "ita" : names;
}

/// The answer asked for, or why there is none. Another kind of answer than the job's own is nonsense.
template <class Answer>
forms::Result<Answer, ReadFault> as(forms::Result<DecoderAnswer, ReadFault>&& outcome) {
    if (!outcome.ok()) return outcome.error();
    DecoderAnswer answer = std::move(outcome).value();
    if (const auto* const refused = std::get_if<PictureFault>(&answer)) return ReadFault{Kind::Refused, *refused};
    if (auto* const right = std::get_if<Answer>(&answer)) return std::move(*right);
    return fault(Kind::Nonsense);
}

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
    case Kind::Stopped:
        return "stopped";
    }
    return "decoder-ended";
}

Decoders::Decoders(std::filesystem::path program, Patience patience)
    : program_(std::move(program)), patience_(patience), spare_(start({})) {}

Decoders::~Decoders() = default;

HelperProcess Decoders::start(const std::string& languages) const {
    const std::vector<std::string> arguments =
        languages.empty() ? std::vector<std::string>{} : std::vector<std::string>{"text", languages};
    return HelperProcess::start(program_, arguments, {"OMP_THREAD_LIMIT=1"}); // libgomp reads it before any line of ours
}

forms::Result<Readout, ReadFault> Decoders::read(const JobPicture& picture) {
    if (const auto wrong = judged(picture)) return ReadFault{Kind::Refused, *wrong};
    return as<Readout>(ask(MarksJob{picture}));
}

forms::Result<PagePicture, ReadFault> Decoders::page(const JobPicture& picture, const PageWish& wish) {
    if (const auto wrong = judged(picture)) return ReadFault{Kind::Refused, *wrong};
    return as<PagePicture>(ask(PageJob{picture, wish}));
}

void Decoders::prepare_text(const std::vector<PaperLanguage>& languages) {
    const std::string names = named(languages);
    if (text_spare_ && names == text_languages_) return;
    text_spare_ = start(names);
    text_languages_ = names;
}

forms::Result<PageText, ReadFault> Decoders::text_of(const PagePicture& page,
                                                     const std::vector<PaperLanguage>& languages) {
    if (page.jpeg.empty()) return ReadFault{Kind::Refused, PictureFault::Empty};
    prepare_text(languages);
    return as<PageText>(ask(TextJob{page.jpeg, page.dots_per_inch}));
}

forms::Result<CardFile, ReadFault> Decoders::card(std::span<const std::byte> file) {
    if (file.empty()) return ReadFault{Kind::Refused, PictureFault::Empty};
    if (file.size() > most_card_file) return ReadFault{Kind::Refused, PictureFault::TooLarge};
    return as<CardFile>(ask(CardFileJob{file}));
}

void Decoders::interrupt() noexcept { interrupted_.ring(); }

forms::Result<DecoderAnswer, ReadFault> Decoders::ask(const Job& job) {
    const bool text = std::holds_alternative<TextJob>(job);
    HelperProcess& spare = text ? text_spare_ : spare_;
    if (!spare) spare = start(text ? text_languages_ : std::string());
    if (!spare) return fault(Kind::NotStarted);
    HelperProcess child = std::move(spare);
    auto outcome = converse(child, encode_job(job), text ? patience_.text : patience_.quick);
    child.end();
    spare = start(text ? text_languages_ : std::string());
    return outcome;
}

forms::Result<DecoderAnswer, ReadFault> Decoders::converse(const HelperProcess& child, const JobFrame& frame,
                                                           std::chrono::milliseconds patience) const {
    interrupted_.quiet(); // what was rung before this call
    const net::Descriptor timer(::timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC));
    const auto seconds = std::chrono::floor<std::chrono::seconds>(patience);
    itimerspec when{};
    when.it_value.tv_sec = seconds.count();
    when.it_value.tv_nsec = std::chrono::nanoseconds(patience - seconds).count() + 1;
    if (!timer || ::timerfd_settime(timer.number(), 0, &when, nullptr) != 0) return fault(Kind::NotStarted);

    Outgoing out(frame);
    Incoming in;
    std::vector<std::byte> buffer(64u << 10);
    while (!in.whole()) {
        std::array<pollfd, 3> wait{pollfd{child.socket(), static_cast<short>(out.done() ? POLLIN : POLLIN | POLLOUT), 0},
                                   pollfd{timer.number(), POLLIN, 0}, pollfd{interrupted_.number(), POLLIN, 0}};
        if (::poll(wait.data(), wait.size(), -1) < 0) {
            if (errno == EINTR) continue;
            return fault(Kind::Died);
        }
        if (wait[2].revents != 0) return fault(Kind::Stopped);
        if (wait[1].revents != 0) return fault(Kind::TimedOut);
        if ((wait[0].revents & POLLOUT) != 0 && !out.done()) out.send_some(child.socket());
        if ((wait[0].revents & (POLLIN | POLLHUP | POLLERR)) == 0) continue;
        const ssize_t got = ::recv(child.socket(), buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (got <= 0) return fault(Kind::Died);
        if (!in.add(std::span(buffer).first(static_cast<std::size_t>(got)))) return fault(Kind::Nonsense);
    }
    auto answer = decode_answer(in.frame());
    if (!answer.ok()) return fault(Kind::Nonsense);
    return std::move(answer).value();
}

} // namespace kiosk
