// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/ctl/submit_commands.hpp"

#include "forms/fhir/load.hpp"
#include "forms/fhir/response.hpp"
#include "forms/italian/places.hpp"
#include "kiosk/link/sealing.hpp"
#include "kiosk/lists/terminology_folder.hpp"
#include "kiosk/model/receipt_number.hpp"
#include "net/runtime/json_text.hpp"
#include "net/runtime/locked_memory.hpp"
#include "net/runtime/random.hpp"
#include "net/runtime/system_clock.hpp"

#include <array>
#include <fstream>
#include <memory_resource>
#include <optional>
#include <ostream>

namespace kiosk {
namespace {

using net::ipc::Kept;
using net::ipc::NotKept;
using net::ipc::NotKeptReason;

/// Nothing when it cannot be read or has more than `most` bytes.
std::optional<std::pmr::string> read_file(const std::string& name, std::size_t most,
                                          std::pmr::memory_resource* memory) {
    std::ifstream file(name, std::ios::binary);
    std::pmr::string bytes(memory);
    std::array<char, 65536> part{};
    while (file && bytes.size() <= most) {
        file.read(part.data(), part.size());
        bytes.append(part.data(), static_cast<std::size_t>(file.gcount()));
    }
    if (!file.eof() || bytes.size() > most) return std::nullopt;
    return bytes;
}

/// By content, never by name.
std::string_view picture_type(std::string_view bytes) {
    if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return "image/png";
    if (bytes.starts_with("\xff\xd8\xff")) return "image/jpeg";
    return {};
}

std::string words_of(NotKeptReason reason) {
    switch (reason) {
    case NotKeptReason::NoSpace:
        return "too little room on the disk";
    case NotKeptReason::NoRights:
        return "the state folder cannot be written";
    case NotKeptReason::OutboxFull:
        return "the outbox is full";
    case NotKeptReason::UnknownKey:
        return "the sender has changed its key; try again";
    case NotKeptReason::Malformed:
        return "the sender did not understand it";
    case NotKeptReason::TooLarge:
        return "it is too large";
    case NotKeptReason::DiskRefused:
        break;
    }
    return "the disk refused it";
}

class Submission {
public:
    Submission(const Submit& command, std::ostream& out, std::ostream& notes)
        : command_(command), out_(out), notes_(notes) {}

    int run() {
        const auto loaded = load_or_tell(command_.access, notes_);
        if (!loaded) return 1;
        const auto start = clock_.wall_time();
        const auto definition = load_form(loaded->config.forms.terminology);
        if (!definition || !read_attachments()) return 1;
        const auto bytes = read_file(command_.answers, net::largest_body, &memory_);
        if (!bytes) return refuse("not-readable", command_.answers + ": cannot be read, or is larger than 8 MiB");
        forms::Setting setting;
        setting.now = forms::moment_in_italy(start);
        auto response = forms::read_response(*bytes, definition, &memory_, std::move(setting));
        if (!response.ok()) return tell_issues(response.error());
        if (!response.value().issues.empty()) return tell_issues(response.value().issues);

        VisitFacts visit;
        visit.request = chance_.uuid();
        if (!command_.id.empty()) {
            const auto id = forms::Uuid::parse(command_.id);
            if (!id) return refuse("bad-id", command_.id + ": is no UUID");
            visit.request = *id;
        }
        visit.language = !command_.language.empty()           ? command_.language
                         : !response.value().language.empty() ? response.value().language
                                                              : definition->language();
        visit.start = start;
        visit.end = clock_.wall_time();
        auto frozen = freeze(response.value().draft, visit, loaded->config, scans_);
        if (!frozen.ok()) {
            for (const forms::Issue& issue : frozen.error())
                (void)refuse(code_of(issue.code), definition->text_of(issue.path));
            return 1;
        }
        return send(frozen.value(), loaded->config);
    }

private:
    int refuse(std::string_view code, std::string_view words) {
        return tell(notes_, command_.access.json, code, words);
    }

