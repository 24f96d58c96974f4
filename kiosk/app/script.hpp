// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace kiosk {

/// One step of a journey. `argument` is the JSON value behind its name, untouched.
struct Step {
    enum class Kind {
        Tap,
        Type,
        Key,
        Walk,
        Switch,
        Answer,
        Scan,
        Language,
        Expect,
        Absent,
        Elapse,
        Shot,
        Central,
        Publish,
        Camera
    };
    Kind kind = Kind::Tap;
    std::size_t line = 0; ///< counts from 1
    std::string text;     ///< the step as written: one JSON object
    std::string argument; ///< JSON: of "tap", "type", …
    std::string value;    ///< JSON: of "value" beside "answer", of "with" beside "walk"; empty: none
};

struct ScriptFault {
    std::size_t line = 0; ///< 0: the file as a whole
    std::string words;
};

/// Reads a whole journey before its first step is played, so that a slip in line 50 costs no minute.
/// Empty lines, and lines that begin with #, are left out.
[[nodiscard]] forms::Result<std::vector<Step>, ScriptFault> read_script(const std::filesystem::path& file);

} // namespace kiosk
