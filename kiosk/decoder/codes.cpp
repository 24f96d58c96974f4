// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/decoder/codes.hpp"

#include "kiosk/decoder/aztec.hpp"
#include "kiosk/decoder/regions.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

namespace kiosk::decoder {
namespace {

using ZXing::BarcodeFormat;

constexpr ZXing::BarcodeFormats linear_codes = BarcodeFormat::Code39 | BarcodeFormat::Code128;
constexpr ZXing::BarcodeFormats turning_matters = linear_codes | BarcodeFormat::PDF417;

// ZXing 1.4 looks for these only where the lines through the centre of a picture cross it: they need a cut-out.
constexpr ZXing::BarcodeFormats centred_codes =
    BarcodeFormat::DataMatrix | BarcodeFormat::Aztec | BarcodeFormat::QRCode;

/// What ZXing 1.4 reads in one of four ways up and not in another.
constexpr ZXing::BarcodeFormats way_up_matters =
    BarcodeFormat::DataMatrix | BarcodeFormat::QRCode | BarcodeFormat::PDF417;

constexpr int smallest_side = 16;
constexpr double largest_square = 1000; // px; larger ones are pages of print, or codes that the half-size picture shows

// Code 39 has no check sum: shorter ones are seen in rows of letters and in fences. The shortest one that anybody
// brings is a medicine sticker of 9 characters.
constexpr std::size_t shortest_code_39 = 6, shortest_code_128 = 4;
constexpr int fewest_lines = 3;

std::optional<Symbology> symbology_of(BarcodeFormat format) {
    switch (format) {
    case BarcodeFormat::Code39:
        return Symbology::Code39;
    case BarcodeFormat::Code128:
        return Symbology::Code128;
    case BarcodeFormat::QRCode:
        return Symbology::QrCode;
    case BarcodeFormat::DataMatrix:
        return Symbology::DataMatrix;
    case BarcodeFormat::PDF417:
        return Symbology::Pdf417;
    case BarcodeFormat::Aztec:
        return Symbology::Aztec;
    default:
        return std::nullopt;
    }
}

bool believable(const ZXing::Result& found) {
    if (!found.isValid() || found.readerInit()) return false; // a code that sets up readers is nobody's paper
    const std::size_t length = found.bytes().size();
    if (length == 0 || length > most_code_bytes) return false;
    if (found.format() == BarcodeFormat::Code39) return length >= shortest_code_39 && found.lineCount() >= fewest_lines;
    if (found.format() == BarcodeFormat::Code128)
        return length >= shortest_code_128 && found.lineCount() >= fewest_lines;
    return true;
}

/// ZXing 1.4 throws where an Aztec code's mistakes are too many for its own arithmetic: then nothing was read.
ZXing::Results read(const ZXing::ImageView& view, const ZXing::DecodeHints& hints) {
    try {
        return ZXing::ReadBarcodes(view, hints);
    } catch (const std::runtime_error&) {
        return {};
    }
}

enum class Turning { Not, Quarters };
/// What is looked into: a picture as it came; one of black and white; one of rows across bars, which stands for all of
/// their height.
enum class Drawn { AsItIs, Evened, Strips };

class Search {
public:
    /// `place` turns a point of `picture` into one of the whole picture.
    template <class Place>
    bool look(const GrayPicture& picture, ZXing::BarcodeFormats formats, Turning turning, Drawn drawn,
              const Place& place) {
        ZXing::DecodeHints hints;
        hints.setFormats(formats).setTryHarder(true).setTryRotate(turning == Turning::Quarters).setTryDownscale(false);
        if (drawn == Drawn::Evened) hints.setBinarizer(ZXing::Binarizer::FixedThreshold);
        hints.setMaxNumberOfSymbols(most_codes);
        const ZXing::ImageView view(picture.pixels.data(), picture.width, picture.height, ZXing::ImageFormat::Lum);
        bool any = false;
        for (const ZXing::Result& result : read(view, hints)) {
            const auto symbology = symbology_of(result.format());
            if (!symbology || !believable(result)) continue;
            CodeFound code;
            code.symbology = *symbology;
            code.bytes.assign(reinterpret_cast<const char*>(result.bytes().data()), result.bytes().size());
            for (std::size_t i = 0; i < code.corners.size(); ++i) {
                const auto corner = result.position()[i];
                const int y = drawn != Drawn::Strips ? corner.y : i < 2 ? 0 : picture.height;
                code.corners[i] = place(corner.x, y);
            }
            add(std::move(code));
            any = true;
        }
        return any;
    }
    /// A code that was found has its middle in the region.
    [[nodiscard]] bool has_one_in(const Region& region) const {
        return std::any_of(found_.begin(), found_.end(), [&](const CodeFound& code) {
            double x = 0, y = 0;
            for (const PicturePoint& corner : code.corners) {
                x += corner.x / 4.0;
                y += corner.y / 4.0;
            }
            x -= region.centre_x, y -= region.centre_y;
            const double a = x * region.along_x + y * region.along_y, b = -x * region.along_y + y * region.along_x;
            return std::abs(a) < region.length / 2 && std::abs(b) < region.height / 2;
        });
    }
    [[nodiscard]] bool empty() const { return found_.empty(); }
    [[nodiscard]] std::vector<CodeFound> take() { return std::move(found_); }

private:
    void add(CodeFound code) {
        for (const CodeFound& other : found_)
            if (other.symbology == code.symbology && other.bytes == code.bytes) return;
        if (found_.size() < most_codes) found_.push_back(std::move(code));
    }
    std::vector<CodeFound> found_;
};

PicturePoint rounded(double x, double y) {
    return {static_cast<std::int32_t>(std::lround(x)), static_cast<std::int32_t>(std::lround(y))};
}

/// Where rows are not quite across the bars, the ends of the bars are not met everywhere.
Region middle_of(Region region) {
    region.height *= 0.7;
    return region;
}

/// Rows of strips across the bars, which overlap: each the mean along the bars, light evened. Below them the same rows
/// sharpened, and sharpened more: what blur has taken from narrow bars.
constexpr double bars_step = 0.5; // bars of 2 px are read at 4
constexpr int strips = 12;
GrayPicture bars_of(const GrayPicture& full, const Region& region) {
    GrayPicture look = cut_out(full, region, bars_step, region.height / strips,
                               std::max(1, static_cast<int>(2.5 * region.height / strips)));
    even_light(look, 64, 1);
    GrayPicture bars(look.width, 3 * strips);
    for (int y = 0; y < strips; ++y) {
        const std::uint8_t* const row = look.row(y);
        for (int x = 0; x < look.width; ++x) {
            const auto sharpened = [&](int reach, int strength) {
                const int beside = row[std::max(x - reach, 0)] + row[std::min(x + reach, look.width - 1)];
                return static_cast<std::uint8_t>(std::clamp(row[x] + strength * (2 * row[x] - beside) / 2, 0, 255));
            };
            bars.row(y)[x] = row[x];
            bars.row(strips + y)[x] = sharpened(3, 1);
            bars.row(2 * strips + y)[x] = sharpened(4, 2);
        }
    }
    return bars;
}

/// Each pixel moved away from its neighbours: what blur has taken from small modules.
GrayPicture sharpened(const GrayPicture& picture) {
    constexpr int strength = 3;
    GrayPicture sharp = picture;
    for (int y = 1; y + 1 < picture.height; ++y)
        for (int x = 1; x + 1 < picture.width; ++x) {
            const int beside =
                picture.at(x - 1, y) + picture.at(x + 1, y) + picture.at(x, y - 1) + picture.at(x, y + 1);
            const int value = picture.at(x, y) + strength * (4 * picture.at(x, y) - beside) / 4;
            sharp.row(y)[x] = static_cast<std::uint8_t>(std::clamp(value, 0, 255));
        }
    return sharp;
}

} // namespace

std::vector<CodeFound> find_codes(const GrayPicture& full, const GrayPicture& half) {
    if (full.width < smallest_side || full.height < smallest_side) return {};
    Search search;
    const auto look_into = [&](const Region& region, const GrayPicture& picture, ZXing::BarcodeFormats formats,
                               Drawn drawn, Turning turning = Turning::Not) {
        const double step_x = region.length / picture.width, step_y = region.height / picture.height;
        return search.look(picture, formats, turning, drawn, [&](int x, int y) {
            double back_x = 0, back_y = 0;
            region.back(x, y, step_x, step_y, back_x, back_y);
            return rounded(back_x, back_y);
        });
    };
    const auto look_into_square = [&](Region region, bool blurred) {
        const double side = std::max(region.length, region.height), step = side > 500 ? 1.5 : side > 250 ? 1 : 0.5;
        const auto evened = [&] {
            GrayPicture look = cut_out(full, region, step, step, 1);
            if (blurred) look = sharpened(look);
            even_light(look, 20, 20);
            return look;
        };
        if (look_into(region, evened(), BarcodeFormat::DataMatrix | BarcodeFormat::QRCode, Drawn::Evened)) return;
        straighten_square(full, region);
        const GrayPicture look = evened();
        const auto grid = find_aztec(look);
        if (!grid) return;
        search.look(drawn_anew(look, *grid), BarcodeFormat::Aztec, Turning::Not, Drawn::AsItIs, [&](int x, int y) {
            const auto module = [&](int px) { return (px - drawn_margin) / double{drawn_module} - grid->reach - 0.5; };
            double look_x = 0, look_y = 0, back_x = 0, back_y = 0;
            grid->at(module(x), module(y), look_x, look_y);
            region.back(look_x, look_y, step, step, back_x, back_y);
            return rounded(back_x, back_y);
        });
    };
    const auto look_into_bars = [&](Region region) {
        straighten_bars(full, region);
        if (look_into(middle_of(region), bars_of(full, middle_of(region)), linear_codes, Drawn::Strips)) return;
        if (region.height > 48) {
            constexpr double step = 0.7;
            GrayPicture look = cut_out(full, region, step, step, 1);
            even_light(look, 32, 32);
            look_into(region, look, BarcodeFormat::PDF417, Drawn::Evened);
        }
    };
    // Where nothing was found: ZXing with all its patience, and as found, because straightening errs as well.
    const auto look_closer = [&](const Region& region, ZXing::BarcodeFormats formats) {
        const double side = std::max(region.length, region.height), step = side > 500 ? 1.5 : side > 250 ? 1 : 0.5;
        const GrayPicture plain = cut_out(full, region, step, step, 1);
        if (look_into(region, plain, formats, Drawn::AsItIs, Turning::Quarters)) return;
        GrayPicture sharp = sharpened(plain);
        even_light(sharp, 20, 20);
        look_into(region, sharp, formats, Drawn::Evened, Turning::Quarters);
    };
    const Regions regions = find_regions(half);
    for (const Region& region : regions.bars)
        look_into_bars(region);
    if (search.empty())
        search.look(half, centred_codes, Turning::Not, Drawn::AsItIs, [](int x, int y) {
            return PicturePoint{2 * x, 2 * y};
        });
    for (const Region& region : regions.squares)
        if (std::max(region.length, region.height) < largest_square && !search.has_one_in(region))
            look_into_square(region, false);
    if (!search.empty()) return search.take();
    search.look(half, turning_matters, Turning::Quarters, Drawn::AsItIs, [](int x, int y) {
        return PicturePoint{2 * x, 2 * y};
    });
    constexpr std::size_t most_closer = 4; // of each kind
    std::vector<Region> seen;
    const auto is_new = [&](const Region& region) {
        if (std::any_of(seen.begin(), seen.end(), [&](const Region& one) { return nearly_the_same(one, region); }))
            return false;
        seen.push_back(region);
        return true;
    };
    for (const float least : {0.0f, 0.1f, 0.25f}) {
        if (!search.empty()) return search.take();
        Regions again = least > 0 ? find_regions(half, least) : regions;
        again.bars.resize(std::min(again.bars.size(), most_closer));
        again.squares.resize(std::min(again.squares.size(), most_closer));
        for (const Region& region : again.bars) {
            if (!search.empty() || !is_new(region)) continue;
            if (least > 0) look_into_bars(region);
            if (search.empty() && region.height > 48) look_closer(region, BarcodeFormat::PDF417);
        }
        for (const Region& region : again.squares) {
            if (!search.empty() || std::max(region.length, region.height) >= largest_square || !is_new(region))
                continue;
            look_closer(region, way_up_matters);
            if (search.empty()) look_into_square(region, true);
        }
    }
    if (search.empty())
        search.look(full, turning_matters | BarcodeFormat::QRCode, Turning::Quarters, Drawn::AsItIs, [](int x, int y) {
            return PicturePoint{x, y};
        });
    return search.take();
}

} // namespace kiosk::decoder
