// SPDX-License-Identifier: EUPL-1.2
// Draws cards, papers and codes, and then treats the picture as a camera and a hand would. The truth is known.
#pragma once
#include "kiosk/capture/readout.hpp"
#include "kiosk/decoder/gray_picture.hpp"
#include "tests/kiosk/capture/chance.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace tests {

using kiosk::decoder::GrayPicture;

/// `module` px for the narrowest bar or one module; white margin included. `bytes`: Latin letters and digits for linear
/// codes, UTF-8 for the others.
[[nodiscard]] GrayPicture drawn_code(kiosk::Symbology symbology, std::string_view bytes, int module);

/// One line in OCR-B, black on nothing, `pitch` px from letter to letter; darkens `onto` only.
void draw_ocr_b(GrayPicture& onto, std::string_view text, double left, double baseline, double pitch, int ink);
/// Ordinary print (Noto Sans), `size` px.
void draw_print(GrayPicture& onto, std::string_view text, int left, int baseline, int size, int ink);
void draw_onto(GrayPicture& onto, const GrayPicture& what, int left, int top);

/// What happens between paper and picture. Zero = nothing.
struct Damage {
    double degrees = 0;
    double fill = 0.8;      ///< of the frame's smaller side that the paper takes, roughly
    double scale = 0;       ///< px of the frame for one of the paper; 0 = as `fill` says. Never more than fits
    double perspective = 0; ///< how far corners wander, as a part of the side
    double blur = 0;        ///< sigma, px of the frame
    double noise = 0;       ///< sigma, grey levels
    double shadow = 0;      ///< darkest part of the light, 0 … 1
    double glare = 0;       ///< strength of one bright spot, 0 … 1
    int jpeg = 0;           ///< quality; 0 = PNG
};
/// At every rotation. Light: what a good scanner does.
[[nodiscard]] Damage light_damage(SeededChance& chance);
/// A camera in an office: corners up to 4 % of the side away, blur to 1.3 px, noise to 10 levels, half the light taken
/// by a shadow, a bright spot of up to 60 % in two pictures of five, JPEG of 30 to 90 in seven of ten.
[[nodiscard]] Damage moderate_damage(SeededChance& chance);
/// A bad camera in a bad place: corners to 8 %, blur 0.8 to 2 px, noise to 16, shadow to 70 %, glare of up to 90 % in
/// three of five, JPEG of 30 to 70 always.
[[nodiscard]] Damage hard_damage(SeededChance& chance);

/// The paper in a frame of the size given, on a table with something lying about.
[[nodiscard]] GrayPicture photographed(const GrayPicture& paper, int width, int height, const Damage& damage,
                                       SeededChance& chance);

[[nodiscard]] GrayPicture blurred(const GrayPicture& from, double sigma); ///< sigma in px

using Corners = std::array<std::array<double, 2>, 4>; ///< x, y
using Homography = std::array<double, 8>; ///< (h0 x + h1 y + h2) / (h6 x + h7 y + 1), and so on; the ninth is 1
/// The one that takes each `from` to its `to`.
[[nodiscard]] Homography homography(const Corners& from, const Corners& to);

/// A file: JPEG of that quality, or PNG when it is 0.
[[nodiscard]] std::vector<std::byte> as_file(const GrayPicture& picture, int jpeg_quality);

/// Text, a table, stripes, wood, a texture or a face, now and then with a fence before it; no code and no
/// machine-readable zone.
[[nodiscard]] GrayPicture picture_of_nothing(int width, int height, SeededChance& chance);

} // namespace tests
