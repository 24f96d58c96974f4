// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "kiosk/platform/display.hpp"
#include "net/runtime/config.hpp"

#include <filesystem>
#include <vector>

namespace kiosk {

/// The command line, checked.
struct Options {
    std::filesystem::path program; ///< this very file: its neighbours are the other programs
    std::vector<std::filesystem::path> config_files;
    bool demo = false;
    bool windowed = false;
    bool desk = false; ///< the staff's screen, not the citizens'
    std::filesystem::path preview; ///< of a form that is being written; empty: none
    std::filesystem::path patient; ///< a Patient as a document would give it, in a preview; empty: none
    PixelSize size{1080, 1920};
    std::filesystem::path script, out;
    std::filesystem::path demo_state;
    std::filesystem::path tree_file;
    std::filesystem::path measure_file;
};

/// Or the exit code: 0 after --help, 2 for a wrong command line. Says on standard error what is wrong.
[[nodiscard]] forms::Result<Options, int> read_options(int count, char** arguments);

/// Where a demo keeps its state: what --state says, else what a configuration file says, else the user's own folder.
void settle_demo_state(Options& options, const net::LoadedConfig& loaded);

/// Where the forms are: configured, beside the installed program, or in the source tree it was built from.
[[nodiscard]] std::filesystem::path forms_folder(const net::Config& config, const std::filesystem::path& program);

} // namespace kiosk
