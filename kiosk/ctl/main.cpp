// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/ctl/form_commands.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

namespace {

constexpr int wrong_usage = 2;

} // namespace

int main(int count, char** arguments) {
    CLI::App app("The technician's hand: forms, outbox, configuration, without a window", "sportelloctl");
    app.require_subcommand(1);
    int result = 0;

    CLI::App* const form = app.add_subcommand("form", "Check and try definitions of forms");
    form->require_subcommand(1);

    kiosk::FormCheck check;
    CLI::App* const form_check =
        form->add_subcommand("check", "One line per mistake: file, JSON pointer, reason code, words");
    form_check->add_option("file", check.files, "FHIR R4 Questionnaire (JSON)")->required();
    form_check->add_flag("--json", check.json, "One JSON object per mistake");
    form_check->callback([&] { result = kiosk::run(check, std::cout, std::cerr); });

    kiosk::FormRun form_run;
    CLI::App* const form_run_command = form->add_subcommand("run", "What a form makes of a list of answers");
    form_run_command->add_option("file", form_run.file, "FHIR R4 Questionnaire (JSON)")->required();
    form_run_command->add_option("--answers", form_run.answers, "FHIR R4 QuestionnaireResponse (JSON)")->required();
    form_run_command->add_option("--language", form_run.language, "Language of the texts, such as fr");
    form_run_command->add_flag("--json", form_run.json, "Reasons of a refusal as JSON too");
    form_run_command->callback([&] { result = kiosk::run(form_run, std::cout, std::cerr); });

    try {
        app.parse(count, arguments);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : wrong_usage;
    }
    return result;
}
