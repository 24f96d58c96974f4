// SPDX-License-Identifier: EUPL-1.2
#include "forms/engine/complete.hpp"
#include "forms/fhir/response.hpp"
#include "tests/forms/definitions/filling.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

namespace {

using shipped::bytes_of;

std::string stem(const std::filesystem::path& file) {
    const std::string name = file.filename().string();
    return name.substr(0, name.find('.'));
}

} // namespace

TEST_CASE("shipped forms: every example becomes the response that lies beside it") {
    for (const std::string& name : shipped::names()) {
        const auto definition = shipped::form(name);
        int seen = 0;
        for (const auto& entry : std::filesystem::directory_iterator(shipped::folder() / name / "examples")) {
            if (entry.path().string().find(".answers.json") == std::string::npos) continue;
            ++seen;
            INFO(entry.path().string());
            auto read = forms::read_response(bytes_of(entry.path()), definition, std::pmr::get_default_resource());
            REQUIRE(read.ok());
            CHECK(read.value().issues.empty());
            const auto filled = forms::complete(read.value().draft, read.value().language);
            REQUIRE(filled.ok());
            const auto expected = entry.path().parent_path() / (stem(entry.path()) + ".response.json");
            const auto written = nlohmann::json::parse(forms::write_response(filled.value()));
            CHECK(written == nlohmann::json::parse(bytes_of(expected)));
        }
        CHECK_MESSAGE(seen > 0, name);
    }
}

TEST_CASE("shipped forms: what a later choice hides is not in the response") {
    const auto sent = [](const char* example) {
        return bytes_of(shipped::folder() / "primo-accesso/examples" / (std::string(example) + ".response.json"));
    };
    const auto typed = [](const char* example) {
        return bytes_of(shipped::folder() / "primo-accesso/examples" / (std::string(example) + ".answers.json"));
    };
    REQUIRE(typed("anonymous").find("Segreta") != std::string::npos);
    CHECK(sent("anonymous").find("Segreta") == std::string::npos);
    CHECK(sent("anonymous").find("conferma.condivisione") == std::string::npos);
    REQUIRE(typed("daughter-for-father").find("conferma.condivisione") != std::string::npos);
    CHECK(sent("daughter-for-father").find("conferma.condivisione") ==
          std::string::npos); // a daughter cannot consent for him
    CHECK(sent("daughter-for-father").find("contatto.telefono") == std::string::npos);
}
