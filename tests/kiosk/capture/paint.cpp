// SPDX-License-Identifier: EUPL-1.2
#include "tests/kiosk/capture/paint.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>

#define ZX_USE_UTF8 1
#include <ZXing/BitMatrix.h>
#include <ZXing/CharacterSet.h>
#include <ZXing/MultiFormatWriter.h>
#include <ZXing/TextUtfEncoding.h>
#include <ft2build.h>
#include FT_FREETYPE_H

namespace tests {
namespace {

class Face {
public:
    explicit Face(const char* file) {
        if (FT_Init_FreeType(&library_) != 0 || FT_New_Face(library_, file, 0, &face_) != 0) std::abort();
    }
    /// Coverage is added to `onto` as ink.
    void letter(GrayPicture& onto, char32_t what, double left, double baseline, double size, int ink) {
        FT_Set_Char_Size(face_, 0, static_cast<FT_F26Dot6>(size * 64), 72, 72);
        FT_Vector shift{static_cast<FT_Pos>((left - std::floor(left)) * 64),
                        static_cast<FT_Pos>((std::ceil(baseline) - baseline) * 64)};
        FT_Set_Transform(face_, nullptr, &shift);
        if (FT_Load_Char(face_, what, FT_LOAD_RENDER | FT_LOAD_NO_HINTING) != 0) std::abort();
        const FT_GlyphSlot slot = face_->glyph;
        const int x0 = static_cast<int>(std::floor(left)) + slot->bitmap_left;
        const int y0 = static_cast<int>(std::ceil(baseline)) - slot->bitmap_top;
        for (unsigned y = 0; y < slot->bitmap.rows; ++y)
            for (unsigned x = 0; x < slot->bitmap.width; ++x) {
                const int px = x0 + static_cast<int>(x), py = y0 + static_cast<int>(y);
                if (px < 0 || py < 0 || px >= onto.width || py >= onto.height) continue;
                const int cover = slot->bitmap.buffer[y * static_cast<unsigned>(slot->bitmap.pitch) + x];
                std::uint8_t& pixel = onto.row(py)[px];
                pixel = static_cast<std::uint8_t>(pixel + (std::min<int>(ink, pixel) - pixel) * cover / 255);
            }
        advance_ = static_cast<double>(slot->linearHoriAdvance) / 65536;
    }
    [[nodiscard]] double advance() const { return advance_; } ///< px, of the last letter

private:
    FT_Library library_ = nullptr;
    FT_Face face_ = nullptr;
    double advance_ = 0;
};

Face& ocr_b() {
    static Face face("/usr/share/fonts/opentype/ocr-b/OCRB.otf");
    return face;
}
Face& print() {
    static Face face("/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf");
    return face;
}

std::uint8_t clamped(double value) { return static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0)); }

} // namespace

/// Gauss with pivots on the eight equations.
Homography homography(const Corners& from, const Corners& to) {
    std::array<std::array<double, 9>, 8> m{};
    for (std::size_t i = 0; i < 4; ++i) {
        const auto [x, y] = from[i];
        const auto [u, v] = to[i];
        m[2 * i] = {x, y, 1, 0, 0, 0, -u * x, -u * y, u};
        m[2 * i + 1] = {0, 0, 0, x, y, 1, -v * x, -v * y, v};
    }
    for (std::size_t c = 0; c < 8; ++c) {
        std::size_t best = c;
        for (std::size_t r = c; r < 8; ++r)
            if (std::abs(m[r][c]) > std::abs(m[best][c])) best = r;
        std::swap(m[c], m[best]);
        for (std::size_t r = 0; r < 8; ++r) {
            if (r == c) continue;
            const double f = m[r][c] / m[c][c];
            for (std::size_t k = c; k < 9; ++k)
                m[r][k] -= f * m[c][k];
        }
    }
    Homography h{};
    for (std::size_t i = 0; i < 8; ++i)
        h[i] = m[i][8] / m[i][i];
    return h;
}

