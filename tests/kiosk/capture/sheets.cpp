// SPDX-License-Identifier: EUPL-1.2
#include "tests/kiosk/capture/sheets.hpp"

#include <algorithm>
#include <cmath>

namespace tests {
namespace {

std::uint8_t clamped(double value) { return static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0)); }

void fill(GrayPicture& onto, int left, int top, int width, int height, int level) {
    for (int y = std::max(0, top); y < std::min(onto.height, top + height); ++y)
        for (int x = std::max(0, left); x < std::min(onto.width, left + width); ++x)
            onto.row(y)[x] = static_cast<std::uint8_t>(level);
}

/// A table top: one grey with a slope of light, or boards with a grain.
GrayPicture table(double level, int width, int height, SeededChance& chance) {
    GrayPicture top(width, height);
    const double slope = chance.between(-25, 25), turn = chance.between(0, 3.14), board = chance.between(60, 240);
    const bool boards = chance.happens(0.4) && level < 200;
    const double grain = boards ? chance.between(2, 9) : 0;
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const double along = x * std::cos(turn) + y * std::sin(turn);
            double value = level + slope * (x + y) / (width + height);
            if (boards) {
                value += grain * std::sin(along / 3 + 2 * std::sin((y - x) / 90.0));
                const double joint = std::fmod(std::abs(along), board);
                if (joint < 3) value -= 25;
                value += std::fmod(std::floor(std::abs(along) / board) * 37, 13) - 6;
            }
            top.row(y)[x] = clamped(value);
        }
    return top;
}

struct Lying {
    double x, y, scale, degrees, wander;
};

Corners corners_of(const GrayPicture& paper, const Lying& how, SeededChance& chance) {
    const double angle = how.degrees * std::numbers::pi / 180, c = std::cos(angle), s = std::sin(angle);
    const double w = paper.width * how.scale / 2, h = paper.height * how.scale / 2;
    const Corners flat = {{{-w, -h}, {w, -h}, {w, h}, {-w, h}}};
    Corners seen{};
    for (std::size_t i = 0; i < 4; ++i) {
        const double reach = how.wander * std::min(w, h) * 2;
        seen[i] = {how.x + c * flat[i][0] - s * flat[i][1] + chance.between(-reach, reach),
                   how.y + s * flat[i][0] + c * flat[i][1] + chance.between(-reach, reach)};
    }
    return seen;
}

/// The sheet, and beneath its edges the shadow it throws itself: `lift` grey levels, `soft` px wide.
void lay(GrayPicture& frame, const GrayPicture& paper, const Corners& where, double light, double lift, double soft) {
    const double w = paper.width, h = paper.height;
    const Homography back = homography(where, {{{0, 0}, {w, 0}, {w, h}, {0, h}}});
    const double scale = std::hypot(where[1][0] - where[0][0], where[1][1] - where[0][1]) / w;
    const GrayPicture smooth = blurred(paper, scale < 1 ? 0.45 / scale : 0);
    for (int y = 0; y < frame.height; ++y)
        for (int x = 0; x < frame.width; ++x) {
            const double px = x + 0.5, py = y + 0.5, z = back[6] * px + back[7] * py + 1;
            const double u = (back[0] * px + back[1] * py + back[2]) / z - 0.5,
                         v = (back[3] * px + back[4] * py + back[5]) / z - 0.5;
            if (z <= 0) continue;
            const double outside = std::max({-u, -v, u - w + 1, v - h + 1}) * scale;
            std::uint8_t& pixel = frame.row(y)[x];
            if (outside > 0) {
                if (lift > 0 && outside < 4 * soft) pixel = clamped(pixel - lift * std::exp(-outside / soft));
                continue;
            }
            const int ix = std::min(static_cast<int>(u), paper.width - 2),
                      iy = std::min(static_cast<int>(v), paper.height - 2);
            const double fx = u - ix, fy = v - iy;
            const double upper = smooth.at(ix, iy) * (1 - fx) + smooth.at(ix + 1, iy) * fx;
            const double lower = smooth.at(ix, iy + 1) * (1 - fx) + smooth.at(ix + 1, iy + 1) * fx;
            pixel = clamped((upper * (1 - fy) + lower * fy) * light + 0.5);
        }
}

/// Everything on one side of a line darker, its border a few pixels soft.
void throw_shadow(GrayPicture& frame, SeededChance& chance) {
    const double turn = chance.between(0, 6.28), share = chance.between(0.25, 0.5), soft = chance.between(2, 60);
    const double off = chance.between(-0.3, 0.3) * frame.width;
    for (int y = 0; y < frame.height; ++y)
        for (int x = 0; x < frame.width; ++x) {
            const double along =
                (x - frame.width / 2.0) * std::cos(turn) + (y - frame.height / 2.0) * std::sin(turn) - off;
            frame.row(y)[x] = clamped(frame.row(y)[x] * (1 - share / (1 + std::exp(-along / soft))));
        }
}

