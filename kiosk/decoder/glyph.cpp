// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/decoder/glyph.hpp"

#include "kiosk/decoder/weights/embedded.hpp"

#include <algorithm>
#include <cmath>

namespace kiosk::decoder {

CellPixels sample_cell(const GrayPicture& picture, const CellPlace& place) {
    CellPixels cell{};
    const double last_x = picture.width - 1.001, last_y = picture.height - 1.001;
    // As many samples for one value as picture pixels lie under it, up to two by two.
    const int fine = std::hypot(place.right_x, place.right_y) > 1.3 * cell_across ? 2 : 1;
    const auto share = 1.0f / static_cast<float>(fine * fine);
    for (int row = 0; row < cell_down * fine; ++row)
        for (int column = 0; column < cell_across * fine; ++column) {
            const double a = (column + 0.5) / (cell_across * fine) - 0.5, b = (row + 0.5) / (cell_down * fine) - 0.5;
            const double x = std::clamp(place.x + a * place.right_x + b * place.down_x - 0.5, 0.0, last_x);
            const double y = std::clamp(place.y + a * place.right_y + b * place.down_y - 0.5, 0.0, last_y);
            const int ix = static_cast<int>(x), iy = static_cast<int>(y);
            const auto wx = static_cast<float>(x - ix), wy = static_cast<float>(y - iy);
            const std::uint8_t* const above = picture.row(iy) + ix;
            const std::uint8_t* const below = above + picture.width;
            const float upper = above[0] * (1 - wx) + above[1] * wx, lower = below[0] * (1 - wx) + below[1] * wx;
            cell[static_cast<std::size_t>((row / fine) * cell_across + column / fine)] +=
                (upper * (1 - wy) + lower * wy) * share;
        }
    return cell;
}

void level_line(std::vector<CellPixels>& cells) {
    const auto count = static_cast<int>(cells.size());
    std::vector<float> paper(cells.size()), ink(cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        CellPixels sorted = cells[i];
        std::nth_element(sorted.begin(), sorted.begin() + 14, sorted.end());
        ink[i] = sorted[14];
        std::nth_element(sorted.begin(), sorted.begin() + 300, sorted.end());
        paper[i] = sorted[300];
    }
    for (int i = 0; i < count; ++i) {
        float bright = 0, least = 255;
        int near = 0;
        for (int k = std::max(0, i - 1); k <= std::min(count - 1, i + 1); ++k, ++near)
            bright += paper[static_cast<std::size_t>(k)];
        bright /= static_cast<float>(near);
        for (int k = std::max(0, i - 2); k <= std::min(count - 1, i + 2); ++k)
            least = std::min(least, ink[static_cast<std::size_t>(k)]);
        const float contrast = std::max(bright - least, 10.0f);
        for (float& value : cells[static_cast<std::size_t>(i)])
            value = std::clamp((bright - value) / contrast, 0.0f, 1.0f);
    }
}

GlyphReader::GlyphReader(std::string_view weights)
    : first_(cell_values * hidden_units), first_bias_(hidden_units), second_(hidden_units * glyph_count),
      second_bias_(glyph_count) {
    if (weights.size() != weight_bytes) return;
    std::size_t group = 0, at = 16;
    for (std::vector<float>* const part : {&first_, &first_bias_, &second_, &second_bias_}) {
        std::uint32_t millionths = 0;
        for (std::size_t i = 0; i < 4; ++i)
            millionths = millionths << 8 | static_cast<unsigned char>(weights[group * 4 + i]);
        ++group;
        for (float& weight : *part)
            weight =
                static_cast<float>(static_cast<signed char>(weights[at++])) * static_cast<float>(millionths) * 1e-6f;
    }
}

GlyphScores GlyphReader::read(const CellPixels& cell) const {
    std::array<float, hidden_units> hidden{};
    std::copy(first_bias_.begin(), first_bias_.end(), hidden.begin());
    for (std::size_t i = 0; i < cell_values; ++i) {
        const float value = cell[i];
        if (value == 0) continue;
        const float* const row = first_.data() + i * hidden_units;
        for (std::size_t h = 0; h < hidden_units; ++h)
            hidden[h] += value * row[h];
    }
    GlyphScores scores{};
    std::copy(second_bias_.begin(), second_bias_.end(), scores.begin());
    for (std::size_t h = 0; h < hidden_units; ++h) {
        if (hidden[h] <= 0) continue;
        for (std::size_t g = 0; g < glyph_count; ++g)
            scores[g] += hidden[h] * second_[h * glyph_count + g];
    }
    const float most = *std::max_element(scores.begin(), scores.end());
    float sum = 0;
    for (const float score : scores)
        sum += std::exp(score - most);
    for (float& score : scores)
        score -= most + std::log(sum);
    return scores;
}

const GlyphReader& ocr_b_reader() {
    static const GlyphReader reader(weights::ocr_b_weights_bin());
    return reader;
}

} // namespace kiosk::decoder
