// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/ctl/form_commands.hpp"

#include "forms/fhir/json_tree.hpp"
#include "forms/fhir/load.hpp"
#include "forms/fhir/patient.hpp"
#include "forms/fhir/response.hpp"
#include "forms/italian/places.hpp"
#include "forms/lint/lint.hpp"
#include "kiosk/ctl/telling.hpp"
#include "kiosk/lists/terminology_folder.hpp"
#include "net/runtime/system_clock.hpp"

#include <optional>
#include <ostream>

namespace kiosk {
namespace {

/// How this terminal loads a form. What is wrong in the terminology folder is told; the lists that are right are used.
forms::LoadOptions load_options(const std::string& terminology, std::ostream& notes) {
    forms::LoadOptions options;
    options.known_value_sets = forms::place_value_sets();
    if (terminology.empty()) return options;
    TerminologyFolder folder = load_terminology(terminology);
    options.terminology = std::move(folder.terminology);
    for (const std::string& line : folder.refused)
        notes << line << '\n';
    return options;
}

std::optional<std::string> read_or_tell(const std::string& file, bool json, std::ostream& to) {
    auto bytes = read_form_file(file);
    if (!bytes) tell(to, json, {file, "", "not-readable", "", "this file cannot be read"});
    return bytes;
}

/// Loads and compiles, or tells every mistake.
std::shared_ptr<const forms::Definition> load_or_tell(const std::string& file, std::string_view bytes,
                                                      const forms::LoadOptions& options, bool json, std::ostream& to) {
    auto loaded = forms::load_definition(bytes, options);
    if (loaded.ok()) return std::move(loaded).value();
    for (const forms::Mistake& found : loaded.error())
        tell(to, json, {file, found.json_pointer, code_of(found.reason), found.link_id, found.words});
    return nullptr;
}

/// Tells what the author should look at again. Returns how many warnings there are.
int tell_findings(const FormCheck& command, const std::string& file, const forms::LintReport& report,
                  std::ostream& out) {
    int warnings = 0;
    for (const forms::Finding& finding : report.findings) {
        const bool note = finding.weight == forms::Weight::Note;
        warnings += note ? 0 : 1;
        if (note && !command.notes) continue;
        tell(out, command.json,
             {file, finding.json_pointer, code_of(finding.remark), finding.link_id, finding.words,
              note ? "note" : "warning"});
    }
    return warnings;
}

/// The line about a form that was accepted.
void tell_accepted(const std::string& file, const forms::Definition& definition, const forms::LintReport& report,
                   std::ostream& notes) {
    notes << file << ": accepted, " << definition.items().size() << " items; languages:";
    for (const std::string& language : definition.complete_languages())
        notes << ' ' << language;
    for (const auto& [language, missing] : definition.missing_translations())
        if (missing > 0) notes << ' ' << language << " (" << missing << " texts missing)";
    if (report.italian.words > 0) notes << "; Gulpease " << gulpease(report.italian);
    notes << '\n';
}

std::string_view words_of(forms::IssueCode code) {
    using forms::IssueCode;
    switch (code) { // no default: the compiler names the one we forgot
    case IssueCode::RequiredMissing:
        return "an answer is required";
    case IssueCode::TooLong:
        return "the answer is longer than allowed";
    case IssueCode::TooShort:
        return "the answer is shorter than allowed";
    case IssueCode::BelowMinimum:
        return "the answer is below the smallest value";
    case IssueCode::AboveMaximum:
        return "the answer is above the largest value";
    case IssueCode::TooManyDecimals:
        return "more digits after the point than allowed";
    case IssueCode::NotAnOption:
        return "the answer is not among the options";
    case IssueCode::Malformed:
        return "what was typed is no answer of this type";
    case IssueCode::TooFew:
        return "fewer answers than needed";
    case IssueCode::TooMany:
        return "more answers than allowed";
    case IssueCode::WrongUnit:
        return "the unit is not among those allowed";
    case IssueCode::WrongType:
        return "the answer is of another type";
    case IssueCode::PatternMismatch:
        return "the answer is not written as the form wants it";
    case IssueCode::WrongFileType:
        return "this kind of file is not taken here";
    case IssueCode::FileTooBig:
        return "the file is larger than allowed";
    case IssueCode::ExclusiveMixed:
        return "an option that excludes the others stands beside another";
    case IssueCode::ConstraintBroken:
        return "a constraint of the form does not hold";
    }
    return "";
}

std::string_view words_of(forms::ResponseReason reason) {
    using forms::ResponseReason;
    switch (reason) { // no default: the compiler names the one we forgot
    case ResponseReason::NotJson:
        return "this is no JSON that can be relied on";
    case ResponseReason::TooBig:
        return "larger than allowed";
    case ResponseReason::NotAResponse:
        return "this is no FHIR QuestionnaireResponse";
    case ResponseReason::OtherDefinition:
        return "this response belongs to another form or version";
    case ResponseReason::UnknownItem:
        return "the form has no such item";
    case ResponseReason::WrongPlace:
        return "the form has this item elsewhere";
    case ResponseReason::WrongType:
        return "the answer is of another type";
    case ResponseReason::BadValue:
        return "this is no value of FHIR R4";
    case ResponseReason::TooMany:
        return "more answers than the form allows";
    case ResponseReason::NotAnOption:
        return "the answer is not among the options";
    case ResponseReason::NotSupported:
        return "this cannot be taken over";
    }
    return "";
}

void write_issue(std::ostream& out, std::string_view link_id, std::string_view path, std::string_view code,
                 std::string_view words) {
    out << "{\"linkId\":" << quoted(link_id) << ",\"path\":" << quoted(path) << ",\"code\":" << quoted(code)
        << ",\"text\":" << quoted(words) << '}';
}

void write_run(std::ostream& out, const forms::ReadResponse& read, const std::string& language) {
    const forms::Draft& draft = read.draft;
    const forms::Definition& definition = draft.definition();
    std::string_view comma;
    const auto next = [&] { return std::exchange(comma, ","); };
    out << "{\"enabled\":[";
    for (const forms::Path& path : draft.enabled())
        out << next() << "{\"linkId\":" << quoted(definition.item(path).link_id)
            << ",\"path\":" << quoted(definition.text_of(path)) << '}';
    const auto issues = draft.issues();
    forms::ResponseOptions options;
    options.status = issues.empty() && read.issues.empty() ? "completed" : "in-progress";
    out << "],\"response\":" << forms::write_response(forms::filled_so_far(draft, language), options)
        << ",\"issues\":[";
    comma = {};
    for (const forms::ResponseIssue& issue : read.issues) {
        out << next();
        const std::string words = issue.json_pointer + ": " + std::string(words_of(issue.reason));
        write_issue(out, issue.link_id, "", code_of(issue.reason), words);
    }
    for (const forms::Issue& issue : issues) {
        out << next();
        const std::string_view words =
            issue.constraint != nullptr ? issue.constraint->human.in(language) : words_of(issue.code);
        write_issue(out, definition.item(issue.path).link_id, definition.text_of(issue.path), code_of(issue.code),
                    words);
    }
    out << "]}\n";
}

} // namespace

int run(const FormCheck& command, std::ostream& out, std::ostream& notes) {
    bool refused = false;
    const forms::LoadOptions options = load_options(command.terminology, notes);
    for (const std::string& file : command.files) {
        const auto bytes = read_or_tell(file, command.json, out);
        const auto definition = bytes ? load_or_tell(file, *bytes, options, command.json, out) : nullptr;
        if (!definition) {
            refused = true;
            continue;
        }
        const forms::LintReport report = forms::lint(*definition, *bytes);
        if (tell_findings(command, file, report, out) > 0 && command.strict) refused = true;
        tell_accepted(file, *definition, report, notes);
    }
    return refused ? 1 : 0;
}

int run(const FormRun& command, std::ostream& out, std::ostream& notes) {
    const auto form = read_or_tell(command.file, command.json, notes);
    const forms::LoadOptions options = load_options(command.terminology, notes);
    const auto definition = form ? load_or_tell(command.file, *form, options, command.json, notes) : nullptr;
    if (!definition) return 1;
    const auto answers = read_or_tell(command.answers, command.json, notes);
    if (!answers) return 1;
    forms::Setting setting;
    setting.now = forms::moment_in_italy(net::SystemClock().wall_time());
    if (!command.patient.empty()) {
        const auto bytes = read_or_tell(command.patient, command.json, notes);
        if (!bytes) return 1;
        auto* const memory = std::pmr::get_default_resource();
        auto patient = forms::read_launched("patient", *bytes, memory);
        if (!patient || !forms::read_patient(*bytes, memory)) {
            tell(notes, command.json, {command.patient, "", "not-a-patient", "", "this is no FHIR R4 Patient in JSON"});
            return 1;
        }
        setting.launched.push_back(std::move(*patient));
    }
    const auto read = forms::read_response(*answers, definition, std::pmr::get_default_resource(), std::move(setting));
    if (!read.ok()) {
        for (const forms::ResponseIssue& issue : read.error())
            tell(notes, command.json,
                 {command.answers, issue.json_pointer, code_of(issue.reason), issue.link_id, words_of(issue.reason)});
        return 1;
    }
    std::string language = command.language.empty() ? read.value().language : command.language;
    if (language.empty()) language = definition->language();
    write_run(out, read.value(), language);
    return 0;
}

} // namespace kiosk
