// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/decoder/pixels.hpp"

#include "kiosk/decoder/picture_header.hpp"

#include <algorithm>
#include <csetjmp>
#include <cstdio> // jpeglib.h needs FILE

#include <jpeglib.h>
#include <png.h>

namespace kiosk::decoder {
namespace {

using Bytes = std::span<const std::byte>;

// Both libraries leave an error by longjmp. What lives across it is made before setjmp and has no destructor between
// the two, so nothing is skipped.

struct PngSource {
    Bytes left;
};

void feed_png(png_structp png, png_bytep to, std::size_t count) {
    auto* const source = static_cast<PngSource*>(png_get_io_ptr(png));
    if (count > source->left.size()) png_error(png, "end");
    std::copy_n(reinterpret_cast<const png_byte*>(source->left.data()), count, to);
    source->left = source->left.subspan(count);
}

void be_silent(png_structp, png_const_charp) {}
[[noreturn]] void leave_png(png_structp png, png_const_charp) { png_longjmp(png, 1); }

bool decode_png(Bytes bytes, GrayPicture& into) {
    PngSource source{bytes};
    std::vector<png_bytep> rows(static_cast<std::size_t>(into.height));
    for (int y = 0; y < into.height; ++y)
        rows[static_cast<std::size_t>(y)] = into.row(y);
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, leave_png, be_silent);
    png_infop info = png ? png_create_info_struct(png) : nullptr;
    if (!info) {
        png_destroy_read_struct(&png, nullptr, nullptr);
        return false;
    }
    if (setjmp(png_jmpbuf(png))) { // NOLINT(cert-err52-cpp): the library's only way out
        png_destroy_read_struct(&png, &info, nullptr);
        return false;
    }
    png_set_read_fn(png, &source, feed_png);
    png_set_user_limits(png, 20000, 20000);
    png_set_chunk_malloc_max(png, 4u << 20);
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, nullptr, -1);
    png_read_info(png, info);
    png_set_expand(png);
    png_set_strip_16(png);
    png_set_rgb_to_gray(png, PNG_ERROR_ACTION_NONE, PNG_RGB_TO_GRAY_DEFAULT, PNG_RGB_TO_GRAY_DEFAULT);
    png_color_16 white{};
    white.red = white.green = white.blue = white.gray = 255;
    png_set_background_fixed(png, &white, PNG_BACKGROUND_GAMMA_SCREEN, 0, 0);
    (void)png_set_interlace_handling(png);
    png_read_update_info(png, info);
    if (png_get_rowbytes(png, info) != static_cast<std::size_t>(into.width)) png_error(png, "not grey");
    png_read_image(png, rows.data());
    png_read_end(png, nullptr);
    png_destroy_read_struct(&png, &info, nullptr);
    return true;
}

struct JpegErrors {
    jpeg_error_mgr manager;
    std::jmp_buf way_out;
};

[[noreturn]] void leave_jpeg(j_common_ptr jpeg) { std::longjmp(reinterpret_cast<JpegErrors*>(jpeg->err)->way_out, 1); }
/// Level -1 is a warning: something is missing or damaged, and the library would fill it with grey.
void leave_at_a_warning(j_common_ptr jpeg, int level) {
    if (level < 0) leave_jpeg(jpeg);
}

bool decode_jpeg(Bytes bytes, GrayPicture& into) {
    JpegErrors errors{};
    jpeg_decompress_struct jpeg{};
    jpeg.err = jpeg_std_error(&errors.manager);
    errors.manager.error_exit = leave_jpeg;
    errors.manager.emit_message = leave_at_a_warning;
    if (setjmp(errors.way_out)) { // NOLINT(cert-err52-cpp)
        jpeg_destroy_decompress(&jpeg);
        return false;
    }
    jpeg_create_decompress(&jpeg);
    jpeg.mem->max_memory_to_use = 300l << 20;
    jpeg_mem_src(&jpeg, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    jpeg_read_header(&jpeg, TRUE);
    jpeg.out_color_space = JCS_GRAYSCALE;
    jpeg.dct_method = JDCT_ISLOW;
    jpeg_start_decompress(&jpeg);
    if (jpeg.output_width != static_cast<unsigned>(into.width) ||
        jpeg.output_height != static_cast<unsigned>(into.height) || jpeg.output_components != 1)
        leave_jpeg(reinterpret_cast<j_common_ptr>(&jpeg));
    while (jpeg.output_scanline < jpeg.output_height) {
        JSAMPROW row = into.row(static_cast<int>(jpeg.output_scanline));
        jpeg_read_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_decompress(&jpeg);
    jpeg_destroy_decompress(&jpeg);
    return true;
}

} // namespace

forms::Result<GrayPicture, PictureFault> decode_picture(Bytes bytes) {
    const auto header = read_picture_header(bytes);
    if (!header.ok()) return header.error();
    GrayPicture picture(static_cast<int>(header.value().width), static_cast<int>(header.value().height));
    const bool done =
        header.value().type == PictureType::Png ? decode_png(bytes, picture) : decode_jpeg(bytes, picture);
    if (!done) return PictureFault::BadPixels;
    return picture;
}

forms::Result<GrayPicture, PictureFault> gray_of(const PixelsView& pixels) {
    if (const auto fault = beyond_limits(pixels.width, pixels.height)) return *fault;
    const std::size_t count = static_cast<std::size_t>(pixels.width) * pixels.height;
    if ((pixels.channels != 1 && pixels.channels != 3) || pixels.bytes.size() != count * pixels.channels)
        return PictureFault::WrongSize;
    GrayPicture picture(static_cast<int>(pixels.width), static_cast<int>(pixels.height));
    const auto* const from = reinterpret_cast<const std::uint8_t*>(pixels.bytes.data());
    if (pixels.channels == 1) {
        std::copy_n(from, count, picture.pixels.begin());
    } else {
        for (std::size_t i = 0; i < count; ++i) // ITU-R BT.601, as the JPEG of a camera would have it
            picture.pixels[i] = static_cast<std::uint8_t>(
                (77u * from[3 * i] + 150u * from[3 * i + 1] + 29u * from[3 * i + 2] + 128u) / 256u);
    }
    return picture;
}

} // namespace kiosk::decoder
