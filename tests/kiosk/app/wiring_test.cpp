// SPDX-License-Identifier: EUPL-1.2
#include "forms/italian/places.hpp"
#include "kiosk/app/form_folder.hpp"
#include "kiosk/app/visit_settings.hpp"
#include "net/runtime/config.hpp"

#include <doctest/doctest.h>
#include <filesystem>

using namespace kiosk;

namespace {

std::string offered(const std::vector<std::string>& order) {
    const FormFolder folder =
        load_forms(std::filesystem::path(SPORTELLO_ROOT) / "forms/definitions", forms::place_value_sets(), order);
    CHECK(folder.refused.empty());
    std::string names;
    for (const OfferedForm& form : folder.offered)
        names += form.key + " ";
    return names;
}

} // namespace

TEST_CASE("services: the forms come in the order of the configuration, the others after them by name") {
    CHECK(offered(net::Config{}.forms.order).starts_with("primo-accesso informazioni "));
    CHECK(offered({}).starts_with("informazioni primo-accesso "));
    CHECK(offered({"primo-accesso"}).starts_with("primo-accesso informazioni "));
    CHECK(offered({"informazioni", "no-such-form", "primo-accesso"}).starts_with("informazioni primo-accesso "));
}

TEST_CASE("settings: what the configuration says about the office reaches the screens") {
    net::Config config;
    CHECK(settings_of(config).privacy_notice.empty());
    config.office.privacy_notice_url = "https://comune.example.it/privacy";
    config.office.phone = "+39 000 111111";
    CHECK(settings_of(config).privacy_notice == "https://comune.example.it/privacy");
    CHECK(settings_of(config).phone == "+39 000 111111");
}

TEST_CASE("settings: a language that this build does not speak is not offered") {
    net::Config config;
    config.ui.languages = {"xx", "fr"};
    config.ui.default_language = "xx";
    const VisitSettings settings = settings_of(config);
    CHECK(settings.languages == std::vector<std::string>{"fr"});
    CHECK(settings.default_language == "fr");
}
