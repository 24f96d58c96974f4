// SPDX-License-Identifier: EUPL-1.2
// How well and how fast sheets of paper are found, on drawn pictures whose truth is known (tests/kiosk/capture/
// sheets.hpp): 1600 × 1200. Found = all four corners within 2 % of the sheet's longer side. The seeds are used for
// nothing else; `--tuning` takes other ones, which may be looked at while the finder is changed. Time is CPU time of
// one thread, for finding alone.
//     page_bench [--tuning] [pictures of each kind, 50 if not said]
#include "kiosk/decoder/page_find.hpp"
#include "kiosk/decoder/page_judge.hpp"
#include "tests/kiosk/capture/sheets.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <ctime>

#include <opencv2/core.hpp>

using namespace tests;
using namespace kiosk::decoder;
using kiosk::PageTrouble;

namespace {

constexpr int width = 1600, height = 1200;
constexpr double close_enough = 0.02;

double cpu_ms() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

Corners corners_of(const PageQuad& quad) {
    Corners corners{};
    for (std::size_t i = 0; i < 4; ++i)
        corners[i] = {quad[i].x, quad[i].y};
    return corners;
}

double part(std::vector<double> all, double share) {
    if (all.empty()) return 0;
    std::sort(all.begin(), all.end());
    return all[static_cast<std::size_t>(share * static_cast<double>(all.size() - 1))];
}

struct Sum {
    int pictures = 0, right = 0;
};

Sum measure(Trouble trouble, int pictures, std::uint64_t seeds, bool tell) {
    Sum sum;
    int none = 0, dark = 0, glare = 0, blurred_ones = 0;
    std::vector<double> errors, times;
    for (int i = 0; i < pictures; ++i) {
        SeededChance chance(seeds + 100'000 * static_cast<std::uint64_t>(trouble) + static_cast<std::uint64_t>(i));
        const DrawnSheet drawn = sheet_on_a_table(trouble, width, height, chance);
        const double start = cpu_ms();
        const auto place = find_page(drawn.picture);
        times.push_back(cpu_ms() - start);
        ++sum.pictures;
        const auto seen = judge_page(drawn.picture, place);
        dark += seen.has(PageTrouble::TooDark) ? 1 : 0;
        glare += seen.has(PageTrouble::Glare) ? 1 : 0;
        blurred_ones += seen.has(PageTrouble::Blurred) ? 1 : 0;
        const double error = place ? corner_error(drawn.corners, corners_of(place->quad)) : 1;
        if (place) errors.push_back(error);
        if (error <= close_enough) ++sum.right;
        if (!place) ++none;
        if (tell && error > close_enough)
            std::printf("  %s %d: error %.3f trust %.2f\n", std::string(name_of(trouble)).c_str(), i, error,
                        place ? place->trust : 0);
    }
    std::printf(
        "sheet, %-14s %4d pictures  within 2 %% %6.2f %%  none seen %5.2f %%  error median %.2f %% 95th %.2f %%  "
        "dark %d glare %d blurred %d  median %5.1f ms  95th %5.1f ms\n",
        std::string(name_of(trouble)).c_str(), sum.pictures, 100.0 * sum.right / sum.pictures,
        100.0 * none / sum.pictures, 100 * part(errors, 0.5), 100 * part(errors, 0.95), dark, glare, blurred_ones,
        part(times, 0.5), part(times, 0.95));
    std::fflush(stdout);
    return sum;
}

} // namespace

int main(int count, char** arguments) {
    cv::setNumThreads(0);
    int pictures = 50, at = 1;
    const bool tuning = count > 1 && std::string_view(arguments[1]) == "--tuning";
    if (tuning) ++at;
    if (count > at) {
        const std::string_view number = arguments[at];
        if (count > at + 1 ||
            std::from_chars(number.data(), number.data() + number.size(), pictures).ptr !=
                number.data() + number.size() ||
            pictures < 1) {
            std::puts("usage: page_bench [--tuning] [PICTURES OF EACH KIND]");
            return 2;
        }
    }
    const std::uint64_t seeds = tuning ? 7'000'000 : 9'000'000;
    Sum all;
    for (std::size_t i = 0; i < trouble_count; ++i) {
        const Sum one = measure(static_cast<Trouble>(i), pictures, seeds, tuning);
        all.pictures += one.pictures;
        all.right += one.right;
    }
    std::printf("sheet, all            %4d pictures  within 2 %% %6.2f %%\n", all.pictures,
                100.0 * all.right / all.pictures);
    int seen = 0;
    for (int i = 0; i < pictures; ++i) {
        SeededChance chance(seeds + 5'000'000 + static_cast<std::uint64_t>(i));
        seen += find_page(table_without_sheet(width, height, chance)) ? 1 : 0;
    }
    std::printf("no sheet there        %4d pictures  none seen %6.2f %%\n", pictures,
                100.0 * (pictures - seen) / pictures);
    return 0;
}
