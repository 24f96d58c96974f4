// SPDX-License-Identifier: EUPL-1.2
#include "tests/kiosk/capture/papers.hpp"

#include <algorithm>
#include <array>

namespace tests {
namespace {

using kiosk::MrzFormat;

std::string padded(std::string text, std::size_t length) {
    text.resize(length, '<');
    return text;
}
char check(const std::string& text) { return *kiosk::mrz_check_digit(text); }

std::string name(SeededChance& chance) {
    static constexpr std::array syllables = {"RO", "SSI",  "BIAN", "CO",  "MAR", "EL",  "KHA", "DI",
                                             "YU", "WANG", "ZAH",  "RA",  "FER", "QUI", "OKO", "NJO",
                                             "PE", "TRO",  "VIC",  "XHE", "LJU", "BA",  "SCH", "MITT"};
    std::string out;
    for (int i = chance.whole(1, 4); i > 0; --i)
        out += syllables[static_cast<std::size_t>(chance.whole(0, syllables.size() - 1))];
    return out;
}

std::string names(SeededChance& chance) {
    std::string out = name(chance);
    if (chance.happens(0.2)) out += "<" + name(chance);
    if (chance.happens(0.95)) out += "<<" + name(chance);
    if (chance.happens(0.4)) out += "<" + name(chance);
    return out;
}

std::string date(SeededChance& chance, int from, int to) {
    const auto two = [](int value) {
        return std::string{static_cast<char>('0' + value / 10 % 10), static_cast<char>('0' + value % 10)};
    };
    return two(chance.whole(from, to) % 100) + two(chance.whole(1, 12)) + two(chance.whole(1, 28));
}

std::string number(SeededChance& chance, std::size_t length) {
    static constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", digits = "0123456789";
    std::string out;
    const int kind = chance.whole(0, 3);
    for (std::size_t i = 0; i < length; ++i)
        out += kind == 0   ? chance.of(digits)
               : kind == 1 ? chance.of(i < 2 ? letters : digits)
               : kind == 2 ? chance.of(i < 2 || i > 6 ? letters : digits)
                           : chance.of(chance.happens(0.5) ? letters : digits);
    return out;
}

} // namespace

std::vector<std::string> invented_zone(MrzFormat format, SeededChance& chance) {
    static constexpr std::array states = {"ITA", "FRA", "UKR", "MAR", "CHN", "BGD", "ROU",
                                          "ALB", "D<<", "UTO", "XXB", "NGA", "PAK", "SEN"};
    const std::string state = states[static_cast<std::size_t>(chance.whole(0, states.size() - 1))];
    const std::string born = date(chance, 30, 120), ends = date(chance, 20, 38), sex(1, chance.of("MF<"));
    const std::string birth = born + check(born), expiry = ends + check(ends);
    const std::string nine = chance.happens(0.1) ? padded(number(chance, 8), 9) : number(chance, 9),
                      numbered = nine + check(nine);
    if (format == MrzFormat::Td1) {
        static constexpr std::array types = {"C<", "I<", "ID", "IR", "AR"};
        const std::string extra = chance.happens(0.3) ? padded(number(chance, 11), 15) : padded("", 15),
                          more = chance.happens(0.15) ? number(chance, 11) : padded("", 11);
        const std::string one =
            types[static_cast<std::size_t>(chance.whole(0, types.size() - 1))] + state + numbered + extra;
        const std::string covered = one.substr(5) + birth + expiry + more;
        return {one, birth + sex + expiry + state + more + check(covered), padded(names(chance), 30)};
    }
    if (format == MrzFormat::FrenchCard) {
        const std::string one = "IDFRA" + padded(name(chance), 25) + number(chance, 3).replace(0, 3, "692") + "0" +
                                std::string{chance.of("0123456789"), chance.of("0123456789")};
        std::string twelve = date(chance, 88, 99).substr(0, 4) + "692";
        for (int i = 0; i < 5; ++i)
            twelve += chance.of("0123456789");
        const std::string sex_known(1, chance.of("MF"));
        const std::string two = twelve + check(twelve) + padded(names(chance).substr(0, 13), 14) + birth + sex_known;
        return {one, two + check(one + two)};
    }
    const std::size_t wide = format == MrzFormat::Td3 || format == MrzFormat::VisaA ? 44 : 36;
    const bool visa = format == MrzFormat::VisaA || format == MrzFormat::VisaB;
    const std::string one = padded((visa                       ? "V<"
                                    : format == MrzFormat::Td3 ? "P<"
                                                               : "I<") +
                                       state + names(chance),
                                   wide);
    std::string two = numbered + state + birth + sex + expiry;
    if (visa) return {one, padded(two + (chance.happens(0.5) ? number(chance, 7) : ""), wide)};
    const std::string extra = padded(chance.happens(0.4) ? number(chance, format == MrzFormat::Td3 ? 11 : 6) : "",
                                     format == MrzFormat::Td3 ? 14 : 7);
    two += extra;
    std::string covered = numbered + birth + expiry + extra;
    if (format == MrzFormat::Td3) {
        const char own = extra[0] == '<' && chance.happens(0.5) ? '<' : check(extra);
        two += own;
        covered += own;
    }
    return {one, two + check(covered)};
}

GrayPicture paper_with_zone(const std::vector<std::string>& lines, SeededChance& chance) {
    constexpr double mm = 12;
    const bool page = lines[0].size() == 44, card = lines.size() == 3;
    const double wide = page ? 125 : card ? 85.6 : 105, tall = page ? 88 : card ? 54 : 74;
    GrayPicture paper(static_cast<int>(wide * mm), static_cast<int>(tall * mm), 225);
    const int tint = chance.whole(205, 245), lines_apart = chance.whole(3, 9), strength = chance.whole(0, 16);
    for (int y = 0; y < paper.height; ++y)
        for (int x = 0; x < paper.width; ++x) // guilloches, more or less
            paper.row(y)[x] = static_cast<std::uint8_t>(std::clamp(
                tint + static_cast<int>(strength * std::sin((x + 20 * std::sin(y / 40.0)) / lines_apart)), 0, 255));
    static constexpr std::array labels = {"Cognome / Surname",     "Nome / Name",       "Data di nascita",
                                          "Cittadinanza",          "Scadenza / Expiry", "Luogo di nascita",
                                          "Indirizzo di residenza"};
    const double zone_top = tall - (card ? 23.2 : 23.2);
    for (double y = 8; y < zone_top - 4; y += chance.between(4, 8))
        draw_print(paper,
                   std::string(labels[static_cast<std::size_t>(chance.whole(0, labels.size() - 1))]) + " " +
                       name(chance),
                   static_cast<int>(mm * chance.between(3, wide * 0.4)), static_cast<int>(y * mm),
                   static_cast<int>(mm * chance.between(1.8, 3)), chance.whole(10, 90));
    if (chance.happens(0.7)) { // a photograph
        const int x0 = static_cast<int>(mm * 4), y0 = static_cast<int>(mm * 10);
        for (int y = y0; y < static_cast<int>((zone_top - 6) * mm); ++y)
            for (int x = x0; x < x0 + static_cast<int>(22 * mm); ++x)
                paper.row(y)[x] =
                    static_cast<std::uint8_t>(90 + 60 * std::sin(x / 50.0) * std::cos(y / 70.0) + 10 * chance.unit());
    }
    const double pitch = 2.54 * mm, apart = chance.between(5.2, 6.4) * mm;
    const double left = (wide * mm - pitch * static_cast<double>(lines[0].size())) / 2 + chance.between(-1, 1) * mm;
    double baseline = tall * mm - 5 * mm - apart * static_cast<double>(lines.size() - 1) + (card ? 0 : -1.5 * mm);
    const int ink = chance.whole(5, 60);
    for (const std::string& line : lines) {
        draw_ocr_b(paper, line, left, baseline, pitch, ink);
        baseline += apart;
    }
    return paper;
}

} // namespace tests
