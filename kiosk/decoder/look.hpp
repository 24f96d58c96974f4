// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/capture/jobs.hpp"
#include "kiosk/capture/readout.hpp"
#include "kiosk/decoder/gray_picture.hpp"

namespace kiosk::decoder {

/// The pixels of a job, grey: of a file, or as they came.
[[nodiscard]] forms::Result<GrayPicture, PictureFault> pixels_of(const JobPicture& picture);

/// Marks and the place of the sheet.
[[nodiscard]] Readout look_at(const GrayPicture& picture);

/// Everything the decoder does but text (page_text.hpp): one job, one answer.
[[nodiscard]] DecoderAnswer do_job(const Job& job);

} // namespace kiosk::decoder
