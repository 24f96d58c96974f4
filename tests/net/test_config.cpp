// SPDX-License-Identifier: EUPL-1.2
#include "net/runtime/config.hpp"
#include "tests/doubles/folder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace net;
using tests::Folder;

TEST_CASE("config: without a file every key has its built-in value and no origin") {
    const LoadedConfig loaded = load_config({});
    CHECK(loaded.complaints.empty());
    CHECK(loaded.origins.empty());
    CHECK(loaded.config.ui.idle_warning == std::chrono::seconds(180));
    CHECK(loaded.config.central.fiscal_code_system == "urn:oid:2.16.840.1.113883.2.9.4.3.2");
}

TEST_CASE("config: a later file wins, and each key knows where its value came from") {
    Folder folder;
    const auto region = folder.write("region.toml", "[office]\nname = \"Regione\"\n[ui]\nidle_warning_s = 200\n");
    const auto town = folder.write("town.toml", "office.name = \"Orvieto\"\nui.languages = [\"it\", \"fr\"]\n");
    const std::filesystem::path files[] = {region, town};
    const LoadedConfig loaded = load_config(files);
    REQUIRE(loaded.complaints.empty());
    CHECK(loaded.config.office.name == "Orvieto");
    CHECK(loaded.config.ui.idle_warning == std::chrono::seconds(200));
    CHECK(loaded.config.ui.languages == std::vector<std::string>{"it", "fr"});
    CHECK(loaded.origins.find("office.name")->second.file == town.string());
    CHECK(loaded.origins.find("ui.idle_warning_s")->second.file == region.string());
    CHECK(loaded.origins.find("ui.idle_warning_s")->second.line == 4);
}

TEST_CASE("config: every mistake is told with file, line, key and remedy") {
    Folder folder;
    const auto complaint = [&](const char* text) {
        const std::filesystem::path files[] = {folder.write("c.toml", text)};
        const LoadedConfig loaded = load_config(files);
        REQUIRE(loaded.complaints.size() == 1);
        CHECK(loaded.origins.empty());
        return loaded.complaints.front();
    };
    {
        const auto c = complaint("\n[ui]\nidle_warnings_s = 180\n");
        CHECK(c.problem == ConfigProblem::UnknownKey);
        CHECK(c.line == 3);
        CHECK(c.key == "ui.idle_warnings_s");
        CHECK(c.remedy == "unknown key; did you mean ui.idle_warning_s?");
    }
    CHECK(complaint("ui.idle_warning_s = 119").problem == ConfigProblem::OutOfRange);
    CHECK(complaint("ui.idle_warning_s = 301").remedy == "must be within 120 … 300");
    CHECK(complaint("ui.idle_warning_s = \"180\"").problem == ConfigProblem::WrongType);
    CHECK(complaint("site.px_per_mm = nan").problem == ConfigProblem::WrongType);
    CHECK(complaint("ui.theme = \"pink\"").remedy == "must be one of medium, high-light, high-dark, low");
    CHECK(complaint("central.fhir.base_url = \"http://x.example\"").problem == ConfigProblem::NotHttps);
    CHECK(complaint("ui.languages = [1]").problem == ConfigProblem::WrongType);
    CHECK(complaint("zzz = { a = 1 }").problem == ConfigProblem::UnknownKey);
    CHECK(complaint("ui = 3").problem == ConfigProblem::UnknownKey);
    CHECK(complaint("a = = 1").problem == ConfigProblem::NotToml);
    CHECK(complaint("courier.unclear_wait_s = 5").problem == ConfigProblem::OutOfRange);

    const std::filesystem::path missing[] = {folder.path() / "none.toml"};
    CHECK(load_config(missing).complaints.at(0).problem == ConfigProblem::NotReadable);
}

TEST_CASE("config: the table has each key once, with a meaning, and its default keeps its own limits") {
    std::set<std::string_view> names;
    for (const ConfigKey& key : config_keys()) {
        CAPTURE(key.name);
        CHECK(names.insert(key.name).second);
        CHECK(key.meaning.size() > 8);
        CHECK(find_config_key(key.name) == &key);
        // Written as a file, the default must be read back as itself.
        Folder folder;
        const std::filesystem::path files[] = {
            folder.write("d.toml", std::string(key.name) + " = " + value_text(Config{}, key) + "\n")};
        const LoadedConfig loaded = load_config(files);
        CHECK(loaded.complaints.empty());
        CHECK(value_text(loaded.config, key) == value_text(Config{}, key));
    }
}