/// Separable Gauss.
GrayPicture blurred(const GrayPicture& from, double sigma) {
    if (sigma < 0.2) return from;
    const int reach = std::max(1, static_cast<int>(std::ceil(3 * sigma)));
    std::vector<float> weights;
    float sum = 0;
    for (int i = -reach; i <= reach; ++i) {
        weights.push_back(static_cast<float>(std::exp(-i * i / (2 * sigma * sigma))));
        sum += weights.back();
    }
    for (float& weight : weights)
        weight /= sum;
    GrayPicture across(from.width, from.height), to(from.width, from.height);
    for (int y = 0; y < from.height; ++y)
        for (int x = 0; x < from.width; ++x) {
            float value = 0;
            for (int i = -reach; i <= reach; ++i)
                value +=
                    weights[static_cast<std::size_t>(i + reach)] * from.row(y)[std::clamp(x + i, 0, from.width - 1)];
            across.row(y)[x] = static_cast<std::uint8_t>(value + 0.5f);
        }
    for (int y = 0; y < from.height; ++y)
        for (int x = 0; x < from.width; ++x) {
            float value = 0;
            for (int i = -reach; i <= reach; ++i)
                value +=
                    weights[static_cast<std::size_t>(i + reach)] * across.row(std::clamp(y + i, 0, from.height - 1))[x];
            to.row(y)[x] = static_cast<std::uint8_t>(value + 0.5f);
        }
    return to;
}

GrayPicture drawn_code(kiosk::Symbology symbology, std::string_view bytes, int module) {
    using ZXing::BarcodeFormat;
    constexpr std::array formats = {BarcodeFormat::Code39,     BarcodeFormat::Code128, BarcodeFormat::QRCode,
                                    BarcodeFormat::DataMatrix, BarcodeFormat::PDF417,  BarcodeFormat::Aztec};
    const BarcodeFormat format = formats[static_cast<std::size_t>(symbology)];
    const bool linear = symbology == kiosk::Symbology::Code39 || symbology == kiosk::Symbology::Code128;
    ZXing::MultiFormatWriter writer(format);
    writer.setMargin(0);
    if (!linear) writer.setEncoding(ZXing::CharacterSet::UTF8);
    const auto matrix = writer.encode(ZXing::TextUtfEncoding::FromUtf8(std::string(bytes)), 0, linear ? 1 : 0);
    const int margin = linear ? 10 * module : 4 * module;
    const int tall = linear ? std::max(24 * module, matrix.width() * module / 8) : matrix.height() * module;
    GrayPicture picture(matrix.width() * module + 2 * margin, tall + 2 * margin, 250);
    for (int y = 0; y < tall; ++y)
        for (int x = 0; x < matrix.width() * module; ++x)
            if (matrix.get(x / module, linear ? 0 : y / module)) picture.row(y + margin)[x + margin] = 20;
    return picture;
}

void draw_ocr_b(GrayPicture& onto, std::string_view text, double left, double baseline, double pitch, int ink) {
    // OCR-B size 1 has 10 letters an inch; the font's letters are 0.6 (this one 0.72) of its size wide.
    static const double width_of_one = [] {
        GrayPicture nothing(1, 1);
        ocr_b().letter(nothing, U'0', 0, 0, 100, 0);
        return ocr_b().advance() / 100;
    }();
    for (const char c : text) {
        ocr_b().letter(onto, static_cast<unsigned char>(c), left, baseline, pitch / width_of_one, ink);
        left += pitch;
    }
}

void draw_print(GrayPicture& onto, std::string_view text, int left, int baseline, int size, int ink) {
    double at = left;
    for (const char c : text) {
        print().letter(onto, static_cast<unsigned char>(c), at, baseline, size, ink);
        at += print().advance();
    }
}

void draw_onto(GrayPicture& onto, const GrayPicture& what, int left, int top) {
    for (int y = 0; y < what.height; ++y)
        for (int x = 0; x < what.width; ++x)
            if (left + x >= 0 && top + y >= 0 && left + x < onto.width && top + y < onto.height)
                onto.row(top + y)[left + x] = what.row(y)[x];
}

Damage light_damage(SeededChance& chance) {
    Damage d;
    d.degrees = chance.between(-180, 180);
    d.fill = chance.between(0.8, 0.98);
    d.blur = chance.between(0, 0.6);
    d.noise = chance.between(0, 3);
    d.jpeg = chance.happens(0.5) ? chance.whole(70, 95) : 0;
    return d;
}

Damage moderate_damage(SeededChance& chance) {
    Damage d;
    d.degrees = chance.between(-180, 180);
    d.fill = chance.between(0.75, 0.98);
    d.perspective = chance.between(0, 0.04);
    d.blur = chance.between(0.3, 1.3);
    d.noise = chance.between(0, 10);
    d.shadow = chance.between(0, 0.5);
    d.glare = chance.happens(0.4) ? chance.between(0.1, 0.6) : 0;
    d.jpeg = chance.happens(0.7) ? chance.whole(30, 90) : 0;
    return d;
}

