// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/ctl/config_commands.hpp"
#include "kiosk/ctl/doctor_report.hpp"

#include "net/runtime/json_text.hpp"

#include <cstdlib>
#include <ostream>

#include <sys/stat.h>
#include <unistd.h>

namespace kiosk {
namespace {

using net::ipc::ReadyCode;
using net::ipc::Sending;

std::string words_of(ReadyCode code) {
    switch (code) {
    case ReadyCode::Ready:
        return "a request can be kept now";
    case ReadyCode::NoSpace:
        return "too little room on the disk: free some, or lower outbox.reserve_mib";
    case ReadyCode::NoRights:
        return "the state folder cannot be written: check its owner and the mount";
    case ReadyCode::NoKeys:
        return "there is no key to seal to";
    case ReadyCode::OutboxFull:
        return "the outbox is full: get the central system going, or raise outbox.capacity";
    case ReadyCode::ClockWrong:
        return "the clock stands before this program was written: set it";
    case ReadyCode::Checking:
        return "checking the outbox after an unclean stop: wait a little";
    case ReadyCode::Broken:
        break;
    }
    return "the outbox does not work: see the sender's log";
}

std::string words_of(Sending state) {
    switch (state) {
    case Sending::Working:
        return "nothing stands in the way of sending";
    case Sending::NotConfigured:
        return "no usable central system: set central.fhir.base_url and central.tls.ca_file, and check the "
               "certificate files";
    case Sending::Unreachable:
        return "nobody answers at central.fhir.base_url: requests wait here";
    case Sending::NotTrusted:
        return "its certificate, key or name is not the one we expect: check central.tls.ca_file and pins; nothing "
               "was sent";
    case Sending::NotAdmitted:
        return "it does not let us in, or is not at this address: check base_url and the client certificate";
    case Sending::Busy:
        return "it asked to come back later";
    case Sending::ClockWrong:
        break;
    }
    return "our clock is wrong: certificates cannot be judged";
}

std::string minutes(std::uint64_t milliseconds) { return std::to_string(milliseconds / 60'000) + " min"; }

/// Forms and notices: how fresh they are, and what was not taken.
void check_feed(Report& report, const net::ipc::FeedTold& feed) {
    if (!feed.configured)
        return report.line(true, "published",
                           "nothing is asked for: feed.definition_keys and feed.notice_keys are empty, or no central "
                           "system is set");
    const std::string refused =
        feed.refused == 0 ? std::string()
                          : "; " + std::to_string(feed.refused) + " packages refused since the sender started: its log "
                                                                  "says why, and their publisher must know";
    const std::string age = feed.ever ? "last good answer " + std::to_string(feed.good_ms_ago / 1000) + " s ago"
                                      : "no answer since the sender started";
    if (feed.fault == 0) return report.line(feed.refused == 0, "published", age + refused);
    report.line(false, "published",
                age + "; the last question failed (fault " + std::to_string(feed.fault - 1) + ", status " +
                    std::to_string(feed.http_status) + "): what is here stays in use" + refused);
}

void check_folder(Report& report, const std::string& folder) {
    struct stat facts {};
    if (::stat(folder.c_str(), &facts) != 0 || !S_ISDIR(facts.st_mode))
        return report.line(false, "state folder", folder + " is missing: start sportello-sender once");
    if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return report.line(false, "state folder", folder + " is open to others: chmod 0700 it");
    report.line(true, "state folder", folder);
}

void check_key(Report& report, std::string_view what, const std::string& file) {
    struct stat facts {};
    if (file.empty() || ::stat(file.c_str(), &facts) != 0)
        return report.line(false, what,
                           (file.empty() ? "is not set" : file + " is not there") +
                               std::string(": nothing can be signed, so nothing is sent"));
    if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return report.line(false, what,
                           file + " is open to others: chmod 0600 it, and renew the key if anybody read it");
    report.line(true, what, file);
}

} // namespace

void Report::line(bool fine, std::string_view what, const std::string& words) {
    if (json_)
        out_ << net::JsonText()
                    .open_object()
                    .key("ok")
                    .boolean(fine)
                    .member("what", what)
                    .member("text", words)
                    .close_object()
                    .view()
             << '\n';
    else
        out_ << (fine ? "ok    " : "WRONG ") << what << ": " << words << '\n';
    all_fine_ = all_fine_ && fine;
}

int run(const Doctor& command, std::ostream& out, std::ostream& notes) {
    const auto loaded = load_or_tell(command.access, notes);
    if (!loaded) return 1;
    const net::Config& config = loaded->config;
    Report report(out, command.access.json);
    report.line(true, "configuration",
                std::to_string(loaded->origins.size()) + " keys set by " +
                    std::to_string(command.access.config_files.size()) + " files");
    if (config.central.base_url.empty())
        report.line(false, "central system", "central.fhir.base_url is not set");
    else
        report.line(true, "central system", config.central.base_url);
    const auto check_file = [&](std::string_view what, const std::string& file) {
        if (!file.empty())
            report.line(::access(file.c_str(), R_OK) == 0, what,
                        ::access(file.c_str(), R_OK) == 0 ? file : file + " cannot be read by this user");
    };
    check_file("central.tls.ca_file", config.central.ca_file);
    check_file("central.tls.client_certificate_file", config.central.client_certificate_file);
    check_file("central.tls.client_key_file", config.central.client_key_file);
    if (!config.central.base_url.empty())
        report.line(config.central.pins.size() != 1, "central.tls.pins",
                    config.central.pins.empty() ? "none: any server that central.tls.ca_file vouches for is trusted"
                    : config.central.pins.size() == 1
                        ? "one only: add the backup key's, or the day the server's key is renewed nothing can be sent"
                        : std::to_string(config.central.pins.size()) + " keys accepted");
    if (!config.oauth.client_id.empty()) check_key(report, "central.oauth.key_file", config.oauth.key_file);
    if (config.modi.sign) {
        check_key(report, "central.modi.key_file", config.modi.key_file);
        check_file("central.modi.certificate_file", config.modi.certificate_file);
        report.line(!config.modi.audience.empty() && !config.modi.issuer.empty(), "central.modi",
                    config.modi.audience.empty() || config.modi.issuer.empty()
                        ? "central.modi.audience and central.modi.issuer must be set: the provider has declared them"
                        : "signing for " + config.modi.audience);
    }
    check_devices(report, config.devices);
    check_folder(report, config.state_dir);
    check_audit(report, config);

    auto client = client_of(config);
    auto answer = client.figures(sender_patience);
    if (!answer.ok()) {
        report.line(false, "sender", "does not answer at " + config.state_dir + "/sender.sock");
        return report.result();
    }
    const net::ipc::Figures& f = answer.value();
    report.line(true, "sender", "version " + f.version);
    report.line(f.ready == ReadyCode::Ready || f.ready == ReadyCode::Checking, "outbox", words_of(f.ready));
    report.line(f.state == Sending::Working || f.state == Sending::Busy, "sending",
                words_of(f.state) +
                    (f.pause_ms > 0 ? "; next try in " + std::to_string(f.pause_ms / 1000 + 1) + " s" : ""));
    report.line(true, "waiting",
                std::to_string(f.kept + f.sending) + " to send, " + std::to_string(f.unclear) +
                    " unclear, oldest for " + minutes(f.oldest_waiting_ms));
    report.line(f.needs_desk == 0, "needs the desk",
                f.needs_desk == 0 ? "none" : std::to_string(f.needs_desk) + ": `sportelloctl outbox list`");
    report.line(true, "delivered", std::to_string(f.acknowledged) + " (bodies erased)");
    report.line(true, "disk",
                std::to_string(f.bytes_used >> 10) + " KiB used, " + std::to_string(f.bytes_free >> 20) + " MiB free");
    report.line(f.server_ahead_s == 0 && f.clock_remembered, "clock",
                f.server_ahead_s != 0 ? "the central system's is " + std::to_string(std::abs(f.server_ahead_s)) +
                                            " s " + (f.server_ahead_s > 0 ? "ahead of ours" : "behind ours") +
                                            ": set the one that is wrong; certificates are judged by ours"
                : !f.clock_remembered
                    ? "the disk would not take the newest date seen: after a restart an old one may count"
                    : "nothing that the central system said disagrees with ours");
    if (const auto feed = client.feed(false, sender_patience); feed.ok())
        check_feed(report, feed.value());
    else
        report.line(false, "published", "the sender does not say where the feed stands");
    report.line(f.set_aside == 0, "set aside",
                f.set_aside == 0 ? "no damaged file"
                                 : std::to_string(f.set_aside) + " damaged files in the state folder: have them looked "
                                                                 "at before anybody deletes them");
    report.line(
        true, "retention",
        "a request stays until it is delivered; its body is erased with the delivery; a mark without content (" +
            std::to_string(f.tombstones) + " now) stays 90 days; what needs the desk stays until staff decide");
    report.line(f.keys > 0, "keys", std::to_string(f.keys) + ", sealing to " + text_of(f.key_id));
    report.line(f.memory_locked, "memory",
                f.memory_locked ? "locked" : "the system refused to lock it: raise LimitMEMLOCK or ulimit -l");
    return report.result();
}

} // namespace kiosk
