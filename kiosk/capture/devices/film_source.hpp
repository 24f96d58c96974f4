// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/capture/devices/frame_source.hpp"

#include <filesystem>
#include <vector>

namespace kiosk {

/// A picture file, shown for ever; or a folder of them, played in the order of their names, from the beginning again at its
/// end. A name may begin with the moment it is shown at, in milliseconds from the first: "000000-….png", "000100-….png";
/// without, each is shown for 100 ms. PNG and JPEG travel as bytes; PGM and PPM, which need no decoding, as pixels.
/// For demonstrations and tests: the files are the technician's own.
class FilmSource final : public FrameSource {
public:
    explicit FilmSource(std::filesystem::path path);

    [[nodiscard]] bool present() const override;
    [[nodiscard]] forms::Result<forms::Done, DeviceState> open(FrameUse use) override;
    void close() override;
    [[nodiscard]] Wait next_frame() const override;
    [[nodiscard]] forms::Result<Frame, DeviceState> take() override;

private:
    struct Shot {
        std::filesystem::path file;
        std::chrono::milliseconds at{0};
    };
    const std::filesystem::path path_;
    std::vector<Shot> shots_; ///< empty: closed
    std::size_t next_ = 0;
    bool first_ = true;
};

/// PGM or PPM, raw (P5, P6), 8 bits, within the limits of a picture; nothing: it is something else or damaged.
[[nodiscard]] std::optional<Pixels> read_portable_map(std::span<const std::byte> file);

} // namespace kiosk
