// SPDX-License-Identifier: EUPL-1.2
// `sportelloctl scan` from file to line, through the real decoder.
#include "kiosk/ctl/scan_commands.hpp"
#include "tests/doubles/folder.hpp"
#include "tests/kiosk/capture/paint.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <sstream>

using namespace tests;
using nlohmann::json;

namespace {

struct Said {
    int code = 0;
    std::vector<json> lines;
};

Said scan(std::vector<std::string> files) {
    kiosk::Scan command{std::move(files), SPORTELLO_DECODER, {2026, 11, 22}};
    std::ostringstream out, notes;
    Said said;
    said.code = kiosk::run(command, out, notes);
    std::istringstream lines(out.str());
    for (std::string line; std::getline(lines, line);)
        said.lines.push_back(json::parse(line));
    return said;
}

std::string picture(const Folder& folder, const char* name, const GrayPicture& drawn, int quality) {
    const auto bytes = as_file(drawn, quality);
    return folder.write(name, {reinterpret_cast<const char*>(bytes.data()), bytes.size()}).string();
}

} // namespace

TEST_CASE("scan: a health card becomes a proposal of a person, born where the code says") {
    Folder folder;
    GrayPicture card(1280, 800, 240);
    draw_onto(card, drawn_code(kiosk::Symbology::Code39, "KVLLNO85L55Z138J", 3), 60, 480);
    const Said said = scan({picture(folder, "card.png", card, 0)});
    CHECK(said.code == 0);
    REQUIRE(said.lines.size() == 1);
    const json& line = said.lines[0];
    CHECK(line["read"] == true);
    CHECK(line["picture"] == json{{"width", 1280}, {"height", 800}});
    REQUIRE(line["codes"].size() == 1);
    CHECK(line["codes"][0]["symbology"] == "code-39");
    CHECK(line["codes"][0]["kind"] == "fiscal-code");
    CHECK(line["document"] == "health-card");
    CHECK(line["person"]["fiscalCode"] == "KVLLNO85L55Z138J");
    CHECK(line["person"]["birthDate"] == "1985-07-15");
    CHECK(line["person"]["birthPlace"]["code"] == "Z138");
    CHECK(line["person"]["birthPlace"]["name"] == "Ucraina");
    CHECK(line["conflicts"].empty());
}

TEST_CASE("scan: each picture has its line, and what cannot be read says why") {
    Folder folder;
    SeededChance chance(3);
    const Said said = scan({picture(folder, "nothing.jpg", picture_of_nothing(640, 480, chance), 70),
                            folder.write("a.txt", "hello").string(), "/nowhere/at/all.png"});
    CHECK(said.code == 1);
    REQUIRE(said.lines.size() == 3);
    CHECK(said.lines[0]["read"] == true);
    CHECK(said.lines[0]["document"] == "unknown");
    CHECK(said.lines[0]["person"].is_null());
    CHECK(said.lines[1]["reason"] == "unknown-type");
    CHECK(said.lines[2]["reason"] == "no-such-file");
}
