// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/jobs.hpp"

#include "kiosk/capture/frame_bytes.hpp"

namespace kiosk {
namespace {

constexpr std::uint8_t version = 1;
constexpr std::uint32_t most_side = 20000, most_dots = 1200;

std::span<const std::byte> put(FrameWriter& out, const JobPicture& picture) {
    if (const auto* const pixels = std::get_if<PixelsView>(&picture)) {
        out.number(1, 1);
        out.number(pixels->width, 4);
        out.number(pixels->height, 4);
        out.number(pixels->channels, 1);
        return pixels->bytes;
    }
    out.number(0, 1);
    return std::get<std::span<const std::byte>>(picture);
}

/// The last field of a job: its pixels reach to the end.
JobPicture take_picture(FrameReader& in) {
    if (in.up_to(1, 1) == 0) return in.rest();
    PixelsView pixels;
    pixels.width = in.up_to(4, most_side);
    pixels.height = in.up_to(4, most_side);
    pixels.channels = static_cast<std::uint8_t>(in.up_to(1, 3));
    if (pixels.channels != 1 && pixels.channels != 3) in.fail(AnswerFault::BadValue);
    pixels.bytes = in.rest();
    return pixels;
}

PageWish take_wish(FrameReader& in) {
    PageWish wish;
    wish.area = static_cast<PageArea>(in.up_to(1, 2));
    if (wish.area == PageArea::Corners) wish.corners = in.corners();
    wish.dots_per_inch = static_cast<std::uint16_t>(in.up_to(2, most_dots));
    wish.turns = static_cast<std::uint8_t>(in.up_to(1, 3));
    return wish;
}

struct Put {
    FrameWriter& out;
    std::span<const std::byte> operator()(const MarksJob& job) const { return put(out, job.picture); }
    std::span<const std::byte> operator()(const PageJob& job) const {
        out.number(static_cast<std::uint8_t>(job.wish.area), 1);
        if (job.wish.area == PageArea::Corners) out.corners(job.wish.corners);
        out.number(job.wish.dots_per_inch, 2);
        out.number(job.wish.turns, 1);
        return put(out, job.picture);
    }
    std::span<const std::byte> operator()(const TextJob& job) const {
        out.number(job.dots_per_inch, 2);
        return job.jpeg;
    }
    std::span<const std::byte> operator()(const CardFileJob& job) const { return job.file; }
};

} // namespace

JobFrame encode_job(const Job& job) {
    FrameWriter out;
    out.number(version, 1);
    out.number(job.index(), 1);
    const auto body = std::visit(Put{out}, job);
    return {out.framed(body.size()), body};
}

forms::Result<Job, JobFault> decode_job(std::span<const std::byte> frame) {
    FrameReader in(frame);
    if (in.number(1) != version && !in.fault()) return JobFault::WrongVersion;
    Job job;
    switch (in.up_to(1, std::variant_size_v<Job> - 1)) {
    case 0:
        job = MarksJob{take_picture(in)};
        break;
    case 1: {
        const PageWish wish = take_wish(in);
        job = PageJob{take_picture(in), wish};
        break;
    }
    case 2: {
        const auto dots = static_cast<std::uint16_t>(in.up_to(2, most_dots));
        job = TextJob{in.rest(), dots};
        break;
    }
    default:
        job = CardFileJob{in.rest()};
        if (in.rest().size() > most_card_file_bytes) in.fail(AnswerFault::BadValue);
        break;
    }
    if (in.fault()) return *in.fault() == AnswerFault::Truncated ? JobFault::Truncated : JobFault::BadValue;
    return job;
}

} // namespace kiosk
