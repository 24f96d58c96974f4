// SPDX-License-Identifier: EUPL-1.2
#include "tests/campaigns/slow-link/scan_server.hpp"

#include <nlohmann/json.hpp>
#include <openssl/evp.h>

#include <algorithm>
#include <string_view>

namespace campaign {
namespace {

using nlohmann::json;

constexpr std::string_view binary_place = "/fhir/Binary/";

/// The bytes that a Binary carries.
std::string content_of(const std::string& body) {
    const json binary = json::parse(body, nullptr, false);
    if (!binary.is_object() || !binary.contains("data") || !binary["data"].is_string()) return {};
    const auto& text = binary["data"].get_ref<const std::string&>();
    std::string bytes(text.size() / 4 * 3, '\0');
    const int size =
        EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                        reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
    if (size < 0) return {};
    const auto padding = static_cast<std::size_t>(
        std::count(text.end() - std::min<long>(2, static_cast<long>(text.size())), text.end(), '='));
    bytes.resize(static_cast<std::size_t>(size) - padding);
    return bytes;
}

tests::TlsFace face_of(const Faces& faces) {
    tests::TlsFace face{faces.good};
    face.receive_buffer = 65'536; // no more than a slow line holds
    return face;
}

} // namespace

ScanServer::ScanServer(const Faces& faces, tests::SharedClock& clock, Link& link, OwnIds own_ids, Wrong wrong)
    : model(clock, own_ids), link_(link), wrong_(wrong),
      server(face_of(faces), [this](tests::TlsLine& line) { serve(line); }) {}

void ScanServer::expect(const std::string& request, std::multiset<forms::Sha256> contents) {
    const std::lock_guard lock(mutex_);
    expected_[request] = std::move(contents);
}

void ScanServer::serve(tests::TlsLine& line) {
    if (const auto asked = link_.read(line)) link_.write(line, answer(*asked), asked->method.starts_with('P'));
}

std::string ScanServer::answer(const tests::Asked& asked) {
    constexpr const char* type = "application/fhir+json";
    if (asked.method == "POST") {
        const auto reply = model.transaction(asked.body);
        if (reply.status == 200) look_at(asked.body);
        return tests::http_answer(reply.status, reply.body, type);
    }
    const bool scan = asked.target.starts_with(binary_place);
    if (scan && asked.method == "PUT") {
        const auto reply = take_scan(asked, asked.target.substr(binary_place.size()));
        return tests::http_answer(reply.status, reply.body, type);
    }
    auto reply = model.other(asked.method, asked.target, asked.body);
    if (scan && wrong_ == Wrong::SaysItIsThere) reply.status = 200;
    if (scan && wrong_ == Wrong::SaysItIsNot) reply.status = 404;
    std::string bytes = tests::http_answer(reply.status, reply.body, type);
    if (asked.method == "HEAD") bytes.resize(bytes.size() - reply.body.size());
    return bytes;
}

ServerModel::Answer ScanServer::take_scan(const tests::Asked& asked, const std::string& id) {
    std::string content = content_of(asked.body);
    if (wrong_ == Wrong::MixesContents && !content.empty()) content.back() = static_cast<char>(content.back() ^ 1);
    const auto reply =
        model.other("PUT", asked.target, R"({"resourceType":"Binary"})", asked.headers.contains("if-none-match"));
    const std::lock_guard lock(mutex_);
    Scan& scan = scans_[id];
    if (scan.times++ == 0) bytes_needed_ += asked.body.size();
    scan.content = forms::sha256(content);
    return reply;
}

/// The record is the commit: at this moment every scan of the case must be there.
void ScanServer::look_at(const std::string& bundle) {
    const std::string request = ServerModel::request_of(bundle);
    const json parsed = json::parse(bundle, nullptr, false);
    const std::lock_guard lock(mutex_);
    if (recorded_.insert(request).second) {
        bytes_needed_ += bundle.size();
        if (bundle.find(R"("ifNoneMatch":"*")") != std::string::npos) ++by_own_ids_;
    }
    std::multiset<forms::Sha256> brought;
    std::set<std::string> ids;
    for (const json& entry : parsed["entry"]) {
        const json& resource = entry["resource"];
        if (resource["resourceType"] != "DocumentReference") continue;
        const auto url = resource["content"][0]["attachment"].value("url", "");
        const auto slash = url.rfind('/');
        const auto found = scans_.find(slash == std::string::npos ? url : url.substr(slash + 1));
        if (found == scans_.end() || !ids.insert(found->first).second) continue;
        brought.insert(found->second.content);
    }
    if (!expected_.contains(request) || brought != expected_[request]) ++without_scans_;
}

ScanServer::Count ScanServer::count() {
    const std::lock_guard lock(mutex_);
    Count count{.cases = recorded_.size(),
                .without_scans = without_scans_,
                .scans = scans_.size(),
                .bytes_needed = bytes_needed_,
                .bytes_came = server.body_bytes(),
                .by_own_ids = by_own_ids_};
    std::size_t wanted = 0;
    for (const auto& [request, contents] : expected_)
        wanted += contents.size();
    if (count.scans > wanted) count.doubled += count.scans - wanted;
    for (const auto& [id, scan] : scans_)
        count.doubled += scan.times - 1;
    return count;
}

} // namespace campaign
