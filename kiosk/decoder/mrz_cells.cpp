// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/decoder/mrz_cells.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace kiosk::decoder {
namespace {

constexpr int fine = 12; // samples a letter, along and across the line

/// Brightness in a band round the line: `columns` + 4 letters long, 2.4 letters high; two letters of margin at each
/// end.
struct Band {
    int width = 0, height = 0;
    std::vector<float> darkness; ///< how much darker than the light near by

    [[nodiscard]] float at(int x, int y) const { return darkness[static_cast<std::size_t>(y * width + x)]; }
};

struct Axes {
    double x, y;             ///< middle of the first letter
    double along_x, along_y; ///< one letter further
    double down_x, down_y;   ///< as long, at a right angle
};

Band band_of(const GrayPicture& full, const Axes& axes, int columns) {
    Band band;
    band.width = (columns + 4) * fine;
    band.height = static_cast<int>(2.4 * fine);
    std::vector<float> light(static_cast<std::size_t>(band.width * band.height));
    const double last_x = full.width - 1.001, last_y = full.height - 1.001;
    for (int j = 0; j < band.height; ++j)
        for (int i = 0; i < band.width; ++i) {
            const double a = (i + 0.5) / fine - 2.5, b = (j + 0.5) / fine - 1.2;
            const double x = std::clamp(axes.x + a * axes.along_x + b * axes.down_x - 0.5, 0.0, last_x),
                         y = std::clamp(axes.y + a * axes.along_y + b * axes.down_y - 0.5, 0.0, last_y);
            const int ix = static_cast<int>(x), iy = static_cast<int>(y);
            const auto wx = static_cast<float>(x - ix), wy = static_cast<float>(y - iy);
            const std::uint8_t* const above = full.row(iy) + ix;
            const std::uint8_t* const below = above + full.width;
            light[static_cast<std::size_t>(j * band.width + i)] =
                (above[0] * (1 - wx) + above[1] * wx) * (1 - wy) + (below[0] * (1 - wx) + below[1] * wx) * wy;
        }
    // The brightest within a letter and a half either way is paper.
    std::vector<float> columns_light(static_cast<std::size_t>(band.width));
    for (int i = 0; i < band.width; ++i) {
        std::vector<float> column;
        for (int j = 0; j < band.height; ++j)
            column.push_back(light[static_cast<std::size_t>(j * band.width + i)]);
        std::nth_element(column.begin(), column.begin() + band.height * 3 / 4, column.end());
        columns_light[static_cast<std::size_t>(i)] = column[static_cast<std::size_t>(band.height * 3 / 4)];
    }
    band.darkness.resize(light.size());
    for (int i = 0; i < band.width; ++i) {
        float paper = 0;
        for (int k = std::max(0, i - fine); k <= std::min(band.width - 1, i + fine); ++k)
            paper = std::max(paper, columns_light[static_cast<std::size_t>(k)]);
        for (int j = 0; j < band.height; ++j) {
            const auto at = static_cast<std::size_t>(j * band.width + i);
            band.darkness[at] = std::max(0.0f, paper - light[at]);
        }
    }
    return band;
}

/// Where the line's ink begins and ends across it, as parts of a letter from the axis: at a third of the fullest row.
std::pair<double, double> height_of(const Band& band, int columns) {
    std::vector<float> rows(static_cast<std::size_t>(band.height));
    for (int j = 0; j < band.height; ++j)
        for (int i = 2 * fine; i < (columns + 2) * fine; ++i)
            rows[static_cast<std::size_t>(j)] += band.at(i, j);
    const float least = *std::min_element(rows.begin(), rows.end());
    for (float& row : rows)
        row -= least;
    const int middle = band.height / 2;
    float most = 0;
    for (int j = middle - fine / 2; j <= middle + fine / 2; ++j)
        most = std::max(most, rows[static_cast<std::size_t>(j)]);
    const float edge = most / 3;
    int top = middle, low = middle;
    while (top > 0 && middle - top < fine &&
           (rows[static_cast<std::size_t>(top - 1)] > edge || middle - top < fine / 4))
        --top;
    while (low + 1 < band.height && low - middle < fine &&
           (rows[static_cast<std::size_t>(low + 1)] > edge || low - middle < fine / 4))
        ++low;
    return {(top + 0.0) / fine - 1.2, (low + 1.0) / fine - 1.2};
}

/// Letter k has its middle at start + k · step + bend · k · (columns − 1 − k), in letters of the band.
struct Comb {
    double start = 0, step = 1, bend = 0;
    double first = 0, last = 0, cost = 0; ///< how far the ends are from where the row ended; lower cost = clearer
    [[nodiscard]] double at(double k, int columns) const { return start + k * step + bend * k * (columns - 1 - k); }
};

/// How far the ends of a line may be looked for from where its row ended, in letters.
struct Span {
    double first_from = -1.4, first_to = 1.4, last_from = -1.4, last_to = 1.4;
};

Comb fit_comb(const std::vector<float>& ink, int columns, const Span& span) {
    const auto value = [&](double letters) { // of the band, whose first letter begins at 2 · fine
        const auto at = static_cast<long>(std::lround((letters + 2.5) * fine));
        return at < 0 || at >= static_cast<long>(ink.size()) ? 0.0f : ink[static_cast<std::size_t>(at)];
    };
    double least = 1e18, first = 0, last = 0, bow = 0;
    const double reach = columns - 1;
    const auto comb_of = [&](double f, double l, double b) {
        return Comb{f, (reach + l - f) / reach, 4 * b / (reach * reach), f, l, 0};
    };
    const auto attempt = [&](double f, double l, double b) {
        const Comb comb = comb_of(f, l, b);
        double cost = 0;
        for (int k = 0; k <= columns; ++k) // between the letters: no ink; in their middles: some
            cost += value(comb.at(k - 0.5, columns));
        for (int k = 0; k < columns; ++k) {
            const double middle = comb.at(k, columns);
            cost -= 0.35 * (value(middle - 0.2) + value(middle) + value(middle + 0.2));
        }
        // Ink beyond the ends belongs to letters that were left out.
        for (const double beyond : {0.25, 0.5, 0.75})
            cost += 0.8 * (value(comb.at(-0.5, columns) - beyond) + value(comb.at(columns - 0.5, columns) + beyond));
        if (cost >= least) return;
        least = cost;
        first = f;
        last = l;
        bow = b;
    };
    for (double f = span.first_from; f <= span.first_to + 0.01; f += 0.2)
        for (double l = span.last_from; l <= span.last_to + 0.01; l += 0.2)
            for (double b = -1.05; b <= 1.1; b += 0.15)
                attempt(f, l, b);
    const double f0 = first, l0 = last, b0 = bow;
    for (const double f : {-0.1, -0.05, 0.0, 0.05, 0.1})
        for (const double l : {-0.1, -0.05, 0.0, 0.05, 0.1})
            for (const double b : {-0.08, -0.04, 0.0, 0.04, 0.08})
                attempt(f0 + f, l0 + l, b0 + b);
    Comb best = comb_of(first, last, bow);
    best.cost = least;
    return best;
}

/// A line, ready to be cut.
struct Line {
    Axes axes{};
    double top = 0, low = 0; ///< of its ink, in letters from the axis
    std::vector<float> ink;  ///< across the line, 1 = a full stroke
    Comb comb;
};

Line prepared(const GrayPicture& full, const LineEnds& ends, int columns) {
    Line line;
    line.axes = {ends.x0, ends.y0, (ends.x1 - ends.x0) / (columns - 1), (ends.y1 - ends.y0) / (columns - 1), 0, 0};
    line.axes.down_x = -line.axes.along_y;
    line.axes.down_y = line.axes.along_x;
    const Band band = band_of(full, line.axes, columns);
    std::tie(line.top, line.low) = height_of(band, columns);
    std::vector<float> ink(static_cast<std::size_t>(band.width));
    const int from = std::max(0, static_cast<int>((line.top + 1.2) * fine)),
              to = std::min(band.height, static_cast<int>((line.low + 1.2) * fine) + 1);
    for (int i = 0; i < band.width; ++i)
        for (int j = from; j < to; ++j)
            ink[static_cast<std::size_t>(i)] += band.at(i, j);
    // A little smoothing, and no column louder than a full stroke: edges of the card and stains are.
    std::vector<float> sorted = ink;
    std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() * 4 / 5), sorted.end());
    const float loud = std::max(sorted[sorted.size() * 4 / 5], 1.0f);
    line.ink.resize(ink.size());
    for (std::size_t i = 0; i < ink.size(); ++i) {
        const float before = ink[i > 0 ? i - 1 : 0], after = ink[std::min(i + 1, ink.size() - 1)];
        line.ink[i] = std::min((before + 2 * ink[i] + after) / 4 / loud, 1.3f);
    }
    return line;
}

