// SPDX-License-Identifier: EUPL-1.2
#include "tests/kiosk/capture/paint.hpp"

#include <cstdio>
#include <cstdlib>

#include <jpeglib.h>
#include <png.h>

namespace tests {
namespace {

std::vector<std::byte> as_jpeg(const GrayPicture& picture, int quality) {
    jpeg_compress_struct jpeg{};
    jpeg_error_mgr errors{};
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    unsigned char* buffer = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&jpeg, &buffer, &size);
    jpeg.image_width = static_cast<JDIMENSION>(picture.width);
    jpeg.image_height = static_cast<JDIMENSION>(picture.height);
    jpeg.input_components = 1;
    jpeg.in_color_space = JCS_GRAYSCALE;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, quality, TRUE);
    jpeg_start_compress(&jpeg, TRUE);
    while (jpeg.next_scanline < jpeg.image_height) {
        JSAMPROW row = const_cast<JSAMPROW>(picture.row(static_cast<int>(jpeg.next_scanline)));
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    const auto* const begin = reinterpret_cast<const std::byte*>(buffer);
    std::vector<std::byte> bytes(begin, begin + size);
    std::free(buffer);
    return bytes;
}

std::vector<std::byte> as_png(const GrayPicture& picture) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(picture.width);
    image.height = static_cast<png_uint_32>(picture.height);
    image.format = PNG_FORMAT_GRAY;
    image.flags = PNG_IMAGE_FLAG_FAST;
    png_alloc_size_t size = 0;
    if (!png_image_write_to_memory(&image, nullptr, &size, 0, picture.pixels.data(), 0, nullptr)) std::abort();
    std::vector<std::byte> bytes(size);
    if (!png_image_write_to_memory(&image, bytes.data(), &size, 0, picture.pixels.data(), 0, nullptr)) std::abort();
    bytes.resize(size);
    return bytes;
}

} // namespace

std::vector<std::byte> as_file(const GrayPicture& picture, int jpeg_quality) {
    return jpeg_quality > 0 ? as_jpeg(picture, jpeg_quality) : as_png(picture);
}

} // namespace tests
