// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/decoder/look.hpp"

#include "kiosk/decoder/codes.hpp"
#include "kiosk/decoder/mrz_read.hpp"
#include "kiosk/decoder/page_job.hpp"
#include "kiosk/decoder/page_judge.hpp"
#include "kiosk/decoder/pixels.hpp"

namespace kiosk::decoder {
namespace {

struct Do {
    DecoderAnswer operator()(const MarksJob& job) const {
        const auto picture = pixels_of(job.picture);
        if (!picture.ok()) return picture.error();
        return look_at(picture.value());
    }
    DecoderAnswer operator()(const PageJob& job) const {
        const auto picture = pixels_of(job.picture);
        if (!picture.ok()) return picture.error();
        auto page = make_page(picture.value(), job.wish);
        if (!page.ok()) return page.error();
        return std::move(page).value();
    }
    DecoderAnswer operator()(const TextJob&) const { return PictureFault::WrongJob; }
    DecoderAnswer operator()(const CardFileJob& job) const {
        auto file = read_card_file(job.file);
        if (!file.ok()) return PictureFault::BadCardFile;
        return std::move(file).value();
    }
};

} // namespace

forms::Result<GrayPicture, PictureFault> pixels_of(const JobPicture& picture) {
    if (const auto* const pixels = std::get_if<PixelsView>(&picture)) return gray_of(*pixels);
    return decode_picture(std::get<std::span<const std::byte>>(picture));
}

Readout look_at(const GrayPicture& full) {
    const GrayPicture half = half_size(full);
    Readout readout;
    readout.width = static_cast<std::uint32_t>(full.width);
    readout.height = static_cast<std::uint32_t>(full.height);
    readout.codes = find_codes(full, half);
    readout.mrz = read_mrz_of(full, half);
    readout.page = judge_page(full, find_page(full));
    return readout;
}

DecoderAnswer do_job(const Job& job) { return std::visit(Do{}, job); }

} // namespace kiosk::decoder
