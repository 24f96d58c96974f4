// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/link/published.hpp"

#include "forms/base/digest.hpp"
#include "forms/base/utf8.hpp"
#include "kiosk/link/notice_reader.hpp"
#include "net/runtime/json_text.hpp"

#include <algorithm>
#include <chrono>
#include <set>
#include <string_view>
#include <utility>

namespace kiosk {
namespace {

using namespace std::chrono_literals;
constexpr auto patience = 4s;

std::string status_of(std::string_view questionnaire) {
    const auto members = net::json_members(questionnaire);
    if (!members) return {};
    for (const auto& [name, value] : *members)
        if (name == "status") {
            const auto text = net::json_string(value, std::pmr::get_default_resource());
            return text ? std::string(*text) : std::string();
        }
    return {};
}

std::vector<std::string> lines_of(const std::vector<forms::Mistake>& mistakes) {
    std::vector<std::string> lines;
    for (const forms::Mistake& mistake : mistakes)
        lines.push_back(mistake.json_pointer + ": " + std::string(forms::code_of(mistake.reason)));
    return lines;
}

} // namespace

Published::Read Published::read(const net::ipc::PackageNote& note, const std::vector<std::byte>& bytes) const {
    using Why = UnusablePackage::Why;
    const auto refuse = [this](Why why, std::vector<std::string> lines = {}) {
        if (settings_.report) settings_.report({why, std::move(lines)});
        return Read{};
    };
    const bool form = note.kind == net::PackageKind::Definition;
    const auto opened = net::open_package(bytes, form ? settings_.definition_keys : settings_.notice_keys);
    if (!opened.ok() || opened.value().head.kind != note.kind || opened.value().head.subject != note.subject ||
        opened.value().head.serial != note.serial)
        return refuse(Why::NotSigned);
    const auto payload = opened.value().payload;
    const std::string_view text(reinterpret_cast<const char*>(payload.data()), payload.size());
    Read result;
    if (form) {
        auto loaded = forms::load_definition(text, settings_.load);
        if (!loaded.ok()) return refuse(Why::NotAForm, lines_of(loaded.error()));
        if (net::subject_of(note.kind, loaded.value()->url()) != note.subject) return refuse(Why::OtherName);
        result.form = PublishedForm{loaded.value(), status_of(text) != "active"};
        return result;
    }
    auto notice = read_notice(text, settings_.base_uri);
    if (!notice.ok()) return refuse(Why::NotANotice, {std::to_string(static_cast<int>(notice.error()))});
    if (net::subject_of(note.kind, notice.value().name) != note.subject) return refuse(Why::OtherName);
    result.notice = std::move(notice.value().notice);
    result.notice->id = net::text_of(note.subject);
    return result;
}

std::optional<PublishedNews> Published::look(net::ipc::Client& client, std::stop_token stop) {
    const auto listed = client.packages(patience, stop);
    if (!listed.ok()) return std::nullopt;
    PublishedNews news;
    std::map<Key, Read> present;
    std::set<net::PackageSubject> done; // newest first: what comes after a usable version is the past
    for (const net::ipc::PackageNote& note : listed.value()) {
        const Key key(note.subject, note.serial);
        auto here = read_.find(key);
        if (done.contains(note.subject)) {
            if (here != read_.end()) present.insert(read_.extract(here));
            continue;
        }
        if (here == read_.end()) {
            auto bytes = client.package(note, patience, stop);
            if (!bytes.ok()) return std::nullopt;
            if (!bytes.value()) continue; // removed meanwhile
            here = read_.emplace(key, read(note, *bytes.value())).first;
        }
        const Read& read = here->second;
        if (read.form) news.forms.push_back(*read.form);
        if (read.notice && !read.notice->withdrawn) {
            const auto ours = [this](const std::string& body) {
                return forms::equals_ignoring_ascii_case(body, settings_.body);
            };
            if (read.notice->bodies.empty() || std::ranges::any_of(read.notice->bodies, ours))
                news.notices.push_back(*read.notice);
        }
        // A withdrawal that is well signed counts even before anything older.
        if (read.form || read.notice) done.insert(note.subject);
        present.insert(read_.extract(here));
    }
    read_ = std::move(present);
    return news;
}

net::ipc::LineResult<std::shared_ptr<const forms::Definition>>
Published::version(net::ipc::Client& client, std::string_view url, std::string_view sha256,
                   net::ipc::Client::Patience patience, std::stop_token stop) const {
    std::shared_ptr<const forms::Definition> none;
    if (settings_.definition_keys.empty()) return none;
    const auto listed = client.packages(patience, stop);
    if (!listed.ok()) return listed.error();
    const net::PackageSubject wanted = net::subject_of(net::PackageKind::Definition, url);
    for (const net::ipc::PackageNote& note : listed.value()) {
        if (note.kind != net::PackageKind::Definition || note.subject != wanted) continue;
        const auto bytes = client.package(note, patience, stop);
        if (!bytes.ok()) return bytes.error();
        if (!bytes.value()) continue; // removed meanwhile
        // The others are not looked into: what is wrong with them is nobody's business now.
        const auto payload = net::payload_of(*bytes.value());
        if (forms::hex(forms::sha256({reinterpret_cast<const char*>(payload.data()), payload.size()})) != sha256)
            continue;
        if (const Read held = read(note, *bytes.value()); held.form) return held.form->definition;
    }
    return none;
}

} // namespace kiosk
