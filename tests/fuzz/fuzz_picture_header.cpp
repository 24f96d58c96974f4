// SPDX-License-Identifier: EUPL-1.2
// Headers of pictures: refused, or within the limits; and small ones are decoded whole, or refused.
#include "kiosk/decoder/picture_header.hpp"
#include "kiosk/decoder/pixels.hpp"

#include <cstdint>
#include <cstdlib>

namespace {
void must(bool promise) {
    if (!promise) std::abort();
}
} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::span picture(reinterpret_cast<const std::byte*>(bytes), size);
    const auto header = kiosk::decoder::read_picture_header(picture);
    if (!header.ok()) return 0;
    const auto& read = header.value();
    must(read.width > 0 && read.height > 0 && read.width <= 20000 && read.height <= 20000 && read.scans <= 100);
    must(std::uint64_t{read.width} * read.height <= 50'000'000);
    if (std::uint64_t{read.width} * read.height > 100'000) return 0; // the fuzzer has better to do
    if (const auto decoded = kiosk::decoder::decode_picture(picture); decoded.ok())
        must(decoded.value().pixels.size() == std::size_t{read.width} * read.height);
    return 0;
}
