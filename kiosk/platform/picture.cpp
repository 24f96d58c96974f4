// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/platform/display.hpp"

#include <cerrno>
#include <fcntl.h>
#include <stb/stb_image_write.h>
#include <unistd.h>

namespace kiosk {
namespace {

void append(void* context, void* data, int size) {
    auto& bytes = *static_cast<std::vector<char>*>(context);
    const char* first = static_cast<const char*>(data);
    bytes.insert(bytes.end(), first, first + size);
}

bool write_all(int file, const std::vector<char>& bytes) {
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t written = ::write(file, bytes.data() + done, bytes.size() - done);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        done += static_cast<std::size_t>(written);
    }
    return true;
}

} // namespace

forms::Result<forms::Done, PictureError> save_png(const Picture24& picture, const std::filesystem::path& path) {
    // Screens are flat areas: rows as they are and a short search pack them smaller than the library's own choice, in
    // half its time.
    stbi_write_png_compression_level = 5;
    stbi_write_force_png_filter = 0;
    std::vector<char> png;
    const auto [width, height] = picture.size;
    if (picture.pixels.size() != static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3 ||
        stbi_write_png_to_func(append, &png, width, height, 3, picture.pixels.data(), width * 3) == 0)
        return PictureError::NotWritten;
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0) return PictureError::NotWritten;
    const bool written = write_all(file, png);
    const bool closed = ::close(file) == 0;
    if (!written || !closed) return PictureError::NotWritten;
    return forms::Done{};
}

} // namespace kiosk