    int tell_issues(const std::vector<forms::ResponseIssue>& issues) {
        for (const forms::ResponseIssue& issue : issues)
            (void)refuse(code_of(issue.reason), command_.answers + ": " +
                                                    (issue.json_pointer.empty() ? "/" : issue.json_pointer) +
                                                    (issue.link_id.empty() ? "" : " (" + issue.link_id + ")"));
        return 1;
    }

    std::shared_ptr<const forms::Definition> load_form(const std::string& terminology) {
        const auto bytes = read_file(command_.form, 16u << 20, std::pmr::get_default_resource());
        if (!bytes) {
            (void)refuse("not-readable", command_.form + ": cannot be read, or is larger than 16 MiB");
            return nullptr;
        }
        forms::LoadOptions options;
        options.known_value_sets = forms::place_value_sets();
        if (!terminology.empty()) options.terminology = load_terminology(terminology).terminology;
        auto loaded = forms::load_definition(*bytes, options);
        if (loaded.ok()) return std::move(loaded).value();
        for (const forms::Mistake& mistake : loaded.error())
            (void)refuse(code_of(mistake.reason), command_.form + ": " +
                                                      (mistake.json_pointer.empty() ? "/" : mistake.json_pointer) +
                                                      ": " + mistake.words);
        return nullptr;
    }

    bool read_attachments() {
        files_.reserve(command_.attachments.size());
        for (const std::string& name : command_.attachments) {
            auto bytes = read_file(name, net::largest_attachment, &memory_);
            const std::string_view type = bytes ? picture_type(*bytes) : std::string_view();
            if (type.empty()) {
                (void)refuse("bad-attachment", name + ": must be a readable PNG or JPEG of at most 20 MiB");
                return false;
            }
            files_.push_back(std::move(*bytes));
            ScannedFile scan;
            scan.content_type = type;
            scan.title = "Documento " + std::to_string(files_.size());
            scan.bytes = std::as_bytes(std::span(files_.back().data(), files_.back().size()));
            scans_.push_back(std::move(scan));
        }
        return true;
    }

    int send(const FrozenRequest& frozen, const net::Config& config) {
        auto client = client_of(config);
        auto welcome = client.join(sender_patience);
        if (!welcome.ok()) return tell(notes_, command_.access.json, welcome.error(), config);
        auto sealed = seal_request(frozen, welcome.value().key);
        if (!sealed.ok()) return refuse("too-large", "at most 10 attachments of 20 MiB, 60 MiB together");
        auto answer = client.keep(sealed.value(), std::chrono::seconds(30));
        // Asked again under the same id: whether it was kept is the sender's to say, not ours to guess.
        if (!answer.ok()) answer = client.keep(sealed.value(), std::chrono::seconds(30));
        if (!answer.ok()) return tell(notes_, command_.access.json, answer.error(), config);
        if (const auto* refused = std::get_if<NotKept>(&answer.value()))
            return refuse("not-kept", words_of(refused->reason));

        auto state = client.watch(frozen.submission.id, sender_patience);
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(command_.wait_seconds);
        while (state.ok() && state.value().life != net::Life::Acknowledged &&
               state.value().life != net::Life::NeedsDesk) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
            if (left.count() <= 0) break;
            auto change = client.news(left);
            if (!change.ok()) break; // kept it is in any case
            if (change.value()) state = *change.value();
        }
        const auto number = std::get<Kept>(answer.value()).number;
        net::JsonText line;
        line.open_object().member("id", frozen.submission.id.text());
        line.member("number", receipt_number(config.terminal.number_prefix, number));
        line.member("state", name_of(state.ok() ? state.value().life : net::Life::Kept)).key("reference");
        if (state.ok() && !state.value().reference.empty())
            line.text(state.value().reference);
        else
            line.raw("null");
        out_ << line.close_object().view() << '\n';
        return state.ok() && state.value().life == net::Life::NeedsDesk ? 1 : 0;
    }

    const Submit& command_;
    std::ostream& out_;
    std::ostream& notes_;
    net::LockedMemory memory_;
    net::SystemClock clock_;
    net::SystemChance chance_;
    std::vector<std::pmr::string> files_;
    std::vector<ScannedFile> scans_;
};

} // namespace

int run(const Submit& command, std::ostream& out, std::ostream& notes) { return Submission(command, out, notes).run(); }

} // namespace kiosk
