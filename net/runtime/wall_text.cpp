// SPDX-License-Identifier: EUPL-1.2
#include "net/runtime/wall_text.hpp"

#include <cstdlib>

#include <time.h>

namespace net {
namespace {

void put(std::string& out, long value, int digits) {
    std::string text = std::to_string(value);
    out.append(static_cast<std::size_t>(digits) > text.size() ? static_cast<std::size_t>(digits) - text.size() : 0,
               '0');
    out += text;
}

} // namespace

std::string fhir_instant(forms::WallTime moment) {
    const time_t seconds = std::chrono::system_clock::to_time_t(moment);
    tm local{};
    // Fails only for years that do not fit an int: no clock shows them.
    if (localtime_r(&seconds, &local) == nullptr) std::abort();
    std::string out;
    put(out, local.tm_year + 1900L, 4);
    out += '-';
    put(out, local.tm_mon + 1L, 2);
    out += '-';
    put(out, local.tm_mday, 2);
    out += 'T';
    put(out, local.tm_hour, 2);
    out += ':';
    put(out, local.tm_min, 2);
    out += ':';
    put(out, local.tm_sec % 60, 2); // a leap second is written as the first of the next minute's
    const long minutes = local.tm_gmtoff / 60;
    out += minutes < 0 ? '-' : '+';
    put(out, std::labs(minutes) / 60, 2);
    out += ':';
    put(out, std::labs(minutes) % 60, 2);
    return out;
}

} // namespace net
