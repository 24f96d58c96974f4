// SPDX-License-Identifier: EUPL-1.2
#pragma once

/// The same forms and the same answers, here and in LHC-Forms.
namespace bench {

/// Cases for tests/lforms/lforms.mjs, one a line, on standard output.
int print_cases();
/// Measures ours and prints both, with ratios and slopes. `file`: what LHC-Forms said to the cases, line by line.
int print_beside(const char* file);

} // namespace bench
