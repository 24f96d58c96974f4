// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <vector>

/// A form as intake forms are: sections of ten items of many types, of which four have a condition, some across
/// sections.
namespace bench_form {

[[nodiscard]] std::string questionnaire(int items);

struct Given {
    std::string path;     ///< "s12/s12.3"
    std::string text;     ///< as a person types it in Italian; empty when an option is chosen or a flag set
    std::string json;     ///< the same answer as FHIR writes its value
    bool is_flag = false; ///< set as a boolean, `flag`
    bool flag = false;
    int option = -1;
};
/// One answer to every question that is asked after the one before, in the order of the form; at most `most`, spread
/// evenly over the form.
[[nodiscard]] std::vector<Given> answers(int items, int most);

} // namespace bench_form
