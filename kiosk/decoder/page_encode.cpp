// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/decoder/page_encode.hpp"

#include "kiosk/capture/page.hpp"

#include <array>
#include <csetjmp>
#include <cstdio> // jpeglib.h needs FILE
#include <cstdlib>
#include <stdexcept>

#include <jpeglib.h>

namespace kiosk::decoder {
namespace {

struct Errors {
    jpeg_error_mgr manager;
    std::jmp_buf way_out;
};
[[noreturn]] void leave(j_common_ptr jpeg) { std::longjmp(reinterpret_cast<Errors*>(jpeg->err)->way_out, 1); }

struct Buffer {
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    Buffer() = default;
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;
    ~Buffer() { std::free(bytes); }
};

// The library leaves an error by longjmp: nothing with a destructor is made between setjmp and the end.
bool encode(const GrayPicture& page, int quality, Buffer& into) {
    Errors errors{};
    jpeg_compress_struct jpeg{};
    jpeg.err = jpeg_std_error(&errors.manager);
    errors.manager.error_exit = leave;
    if (setjmp(errors.way_out)) { // NOLINT(cert-err52-cpp)
        jpeg_destroy_compress(&jpeg);
        return false;
    }
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &into.bytes, &into.size);
    jpeg.image_width = static_cast<JDIMENSION>(page.width);
    jpeg.image_height = static_cast<JDIMENSION>(page.height);
    jpeg.input_components = 1;
    jpeg.in_color_space = JCS_GRAYSCALE;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, quality, TRUE);
    jpeg.write_JFIF_header = FALSE;
    jpeg.optimize_coding = TRUE;
    jpeg_start_compress(&jpeg, TRUE);
    while (jpeg.next_scanline < jpeg.image_height) {
        JSAMPROW row = const_cast<JSAMPROW>(page.row(static_cast<int>(jpeg.next_scanline)));
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    return true;
}

} // namespace

std::vector<std::byte> encoded_page(const GrayPicture& page) {
    constexpr double full_page = 1654.0 * 2339.0, most_for_full_page = 200'000;
    const double share = static_cast<double>(page.pixels.size()) / full_page;
    const auto most = static_cast<std::size_t>(most_for_full_page * std::max(share, 0.1));
    constexpr std::array qualities = {82, 70, 58, 46, 36, 26, 16, 8};
    std::vector<std::byte> best;
    for (const int quality : qualities) {
        Buffer buffer;
        if (!encode(page, quality, buffer)) throw std::runtime_error("jpeg");
        const auto* const begin = reinterpret_cast<const std::byte*>(buffer.bytes);
        best.assign(begin, begin + buffer.size);
        // Below this print suffers: a crowded page may then be larger.
        if (best.size() <= most || (quality <= 46 && best.size() <= 2 * most)) break;
    }
    return best;
}

} // namespace kiosk::decoder