std::vector<CellPlace> cells_of(const Line& line, int columns) {
    const Axes& axes = line.axes;
    const double middle = (line.top + line.low) / 2,
                 tall = std::clamp((line.low - line.top) * cell_height_in_capitals, 1.1, 1.8);
    std::vector<CellPlace> cells;
    for (int k = 0; k < columns; ++k) {
        const double at = line.comb.at(k, columns),
                     wide = line.comb.at(k + 0.5, columns) - line.comb.at(k - 0.5, columns);
        cells.push_back({axes.x + at * axes.along_x + middle * axes.down_x,
                         axes.y + at * axes.along_y + middle * axes.down_y, wide * axes.along_x, wide * axes.along_y,
                         tall * axes.down_x, tall * axes.down_y});
    }
    return cells;
}

} // namespace

std::vector<std::vector<CellPlace>> cut_lines(const GrayPicture& full, const std::vector<LineEnds>& lines,
                                              int columns) {
    std::vector<Line> cut;
    for (const LineEnds& ends : lines) {
        if (std::hypot(ends.x1 - ends.x0, ends.y1 - ends.y0) < 6.0 * columns) return {};
        cut.push_back(prepared(full, ends, columns));
        cut.back().comb = fit_comb(cut.back().ink, columns, {});
    }
    if (cut.empty()) return {};
    const Comb clearest = std::min_element(cut.begin(), cut.end(), [](const Line& a, const Line& b) {
                              return a.comb.cost < b.comb.cost;
                          })->comb;
    std::vector<std::vector<CellPlace>> all;
    for (Line& line : cut) {
        constexpr double together = 0.5, near = 0.4;
        if (std::abs(line.comb.first - clearest.first) > together ||
            std::abs(line.comb.last - clearest.last) > together)
            line.comb =
                fit_comb(line.ink, columns,
                         {clearest.first - near, clearest.first + near, clearest.last - near, clearest.last + near});
        all.push_back(cells_of(line, columns));
    }
    return all;
}

} // namespace kiosk::decoder
