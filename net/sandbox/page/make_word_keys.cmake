# SPDX-License-Identifier: EUPL-1.2
# Writes the enumeration of the catalogue's keys: cmake -DFROM=words.it.json -DTO=word_keys.hpp -P make_word_keys.cmake
file(READ "${FROM}" catalogue)
string(JSON count LENGTH "${catalogue}")
math(EXPR last "${count} - 1")
foreach(index RANGE ${last})
  string(JSON key MEMBER "${catalogue}" ${index})
  string(APPEND names "    ${key},\n")
  string(APPEND keys "    \"${key}\",\n")
endforeach()
file(CONFIGURE OUTPUT "${TO}" @ONLY CONTENT
"// SPDX-License-Identifier: EUPL-1.2
// Written by net/sandbox/page/make_word_keys.cmake.
#pragma once
#include <array>
#include <string_view>

namespace net::sandbox {
enum class Word {
${names}};
inline constexpr std::array<std::string_view, ${count}> word_keys = {
${keys}};
} // namespace net::sandbox
")
