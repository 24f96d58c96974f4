// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/decoder/page_job.hpp"

#include "kiosk/decoder/page_encode.hpp"
#include "kiosk/decoder/page_flatten.hpp"
#include "kiosk/decoder/page_judge.hpp"

#include <cmath>

namespace kiosk::decoder {
namespace {

constexpr double sure = 0.75;         // of a scanner's sheet, beside which the lid may look like a sheet too
constexpr double least_corner = 0.35; // sine of the sharpest corner a person may set

PagePlace whole_of(const GrayPicture& picture) {
    const double w = picture.width, h = picture.height;
    return {.quad = {{{0, 0}, {w, 0}, {w, h}, {0, h}}}, .trust = 1, .cut_off = false};
}

/// Convex, clockwise, not too sharp, at most a quarter of the picture outside it.
bool can_be_a_page(const PageQuad& q, const GrayPicture& picture) {
    for (std::size_t i = 0; i < 4; ++i) {
        const PagePoint a = q[i], b = q[(i + 1) % 4], c = q[(i + 2) % 4];
        if (a.x < -0.25 * picture.width || a.x > 1.25 * picture.width || a.y < -0.25 * picture.height ||
            a.y > 1.25 * picture.height)
            return false;
        const double ux = b.x - a.x, uy = b.y - a.y, vx = c.x - b.x, vy = c.y - b.y;
        const double sides = std::hypot(ux, uy) * std::hypot(vx, vy);
        if (std::hypot(ux, uy) < 16 || (ux * vy - uy * vx) < least_corner * sides) return false;
    }
    return true;
}

std::optional<PagePlace> place_of(const GrayPicture& picture, const PageWish& wish) {
    switch (wish.area) {
    case PageArea::Found:
        return find_page(picture);
    case PageArea::Corners: {
        PagePlace place{.trust = 1};
        for (std::size_t i = 0; i < 4; ++i)
            place.quad[i] = {static_cast<double>(wish.corners[i].x), static_cast<double>(wish.corners[i].y)};
        return place;
    }
    case PageArea::Whole: {
        const auto sheet = find_page(picture);
        return sheet && sheet->trust >= sure && !sheet->cut_off ? sheet : whole_of(picture);
    }
    }
    return std::nullopt;
}

/// What a person can recognise a page by: each pixel the average of a square.
Pixels small_of(const GrayPicture& page) {
    const int side = static_cast<int>(small_side);
    const int step = (std::max(page.width, page.height) + side - 1) / side;
    Pixels small;
    small.width = static_cast<std::uint32_t>(page.width / step);
    small.height = static_cast<std::uint32_t>(page.height / step);
    small.bytes.reserve(static_cast<std::size_t>(small.width) * small.height);
    for (int y = 0; y < static_cast<int>(small.height); ++y)
        for (int x = 0; x < static_cast<int>(small.width); ++x) {
            int sum = 0;
            for (int v = 0; v < step; ++v)
                for (int u = 0; u < step; ++u)
                    sum += page.at(x * step + u, y * step + v);
            small.bytes.push_back(static_cast<std::uint8_t>(sum / (step * step)));
        }
    return small;
}

} // namespace

forms::Result<PagePicture, PictureFault> make_page(const GrayPicture& picture, const PageWish& wish) {
    const auto place = place_of(picture, wish);
    if (place && !can_be_a_page(place->quad, picture)) return PictureFault::BadCorners;
    PagePicture page;
    page.seen = judge_page(picture, place);
    if (!place) return page;
    const FlatPage flat = flattened(picture, place->quad, wish.dots_per_inch, wish.turns);
    page.width = static_cast<std::uint32_t>(flat.picture.width);
    page.height = static_cast<std::uint32_t>(flat.picture.height);
    page.dots_per_inch = flat.dots_per_inch;
    page.small = small_of(flat.picture);
    page.jpeg = encoded_page(flat.picture);
    return page;
}

} // namespace kiosk::decoder
