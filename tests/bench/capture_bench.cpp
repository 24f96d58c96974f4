// SPDX-License-Identifier: EUPL-1.2
// How well and how fast marks are read, on drawn pictures whose truth is known (tests/kiosk/capture/measuring_set.hpp):
// moderate damage first, hard damage beside it. Time is CPU time of one thread for codes or zone alone, half-size
// picture included, the file already decoded.
#include "kiosk/capture/mrz.hpp"
#include "kiosk/decoder/codes.hpp"
#include "kiosk/decoder/mrz_read.hpp"
#include "tests/kiosk/capture/measuring_set.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <optional>
#include <string_view>

using namespace tests;
using namespace kiosk::decoder;

namespace {

constexpr const char* usage =
    "usage: capture_bench [PICTURES OF EACH KIND, 100 if not said] [--only TEXT] [--tuning] [--moderate] [--judge]\n"
    "  --only TEXT   only kinds whose name holds it: \"code\", \"zone td1\", \"nothing\"\n"
    "  --tuning      the pictures for whoever changes the reader, and which of them were not read exactly\n"
    "  --moderate    without the hard ones\n"
    "  --judge       fails where moderate pictures are read worse than the floors";
const forms::PartialDate today{2026, 11, 22};

struct Wishes {
    std::uint32_t pictures = 100;
    std::string only;
    bool tuning = false, moderate = false, judge = false;
};

double cpu_ms() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

struct Tally {
    int pictures = 0, exact = 0, wrong = 0, seen = 0;
    std::vector<double> times = {};

    [[nodiscard]] double percent(int part) const { return 100.0 * part / std::max(pictures, 1); }
    void add(const Tally& other) {
        pictures += other.pictures, exact += other.exact, wrong += other.wrong, seen += other.seen;
        times.insert(times.end(), other.times.begin(), other.times.end());
    }
    void print(const std::string& kind) {
        if (pictures == 0) return;
        std::sort(times.begin(), times.end());
        std::printf("%-24s %6d pictures  exact %6.2f %%  wrong but valid %5.2f %%  not read %6.2f %%  median %6.1f ms  "
                    "99th %6.1f ms\n",
                    kind.c_str(), pictures, percent(exact), percent(wrong), percent(pictures - seen),
                    times[times.size() / 2], times[times.size() * 99 / 100]);
        std::fflush(stdout);
    }
};

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

Tally look_for_zone(const MeasuredPicture& picture) {
    const double start = cpu_ms();
    const auto found = read_mrz_of(picture.frame, half_size(picture.frame));
    Tally one{.pictures = 1, .times = {cpu_ms() - start}};
    one.seen = found ? 1 : 0;
    if (!found) return one;
    one.exact = found->lines == picture.lines ? 1 : 0;
    one.wrong = is_wrong(found->lines, picture.lines) ? 1 : 0;
    return one;
}

Tally look_for_code(const MeasuredPicture& picture) {
    const double start = cpu_ms();
    const auto found = find_codes(picture.frame, half_size(picture.frame));
    Tally one{.pictures = 1, .times = {cpu_ms() - start}};
    one.seen = found.empty() ? 0 : 1;
    if (found.empty()) return one;
    const bool right = std::all_of(found.begin(), found.end(),
                                   [&](const kiosk::CodeFound& code) { return code.bytes == picture.bytes; });
    (right ? one.exact : one.wrong) = 1;
    return one;
}

enum class Group { Zones, Codes, Nothing };
Group group_of(const PictureKind& kind) { return static_cast<Group>(kind.index()); }

/// `all`: by group, nothing there once for codes and once for zones.
void measure(const Wishes& wishes, Hardness hardness, std::array<Tally, 3>& all) {
    const SeedUse use = wishes.tuning ? SeedUse::Tuning : SeedUse::Measuring;
    for (const PictureKind& kind : picture_kinds()) {
        const std::string name = name_of(kind);
        if (name.find(wishes.only) == std::string::npos) continue;
        const Group group = group_of(kind);
        Tally zones, codes;
        for (std::uint32_t number = 0; number < wishes.pictures; ++number) {
            const MeasuredPicture picture = measured_picture(use, hardness, kind, number);
            Tally one;
            if (group != Group::Codes) zones.add(one = look_for_zone(picture));
            const bool zone_there = one.seen > 0;
            if (group != Group::Zones)
                codes.add(one = look_for_code(picture)); // of nothing, all that is found is wrong
            const bool as_should_be = group == Group::Nothing ? !zone_there && one.seen == 0 : one.exact > 0;
            if (one.wrong > 0 || (wishes.tuning && !as_should_be)) // a wrong one is looked into whatever the set is for
                std::printf("  %s %u: %s\n", name.c_str(), number, one.wrong ? "wrong" : one.seen ? "in part" : "no");
        }
        zones.print(group == Group::Nothing ? name + ": zones" : name);
        codes.print(group == Group::Nothing ? name + ": codes" : name);
        all[static_cast<std::size_t>(group)].add(zones);
        all[static_cast<std::size_t>(group)].add(codes);
    }
    if (wishes.only.empty()) {
        all[0].print("all zones");
        all[1].print("all codes");
    }
}

/// Far enough below what is measured that a few pictures more or less decide nothing, and never with a wrong one.
bool above_the_floors(const std::array<Tally, 3>& all) {
    constexpr double least_zones = 90, least_codes = 90;
    bool good = true;
    const auto judge = [&](bool holds, const char* what) {
        if (!holds) std::printf("below the floor: %s\n", what);
        good = good && holds;
    };
    judge(all[0].pictures == 0 || all[0].percent(all[0].exact) >= least_zones, "zones read exactly, 90 %");
    judge(all[1].pictures == 0 || all[1].percent(all[1].exact) >= least_codes, "codes read exactly, 90 %");
    judge(all[0].wrong == 0 && all[1].wrong == 0, "nothing read as somebody or something else");
    judge(all[2].seen == 0, "nothing seen where nothing is");
    return good;
}

std::optional<Wishes> wishes_of(int count, char** arguments) {
    Wishes wishes;
    for (int i = 1; i < count; ++i) {
        const std::string_view word = arguments[i];
        if (word == "--tuning")
            wishes.tuning = true;
        else if (word == "--moderate")
            wishes.moderate = true;
        else if (word == "--judge")
            wishes.judge = true;
        else if (word == "--only" && i + 1 < count)
            wishes.only = arguments[++i];
        else if (const auto [end, fault] = std::from_chars(word.data(), word.data() + word.size(), wishes.pictures);
                 fault != std::errc() || end != word.data() + word.size() || wishes.pictures < 1)
            return std::nullopt;
    }
    return wishes;
}

} // namespace

int main(int count, char** arguments) {
    const auto wishes = wishes_of(count, arguments);
    if (!wishes) {
        std::puts(usage);
        return 2;
    }
    std::array<Tally, 3> moderate, hard;
    measure(*wishes, Hardness::Moderate, moderate);
    if (!wishes->moderate) {
        std::puts("hard:");
        measure(*wishes, Hardness::Hard, hard);
    }
    return wishes->judge && !above_the_floors(moderate) ? 1 : 0;
}
