// SPDX-License-Identifier: EUPL-1.2
// Papers of invented people for journeys and the demo, drawn and photographed on a table:
//     draw_papers DIR
// What a camera is shown (JPEG), and what it sees before anybody takes a picture (PGM, as pixels come from a camera).
// The people are those of the identity documents' page; nobody else is ever drawn under these names.
#include "tests/kiosk/capture/paint.hpp"
#include "tests/kiosk/capture/papers.hpp"
#include "tests/kiosk/capture/sheets.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using tests::GrayPicture;

constexpr int width_px = 1920, height_px = 1080; // of the camera

GrayPicture sheet(int width, int height) {
    constexpr std::uint8_t paper = 245;
    return {width, height, paper};
}

/// As an office's camera sees it: a little turned, a little noise, JPEG.
GrayPicture seen(const GrayPicture& paper, std::uint64_t seed, double degrees) {
    tests::SeededChance chance(seed);
    tests::Damage damage;
    damage.degrees = degrees;
    damage.perspective = 0.01;
    damage.blur = 0.5;
    damage.noise = 3;
    damage.shadow = 0.1;
    damage.fill = 0.85;
    return tests::photographed(paper, width_px, height_px, damage, chance);
}

GrayPicture health_card(std::string_view code, std::string_view family, std::string_view given, std::string_view born) {
    GrayPicture card = sheet(1027, 648); // 85.6 × 54 mm at 12 px a millimetre
    tests::draw_print(card, "TESSERA SANITARIA", 60, 90, 44, 30);
    tests::draw_print(card, std::string(family) + " " + std::string(given), 60, 190, 36, 20);
    tests::draw_print(card, born, 60, 250, 32, 20);
    tests::draw_print(card, code, 60, 320, 40, 20);
    tests::draw_onto(card, tests::drawn_code(kiosk::Symbology::Code39, code, 3), 60, 420);
    return card;
}

GrayPicture identity_card(const std::vector<std::string>& zone) {
    tests::SeededChance chance(7);
    return tests::paper_with_zone(zone, chance);
}

/// A page of a letter, A4 at 150 dpi.
GrayPicture letter(std::string_view title, int lines) {
    GrayPicture page = sheet(1240, 1754);
    tests::draw_print(page, title, 120, 180, 48, 15);
    for (int i = 0; i < lines; ++i)
        tests::draw_print(page, "Si comunica che la domanda del 3 marzo è stata ricevuta.", 120, 300 + 60 * i, 30, 25);
    return page;
}

bool write(const std::filesystem::path& file, const GrayPicture& picture) {
    const std::vector<std::byte> bytes = tests::as_file(picture, 85);
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    out.close();
    return static_cast<bool>(out);
}

/// Large print: small print, moved, is no print any more, but grey.
GrayPicture poster() {
    GrayPicture page = sheet(1240, 1754);
    for (int i = 0; i < 9; ++i)
        tests::draw_print(page, "Avviso a tutti", 110, 260 + 160 * i, 120, 10);
    return page;
}

/// With so little light, as a camera that can do no more.
GrayPicture in_the_dark(GrayPicture picture) {
    for (std::uint8_t& pixel : picture.pixels)
        pixel = static_cast<std::uint8_t>(pixel / 5);
    return picture;
}

bool write_live(const std::filesystem::path& file, const GrayPicture& picture) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << "P5\n" << picture.width << ' ' << picture.height << "\n255\n";
    out.write(reinterpret_cast<const char*>(picture.pixels.data()), static_cast<std::streamsize>(picture.pixels.size()));
    out.close();
    return static_cast<bool>(out);
}

bool write_live_pictures(const std::filesystem::path& folder) {
    constexpr double moved = 6; // px: a hand that trembles
    const GrayPicture first = seen(letter("Comune di Orvieto", 18), 5, 2);
    tests::SeededChance chance(12);
    return write_live(folder / "live-table.pgm", tests::table_without_sheet(width_px, height_px, chance)) &&
           write_live(folder / "live-dark.pgm", in_the_dark(first)) &&
           write_live(folder / "live-moved.pgm", tests::blurred(seen(poster(), 8, 3), moved)) &&
           write_live(folder / "live-letter-1.pgm", first) &&
           write_live(folder / "live-letter-2.pgm", seen(letter("Segue a pagina 2", 7), 6, -3));
}

} // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        std::fputs("draw_papers DIR\n", stderr);
        return 2;
    }
    const std::filesystem::path folder = arguments[1];
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    tests::SeededChance chance(11);
    GrayPicture advert = sheet(1027, 648);
    tests::draw_onto(advert, tests::drawn_code(kiosk::Symbology::QrCode, "https://www.example.org/orari", 8), 300, 120);
    const bool all =
        write(folder / "health-card.jpg", seen(health_card("RSSMRA80A01H501U", "ROSSI", "MARIO", "01/01/1980"), 1, 4)) &&
        write(folder / "identity-card.jpg", seen(identity_card({"C<ITACA99999ZZ5<<<<<<<<<<<<<<<", "8001014M3401011ITA<<<<<<<<<<<2",
                                                                "ROSSI<<MARIO<<<<<<<<<<<<<<<<<<"}), 2, -5)) &&
        write(folder / "other-identity-card.jpg", seen(identity_card({"C<ITACA00000AA4<<<<<<<<<<<<<<<", "6412308F2212304ITA<<<<<<<<<<<0",
                                                                      "ROSSI<<BIANCA<<<<<<<<<<<<<<<<<"}), 3, 3)) &&
        write(folder / "nothing.jpg", tests::picture_of_nothing(width_px, height_px, chance)) &&
        write(folder / "advert.jpg", seen(advert, 4, 2)) &&
        write(folder / "letter-1.jpg", seen(letter("Comune di Orvieto", 18), 5, 2)) &&
        write(folder / "letter-2.jpg", seen(letter("Segue a pagina 2", 7), 6, -3)) && write_live_pictures(folder);
    if (!all) std::fputs("draw_papers: the pictures cannot be written there\n", stderr);
    return all ? 0 : 1;
}
