// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/decoder/gray_picture.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace kiosk::decoder {

/// The letters of a machine-readable zone, in the order of the classifier's outputs.
inline constexpr std::string_view glyph_letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<";
inline constexpr std::size_t glyph_count = 37;
inline constexpr int cell_across = 16, cell_down = 22;
inline constexpr std::size_t cell_values = 352, hidden_units = 64;
inline constexpr double cell_height_in_capitals = 1.42; ///< a cell is so much taller than a capital letter

/// Where one letter stands in a picture: its centre, and the vectors one cell to the right and one cell down. px.
struct CellPlace {
    double x = 0, y = 0, right_x = 1, right_y = 0, down_x = 0, down_y = 1;
};
using CellPixels = std::array<float, cell_values>; ///< rows of 16, brightness 0 to 255; after `level_line` ink 0 to 1
[[nodiscard]] CellPixels sample_cell(const GrayPicture& picture, const CellPlace& place);
/// Takes light and contrast out of the cells of one line: 0 = paper, 1 = ink, judged in the neighbourhood.
void level_line(std::vector<CellPixels>& cells);

using GlyphScores = std::array<float, glyph_count>; ///< logarithms of probabilities that sum up to 1

/// A small neural network: 352 inputs, 64 rectified units, 37 outputs. Immutable: any thread.
class GlyphReader {
public:
    /// `weights`: as written by tests/kiosk/capture/train_ocr_b, `weight_bytes` long. Other lengths give a reader that
    /// finds all letters equally likely.
    explicit GlyphReader(std::string_view weights);
    [[nodiscard]] GlyphScores read(const CellPixels& cell) const;

    static constexpr std::size_t weight_count =
        cell_values * hidden_units + hidden_units + hidden_units * glyph_count + glyph_count;
    /// One signed byte a weight, in four groups (weights and biases of both layers), after the groups' scales as
    /// big-endian numbers of 4 bytes in millionths.
    static constexpr std::size_t weight_bytes = 16 + weight_count;

private:
    std::vector<float> first_, first_bias_, second_, second_bias_; ///< first_: by input; second_: by hidden unit
};
/// The one trained for OCR-B that is built in.
[[nodiscard]] const GlyphReader& ocr_b_reader();

} // namespace kiosk::decoder
