// SPDX-License-Identifier: EUPL-1.2
// What lies before a camera when no document does: none of it may ever be read.
#include "tests/kiosk/capture/paint.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace tests {
namespace {

std::uint8_t level(double value) { return static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0)); }

template <class Value>
void fill(GrayPicture& picture, const Value& value) {
    for (int y = 0; y < picture.height; ++y)
        for (int x = 0; x < picture.width; ++x)
            picture.row(y)[x] = level(value(x, y));
}

void page_of_text(GrayPicture& paper, SeededChance& chance) {
    constexpr std::string_view letters = "abcdefghilmnopqrstuvz ABCDEFGHILMNOPQRSTUVZ 0123456789 .,-";
    const int size = chance.whole(14, 40);
    for (int y = size; y < paper.height; y += size * chance.whole(1, 3)) {
        std::string line;
        for (int i = 0; i < chance.whole(5, 60); ++i)
            line += chance.of(letters);
        draw_print(paper, line, chance.whole(0, paper.width / 4), y, size, chance.whole(0, 90));
    }
}

/// Rows of bars, and grids, that say nothing.
void fences(GrayPicture& paper, SeededChance& chance) {
    for (int boxes = chance.whole(0, 5); boxes > 0; --boxes) {
        const int x0 = chance.whole(0, paper.width - 2), y0 = chance.whole(0, paper.height - 2),
                  step = chance.whole(2, 30);
        const int w = chance.whole(20, std::max(20, paper.width / 2)),
                  h = chance.whole(10, std::max(10, paper.height / 3));
        const bool grid = chance.happens(0.4);
        for (int y = y0; y < std::min(paper.height, y0 + h); ++y)
            for (int x = x0; x < std::min(paper.width, x0 + w); ++x) {
                const auto cell = static_cast<std::uint64_t>((x - x0) / step) * 7919u +
                                  (grid ? static_cast<std::uint64_t>((y - y0) / step) * 104729u : 0u);
                if ((cell * 2654435761u >> 13) % 2 == 0) paper.row(y)[x] = 30;
            }
    }
}

void table(GrayPicture& paper, SeededChance& chance) {
    const int across = chance.whole(30, 200), down = chance.whole(16, 60), size = std::max(8, down / 2);
    for (int y = down; y < paper.height; y += down) {
        for (int x = 0; x < paper.width; ++x)
            paper.row(y)[x] = 40;
        for (int x = 4; x < paper.width; x += across) {
            std::string cell;
            for (int i = chance.whole(0, across / size); i > 0; --i)
                cell += chance.of("0123456789,.");
            draw_print(paper, cell, x + 3, y - 4, size, 30);
        }
    }
    for (int x = 0; x < paper.width; x += across)
        for (int y = 0; y < paper.height; ++y)
            paper.row(y)[x] = 40;
}

void stripes(GrayPicture& paper, SeededChance& chance) {
    const double period = chance.between(3, 80), turn = chance.between(0, 3.1416), drift = chance.between(0, 0.002);
    const double c = std::cos(turn), s = std::sin(turn);
    const bool hard = chance.happens(0.5);
    fill(paper, [&](int x, int y) {
        const double wave = std::sin((x * c + y * s) * (1 + drift * x) * 6.2832 / period);
        return 130 + 90 * (hard ? (wave > 0 ? 1.0 : -1.0) : wave);
    });
}

void wood(GrayPicture& paper, SeededChance& chance) {
    const double ring = chance.between(4, 30), bend = chance.between(20, 120), depth = chance.between(15, 60),
                 phase = chance.between(0, 100);
    fill(paper, [&](int x, int y) {
        const double knot = std::hypot(x - phase * 8, (y - 400) * 3.0) / 40;
        const double grain = std::sin((y + bend * std::sin((x + phase) / 180.0) + 300 / (1 + knot)) / ring) +
                             0.5 * std::sin((y + 0.3 * bend * std::sin(x / 70.0)) / ring * 2.7);
        return 120 + depth * grain + 12 * chance.unit();
    });
}

/// Fields of grains of one size, as plaster, cloth or gravel.
void texture(GrayPicture& paper, SeededChance& chance) {
    const double strength = chance.between(20, 90);
    fill(paper, [&](int, int) { return 128 + strength * chance.normal(); });
    paper = blurred(paper, chance.between(0.3, 6));
    fill(paper, [&](int x, int y) { return 128 + 3 * (paper.at(x, y) - 128); });
}

/// Round soft shades: an oval with two dark spots and a mouth, and what is behind it.
void face(GrayPicture& paper, SeededChance& chance) {
    const double cx = paper.width * chance.between(0.3, 0.7), cy = paper.height * chance.between(0.35, 0.65),
                 size = paper.height * chance.between(0.2, 0.4), skin = chance.between(90, 210),
                 hair = chance.between(10, 120), behind = chance.between(60, 230);
    const auto spot = [&](double x, double y, double at_x, double at_y, double wide, double tall) {
        const double dx = (x - cx - at_x * size) / (wide * size), dy = (y - cy - at_y * size) / (tall * size);
        return std::exp(-dx * dx - dy * dy);
    };
    fill(paper, [&](int x, int y) {
        const double oval = std::hypot((x - cx) / (0.75 * size), (y - cy) / size);
        double value = behind + 20 * std::sin(x / 300.0);
        if (oval < 1.25 && y < cy - 0.2 * size) value = hair + 25 * std::sin((x + 0.3 * y) / 3.0);
        if (oval < 1) value = skin + 30 * (1 - oval) - 20 * (x - cx) / size;
        value -= 90 * (spot(x, y, -0.3, -0.15, 0.13, 0.07) + spot(x, y, 0.3, -0.15, 0.13, 0.07));
        return value - 50 * spot(x, y, 0, 0.5, 0.25, 0.06) - 25 * spot(x, y, 0, 0.15, 0.08, 0.15);
    });
}

} // namespace

GrayPicture picture_of_nothing(int width, int height, SeededChance& chance) {
    using Scene = void (*)(GrayPicture&, SeededChance&);
    static constexpr std::array<Scene, 6> scenes = {page_of_text, table, stripes, wood, texture, face};
    GrayPicture paper(width, height, static_cast<std::uint8_t>(chance.whole(180, 250)));
    scenes[static_cast<std::size_t>(chance.whole(0, scenes.size() - 1))](paper, chance);
    if (chance.happens(0.4)) fences(paper, chance);
    return paper;
}

} // namespace tests
