// SPDX-License-Identifier: EUPL-1.2
#include "tests/kiosk/capture/measuring_set.hpp"

#include "kiosk/decoder/pixels.hpp"
#include "tests/kiosk/capture/papers.hpp"

#include <algorithm>
#include <cstdlib>

namespace tests {
namespace {

using kiosk::MrzFormat;
using kiosk::Symbology;

constexpr int width = 1920, height = 1080;
constexpr std::string_view capitals = "ABCDEFGHILMNOPQRSTUVZ", digits = "0123456789";

std::string some(SeededChance& chance, std::string_view letters, int count) {
    std::string out;
    for (int i = 0; i < count; ++i)
        out += chance.of(letters);
    return out;
}

std::string fiscal_code(SeededChance& chance) {
    return some(chance, capitals, 6) + some(chance, digits, 2) + chance.of("ABCDEHLMPRST") + "1" +
           some(chance, digits, 1) + "H" + some(chance, digits, 3) + some(chance, capitals, 1);
}

/// What such a code carries on the papers people bring.
std::string content(Symbology symbology, SeededChance& chance) {
    switch (symbology) {
    case Symbology::Code39:
        return fiscal_code(chance);
    case Symbology::Code128:
        return chance.happens(0.5) ? fiscal_code(chance) : some(chance, digits, 20);
    case Symbology::QrCode:
        if (chance.happens(0.4))
            return "PAGOPA|002|" + some(chance, digits, 18) + "|" + some(chance, digits, 11) + "|" +
                   std::to_string(chance.whole(100, 99999));
        return chance.happens(0.5) ? fiscal_code(chance)
                                   : "https://verifica.example.it/" + some(chance, "abcdef0123456789", 32);
    case Symbology::DataMatrix:
        return chance.happens(0.5)
                   ? fiscal_code(chance)
                   : "DC02FR00" + some(chance, digits, 16) + some(chance, capitals, chance.whole(5, 60));
    case Symbology::Pdf417:
        return fiscal_code(chance) + some(chance, capitals, chance.whole(0, 60));
    case Symbology::Aztec:
        return fiscal_code(chance) + some(chance, capitals, chance.whole(0, 60));
    }
    return {};
}

GrayPicture paper_with_code(Symbology symbology, const std::string& bytes, int module, SeededChance& chance) {
    const GrayPicture code = drawn_code(symbology, bytes, module);
    GrayPicture paper(code.width + chance.whole(100, 500), code.height + chance.whole(300, 600),
                      static_cast<std::uint8_t>(chance.whole(200, 250)));
    draw_print(paper, "Tessera Sanitaria  COGNOME  NOME", 30, 60, 36, 40);
    draw_print(paper, "luogo e data di nascita, scadenza", 30, paper.height - 60, 30, 60);
    draw_onto(paper, code, chance.whole(20, paper.width - code.width - 20),
              chance.whole(100, paper.height - code.height - 110));
    return paper;
}

} // namespace

std::vector<PictureKind> picture_kinds() {
    std::vector<PictureKind> kinds;
    for (const MrzFormat format :
         {MrzFormat::Td1, MrzFormat::Td2, MrzFormat::Td3, MrzFormat::VisaA, MrzFormat::VisaB, MrzFormat::FrenchCard})
        kinds.emplace_back(format);
    for (std::size_t i = 0; i < kiosk::symbology_count; ++i)
        kinds.emplace_back(static_cast<Symbology>(i));
    kinds.emplace_back(std::monostate());
    return kinds;
}

std::string name_of(const PictureKind& kind) {
    if (const auto* const format = std::get_if<MrzFormat>(&kind)) return "zone " + std::string(kiosk::name_of(*format));
    if (const auto* const symbology = std::get_if<Symbology>(&kind))
        return "code " + std::string(kiosk::name_of(*symbology));
    return "nothing there";
}

MeasuredPicture measured_picture(SeedUse use, Hardness hardness, const PictureKind& kind, std::uint32_t number) {
    const auto all = picture_kinds();
    const auto place = static_cast<std::size_t>(std::find(all.begin(), all.end(), kind) - all.begin());
    SeededChance chance(picture_seed(use, hardness, place, number));
    Damage damage = hardness == Hardness::Hard ? hard_damage(chance) : moderate_damage(chance);
    MeasuredPicture picture;
    GrayPicture paper;
    if (const auto* const format = std::get_if<MrzFormat>(&kind)) {
        picture.lines = invented_zone(*format, chance);
        paper = paper_with_zone(picture.lines, chance);
    } else if (const auto* const symbology = std::get_if<Symbology>(&kind)) {
        constexpr int module = 6;
        picture.bytes = content(*symbology, chance);
        paper = paper_with_code(*symbology, picture.bytes, module, chance);
        const bool linear = *symbology == Symbology::Code39 || *symbology == Symbology::Code128;
        damage.scale = chance.between(linear ? 2.4 : 3.0, 5.0) / module; // px of the frame a module, where that fits
    } else {
        paper = picture_of_nothing(1200, 900, chance);
    }
    picture.frame = photographed(paper, width, height, damage, chance);
    if (damage.jpeg > 0) {
        auto decoded = kiosk::decoder::decode_picture(as_file(picture.frame, damage.jpeg));
        if (!decoded.ok()) std::abort();
        picture.frame = std::move(decoded).value();
    }
    return picture;
}

} // namespace tests
