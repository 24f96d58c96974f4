// SPDX-License-Identifier: EUPL-1.2
// The command itself: bytes of a file in, a Questionnaire or reasons out.
#include "kiosk/ctl/form_commands.hpp"
#include "kiosk/ctl/import_commands.hpp"
#include "tests/forms/authoring/workbooks.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace {

/// A file that is gone when the test ends.
class File {
public:
    File(const std::string& name, const std::string& bytes)
        : folder_(std::filesystem::temp_directory_path() / ("sportello-import-" + std::to_string(getpid()))),
          path_(folder_ / name) {
        std::filesystem::create_directory(folder_);
        std::ofstream(path_, std::ios::binary) << bytes;
    }
    ~File() { std::filesystem::remove_all(folder_); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    [[nodiscard]] std::string name() const { return path_.string(); }

private:
    std::filesystem::path folder_, path_;
};

std::string workbook(std::string_view table) { return workbooks::zipped(workbooks::parts_of(workbooks::of(table))); }

struct Ran {
    int code;
    std::string out, notes;
};
Ran import(const std::string& file, bool json = false) {
    std::ostringstream out;
    std::ostringstream notes;
    const int code = kiosk::run(kiosk::FormImport{file, json}, out, notes);
    return {code, out.str(), notes.str()};
}

} // namespace

TEST_CASE("form import: a workbook comes out as a Questionnaire that form check accepts, named after its file") {
    const File file("lavoro.xlsx", workbook("| survey |\n| | type | name | label |\n| | text | a | Lavori? |\n"));
    const Ran ran = import(file.name());
    CHECK(ran.code == 0);
    CHECK(ran.notes.empty());
    const auto form = nlohmann::json::parse(ran.out);
    CHECK(form.at("resourceType") == "Questionnaire");
    CHECK(form.at("url") == "https://sportello.example.org/fhir/Questionnaire/lavoro");
    CHECK(form.at("item").at(0).at("text") == "Lavori?");
    const File written("lavoro.json", ran.out);
    std::ostringstream out;
    std::ostringstream notes;
    CHECK(kiosk::run(kiosk::FormCheck{{written.name()}, false, true}, out, notes) == 0);
    CHECK(out.str().empty());
}

TEST_CASE("form import: a refusal ends with 1, writes nothing, and names every cell") {
    const File file("f.xlsx", workbook("| survey |\n| | type | name | label | relevant |\n"
                                       "| | geopoint | a | Dove? | |\n| | text | b | B? | ${c} = 1 |\n"));
    const Ran ran = import(file.name());
    CHECK(ran.code == 1);
    CHECK(ran.out.empty());
    CHECK(ran.notes == file.name() +
                           ": survey!A2: unsupported-type: a place on a map cannot be asked for: ask for the "
                           "address\n" +
                           file.name() + ": survey!D3: unknown-name: there is no question c\n");
    const auto first =
        nlohmann::json::parse(import(file.name(), true).notes.substr(0, import(file.name(), true).notes.find('\n')));
    CHECK(first.at("cell") == "survey!A2");
    CHECK(first.at("code") == "unsupported-type");
}

TEST_CASE("form import: warnings go beside the form, and leave the exit code alone") {
    const File file("f.xlsx",
                    workbook("| survey |\n| | type | name | label |\n| | start | start | |\n| | text | a | A? |\n"));
    const Ran ran = import(file.name());
    CHECK(ran.code == 0);
    CHECK(ran.notes.find(": survey!A2: not-needed: warning: ") != std::string::npos);
    CHECK_FALSE(ran.out.empty());
}

TEST_CASE("form import: a file that is not there, or no workbook") {
    CHECK(import("/no/such/file.xlsx").notes == "/no/such/file.xlsx: /: not-readable: this file cannot be read\n");
    const File file("f.xlsx", "type,name,label\n");
    CHECK(import(file.name()).code == 1);
    CHECK(import(file.name()).notes.find("not-a-workbook") != std::string::npos);
}
