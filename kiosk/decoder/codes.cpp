// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/decoder/codes.hpp"

#include "kiosk/decoder/regions.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

namespace kiosk::decoder {
namespace {

using ZXing::BarcodeFormat;

constexpr ZXing::BarcodeFormats linear_codes = BarcodeFormat::Code39 | BarcodeFormat::Code128;
constexpr ZXing::BarcodeFormats turning_matters = linear_codes | BarcodeFormat::PDF417;
constexpr ZXing::BarcodeFormats all_codes =
    turning_matters | BarcodeFormat::QRCode | BarcodeFormat::DataMatrix | BarcodeFormat::Aztec;

// ZXing 1.4 looks for these only where the lines through the centre of a picture cross it: they need a cut-out.
constexpr ZXing::BarcodeFormats centred_codes =
    BarcodeFormat::DataMatrix | BarcodeFormat::Aztec | BarcodeFormat::QRCode;

constexpr int smallest_side = 16;
constexpr double largest_grain = 1000; // px; larger ones are pages of print, or codes that the half-size picture shows

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

enum class Turning { Not, Quarters };

class Search {
public:
    /// `place` turns a point of `picture` into one of the whole picture.
    template <class Place>
    void look(const GrayPicture& picture, ZXing::BarcodeFormats formats, Turning turning, const Place& place) {
        ZXing::DecodeHints hints;
        hints.setFormats(formats).setTryHarder(true).setTryRotate(turning == Turning::Quarters).setTryDownscale(false);
        hints.setMaxNumberOfSymbols(most_codes);
        const ZXing::ImageView view(picture.pixels.data(), picture.width, picture.height, ZXing::ImageFormat::Lum);
        for (const ZXing::Result& result : ZXing::ReadBarcodes(view, hints)) {
            const auto symbology = symbology_of(result.format());
            if (!symbology || !believable(result)) continue;
            CodeFound code;
            code.symbology = *symbology;
            code.bytes.assign(reinterpret_cast<const char*>(result.bytes().data()), result.bytes().size());
            for (std::size_t i = 0; i < code.corners.size(); ++i) {
                const auto corner = result.position()[i];
                code.corners[i] = place(corner.x, corner.y);
            }
            add(std::move(code));
        }
    }
    [[nodiscard]] bool has(Symbology symbology) const {
        return std::any_of(found_.begin(), found_.end(),
                           [&](const CodeFound& code) { return code.symbology == symbology; });
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

} // namespace

std::vector<CodeFound> find_codes(const GrayPicture& full, const GrayPicture& half) {
    if (full.width < smallest_side || full.height < smallest_side) return {};
    Search search;
    search.look(half, all_codes, Turning::Quarters, [](int x, int y) { return PicturePoint{2 * x, 2 * y}; });

    const Regions regions = find_regions(half);
    const auto look_into = [&](const Region& region, ZXing::BarcodeFormats formats, double step_x, double step_y,
                               int rows) {
        search.look(cut_out(full, region, step_x, step_y, rows), formats, Turning::Not, [&](int x, int y) {
            double back_x = 0, back_y = 0;
            region.back(x, y, step_x, step_y, back_x, back_y);
            return rounded(back_x, back_y);
        });
    };
    for (Region region : regions.bars) {
        straighten(full, region);
        // Twice as wide as it is, because bars of 1.5 px are read at 3; a third as tall, because nothing is lost by it.
        look_into(region, linear_codes, 0.5, 3, 5);
        if (region.height > 64) look_into(region, BarcodeFormat::PDF417, 1, 1, 1);
    }
    for (const Region& region : regions.grains) {
        const double side = std::max(region.length, region.height);
        if (side > largest_grain) continue;
        const double step = side > 500 ? 2 : 1;
        look_into(region, centred_codes, step, step, 1);
    }
    if (!search.empty()) return search.take();
    search.look(full, turning_matters | BarcodeFormat::QRCode, Turning::Quarters, [](int x, int y) {
        return PicturePoint{x, y};
    });
    return search.take();
}

} // namespace kiosk::decoder
