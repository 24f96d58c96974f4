// SPDX-License-Identifier: EUPL-1.2
// One job, then gone: the job (kiosk/capture/jobs.hpp) on standard input, its answer (kiosk/capture/readout.hpp) on
// standard output. Started ahead, it writes a byte when it is locked in and waits.
//     sportello-decoder                  marks, pages, card files
//     sportello-decoder text ita+fra     the words on a page in these languages
#include "kiosk/decoder/cage.hpp"
#include "kiosk/decoder/look.hpp"
#include "kiosk/decoder/page_text.hpp"
#include "kiosk/decoder/warm.hpp"
#include "net/runtime/hardening.hpp"

#include <cerrno>
#include <chrono>
#include <cstddef>
#include <exception>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

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

/// Bytes that nothing need set to zero first: a page of a scanner has 25 MB of them.
struct Bytes {
    std::unique_ptr<std::byte[]> begin;
    std::size_t size = 0;
    [[nodiscard]] std::span<std::byte> all() const { return {begin.get(), size}; }
};

/// The job, as it arrives; nothing when its starter ended without one, or it breaks off.
std::optional<Bytes> read_job() {
    std::byte word[4];
    if (!read_all(word)) return std::nullopt;
    Bytes frame;
    for (const std::byte part : word)
        frame.size = frame.size << 8 | std::to_integer<std::size_t>(part);
    if (frame.size > kiosk::most_job_bytes) return std::nullopt;
    frame.begin = std::make_unique_for_overwrite<std::byte[]>(frame.size);
    if (!read_all(frame.all())) return std::nullopt;
    return frame;
}

kiosk::DecoderAnswer answer_to(std::span<const std::byte> frame, kiosk::decoder::TextReader* reader) {
    const auto job = kiosk::decode_job(frame);
    if (!job.ok()) return kiosk::PictureFault::WrongJob;
    if (!reader) return kiosk::decoder::do_job(job.value());
    const auto* const text = std::get_if<kiosk::TextJob>(&job.value());
    return text ? reader->read(*text) : kiosk::PictureFault::WrongJob;
}

/// `languages`: nullptr unless this process is to read text.
int serve(const char* languages) {
    // Before the cage: what libraries load or draw up at first use.
    kiosk::decoder::be_silent();
    std::unique_ptr<kiosk::decoder::TextReader> reader;
    if (languages) {
        reader = kiosk::decoder::TextReader::start(languages);
        if (!reader) return 5;
    } else {
        kiosk::decoder::warm_up();
    }
    if (!kiosk::decoder::lock_in(std::chrono::seconds(languages ? 20 : 5)).ok()) return 2;
    const std::byte ready{'R'};
    if (!write_all({&ready, 1})) return 0;
    const auto frame = read_job();
    if (!frame) return 0;
    return write_all(kiosk::encode_answer(answer_to(frame->all(), reader.get()))) ? 0 : 3;
}

} // namespace

int main(int count, char** arguments) {
    const bool text = count == 3 && std::string_view(arguments[1]) == "text";
    if (count != 1 && !text) return 2;
    if (!net::harden_process().ok()) return 2;
    int result = 4;
    try {
        result = serve(text ? arguments[2] : nullptr);
    } catch (const std::exception&) {
        result = 4; // out of memory, or a library gave up: whoever asked sees that nothing came
    }
    ::_exit(result); // no clean-up: nothing here outlives the process
}
