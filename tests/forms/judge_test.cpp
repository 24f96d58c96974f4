// SPDX-License-Identifier: EUPL-1.2
#include "tests/forms/forms_in_tests.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

using namespace forms;
using namespace forms_in_tests;

namespace {

/// The JSON text of a member, cut out of its line: the recorded cases hold their three members in a fixed order.
std::string part(const std::string& line, std::string_view from, std::string_view to) {
    const std::size_t begin = line.find(from) + from.size();
    return line.substr(begin, line.find(to, begin) - begin);
}

} // namespace

TEST_CASE("conditions: enable what LHC-Forms enables, on eighty recorded forms") {
    std::istringstream cases(
        read_file(std::filesystem::path(SPORTELLO_ROOT) / "tests/samples/forms/lforms/cases.ndjson"));
    int count = 0;
    for (std::string line; std::getline(cases, line); ++count) {
        CAPTURE(count);
        const auto loaded = load_definition(part(line, R"({"questionnaire":)", R"(,"response":)"));
        REQUIRE(loaded.ok());
        auto read = read_response(part(line, R"(,"response":)", R"(,"enabled":)"), loaded.value(),
                                  std::pmr::get_default_resource());
        REQUIRE(read.ok());
        CHECK(read.value().issues.empty());
        std::vector<std::string> enabled;
        for (const Path& path : read.value().draft.enabled())
            enabled.push_back("\"" + loaded.value()->text_of(path) + "\"");
        std::sort(enabled.begin(), enabled.end());
        std::string told;
        for (const std::string& path : enabled)
            told += (told.empty() ? "" : ",") + path;
        CHECK(told == part(line, R"("enabled":[)", "]}"));
    }
    CHECK(count == 80);
}

TEST_CASE("semantics: every rule in forms/README.md names a test that is there") {
    std::string tests;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(std::filesystem::path(SPORTELLO_ROOT) / "tests/forms"))
        if (entry.path().extension() == ".cpp") tests += read_file(entry.path());
    std::istringstream page(read_file(std::filesystem::path(SPORTELLO_ROOT) / "forms/README.md"));
    bool inside = false;
    int rows = 0;
    for (std::string line; std::getline(page, line);) {
        if (line.starts_with("## ")) inside = line == "## Semantics";
        if (!inside || !line.starts_with("| ") || line.starts_with("| subject")) continue;
        CAPTURE(line);
        const std::size_t end = line.rfind("* |");
        const std::size_t begin = line.rfind("| *", end);
        REQUIRE((end != std::string::npos && begin != std::string::npos));
        // A long name may be broken into two literals: its beginning is enough.
        const std::string name = line.substr(begin + 3, end - begin - 3).substr(0, 70);
        CHECK(tests.find('"' + name) != std::string::npos);
        ++rows;
    }
    CHECK(rows > 20);
}
