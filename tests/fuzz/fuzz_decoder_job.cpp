// SPDX-License-Identifier: EUPL-1.2
// Whoever talks to a decoder may ask anything: it is refused, or it is a job that comes back the same; pixels that are
// not as many as they say are never read, and corners from anywhere give a page or a refusal.
#include "kiosk/capture/jobs.hpp"
#include "kiosk/decoder/look.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include <opencv2/core.hpp>

namespace {

/// Small enough for thousands of tries a second.
bool is_small(const kiosk::JobPicture& picture) {
    const auto* const pixels = std::get_if<kiosk::PixelsView>(&picture);
    return pixels && std::uint64_t{pixels->width} * pixels->height <= 10'000;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    cv::setNumThreads(0);
    const std::span frame(reinterpret_cast<const std::byte*>(bytes), size);
    const auto job = kiosk::decode_job(frame);
    if (!job.ok()) return 0;
    const kiosk::JobFrame again = kiosk::encode_job(job.value());
    if (again.head.size() + again.body.size() != size + 4 ||
        !std::equal(again.head.begin() + 4, again.head.end(), frame.begin()) ||
        !std::equal(again.body.begin(), again.body.end(), frame.end() - static_cast<std::ptrdiff_t>(again.body.size())))
        std::abort();
    if (const auto* const page = std::get_if<kiosk::PageJob>(&job.value()); page && is_small(page->picture)) {
        const auto answer = kiosk::encode_answer(kiosk::decoder::do_job(job.value()));
        if (!kiosk::decode_answer(std::span(answer).subspan(4)).ok()) std::abort(); // its own answers are right
    } else if (const auto* const marks = std::get_if<kiosk::MarksJob>(&job.value());
               marks && is_small(marks->picture)) {
        (void)kiosk::decoder::pixels_of(marks->picture);
    }
    return 0;
}
