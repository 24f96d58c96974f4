// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/ctl/audit_commands.hpp"
#include "kiosk/ctl/config_commands.hpp"
#include "kiosk/ctl/feed_commands.hpp"
#include "kiosk/ctl/form_commands.hpp"
#include "kiosk/ctl/import_commands.hpp"
#include "kiosk/ctl/key_commands.hpp"
#include "kiosk/ctl/outbox_commands.hpp"
#include "kiosk/ctl/scan_commands.hpp"
#include "kiosk/ctl/staff_commands.hpp"
#include "kiosk/ctl/submit_commands.hpp"
#include "kiosk/model/today.hpp"
#include "net/runtime/hardening.hpp"
#include "net/runtime/system_clock.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <tuple>

namespace {

constexpr int wrong_usage = 2;

/// Where the configuration is and which sender is meant.
void add_access(CLI::App& command, kiosk::SenderAccess& access) {
    command.add_option("--config", access.config_files, "Configuration file; may be given several times")->take_all();
    command.add_option("--state", access.state, "State folder, instead of the key state_dir");
    command.add_flag("--json", access.json, "Reasons of a refusal as JSON too");
}

} // namespace

int main(int count, char** arguments) {
    CLI::App app("The technician's hand: forms, outbox, configuration, without a window", "sportelloctl");
    app.require_subcommand(1);
    int result = 0;

    CLI::App* const form = app.add_subcommand("form", "Check, try and import definitions of forms");
    form->require_subcommand(1);

    kiosk::FormCheck check;
    CLI::App* const form_check =
        form->add_subcommand("check", "One line per mistake, or else per warning: file, JSON pointer, code, words");
    form_check->add_option("file", check.files, "FHIR R4 Questionnaire (JSON)")->required();
    form_check->add_option("--terminology", check.terminology, "Folder of value sets and code systems");
    form_check->add_flag("--json", check.json, "One JSON object per mistake or warning");
    form_check->add_flag("--strict", check.strict, "Warnings refuse a form too");
    form_check->add_flag("--notes", check.notes, "Also what is worth knowing, and often as it should be");
    form_check->callback([&] { result = kiosk::run(check, std::cout, std::cerr); });

    kiosk::FormRun form_run;
    CLI::App* const form_run_command = form->add_subcommand("run", "What a form makes of a list of answers");
    form_run_command->add_option("file", form_run.file, "FHIR R4 Questionnaire (JSON)")->required();
    form_run_command->add_option("--answers", form_run.answers, "FHIR R4 QuestionnaireResponse (JSON)")->required();
    form_run_command->add_option("--language", form_run.language, "Language of the texts, such as fr");
    form_run_command->add_option("--patient", form_run.patient, "FHIR R4 Patient (JSON) for forms that ask for one");
    form_run_command->add_option("--terminology", form_run.terminology, "Folder of value sets and code systems");
    form_run_command->add_flag("--json", form_run.json, "Reasons of a refusal as JSON too");
    form_run_command->callback([&] { result = kiosk::run(form_run, std::cout, std::cerr); });

    kiosk::FormImport form_import;
    CLI::App* const form_import_command =
        form->add_subcommand("import", "An XLSForm as a FHIR R4 Questionnaire, on standard output");
    form_import_command->add_option("file", form_import.file, "XLSForm workbook (.xlsx)")->required();
    form_import_command->add_flag("--json", form_import.json, "Reasons and warnings as JSON");
    form_import_command->callback([&] { result = kiosk::run(form_import, std::cout, std::cerr); });

    kiosk::Submit submit;
    CLI::App* const submit_command = app.add_subcommand("submit", "Keep and deliver a request through the sender");
    submit_command->add_option("--form", submit.form, "FHIR R4 Questionnaire (JSON)")->required();
    submit_command->add_option("--answers", submit.answers, "FHIR R4 QuestionnaireResponse (JSON)")->required();
    submit_command->add_option("--attach", submit.attachments, "PNG or JPEG; may be given several times")->take_all();
    submit_command->add_option("--language", submit.language, "Language of the texts, such as fr");
    submit_command->add_option("--id", submit.id, "UUID of an earlier try of the same request");
    submit_command->add_option("--wait", submit.wait_seconds, "Seconds to wait for the central system");
    add_access(*submit_command, submit.access);
    submit_command->callback([&] { result = kiosk::run(submit, std::cout, std::cerr); });

    kiosk::Scan scan;
    CLI::App* const scan_command = app.add_subcommand("scan", "What is seen in pictures of cards and papers: one JSON object each");
    scan_command->add_option("file", scan.files, "PNG or JPEG")->required();
    scan_command->add_option("--decoder", scan.decoder, "Path of sportello-decoder, if it is not beside this program");
    scan_command->callback([&] {
        scan.today = kiosk::date_of(net::SystemClock().wall_time());
        result = kiosk::run(scan, std::cout, std::cerr);
    });

    CLI::App* const outbox = app.add_subcommand("outbox", "The requests that this terminal keeps");
    outbox->require_subcommand(1);
    kiosk::OutboxList list;
    CLI::App* const list_command = outbox->add_subcommand("list", "One JSON object per request, oldest first");
    list_command->add_option("--only", list.life, "kept, sending, unclear, needs-desk or acknowledged");
    add_access(*list_command, list.access);
    list_command->callback([&] { result = kiosk::run(list, std::cout, std::cerr); });
    kiosk::OutboxAct act;
    using What = kiosk::OutboxAct::What;
    for (const auto& [name, what, words] :
         {std::tuple("show", What::Show, "One request"),
          std::tuple("retry", What::Retry, "Now instead of later; from the desk: again"),
          std::tuple("hold", What::Hold, "Take it out of sending, for the desk"),
          std::tuple("erase", What::Erase, "Remove it for good")}) {
        CLI::App* const act_command = outbox->add_subcommand(name, words);
        act_command->add_option("request", act.request, "Id or receipt number")->required();
        add_access(*act_command, act.access);
        act_command->callback([&act, &result, what = what] {
            act.what = what;
            result = kiosk::run(act, std::cout, std::cerr);
        });
    }
    kiosk::OutboxExport fetch;
    CLI::App* const export_command = outbox->add_subcommand("export", "A copy of one request, still sealed");
    export_command->add_option("request", fetch.request, "Id or receipt number")->required();
    export_command->add_option("--to", fetch.to, "File to make")->required();
    add_access(*export_command, fetch.access);
    export_command->callback([&] { result = kiosk::run(fetch, std::cout, std::cerr); });

    CLI::App* const keys = app.add_subcommand("keys", "What requests are sealed to and opened with");
    keys->require_subcommand(1);
    kiosk::Keys key_order;
    for (const auto& [name, what, words] :
         {std::tuple("list", kiosk::Keys::What::List, "One JSON object per key, oldest first; the last one seals"),
          std::tuple("rotate", kiosk::Keys::What::Rotate,
                     "A new key to seal to; older ones stay while they are needed"),
          std::tuple("destroy", kiosk::Keys::What::Destroy, "Destroy all keys: what is kept here is lost for good")}) {
        CLI::App* const key_command = keys->add_subcommand(name, words);
        if (what == kiosk::Keys::What::Destroy)
            key_command->add_flag("--yes-all-is-lost", key_order.confirmed, "Really");
        add_access(*key_command, key_order.access);
        key_command->callback([&key_order, &result, what = what] {
            key_order.what = what;
            result = kiosk::run(key_order, std::cout, std::cerr);
        });
    }
    CLI::App* const staff = app.add_subcommand("staff", "Who may sign in at the desk");
    staff->require_subcommand(1);
    kiosk::Staff staff_order;
    using Change = kiosk::Staff::What;
    for (const auto& [name, what, words] :
         {std::tuple("list", Change::List, "One JSON object per person"),
          std::tuple("add", Change::Add, "A new person; prints their PIN, once"),
          std::tuple("disable", Change::Disable, "Signs in no more"),
          std::tuple("reset", Change::Reset, "A new PIN; opens what was locked or disabled; prints it, once")}) {
        CLI::App* const staff_command = staff->add_subcommand(name, words);
        if (what != Change::List)
            staff_command->add_option("id", staff_order.id, "Staff id: small letters, digits, dots, hyphens")
                ->required();
        if (what == Change::Add)
            staff_command->add_option("--role", staff_order.role, "operator, supervisor or technician")
                ->required()
                ->check(CLI::IsMember({"operator", "supervisor", "technician"}));
        if (what == Change::Add || what == Change::Reset)
            staff_command->add_flag("--pin-stdin", staff_order.pin_from_input,
                                    "Read the six digits from standard input, instead of drawing them");
        add_access(*staff_command, staff_order.access);
        staff_command->callback([&staff_order, &result, what = what] {
            staff_order.what = what;
            result = kiosk::run(staff_order, std::cin, std::cout, std::cerr);
        });
    }

    CLI::App* const audit =
        app.add_subcommand("audit", "What the staff did: the log that shows every change to itself");
    audit->require_subcommand(1);
    kiosk::AuditVerify audit_verify;
    CLI::App* const verify_command =
        audit->add_subcommand("verify", "Names the first record that is broken or missing");
    verify_command->add_option("--expect", audit_verify.expect, "SEQUENCE:MARK of a record, as the journal has it");
    add_access(*verify_command, audit_verify.access);
    verify_command->callback([&] { result = kiosk::run(audit_verify, std::cout, std::cerr); });
    kiosk::AuditList audit_list;
    CLI::App* const audit_list_command = audit->add_subcommand("list", "One JSON object per record, oldest first");
    audit_list_command->add_option("--after", audit_list.after, "Only records with a greater number");
    add_access(*audit_list_command, audit_list.access);
    audit_list_command->callback([&] { result = kiosk::run(audit_list, std::cout, std::cerr); });

    CLI::App* const published = app.add_subcommand("forms", "What the central system published for this terminal");
    published->require_subcommand(1);
    kiosk::FormsCommand published_forms;
    for (const auto& [name, sync, words] : {std::tuple("list", false, "One JSON object per form and notice held here"),
                                            std::tuple("sync", true, "The same, after asking once more")}) {
        CLI::App* const published_command = published->add_subcommand(name, words);
        add_access(*published_command, published_forms.access);
        published_command->callback([&published_forms, &result, sync = sync] {
            published_forms.sync = sync;
            result = kiosk::run(published_forms, std::cout, std::cerr);
        });
    }

    CLI::App* const config = app.add_subcommand("config", "The configuration");
    config->require_subcommand(1);
    kiosk::ConfigShow show;
    CLI::App* const show_command = config->add_subcommand("show", "Every key with its value");
    show_command->add_flag("--origin", show.origin, "Where each value came from");
    add_access(*show_command, show.access);
    show_command->callback([&] { result = kiosk::run(show, std::cout, std::cerr); });

    kiosk::Doctor doctor;
    CLI::App* const doctor_command = app.add_subcommand("doctor", "What must be right, and what to do where it is not");
    add_access(*doctor_command, doctor.access);
    doctor_command->callback([&] { result = kiosk::run(doctor, std::cout, std::cerr); });

    if (!net::harden_process().ok()) {
        std::cerr << "sportelloctl: the system would not switch off core dumps; not started\n";
        return 1;
    }
    try {
        app.parse(count, arguments);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : wrong_usage;
    }
    return result;
}
