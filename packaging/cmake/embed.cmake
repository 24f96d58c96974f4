# SPDX-License-Identifier: EUPL-1.2
# sportello_embed(assets_places NAMESPACE assets::places FILES comuni.tsv states.tsv)
#
# Puts the bytes of the files into a static library (sportello::<name>) and writes the header to read them with:
#
#   #include "assets/places/embedded.hpp"      // the namespace with / for ::
#   std::string_view text = assets::places::comuni_tsv();           // one function a file, dots and dashes become _
#   for (const assets::places::File& file : assets::places::files()) … file.name … file.bytes …   // in the order given
#
# The assembler copies the bytes (.incbin), so a file of 20 MB costs milliseconds; a changed file is taken in by the
# next build. Every function's view ends before a zero byte that is not part of it, lasts as long as the program,
# starts on 16 bytes, and may be read from any thread.
function(sportello_embed name)
  cmake_parse_arguments(ARG "" "NAMESPACE" "FILES" ${ARGN})
  if(NOT ARG_NAMESPACE OR NOT ARG_FILES)
    message(FATAL_ERROR "sportello_embed(${name}) needs NAMESPACE and FILES")
  endif()
  string(REPLACE "::" "/" folder "${ARG_NAMESPACE}")
  set(blocks "")
  set(declarations "")
  set(definitions "")
  set(rows "")
  set(inputs "")
  foreach(file IN LISTS ARG_FILES)
    get_filename_component(path "${file}" ABSOLUTE)
    get_filename_component(base "${file}" NAME)
    string(MAKE_C_IDENTIFIER "${base}" function)
    set(symbol "sportello_${name}_${function}")
    list(APPEND inputs "${path}")
    string(APPEND blocks
      "__asm__(\".section .rodata\\n.balign 16\\n\"\n"
      "        \".global ${symbol}\\n.hidden ${symbol}\\n${symbol}:\\n.incbin \\\"${path}\\\"\\n\"\n"
      "        \".global ${symbol}_end\\n.hidden ${symbol}_end\\n${symbol}_end:\\n.byte 0\\n.previous\\n\")@\n"
      "extern \"C\" {\n"
      "extern const char ${symbol}[] __attribute__((visibility(\"hidden\")))@\n"
      "extern const char ${symbol}_end[] __attribute__((visibility(\"hidden\")))@\n"
      "}\n")
    string(APPEND declarations "[[nodiscard]] std::string_view ${function}() noexcept@ // ${base}\n")
    string(APPEND definitions
      "std::string_view ${function}() noexcept { return {${symbol}, static_cast<std::size_t>(${symbol}_end - ${symbol})}@ }\n")
    string(APPEND rows "        File{\"${base}\", ${function}()},\n")
  endforeach()
  string(REPLACE "@" ";" blocks "${blocks}")
  string(REPLACE "@" ";" declarations "${declarations}")
  string(REPLACE "@" ";" definitions "${definitions}")

  set(header "${PROJECT_BINARY_DIR}/generated/${folder}/embedded.hpp")
  set(source "${CMAKE_CURRENT_BINARY_DIR}/${name}_embedded.cpp")
  file(CONFIGURE OUTPUT "${header}" @ONLY CONTENT
"// SPDX-License-Identifier: EUPL-1.2
// Written by packaging/cmake/embed.cmake.
#pragma once
#include <span>
#include <string_view>

namespace ${ARG_NAMESPACE} {
struct File {
    std::string_view name;
    std::string_view bytes;
};
[[nodiscard]] std::span<const File> files() noexcept;
${declarations}} // namespace ${ARG_NAMESPACE}
")
  file(CONFIGURE OUTPUT "${source}" @ONLY CONTENT
"// SPDX-License-Identifier: EUPL-1.2
// Written by packaging/cmake/embed.cmake.
#include \"${folder}/embedded.hpp\"

#include <cstddef>

${blocks}
namespace ${ARG_NAMESPACE} {
${definitions}
std::span<const File> files() noexcept {
    static const File all[] = {
${rows}    };
    return all;
}
} // namespace ${ARG_NAMESPACE}
")
  sportello_library(${name} SOURCES "${source}")
  set_source_files_properties("${source}" PROPERTIES OBJECT_DEPENDS "${inputs}")
endfunction()
