// SPDX-License-Identifier: EUPL-1.2
// draw_canaries DECODER FOLDER NEEDLES
// draw_canaries runs NAME FILE
// The first draws an identity card (card.jpg, with a machine-readable zone and a QR code) and a letter (letter.ppm, in
// colour), with words, codes and grain that occur nowhere else, and writes what to look for afterwards (see leak_scan):
// the words, and runs of the file's bytes, of its pixels in grey and in colours, and of the page that the decoder makes
// of it, in full and small. The second prints the runs of a paper's PDF: those inside its pages.
#include "kiosk/capture/decoder_process.hpp"
#include "kiosk/decoder/pixels.hpp"
#include "tests/kiosk/capture/paint.hpp"
#include "tests/kiosk/capture/papers.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

using tests::GrayPicture;
using Bytes = std::span<const std::byte>;

constexpr int width_px = 1920, height_px = 1080; // of the camera
constexpr std::size_t run_length = 32;

/// Letters that stand together in no word of any language.
std::string word(std::random_device& chance) {
    constexpr std::string_view letters = "BCDFGHJKLM";
    std::string out = "ZQ";
    while (out.size() < 12)
        out += letters[chance() % letters.size()];
    return out;
}

/// What could as well be anybody's (white paper, a table of a file format, a text) tells nothing.
bool tells(Bytes run) {
    const std::set<std::byte> kinds(run.begin(), run.end());
    const auto text = std::ranges::count_if(run, [](std::byte b) { return b < std::byte{0x80}; });
    return kinds.size() >= 10 && text < static_cast<std::ptrdiff_t>(run_length) - 2;
}
/// Of each `apart` bytes the first run that tells, from `from` on.
long write_runs(std::FILE* to, const char* name, Bytes bytes, std::size_t from, std::size_t apart) {
    long written = 0;
    for (std::size_t begin = from; begin + run_length <= bytes.size(); begin += apart)
        for (std::size_t at = begin; at + run_length <= std::min(begin + apart, bytes.size()); ++at) {
            const Bytes run = bytes.subspan(at, run_length);
            if (!tells(run)) continue;
            std::fprintf(to, "%s\t", name);
            for (const std::byte b : run)
                std::fprintf(to, "%02x", static_cast<unsigned>(b));
            std::fputc('\n', to);
            ++written;
            break;
        }
    return written;
}
template <class Pixels>
Bytes bytes_of(const Pixels& pixels) {
    return std::as_bytes(std::span(pixels));
}

/// As the camera sees it; grain that no two pictures share.
GrayPicture seen(const GrayPicture& paper, std::random_device& chance) {
    tests::SeededChance own(chance());
    tests::Damage damage;
    damage.degrees = 2;
    damage.blur = 0.3;
    damage.noise = 3;
    damage.fill = 0.85;
    return tests::photographed(paper, width_px, height_px, damage, own);
}

bool write_file(const std::filesystem::path& file, std::string_view head, Bytes bytes) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << head;
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    out.close();
    return static_cast<bool>(out);
}

int runs_of(const char* name, const char* file) {
    std::ifstream in(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    long written = 0;
    // Around the pages stand tables that are the same in every paper.
    for (std::size_t at = 0; (at = text.find("\xFF\xD8\xFF", at)) != std::string::npos;) {
        const std::size_t end = text.find("endstream", at);
        const std::size_t stop = end == std::string::npos ? text.size() : end;
        written += write_runs(stdout, name, bytes_of(text).subspan(at, stop - at), 1024, 512);
        at = stop;
    }
    return written > 0 ? 0 : 1;
}

int draw(const char* decoder, const std::filesystem::path& folder, const char* file) {
    std::random_device chance;
    std::mt19937 grain(chance());
    std::FILE* const needles = std::fopen(file, "we");
    if (needles == nullptr) return 2;
    const std::string name = word(chance), link = word(chance), print = word(chance);
    std::fprintf(needles, "name-in-zone\t=%s\nqr-code\t=%s\nprinted-word\t=%s\n", name.c_str(), link.c_str(), print.c_str());

    tests::SeededChance layout(7);
    GrayPicture card = tests::paper_with_zone(
        {"C<ITACA99999ZZ5<<<<<<<<<<<<<<<", "8001014M3401011ITA<<<<<<<<<<<2", name + "<<MARIO" + std::string(11, '<')}, layout);
    tests::draw_onto(card, tests::drawn_code(kiosk::Symbology::QrCode, link, 7), 780, 20);
    const auto card_file = tests::as_file(seen(card, chance), 85);
    const auto card_gray = kiosk::decoder::decode_picture(card_file);

    GrayPicture letter(1240, 1754, 245);
    tests::draw_print(letter, print, 120, 180, 72, 15);
    for (int i = 0; i < 14; ++i)
        tests::draw_print(letter, "Si comunica che la domanda del 3 marzo è stata ricevuta.", 120, 300 + 60 * i, 30, 25);
    for (int y = 1200; y < 1650; ++y) // a photograph on it
        for (int x = 120; x < 1100; ++x)
            letter.row(y)[x] = static_cast<std::uint8_t>(60 + grain() % 128);
    const GrayPicture photographed = seen(letter, chance);
    kiosk::Pixels colours{width_px, height_px, 3, {}};
    colours.bytes.reserve(photographed.pixels.size() * 3);
    for (const std::uint8_t gray : photographed.pixels) // a warm lamp, and each colour with a grain of its own
        for (const int more : {4, 0, -12})
            colours.bytes.push_back(static_cast<std::uint8_t>(std::clamp(gray + more + static_cast<int>(grain() % 3), 0, 255)));
    const auto letter_gray = kiosk::decoder::gray_of(colours);
    kiosk::Decoders decoders(decoder);
    const auto page = decoders.page(colours);
    if (!card_gray.ok() || !letter_gray.ok() || !page.ok() || page.value().jpeg.empty()) {
        std::fputs("draw_canaries: the decoder makes no page of the letter\n", stderr);
        return 1;
    }

    const bool enough = write_runs(needles, "card-file", card_file, 1024, 256) > 50 &&
                        write_runs(needles, "card-grey", bytes_of(card_gray.value().pixels), 0, 2048) > 100 &&
                        write_runs(needles, "letter-colours", bytes_of(colours.bytes), 0, 2048) > 100 &&
                        write_runs(needles, "letter-grey", bytes_of(letter_gray.value().pixels), 0, 2048) > 100 &&
                        write_runs(needles, "page-file", page.value().jpeg, 1024, 512) > 20 &&
                        write_runs(needles, "page-small", bytes_of(page.value().small.bytes), 0, 512) > 50;
    const bool written = std::fclose(needles) == 0 && write_file(folder / "card.jpg", "", card_file) &&
                         write_file(folder / "letter.ppm", "P6\n1920 1080\n255\n", bytes_of(colours.bytes));
    if (!enough || !written) std::fputs("draw_canaries: too few runs, or the pictures cannot be written\n", stderr);
    return enough && written ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fputs("usage: draw_canaries DECODER FOLDER NEEDLES | runs NAME FILE\n", stderr);
        return 2;
    }
    return std::string_view(argv[1]) == "runs" ? runs_of(argv[2], argv[3]) : draw(argv[1], argv[2], argv[3]);
}
