// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/text/words.hpp"

#include <array>
#include <doctest/doctest.h>
#include <string>

TEST_CASE("words: no error blames, excuses itself or speaks of validity") {
    using kiosk::Text;
    constexpr std::array errors = {
        Text::error_choose_one,  Text::error_choose_several, Text::error_write,        Text::error_write_date,
        Text::error_search,      Text::error_other_empty,    Text::error_add_one,      Text::error_date_all,
        Text::error_date_year,   Text::error_date_month,     Text::error_date_day,     Text::error_time,
        Text::error_integer,     Text::error_decimal,        Text::error_unit,         Text::error_too_long,
        Text::error_web_address, Text::error_not_in_list,    Text::error_check_answer,
    };
    const auto italian = kiosk::Words::load("it");
    const auto english = kiosk::Words::load("en");
    REQUIRE(italian.ok());
    REQUIRE(english.ok());
    for (const Text error : errors) {
        const std::string it(italian.value().get(error));
        const std::string en(english.value().get(error));
        for (const char* word : {"non valid", "errat", "sbagliat", "spiacent", "scus"})
            CHECK(it.find(word) == std::string::npos);
        for (const char* word : {"invalid", "sorry", "oops", "please"})
            CHECK(en.find(word) == std::string::npos);
    }
}
