// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/devices/film_source.hpp"

#include "net/runtime/whole_file.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

namespace kiosk {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr milliseconds shown_for{100};
constexpr std::size_t most_shots = 10'000;
constexpr std::size_t most_map_bytes = 150'000'000 + 64; // 50 megapixels in three colours

bool is_picture(const fs::path& file) {
    const std::string end = file.extension().string();
    return end == ".png" || end == ".jpg" || end == ".jpeg" || end == ".pgm" || end == ".ppm" || end == ".pnm";
}

/// One number of the header; comments and blanks before it are passed over.
std::optional<std::uint32_t> header_number(std::string_view& rest) {
    for (;;) {
        while (!rest.empty() && (rest.front() == ' ' || (rest.front() >= '\t' && rest.front() <= '\r')))
            rest.remove_prefix(1);
        if (rest.empty() || rest.front() != '#') break;
        rest.remove_prefix(std::min(rest.size(), rest.find('\n')));
    }
    std::uint32_t value = 0;
    const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), value);
    if (read.ec != std::errc{}) return std::nullopt;
    rest.remove_prefix(static_cast<std::size_t>(read.ptr - rest.data()));
    return value;
}

} // namespace

std::optional<Pixels> read_portable_map(std::span<const std::byte> file) {
    std::string_view rest(reinterpret_cast<const char*>(file.data()), file.size());
    Pixels pixels;
    if (rest.starts_with("P5"))
        pixels.channels = 1;
    else if (rest.starts_with("P6"))
        pixels.channels = 3;
    else
        return std::nullopt;
    rest.remove_prefix(2);
    const auto width = header_number(rest), height = header_number(rest), brightest = header_number(rest);
    if (!width || !height || !brightest || *brightest != 255 || rest.empty()) return std::nullopt;
    rest.remove_prefix(1); // one blank, then the pixels
    if (*width == 0 || *height == 0 || *width > 20'000 || *height > 20'000) return std::nullopt;
    if (std::uint64_t{*width} * *height > 50'000'000) return std::nullopt;
    const std::size_t size = std::size_t{*width} * *height * pixels.channels;
    if (rest.size() < size) return std::nullopt;
    pixels.width = *width;
    pixels.height = *height;
    pixels.bytes.assign(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(size));
    return pixels;
}

FilmSource::FilmSource(fs::path path) : path_(std::move(path)) {}

bool FilmSource::present() const {
    std::error_code fault;
    return fs::exists(path_, fault);
}

forms::Result<forms::Done, DeviceState> FilmSource::open(FrameUse) {
    if (!shots_.empty()) return forms::Done{}; // every shot is as large as it is
    std::error_code fault;
    if (fs::is_directory(path_, fault)) {
        for (fs::directory_iterator at(path_, fault), end; !fault && at != end && shots_.size() < most_shots;
             at.increment(fault))
            if (is_picture(at->path())) shots_.push_back({at->path(), {}});
    } else if (fs::exists(path_, fault)) {
        shots_.push_back({path_, {}});
    }
    if (shots_.empty()) return DeviceState::Absent;
    std::sort(shots_.begin(), shots_.end(), [](const Shot& a, const Shot& b) { return a.file < b.file; });
    milliseconds last = -shown_for;
    for (Shot& shot : shots_) {
        const std::string name = shot.file.filename().string();
        std::int64_t at = 0;
        const auto read = std::from_chars(name.data(), name.data() + name.size(), at);
        const bool told = read.ec == std::errc{} && *read.ptr == '-' && at >= last.count() && at < 86'400'000;
        shot.at = told ? milliseconds(at) : last + shown_for;
        last = shot.at;
    }
    next_ = 0;
    first_ = true;
    return forms::Done{};
}

void FilmSource::close() { shots_.clear(); }

FrameSource::Wait FilmSource::next_frame() const {
    if (first_ || shots_.empty()) return {.descriptor = -1, .pause = milliseconds(0)};
    return {.descriptor = -1, .pause = next_ == 0 ? shown_for : shots_[next_].at - shots_[next_ - 1].at};
}

forms::Result<Frame, DeviceState> FilmSource::take() {
    if (shots_.empty()) return DeviceState::Absent;
    const fs::path file = shots_[next_].file;
    next_ = (next_ + 1) % shots_.size();
    first_ = false;
    std::error_code fault;
    const fs::path behind = fs::canonical(file, fault); // a link may lead elsewhere the next moment
    if (fault) {
        close();
        const bool gone = fault == std::errc::no_such_file_or_directory; // taken away, as a camera is unplugged
        return gone ? DeviceState::Absent : DeviceState::Failed;
    }
    const auto size = fs::file_size(behind, fault); // room for what there is, not for the largest there may be
    const auto bytes = fault || size > most_map_bytes ? std::nullopt : net::read_small_file(behind, size);
    if (!bytes) {
        close();
        return DeviceState::Failed;
    }
    const auto raw = std::as_bytes(std::span(*bytes));
    Frame frame;
    if (auto pixels = read_portable_map(raw))
        frame.picture = std::make_shared<const Pixels>(*std::move(pixels));
    else
        frame.file = std::make_shared<const PictureFile>(raw.begin(), raw.end());
    return frame;
}

} // namespace kiosk
