// SPDX-License-Identifier: EUPL-1.2
// How well and how fast cards and papers are read, on drawn pictures whose truth is known: 1920 × 1080, any rotation,
// moderate damage (tests/kiosk/capture/paint.hpp). The seeds are used for nothing else: neither training nor tests.
// Time is CPU time of one thread, for codes or zone alone, without decoding the file.
//     capture_bench [pictures of each kind, 100 if not said]
#include "kiosk/capture/mrz.hpp"
#include "kiosk/decoder/codes.hpp"
#include "kiosk/decoder/mrz_read.hpp"
#include "kiosk/decoder/pixels.hpp"
#include "tests/kiosk/capture/papers.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

using namespace tests;
using namespace kiosk::decoder;
using kiosk::MrzFormat;
using kiosk::Symbology;

namespace {

constexpr std::uint64_t measuring_seeds = 5'000'000;
constexpr int width = 1920, height = 1080;
const forms::PartialDate today{2026, 11, 22};

double cpu_ms() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

struct Tally {
    int pictures = 0, exact = 0, wrong = 0, seen = 0;
    std::vector<double> times;

    void print(const char* kind) {
        std::sort(times.begin(), times.end());
        const auto percent = [&](int part) { return 100.0 * part / pictures; };
        std::printf(
            "%-28s %5d pictures  exact %6.2f %%  not read %6.2f %%  wrong %5.2f %%  median %6.1f ms  95th %6.1f ms\n",
            kind, pictures, percent(exact), percent(pictures - seen), percent(wrong), times[times.size() / 2],
            times[times.size() * 95 / 100]);
        std::fflush(stdout);
    }
};

/// Through a file, as everything comes.
GrayPicture through_file(const GrayPicture& frame, int quality) {
    if (quality == 0) return frame;
    auto decoded = decode_picture(as_file(frame, quality));
    if (!decoded.ok()) std::abort();
    return std::move(decoded).value();
}

bool field_differs(const std::string& read, const std::string& truth) { return !read.empty() && read != truth; }

/// Anything given out that is not the truth.
bool is_wrong(const std::vector<std::string>& lines, const std::vector<std::string>& truth_lines) {
    const auto read = kiosk::read_mrz(lines, today), truth = kiosk::read_mrz(truth_lines, today);
    if (!read || !truth) return read.has_value();
    return field_differs(read->number, truth->number) || field_differs(read->family, truth->family) ||
           field_differs(read->given, truth->given) || field_differs(read->nationality, truth->nationality) ||
           field_differs(read->issuer, truth->issuer) || field_differs(read->type, truth->type) ||
           field_differs(read->sex, truth->sex) || field_differs(read->optional_data, truth->optional_data) ||
           (read->birth && read->birth != truth->birth) || (read->expiry && read->expiry != truth->expiry);
}

void measure_zone(MrzFormat format, int pictures) {
    Tally tally;
    for (int i = 0; i < pictures; ++i) {
        SeededChance chance(measuring_seeds + 100'000 * static_cast<std::uint64_t>(format) +
                            static_cast<std::uint64_t>(i));
        const auto truth = invented_zone(format, chance);
        const GrayPicture paper = paper_with_zone(truth, chance);
        const Damage damage = moderate_damage(chance);
        const GrayPicture frame = through_file(photographed(paper, width, height, damage, chance), damage.jpeg);
        const double start = cpu_ms();
        const auto found = read_mrz_of(frame, half_size(frame));
        tally.times.push_back(cpu_ms() - start);
        ++tally.pictures;
        if (!found) continue;
        ++tally.seen;
        if (found->lines == truth) ++tally.exact;
        if (is_wrong(found->lines, truth)) ++tally.wrong;
    }
    tally.print((std::string("zone ") + std::string(name_of(format))).c_str());
}

void measure_code(Symbology symbology, int pictures) {
    Tally tally;
    for (int i = 0; i < pictures; ++i) {
        SeededChance chance(measuring_seeds + 1'000'000 + 100'000 * static_cast<std::uint64_t>(symbology) +
                            static_cast<std::uint64_t>(i));
        std::string truth = "RSSMRA80A01H501U";
        for (const std::size_t at : {0u, 1u, 2u, 3u, 4u, 5u})
            truth[at] = chance.of("ABCDEFGHILMNOPQRSTUVZ");
        const bool linear = symbology == Symbology::Code39 || symbology == Symbology::Code128;
        constexpr int module = 6;
        const GrayPicture code = drawn_code(symbology, truth, module);
        GrayPicture paper(code.width + chance.whole(100, 500), code.height + chance.whole(300, 600),
                          static_cast<std::uint8_t>(chance.whole(200, 250)));
        draw_print(paper, "Tessera Sanitaria  COGNOME  NOME", 30, 60, 36, 40);
        draw_print(paper, "luogo e data di nascita, scadenza", 30, paper.height - 60, 30, 60);
        draw_onto(paper, code, chance.whole(20, paper.width - code.width - 20),
                  chance.whole(100, paper.height - code.height - 110));
        Damage damage = moderate_damage(chance);
        damage.scale = chance.between(linear ? 2.4 : 3.0, 5.0) / module; // px of the frame a module
        const GrayPicture frame = through_file(photographed(paper, width, height, damage, chance), damage.jpeg);
        const double start = cpu_ms();
        const auto found = find_codes(frame, half_size(frame));
        tally.times.push_back(cpu_ms() - start);
        ++tally.pictures;
        if (found.empty()) continue;
        ++tally.seen;
        const bool right =
            std::all_of(found.begin(), found.end(), [&](const kiosk::CodeFound& one) { return one.bytes == truth; });
        if (right) ++tally.exact;
        if (!right) ++tally.wrong;
    }
    tally.print((std::string("code ") + std::string(name_of(symbology))).c_str());
}

void measure_nothing(int pictures) {
    Tally codes, zones;
    for (int i = 0; i < pictures; ++i) {
        SeededChance chance(measuring_seeds + 2'000'000 + static_cast<std::uint64_t>(i));
        const GrayPicture paper = picture_of_nothing(1200, 900, chance);
        const GrayPicture frame = photographed(paper, width, height, moderate_damage(chance), chance);
        const GrayPicture half = half_size(frame);
        double start = cpu_ms();
        const bool code = !find_codes(frame, half).empty();
        codes.times.push_back(cpu_ms() - start);
        start = cpu_ms();
        const bool zone = read_mrz_of(frame, half).has_value();
        zones.times.push_back(cpu_ms() - start);
        for (auto [tally, seen] : {std::pair(&codes, code), std::pair(&zones, zone)}) {
            ++tally->pictures;
            tally->exact += seen ? 0 : 1;
            tally->seen += seen ? 1 : 0;
            tally->wrong += seen ? 1 : 0;
        }
    }
    codes.print("no code there");
    zones.print("no zone there");
}

} // namespace

int main(int count, char** arguments) {
    int pictures = 100;
    if (count > 1) {
        const char* const end = arguments[1] + std::strlen(arguments[1]);
        if (count > 2 || std::from_chars(arguments[1], end, pictures).ptr != end || pictures < 1) {
            std::puts("usage: capture_bench [PICTURES OF EACH KIND]");
            return 2;
        }
    }
    for (const MrzFormat format :
         {MrzFormat::Td1, MrzFormat::Td2, MrzFormat::Td3, MrzFormat::VisaA, MrzFormat::VisaB, MrzFormat::FrenchCard})
        measure_zone(format, pictures);
    for (std::size_t i = 0; i < kiosk::symbology_count; ++i)
        measure_code(static_cast<Symbology>(i), pictures);
    measure_nothing(pictures);
    return 0;
}
