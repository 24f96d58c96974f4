# SPDX-License-Identifier: EUPL-1.2
# Warnings, hardening (threat-model: "Build") and sanitizers ride on this one target; only our own targets link it.
include(CheckCXXCompilerFlag)

add_library(house_rules INTERFACE)
target_compile_features(house_rules INTERFACE cxx_std_20)
target_include_directories(house_rules INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated)
target_compile_options(house_rules INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 sees overruns inside std::vector, std::string and std::optional that are not there, once it optimises (GCC
  # bugs 105329, 105562, 105651, 107852). What these look for, the address sanitizer and the library's assertions find
  # for real; Clang, in the fuzz preset, warns about uninitialised reads.
  target_compile_options(house_rules INTERFACE
    -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread -Wno-restrict -Wno-maybe-uninitialized)
endif()
target_compile_definitions(house_rules INTERFACE _GLIBCXX_ASSERTIONS)
target_compile_options(house_rules INTERFACE
  -fstack-protector-strong -fstack-clash-protection)
check_cxx_compiler_flag(-ftrivial-auto-var-init=zero SPORTELLO_HAS_ZERO_INIT) # Clang 14 has it only behind a warning
if(SPORTELLO_HAS_ZERO_INIT)
  target_compile_options(house_rules INTERFACE -ftrivial-auto-var-init=zero)
endif()
check_cxx_compiler_flag(-fcf-protection=full SPORTELLO_HAS_CF_PROTECTION)
if(SPORTELLO_HAS_CF_PROTECTION)
  target_compile_options(house_rules INTERFACE -fcf-protection=full)
endif()
target_link_options(house_rules INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)
include(CheckPIESupported)
check_pie_supported(LANGUAGES CXX)

if(SPORTELLO_SANITIZE STREQUAL "address")
  target_compile_options(house_rules INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  target_link_options(house_rules INTERFACE -fsanitize=address,undefined)
elseif(SPORTELLO_SANITIZE STREQUAL "thread")
  target_compile_options(house_rules INTERFACE -fsanitize=thread)
  target_link_options(house_rules INTERFACE -fsanitize=thread)
else()
  # FORTIFY needs optimisation, and hides from the sanitizers what they look for.
  target_compile_options(house_rules INTERFACE $<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3>)
endif()

if(SPORTELLO_FUZZ)
  # Every library tells the fuzzer which branches an input has reached.
  target_compile_options(house_rules INTERFACE -fsanitize=fuzzer-no-link)
endif()

# sportello_library(forms_base SOURCES a.cpp b.cpp [LINKS sportello::x] [PRIVATE_LINKS CURL::libcurl])
# One library per second-level folder, linked as sportello::<folder>_<name>.
function(sportello_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  if(ARG_SOURCES)
    add_library(${name} STATIC ${ARG_SOURCES})
    target_link_libraries(${name} PUBLIC house_rules ${ARG_LINKS} PRIVATE ${ARG_PRIVATE_LINKS})
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE house_rules ${ARG_LINKS})
  endif()
  add_library(sportello::${name} ALIAS ${name})
endfunction()
