# SPDX-License-Identifier: EUPL-1.2
# How a test is registered, so that tests/run can choose by kind and count what ran.
#
#   sportello_doctest(forms_tests SOURCES engine_test.cpp … LINKS sportello::forms_engine LABELS unit)
#       one doctest executable, registered as "unit.forms" (label, dot, name without "_tests").
#
#   sportello_test(journey.demo COMMAND bash run.sh … LABELS journey [ALONE] [ENVIRONMENT A=b …]
#                  [DEPENDS sportello …])
#       any other command. Exit code 0 = passed, 77 = skipped (say why on standard output), anything else = failed.
#       DEPENDS names the targets it runs, when COMMAND itself is not one.
#
# Kinds: unit contract journey golden layers corpora fhir-server lforms bench campaign. Sanitizer runs take `unit` and `contract`.
# ALONE: never beside another test (it measures time, or needs a display or port of its own).

set(SPORTELLO_TEST_KINDS unit contract journey golden layers config corpora fhir-server lforms bench campaign)

# Only what hangs is stopped, the same for every test: how fast a machine is must never decide whether a test passes.
set(SPORTELLO_TEST_SECONDS 1500)

# "unit_tests_programs" builds what the unit tests need, and so on for each kind: tests/run --kind.
foreach(kind IN LISTS SPORTELLO_TEST_KINDS)
  string(REPLACE "-" "_" kind ${kind})
  add_custom_target(${kind}_tests_programs)
endforeach()

function(sportello_test name)
  cmake_parse_arguments(ARG "ALONE" "WORKING_DIRECTORY" "COMMAND;LABELS;ENVIRONMENT;DEPENDS" ${ARGN})
  if(NOT ARG_COMMAND OR NOT ARG_LABELS)
    message(FATAL_ERROR "sportello_test(${name}): COMMAND and LABELS are needed")
  endif()
  foreach(label IN LISTS ARG_LABELS)
    if(NOT label IN_LIST SPORTELLO_TEST_KINDS)
      message(FATAL_ERROR "sportello_test(${name}): '${label}' is none of: ${SPORTELLO_TEST_KINDS}")
    endif()
  endforeach()
  if(NOT ARG_WORKING_DIRECTORY)
    set(ARG_WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  endif()
  list(GET ARG_COMMAND 0 program)
  if(TARGET ${program})
    list(APPEND ARG_DEPENDS ${program})
  endif()
  if(ARG_DEPENDS)
    foreach(label IN LISTS ARG_LABELS)
      string(REPLACE "-" "_" kind ${label})
      add_dependencies(${kind}_tests_programs ${ARG_DEPENDS})
    endforeach()
  endif()
  add_test(NAME ${name} COMMAND ${ARG_COMMAND} WORKING_DIRECTORY ${ARG_WORKING_DIRECTORY})
  # No place in the process' environment names the developer's own display or language by accident.
  set_tests_properties(${name} PROPERTIES
    LABELS "${ARG_LABELS}" TIMEOUT ${SPORTELLO_TEST_SECONDS} SKIP_RETURN_CODE 77
    ENVIRONMENT "LC_ALL=C.UTF-8;${ARG_ENVIRONMENT}")
  if(ARG_ALONE)
    set_tests_properties(${name} PROPERTIES RUN_SERIAL TRUE)
  endif()
endfunction()

function(sportello_doctest target)
  cmake_parse_arguments(ARG "ALONE" "" "SOURCES;LINKS;LABELS;ENVIRONMENT" ${ARGN})
  add_executable(${target} ${ARG_SOURCES})
  target_link_libraries(${target} PRIVATE house_rules doctest::doctest ${ARG_LINKS})
  target_compile_definitions(${target} PRIVATE
    SPORTELLO_ROOT="${PROJECT_SOURCE_DIR}" DOCTEST_CONFIG_SUPER_FAST_ASSERTS)
  list(GET ARG_LABELS 0 kind)
  string(REGEX REPLACE "_tests$" "" short ${target})
  if(ARG_ALONE)
    set(alone ALONE)
  endif()
  sportello_test(${kind}.${short} COMMAND ${target} LABELS ${ARG_LABELS}
    ENVIRONMENT ${ARG_ENVIRONMENT} ${alone})
endfunction()
