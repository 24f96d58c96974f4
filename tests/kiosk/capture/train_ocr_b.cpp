// SPDX-License-Identifier: EUPL-1.2
// Trains the reader of machine-readable zones on letters drawn from the Debian font and writes its weights:
//     train_ocr_b kiosk/decoder/ocr_b_weights.bin
// The same compiler and font give the same bytes. Nothing of the measuring sets (tests/bench) goes in: other seeds.
#include "kiosk/decoder/glyph.hpp"
#include "kiosk/decoder/pixels.hpp"
#include "tests/kiosk/capture/paint.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

using namespace tests;
using namespace kiosk::decoder;

namespace {

struct Sample {
    CellPixels cell;
    std::size_t letter;
};

/// One line as a camera sees it, cut with the mistakes that the finder makes.
void add_line(std::vector<Sample>& to, SeededChance& chance) {
    constexpr int letters = 14;
    const double pitch = chance.between(11, 40), capital = pitch;
    std::string text;
    for (int i = 0; i < letters; ++i)
        text += chance.happens(0.12) ? '<' : glyph_letters[static_cast<std::size_t>(chance.whole(0, glyph_count - 1))];
    GrayPicture strip(static_cast<int>(pitch * (letters + 4)), static_cast<int>(pitch * 5),
                      static_cast<std::uint8_t>(chance.whole(150, 250)));
    for (std::uint8_t& pixel : strip.pixels) // the tinted ground of a card
        pixel = static_cast<std::uint8_t>(std::clamp(pixel + chance.whole(-6, 6), 0, 255));
    const double left = 2 * pitch + chance.unit(), baseline = 2.5 * pitch + capital / 2 + chance.unit();
    const int ink = chance.whole(0, 70);
    draw_ocr_b(strip, text, left, baseline, pitch, ink);
    if (chance.happens(0.5)) draw_ocr_b(strip, text, left, baseline + pitch * chance.between(1.8, 2.4), pitch, ink);
    strip = blurred(strip, chance.between(0.2, 1.0 + pitch / 25));
    const double light = chance.between(0.45, 1.05), slope = chance.between(-0.3, 0.3),
                 noise = chance.happens(0.3) ? 0 : chance.between(0, 14);
    const double spot = chance.happens(0.3) ? chance.between(20, 110) : 0, spot_at = chance.unit() * strip.width,
                 spot_wide = chance.between(1, 6) * pitch;
    for (int y = 0; y < strip.height; ++y)
        for (int x = 0; x < strip.width; ++x) {
            const double away = (x - spot_at) / spot_wide;
            const double value = strip.row(y)[x] * (light + slope * (static_cast<double>(x) / strip.width - 0.5)) +
                                 spot * std::exp(-away * away / 2) + noise * chance.normal();
            strip.row(y)[x] = static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0));
        }
    if (chance.happens(0.5)) {
        auto decoded = decode_picture(as_file(strip, chance.whole(30, 90)));
        if (!decoded.ok()) std::abort();
        strip = std::move(decoded).value();
    }
    const double tilt = chance.between(-0.035, 0.035), shear = chance.between(-0.08, 0.08);
    const double wide = pitch * chance.between(0.95, 1.06),
                 tall = capital * cell_height_in_capitals * chance.between(0.9, 1.12);
    const double off_y = pitch * chance.between(-0.07, 0.07);
    std::vector<CellPixels> cells;
    for (int i = 0; i < letters; ++i) {
        const double off_x = pitch * std::clamp(0.045 * chance.normal(), -0.13, 0.13);
        cells.push_back(sample_cell(strip, {left + pitch * (i + 0.5) + off_x, baseline - capital / 2 + off_y, wide,
                                            wide * tilt, tall * shear, tall}));
    }
    level_line(cells);
    for (int i = 0; i < letters; ++i)
        to.push_back({cells[static_cast<std::size_t>(i)], glyph_letters.find(text[static_cast<std::size_t>(i)])});
}

struct Net {
    std::vector<float> w1 = std::vector<float>(cell_values * hidden_units), b1 = std::vector<float>(hidden_units);
    std::vector<float> w2 = std::vector<float>(hidden_units * glyph_count), b2 = std::vector<float>(glyph_count);
    [[nodiscard]] std::vector<std::vector<float>*> groups() { return {&w1, &b1, &w2, &b2}; }