Damage hard_damage(SeededChance& chance) {
    Damage d;
    d.degrees = chance.between(-180, 180);
    d.fill = chance.between(0.6, 0.98);
    d.perspective = chance.between(0.02, 0.08);
    d.blur = chance.between(0.8, 2);
    d.noise = chance.between(4, 16);
    d.shadow = chance.between(0.2, 0.7);
    d.glare = chance.happens(0.6) ? chance.between(0.3, 0.9) : 0;
    d.jpeg = chance.whole(30, 70);
    return d;
}

GrayPicture photographed(const GrayPicture& paper, int width, int height, const Damage& damage, SeededChance& chance) {
    // A table: one grey, a slope of light, now and then an edge.
    const double table = chance.between(30, 200), slope = chance.between(-30, 30);
    GrayPicture frame(width, height);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            frame.row(y)[x] = clamped(table + slope * (x + y) / (width + height));
    if (chance.happens(0.5))
        for (int i = 0; i < 6; ++i) {
            const int x0 = chance.whole(0, width - 2), w = chance.whole(2, 60);
            for (int y = 0; y < height; ++y)
                for (int x = x0; x < std::min(width, x0 + w); ++x)
                    frame.row(y)[x] = clamped(frame.row(y)[x] - 15.0);
        }

    const double angle = damage.degrees * std::numbers::pi / 180, c = std::cos(angle), s = std::sin(angle);
    const double box_w = std::abs(paper.width * c) + std::abs(paper.height * s);
    const double box_h = std::abs(paper.width * s) + std::abs(paper.height * c);
    const double fits = std::min(width / box_w, height / box_h);
    const double scale = damage.scale > 0 ? std::min(damage.scale, 0.98 * fits) : damage.fill * fits;
    const double room_x = std::max(0.0, (width - box_w * scale) / 2),
                 room_y = std::max(0.0, (height - box_h * scale) / 2);
    const double centre_x = width / 2.0 + chance.between(-0.8, 0.8) * room_x,
                 centre_y = height / 2.0 + chance.between(-0.8, 0.8) * room_y;
    const double w = paper.width, h = paper.height;
    const Corners corners = {{{0, 0}, {w, 0}, {w, h}, {0, h}}};
    Corners seen{};
    for (std::size_t i = 0; i < 4; ++i) {
        const double x = (corners[i][0] - w / 2) * scale, y = (corners[i][1] - h / 2) * scale;
        const double wander = damage.perspective * scale * std::min(w, h);
        seen[i] = {centre_x + c * x - s * y + chance.between(-wander, wander),
                   centre_y + s * x + c * y + chance.between(-wander, wander)};
    }
    const Homography back = homography(seen, corners);
    // Shrinking must not skip pixels: the paper is blurred by what one frame pixel covers.
    const GrayPicture soft = blurred(paper, scale < 1 ? 0.45 / scale : 0);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const double px = x + 0.5, py = y + 0.5, z = back[6] * px + back[7] * py + 1;
            const double u = (back[0] * px + back[1] * py + back[2]) / z - 0.5,
                         v = (back[3] * px + back[4] * py + back[5]) / z - 0.5;
            if (u < 0 || v < 0 || u >= w - 1 || v >= h - 1) continue;
            const int ix = static_cast<int>(u), iy = static_cast<int>(v);
            const double fx = u - ix, fy = v - iy;
            const double upper = soft.at(ix, iy) * (1 - fx) + soft.at(ix + 1, iy) * fx;
            const double lower = soft.at(ix, iy + 1) * (1 - fx) + soft.at(ix + 1, iy + 1) * fx;
            frame.row(y)[x] = clamped(upper * (1 - fy) + lower * fy + 0.5);
        }
    frame = blurred(frame, damage.blur);

    const double direction = chance.between(0, 2 * std::numbers::pi), steep = chance.between(0.5, 3);
    const double spot_x = centre_x + chance.between(-0.4, 0.4) * width,
                 spot_y = centre_y + chance.between(-0.4, 0.4) * height;
    const double spot = chance.between(0.06, 0.2) * width;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            double value = frame.row(y)[x];
            const double along =
                ((x - width / 2.0) * std::cos(direction) + (y - height / 2.0) * std::sin(direction)) / width;
            value *= 1 - damage.shadow / (1 + std::exp(-8 * steep * along));
            if (damage.glare > 0) {
                const double r2 = ((x - spot_x) * (x - spot_x) + (y - spot_y) * (y - spot_y)) / (spot * spot);
                if (r2 < 16) value += damage.glare * 200 * std::exp(-r2 / 2);
            }
            frame.row(y)[x] = clamped(value + 0.5);
        }
    if (damage.noise > 0)
        for (std::uint8_t& pixel : frame.pixels)
            pixel = clamped(pixel + damage.noise * chance.normal() + 0.5);
    return frame;
}

} // namespace tests
