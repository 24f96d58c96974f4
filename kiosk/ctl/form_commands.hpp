// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <iosfwd>
#include <string>
#include <vector>

namespace kiosk {

/// `sportelloctl form check FILE…`: one line per mistake: file, JSON pointer, reason code, words. Of a form without
/// mistakes, one line per warning in the same shape, the words beginning with "warning: ". Accepted files are named on
/// `notes`. With `json`, one object per line.
struct FormCheck {
    std::vector<std::string> files;
    bool json = false;
    bool strict = false; ///< warnings refuse a form as mistakes do
    bool notes = false;  ///< also tell what is worth knowing, but often as it should be; never a reason to refuse
    std::string terminology = {}; ///< folder of value sets and code systems; empty: none
};

/// `sportelloctl form run FILE --answers QR.json [--language xx] [--patient FILE]`: what the form makes of these answers, as one line:
/// {"enabled":[{"linkId","path"}…],"response":{…},"issues":[{"linkId","path","code","text"}…]}
struct FormRun {
    std::string file;
    std::string answers;
    std::string language = {};    ///< empty: the response's, else the form's
    bool json = false;            ///< how a refusal is told; the result is JSON in any case
    std::string terminology = {}; ///< folder of value sets and code systems; empty: none
    std::string patient = {};     ///< FHIR Patient for the form's launchContext "patient"; empty: nobody is known
};

/// Both return the exit code: 0 done, 1 refused. Results go to `out`, reasons of a refusal to `notes`.
[[nodiscard]] int run(const FormCheck& command, std::ostream& out, std::ostream& notes);
[[nodiscard]] int run(const FormRun& command, std::ostream& out, std::ostream& notes);

} // namespace kiosk