    /// Adds the gradient of one sample; returns whether it was read right.
    bool learn(const Sample& sample, Net& gradient) const {
        std::array<float, hidden_units> hidden{}, back{};
        std::copy(b1.begin(), b1.end(), hidden.begin());
        for (std::size_t i = 0; i < cell_values; ++i)
            if (const float v = sample.cell[i]; v != 0)
                for (std::size_t h = 0; h < hidden_units; ++h)
                    hidden[h] += v * w1[i * hidden_units + h];
        std::array<float, glyph_count> out{};
        std::copy(b2.begin(), b2.end(), out.begin());
        for (std::size_t h = 0; h < hidden_units; ++h) {
            hidden[h] = std::max(hidden[h], 0.0f);
            for (std::size_t g = 0; g < glyph_count; ++g)
                out[g] += hidden[h] * w2[h * glyph_count + g];
        }
        const auto best = static_cast<std::size_t>(std::max_element(out.begin(), out.end()) - out.begin());
        float sum = 0;
        const float most = out[best];
        for (float& value : out)
            sum += value = std::exp(value - most);
        for (std::size_t g = 0; g < glyph_count; ++g) {
            // A little doubt in the truth keeps the probabilities honest.
            const float truth = (g == sample.letter ? 0.98f : 0.0f) + 0.02f / glyph_count;
            out[g] = out[g] / sum - truth;
            gradient.b2[g] += out[g];
        }
        for (std::size_t h = 0; h < hidden_units; ++h) {
            if (hidden[h] == 0) continue;
            for (std::size_t g = 0; g < glyph_count; ++g) {
                gradient.w2[h * glyph_count + g] += hidden[h] * out[g];
                back[h] += w2[h * glyph_count + g] * out[g];
            }
            gradient.b1[h] += back[h];
        }
        for (std::size_t i = 0; i < cell_values; ++i)
            if (const float v = sample.cell[i]; v != 0)
                for (std::size_t h = 0; h < hidden_units; ++h)
                    gradient.w1[i * hidden_units + h] += v * back[h];
        return best == sample.letter;
    }
};

std::string quantized(Net& net) {
    std::string scales, bytes;
    for (const std::vector<float>* const group : net.groups()) {
        float most = 0;
        for (const float weight : *group)
            most = std::max(most, std::abs(weight));
        const auto millionths = static_cast<std::uint32_t>(std::ceil(most / 127 * 1e6f));
        for (int shift = 24; shift >= 0; shift -= 8)
            scales += static_cast<char>(millionths >> shift);
        for (const float weight : *group)
            bytes += static_cast<char>(std::lround(weight / (static_cast<float>(millionths) * 1e-6f)));
    }
    return scales + bytes;
}

} // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        std::puts("usage: train_ocr_b FILE");
        return 2;
    }
    SeededChance chance(20260101);
    std::vector<Sample> samples, unseen;
    while (samples.size() < 60000)
        add_line(samples, chance);
    while (unseen.size() < 6000)
        add_line(unseen, chance);
    std::printf("%zu letters drawn\n", samples.size());

    Net net, gradient, slow, fast; // Adam (Kingma and Ba 2015): `slow` and `fast` are its two moments
    for (float& weight : net.w1)
        weight = static_cast<float>(chance.normal() * std::sqrt(2.0 / 100));
    for (float& weight : net.w2)
        weight = static_cast<float>(chance.normal() * std::sqrt(2.0 / hidden_units));
    constexpr int rounds = 14;
    constexpr std::size_t batch = 64;
    long step = 0;
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t i = samples.size() - 1; i > 0; --i)
            std::swap(samples[i], samples[static_cast<std::size_t>(chance.whole(0, static_cast<int>(i)))]);
        const float rate = 0.002f * static_cast<float>(0.02 + 0.98 * (0.5 + 0.5 * std::cos(3.14159 * round / rounds)));
        std::size_t right = 0;
        for (std::size_t start = 0; start + batch <= samples.size(); start += batch) {
            for (std::vector<float>* const group : gradient.groups())
                std::fill(group->begin(), group->end(), 0.0f);
            for (std::size_t i = start; i < start + batch; ++i)
                right += net.learn(samples[i], gradient);
            ++step;
            const float fix1 = 1 - std::pow(0.9f, static_cast<float>(step)),
                        fix2 = 1 - std::pow(0.999f, static_cast<float>(step));
            for (std::size_t g = 0; g < 4; ++g) {
                std::vector<float>&w = *net.groups()[g], &d = *gradient.groups()[g], &m = *slow.groups()[g],
                &v = *fast.groups()[g];
                for (std::size_t i = 0; i < w.size(); ++i) {
                    const float slope = d[i] / batch;
                    m[i] = 0.9f * m[i] + 0.1f * slope;
                    v[i] = 0.999f * v[i] + 0.001f * slope * slope;
                    w[i] -= rate * (m[i] / fix1 / (std::sqrt(v[i] / fix2) + 1e-8f) + 1e-4f * w[i]);
                }
            }
        }
        std::printf("round %d: %.2f %% of the letters right\n", round + 1,
                    100.0 * static_cast<double>(right) / static_cast<double>(samples.size()));
        std::fflush(stdout);
    }
    const std::string weights = quantized(net);
    const GlyphReader reader(weights);
    std::size_t right = 0;
    for (const Sample& sample : unseen) {
        const GlyphScores scores = reader.read(sample.cell);
        right +=
            static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin()) == sample.letter;
    }
    std::printf("unseen letters, weights as written: %.2f %% right\n",
                100.0 * static_cast<double>(right) / static_cast<double>(unseen.size()));
    std::ofstream(arguments[1], std::ios::binary) << weights;
    return 0;
}