/// Fingers across one edge: rounded bars, `skin` grey, shaded at their sides.
void hold(GrayPicture& frame, const Corners& sheet, SeededChance& chance) {
    const auto side = static_cast<std::size_t>(chance.whole(0, 3));
    const auto& a = sheet[side];
    const auto& b = sheet[(side + 1) % 4];
    const double length = std::hypot(b[0] - a[0], b[1] - a[1]), ux = (b[0] - a[0]) / length,
                 uy = (b[1] - a[1]) / length;
    const double width = chance.between(0.035, 0.06) * length, reach = chance.between(0.05, 0.14) * length;
    const int fingers = chance.whole(1, 4), skin = chance.whole(60, 190);
    double at = length * chance.between(0.12, 0.5);
    for (int i = 0; i < fingers; ++i, at += width * chance.between(1.0, 1.2)) {
        const double tip = reach * chance.between(0.8, 1.1);
        for (int y = 0; y < frame.height; ++y)
            for (int x = 0; x < frame.width; ++x) {
                const double along = (x - a[0]) * ux + (y - a[1]) * uy - at, in = -(x - a[0]) * uy + (y - a[1]) * ux;
                const double beyond = std::max(0.0, in - tip), r = std::hypot(along, beyond);
                if (in < -0.5 * length || r > width / 2) continue;
                frame.row(y)[x] = clamped(skin * (1 - 0.5 * (2 * r / width) * (2 * r / width)));
            }
    }
}

/// A pen, a ruler, a cup, a card.
void strew(GrayPicture& frame, SeededChance& chance, int things) {
    for (int i = 0; i < things; ++i) {
        const double x0 = chance.between(0, frame.width), y0 = chance.between(0, frame.height),
                     turn = chance.between(0, 3.14);
        const bool round = chance.happens(0.3);
        const double length = frame.width * (round ? 0.07 : chance.between(0.1, 0.4)),
                     wide = round ? length : frame.width * chance.between(0.006, 0.06);
        const int level = chance.whole(20, 235);
        for (int y = 0; y < frame.height; ++y)
            for (int x = 0; x < frame.width; ++x) {
                const double u = (x - x0) * std::cos(turn) + (y - y0) * std::sin(turn),
                             v = -(x - x0) * std::sin(turn) + (y - y0) * std::cos(turn);
                const bool in = round ? std::hypot(u, v) < length : std::abs(u) < length / 2 && std::abs(v) < wide / 2;
                if (in) frame.row(y)[x] = static_cast<std::uint8_t>(level);
            }
    }
}

void light_it(GrayPicture& frame, double light, double glare, const Corners& sheet, SeededChance& chance) {
    const double u = chance.between(0.2, 0.8), v = chance.between(0.2, 0.8);
    const auto mix = [&](std::size_t k) {
        return (sheet[0][k] * (1 - u) + sheet[1][k] * u) * (1 - v) + (sheet[3][k] * (1 - u) + sheet[2][k] * u) * v;
    };
    const double x0 = mix(0), y0 = mix(1), spot = chance.between(0.04, 0.12) * frame.width;
    for (int y = 0; y < frame.height; ++y)
        for (int x = 0; x < frame.width; ++x) {
            double value = frame.row(y)[x] * light;
            const double r2 = ((x - x0) * (x - x0) + (y - y0) * (y - y0)) / (spot * spot);
            if (glare > 0 && r2 < 16) value += glare * 255 * std::exp(-r2 / 2);
            frame.row(y)[x] = clamped(value);
        }
}

} // namespace

std::string_view name_of(Trouble trouble) {
    constexpr std::array<std::string_view, trouble_count> names = {
        "nothing", "shadow", "hand", "other sheets", "white table", "dark light", "glare", "clutter", "everything"};
    return names[static_cast<std::size_t>(trouble)];
}

GrayPicture letter(SeededChance& chance) {
    constexpr int width = 992, height = 1403;
    GrayPicture paper(width, height, static_cast<std::uint8_t>(chance.whole(225, 250)));
    constexpr std::array<std::string_view, 12> words = {"Comune",   "ufficio",    "servizi",  "sociali",
                                                        "domanda",  "contributo", "famiglia", "residente",
                                                        "dichiara", "reddito",    "allegato", "firma"};
    const int size = chance.whole(17, 24), margin = chance.whole(60, 130);
    fill(paper, margin, margin, chance.whole(60, 160), chance.whole(40, 90), chance.whole(30, 150));
    draw_print(paper, "COMUNE  SERVIZI SOCIALI", margin + 190, margin + 40, 30, 30);
    int y = margin + 160;
    while (y < height - margin) {
        std::string line;
        for (int i = chance.whole(2, 8); i > 0; --i)
            line += std::string(words[static_cast<std::size_t>(chance.whole(0, 11))]) + " ";
        draw_print(paper, line, margin, y, size, chance.whole(15, 60));
        y += chance.happens(0.15) ? 3 * size : static_cast<int>(1.5 * size);
    }
    if (chance.happens(0.3)) { // a table or frame printed with lines
        const int left = chance.whole(20, margin), top = chance.whole(20, height / 2), w = width - 2 * left,
                  h = chance.whole(200, height - top - 20), line = chance.whole(1, 4);
        fill(paper, left, top, w, line, 40);
        fill(paper, left, top + h, w, line, 40);
        fill(paper, left, top, line, h, 40);
        fill(paper, left + w, top, line, h, 40);
        if (chance.happens(0.5)) fill(paper, left + w / 3, top, line, h, 40);
    }
    if (chance.happens(0.2)) fill(paper, width - margin - 200, margin, 200, 250, chance.whole(60, 160));
    return paper;
}

