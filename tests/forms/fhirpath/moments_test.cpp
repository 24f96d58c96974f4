// SPDX-License-Identifier: EUPL-1.2
#include "run_expression.hpp"

#include <doctest/doctest.h>

using in_tests::check;

TEST_CASE("dates compare as far as both are known (N1 §6.2)") {
    check({{"@2020-01-01 < @2020-02-01", "true"},
           {"@2020 < @2021-05", "true"},
           {"@2020 < @2020-05", "{}"},
           {"@2020 = @2020-05", "{}"},
           {"@2020 != @2021-05", "true"},
           {"@2020-05-31 = @2020-05-31", "true"},
           {"@2020-01-01 <= @2020-01-01", "true"},
           {"@2020-01-01 < @2020-01-01T10:00:00Z", "{}"},
           {"@2020-01-01 < @2020-01-02T10:00:00Z", "true"},
           {"@2020-01-01T10:00:00+02:00 = @2020-01-01T08:00:00Z", "true"},
           {"@2020-01-01T10:00:00+02:00 > @2020-01-01T09:00:00Z", "false"},
           {"@2020-01-01T10 = @2020-01-01T10:30", "{}"},
           {"@2020-01-01T10 < @2020-01-01T11:30", "true"},
           {"@2020-01-01T10:00:00 = @2020-01-01T10:00:00.000", "true"},
           {"@T10:30 < @T11:00", "true"},
           {"@T10 = @T10:30", "{}"},
           {"@T10:30:00.5 > @T10:30:00.25", "true"},
           {"@2020-01-01 = @T10:00", "false"},
           {"@2020-01-01 < @T10:00", "wrong-types 12"}});
}

TEST_CASE("a moment without an offset is meant where the terminal stands") {
    check({{"@2026-11-22T14:00:00 = @2026-11-22T13:00:00Z", "true"}});
}

TEST_CASE("dates move by quantities of the calendar (N1 §6.6.7)") {
    check({{"@2020-01-31 + 1 month", "@2020-02-29"},
           {"@2020-02-29 + 1 year", "@2021-02-28"},
           {"@2020-02-29 - 4 years", "@2016-02-29"},
           {"@2020-12-31 + 1 day", "@2021-01-01"},
           {"@2020-03-01 - 1 day", "@2020-02-29"},
           {"@2020-01-01 + 2 weeks", "@2020-01-15"},
           {"@2020-01-01 + 36 hours", "@2020-01-02"},
           {"@2020 + 24 months", "@2022"},
           {"@2020 + 11 months", "@2020"},
           {"@2016 + 365 days", "@2017"},
           {"@2020-05 + 1 year", "@2021-05"},
           {"@2020-05 + 45 days", "@2020-06"},
           {"@2020-01-01 + 1.9 years", "@2021-01-01"},
           {"@9999-12-31 + 1 day", "{}"},
           {"@0001-01-01 - 1 day", "{}"},
           {"@2020-01-01 + 1 'mo'", "@2020-02-01"},
           {"@2020-01-01 + 1 'kg'", "{}"},
           {"@2020-01-01 + 1", "wrong-types 12"}});
}

TEST_CASE("moments and times move by the clock") {
    check({{"@2020-01-01T23:30:00Z + 45 minutes", "@2020-01-02T00:15:00Z"},
           {"@2020-01-01T00:00:00Z - 1 second", "@2019-12-31T23:59:59Z"},
           {"@2020-01-01T10:00:00Z + 500 milliseconds", "@2020-01-01T10:00:00.500Z"},
           {"@2020-01-31T10:00:00Z + 1 month", "@2020-02-29T10:00:00Z"},
           {"@T23:30 + 45 minutes", "@T00:15"},
           {"@T00:15 - 30 minutes", "@T23:45"},
           {"@T10:00:00 + 1 day", "{}"}});
}

TEST_CASE("today and now are what the host says") {
    check({{"today()", "@2026-11-22"},
           {"now()", "@2026-11-22T14:05:00+01:00"},
           {"timeOfDay()", "@T14:05:00"},
           {"today() - 18 years", "@2008-11-22"},
           {"now() > @2026-11-22T13:00:00Z", "true"}});
}

TEST_CASE("ages as forms work them out") {
    check({{"today().toString().substring(0, 4).toInteger() - "
            "item.where(linkId='born').answer.value.toString().substring(0, 4).toInteger()",
            "46"},
           {"item.where(linkId='born').answer.value <= today() - 18 years", "true"},
           {"item.where(linkId='year').answer.value <= today() - 18 years", "true"},
           {"iif(%patient.birthDate + 80 years <= today(), 'old', 'young')", "'young'"}});
}
