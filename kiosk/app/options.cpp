// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/app/options.hpp"

#include <CLI/CLI.hpp>

#include <charconv>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>
#include <system_error>

namespace kiosk {
namespace {

constexpr int wrong_usage = 2;

int misused(std::string_view words) {
    std::cerr << "sportello: " << words << '\n';
    return wrong_usage;
}

std::optional<PixelSize> size_of(std::string_view text) {
    PixelSize size;
    const auto [cross, wide] = std::from_chars(text.data(), text.data() + text.size(), size.width);
    if (wide != std::errc{} || cross == text.data() + text.size() || *cross != 'x') return std::nullopt;
    const auto [end, high] = std::from_chars(cross + 1, text.data() + text.size(), size.height);
    if (high != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (size.width < 320 || size.height < 320 || size.width > 8192 || size.height > 8192) return std::nullopt;
    return size;
}

/// A variable of the user's session that names a folder. No secret comes in this way.
std::filesystem::path folder_named(const char* variable) {
    const char* value = std::getenv(variable); // NOLINT: before any other thread
    return value == nullptr ? std::filesystem::path() : std::filesystem::path(value);
}

} // namespace

forms::Result<Options, int> read_options(int count, char** arguments) {
    CLI::App app("The terminal of a social services access point", "sportello");
    Options options;
    std::string mode = "kiosk";
    std::string size;
    std::string preview;
    std::vector<std::string> config;
    std::string script, out, state, tree_file, measure_file, patient;
    app.add_option("--config", config, "Configuration file (TOML); later ones win")->type_name("FILE");
    app.add_option("--mode", mode, "kiosk (default) or desk")->type_name("MODE");
    app.add_flag("--demo", options.demo, "Start a sandbox central system and a sender, and use them");
    app.add_flag("--windowed", options.windowed, "In a window instead of the full screen");
    app.add_option("--size", size, "Of the window or the off-screen picture, in pixels; default 1080x1920")
        ->type_name("WxH");
    app.add_option("--script", script, "Play a journey: one JSON step a line")->type_name("FILE");
    app.add_option("--out", out, "Folder for the pictures and trees of a journey")->type_name("DIR");
    app.add_option("--preview", preview, "Show a form while it is being written: nothing is sent")->type_name("FORM");
    app.add_option("--patient", patient, "With --preview: a FHIR Patient, as if a document had been read")
        ->type_name("FILE");
    app.add_option("--state", state, "Folder of a demo's state")->type_name("DIR");
    app.add_option("--tree-file", tree_file, "Keep the screen tree in this file, for programs that drive a demo")
        ->type_name("FILE");
    app.add_option("--measure", measure_file, "Write what the run has cost to this file, as JSON")->type_name("FILE");
    try {
        app.parse(count, arguments);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : wrong_usage;
    }
    if (mode != "kiosk" && mode != "desk") return misused("--mode is kiosk or desk");
    options.desk = mode == "desk";
    if (options.desk && !options.preview.empty()) return misused("a preview is for citizens' forms: --mode kiosk");
    if (!preview.empty() && options.demo) return misused("--preview sends nothing: it does not go with --demo");
    if (!patient.empty() && preview.empty())
        return misused("--patient belongs to --preview: at a terminal a document says who the person is");
    if (!size.empty()) {
        const auto pixels = size_of(size);
        if (!pixels) return misused("--size wants pixels, as in 1080x1920, from 320 to 8192");
        options.size = *pixels;
    }
    // A whole panel fits on an author's desk at half its size.
    if (!preview.empty() && size.empty() && script.empty()) options.size = {540, 960};
    if (!options.demo && !state.empty())
        return misused("--state belongs to --demo; otherwise the configuration says it");
    if (!options.demo && !tree_file.empty()) return misused("--tree-file belongs to --demo: it holds what people type");
    if (script.empty() && !out.empty()) return misused("--out belongs to --script");
    options.config_files.assign(config.begin(), config.end());
    options.script = script;
    options.preview = preview;
    options.patient = patient;
    options.out = out;
    options.demo_state = state;
    options.tree_file = tree_file;
    options.measure_file = measure_file;
    std::error_code error;
    options.program = std::filesystem::read_symlink("/proc/self/exe", error);
    if (error) options.program = std::filesystem::absolute(arguments[0], error);
    return options;
}

void settle_demo_state(Options& options, const net::LoadedConfig& loaded) {
    if (!options.demo || !options.demo_state.empty()) return;
    if (loaded.origins.contains("state_dir")) {
        options.demo_state = loaded.config.state_dir;
        return;
    }
    std::filesystem::path home = folder_named("XDG_STATE_HOME");
    if (home.empty()) home = folder_named("HOME") / ".local" / "state";
    options.demo_state = home / "sportello-demo";
}

std::filesystem::path forms_folder(const net::Config& config, const std::filesystem::path& program) {
    if (!config.forms.directory.empty()) return config.forms.directory;
    std::error_code error;
    const std::filesystem::path installed = program.parent_path().parent_path() / "share" / "sportello" / "forms";
    if (std::filesystem::is_directory(installed, error)) return installed;
    return SPORTELLO_SOURCE_FORMS;
}

} // namespace kiosk