DrawnSheet sheet_on_a_table(Trouble trouble, int width, int height, SeededChance& chance) {
    const bool all = trouble == Trouble::Everything;
    const auto with = [&](Trouble one, double probability = 0.4) {
        return trouble == one || (all && chance.happens(probability));
    };
    const GrayPicture paper = letter(chance);
    const bool white = with(Trouble::WhiteTable, 0.25);
    const double paper_light = chance.between(0.8, 1.0);
    const double paper_level = paper.at(5, 5) * paper_light;
    // A white table is never quite as the sheet, or nobody could see it.
    const double level =
        white ? std::min(252.0, paper_level + (chance.happens(0.7) ? -chance.between(4, 25) : chance.between(4, 12)))
              : chance.between(15, std::min(170.0, paper_level - 45));
    DrawnSheet drawn{table(level, width, height, chance), {}};
    GrayPicture& frame = drawn.picture;
    if (with(Trouble::Clutter)) strew(frame, chance, chance.whole(3, 9));

    const double fits = std::min(width / static_cast<double>(paper.width), height / static_cast<double>(paper.height));
    const auto lying = [&](double fill) {
        const double degrees = chance.happens(0.8) ? chance.between(-20, 20) : chance.between(-180, 180),
                     angle = degrees * std::numbers::pi / 180;
        const double box_w = std::abs(paper.width * std::cos(angle)) + std::abs(paper.height * std::sin(angle));
        const double box_h = std::abs(paper.width * std::sin(angle)) + std::abs(paper.height * std::cos(angle));
        const double scale = fill * std::min(width / box_w, height / box_h);
        const double room_x = (width - box_w * scale) / 2, room_y = (height - box_h * scale) / 2;
        return Lying{width / 2.0 + 0.9 * chance.between(-room_x, room_x),
                     height / 2.0 + 0.9 * chance.between(-room_y, room_y), scale, degrees, chance.between(0, 0.04)};
    };
    const Lying main = lying(chance.between(0.65, 0.9));
    if (with(Trouble::OtherSheets))
        for (int i = chance.whole(1, 3); i > 0; --i) {
            const GrayPicture other = letter(chance);
            Lying how{chance.between(0, width), chance.between(0, height), fits * chance.between(0.3, 0.75),
                      chance.between(-180, 180), 0.02};
            lay(frame, other, corners_of(other, how, chance), chance.between(0.75, 1.0), chance.between(0, 20), 2);
        }
    drawn.corners = corners_of(paper, main, chance);
    for (auto& corner : drawn.corners) { // wholly in the picture
        corner[0] = std::clamp(corner[0], 6.0, width - 6.0);
        corner[1] = std::clamp(corner[1], 6.0, height - 6.0);
    }
    lay(frame, paper, drawn.corners, paper_light, white ? chance.between(12, 45) : chance.between(0, 30),
        chance.between(1.5, 4));
    if (with(Trouble::Hand)) hold(frame, drawn.corners, chance);
    frame = blurred(frame, chance.between(0.3, 1.3));
    if (with(Trouble::Shadow)) throw_shadow(frame, chance);
    light_it(frame, with(Trouble::DarkLight, 0.2) ? chance.between(0.3, 0.5) : chance.between(0.75, 1.0),
             with(Trouble::Glare, 0.3) ? chance.between(0.4, 1.0) : 0, drawn.corners, chance);
    const double noise = chance.between(0, 6);
    for (std::uint8_t& pixel : frame.pixels)
        pixel = clamped(pixel + noise * chance.normal() + 0.5);
    return drawn;
}

GrayPicture table_without_sheet(int width, int height, SeededChance& chance) {
    GrayPicture frame = table(chance.between(15, 235), width, height, chance);
    strew(frame, chance, chance.whole(0, 8));
    frame = blurred(frame, chance.between(0.3, 1.3));
    if (chance.happens(0.5)) throw_shadow(frame, chance);
    for (std::uint8_t& pixel : frame.pixels)
        pixel = clamped(pixel + 3 * chance.normal() + 0.5);
    return frame;
}

double corner_error(const Corners& truth, const Corners& found) {
    double longest = 0, best = 1e9;
    for (std::size_t i = 0; i < 4; ++i)
        longest =
            std::max(longest, std::hypot(truth[i][0] - truth[(i + 1) % 4][0], truth[i][1] - truth[(i + 1) % 4][1]));
    for (std::size_t first = 0; first < 4; ++first) {
        double worst = 0;
        for (std::size_t i = 0; i < 4; ++i)
            worst = std::max(
                worst, std::hypot(truth[i][0] - found[(i + first) % 4][0], truth[i][1] - found[(i + first) % 4][1]));
        best = std::min(best, worst);
    }
    return best / longest;
}

} // namespace tests
