// SPDX-License-Identifier: EUPL-1.2
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include "net/runtime/config.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

const std::filesystem::path root = SPORTELLO_ROOT;

std::vector<std::string> lines_of(const std::filesystem::path& file) {
    std::ifstream in(file);
    REQUIRE_MESSAGE(in.is_open(), file.string());
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

/// The row of config/README.md that tells all about one key.
std::string row_of(const net::ConfigKey& key) {
    const net::Config built_in;
    const std::string limits = net::limits_text(key);
    std::string meaning(key.meaning);
    for (auto at = meaning.find('<'); at != std::string::npos; at = meaning.find('<', at))
        meaning.replace(at, 1, "&lt;");
    return "| `" + std::string(key.name) + "` | " + std::string(net::type_name(key)) + " | `" +
           net::value_text(built_in, key) + "` | " + (limits.empty() ? "" : limits + " ") + "| " + meaning + " |";
}

net::LoadedConfig load(const std::vector<std::filesystem::path>& files) {
    net::LoadedConfig loaded = net::load_config(files);
    for (const net::ConfigComplaint& complaint : loaded.complaints)
        MESSAGE(net::text_of(complaint));
    CHECK(loaded.complaints.empty());
    return loaded;
}

} // namespace

TEST_CASE("config: the README tells every key as the program knows it, and no other") {
    const std::vector<std::string> lines = lines_of(root / "config/README.md");
    const std::set<std::string> written(lines.begin(), lines.end());

    std::set<std::string> expected;
    std::string missing;
    for (const net::ConfigKey& key : net::config_keys()) {
        const std::string row = row_of(key);
        expected.insert(row);
        if (!written.contains(row)) missing += row + "\n";
    }
    CHECK_MESSAGE(missing.empty(), "config/README.md lacks:\n" << missing);

    for (const std::string& line : lines)
        if (line.starts_with("| `"))
            CHECK_MESSAGE(expected.contains(line), "config/README.md says too much:\n" << line);
}

TEST_CASE("config: each example loads without complaint") {
    int examples = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "config/examples")) {
        if (entry.path().extension() != ".toml") continue;
        CAPTURE(entry.path().string());
        load({entry.path()});
        ++examples;
    }
    CHECK(examples >= 5);
}

TEST_CASE("config: the union's example is layered, and each value knows its file") {
    const auto folder = root / "config/examples/union";
    const net::LoadedConfig loaded =
        load({folder / "region.toml", folder / "union.toml", folder / "municipality.toml", folder / "terminal.toml"});

    CHECK(loaded.config.office.body_name == "Unione dei Comuni della Valle di Prova");
    CHECK(loaded.config.office.location_id == "sede-castelprova");
    CHECK(loaded.config.terminal.number_prefix == "CP2");
    REQUIRE(loaded.origins.contains("central.fhir.fiscal_code_system"));
    CHECK(loaded.origins.at("central.fhir.fiscal_code_system").file.ends_with("region.toml"));
    REQUIRE(loaded.origins.contains("office.phone"));
    CHECK_MESSAGE(loaded.origins.at("office.phone").file.ends_with("municipality.toml"),
                  "the municipality's own telephone wins over the union's");
}

TEST_CASE("config: in the Valle d'Aosta example French stands beside Italian") {
    const net::LoadedConfig loaded = load({root / "config/examples/valle-d-aosta.toml"});
    const auto& languages = loaded.config.ui.languages;
    REQUIRE(languages.size() >= 2);
    CHECK(languages[0] == "it");
    CHECK(languages[1] == "fr");
}

TEST_CASE("config: a key that does not exist is refused by file and line") {
    const auto file = std::filesystem::path(SPORTELLO_SCRATCH) / "unknown-key.toml";
    std::ofstream(file) << "[office]\nname = \"Ufficio\"\nphoen = \"0123\"\n";
    const std::vector<std::filesystem::path> files{file};
    const net::LoadedConfig loaded = net::load_config(files);
    REQUIRE(loaded.complaints.size() == 1);
    CHECK(loaded.complaints[0].problem == net::ConfigProblem::UnknownKey);
    CHECK(loaded.complaints[0].line == 3);
    CHECK(loaded.complaints[0].key == "office.phoen");
}
