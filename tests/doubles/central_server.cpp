// SPDX-License-Identifier: EUPL-1.2
#include "tests/doubles/central_server.hpp"

#include <httplib.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>

namespace tests {
namespace {

using nlohmann::json;
constexpr const char* fhir_json = "application/fhir+json";

std::vector<std::pair<std::string, std::string>> identifiers_of(const json& resource) {
    std::vector<std::pair<std::string, std::string>> found;
    const auto take = [&](const json& one) { found.emplace_back(one.value("system", ""), one.value("value", "")); };
    if (!resource.contains("identifier")) return found;
    const json& list = resource["identifier"];
    if (list.is_object())
        take(list);
    else
        for (const json& one : list)
            take(one);
    return found;
}

std::string outcome() {
    return R"({"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invalid","expression":["Task.status"]}]})";
}

} // namespace

struct CentralServer::Http {
    Http(const Certificates& c, bool asks_who)
        : server(c.server.c_str(), c.server_key.c_str(), asks_who ? c.ca.c_str() : nullptr) {}
    httplib::SSLServer server;
};

CentralServer::CentralServer(Certificates certificates, int port, bool asks_who)
    : http_(std::make_unique<Http>(certificates, asks_who)) {
    auto& server = http_->server;
    server.set_payload_max_length(100u << 20);
    server.set_keep_alive_max_count(1); // so that its end waits for nobody
    server.Post("/fhir", [this](const httplib::Request& request, httplib::Response& response) {
        ++transactions_;
        body_bytes_ += request.body.size();
        Mischief mischief;
        {
            const std::lock_guard lock(mutex_);
            bodies_.push_back(request.body);
            if (!mischief_.empty()) {
                mischief = mischief_.front();
                mischief_.pop_front();
            }
        }
        using Kind = Mischief::Kind;
        const auto cut_after = [&response](std::string bytes, std::size_t announced) {
            response.set_content_provider(
                announced, fhir_json, [bytes = std::move(bytes)](std::size_t at, std::size_t, httplib::DataSink& sink) {
                    if (at < bytes.size()) sink.write(bytes.data() + at, bytes.size() - at);
                    return false; // the line is cut here
                });
        };
        const auto login = [&] { response.set_content("<!DOCTYPE html><title>Login</title>", "text/html"); };
        switch (mischief.kind) {
        case Kind::None: {
            const std::string answer = transaction(request.body, false);
            if (answer.empty()) response.status = 412;
            response.set_content(answer.empty() ? outcome() : answer, fhir_json);
            break;
        }
        case Kind::Status:
            response.status = mischief.status;
            if (!mischief.retry_after.empty()) response.set_header("Retry-After", mischief.retry_after);
            response.set_content(outcome(), fhir_json);
            break;
        case Kind::Html:
            login();
            break;
        case Kind::StoreThenHtml:
            (void)transaction(request.body, false);
            login();
            break;
        case Kind::StoreThenDrop:
            (void)transaction(request.body, false);
            cut_after("", 1000);
            break;
        case Kind::Drop:
            cut_after("", 1000);
            break;
        case Kind::StoreThenCut: {
            const std::string answer = transaction(request.body, false);
            cut_after(answer.substr(0, answer.size() / 2), answer.size());
            break;
        }
        case Kind::StoreThenStatus:
            (void)transaction(request.body, false);
            response.status = mischief.status;
            response.set_content(outcome(), fhir_json);
            break;
        case Kind::WrongCount: {
            json answer = json::parse(transaction(request.body, false));
            answer["entry"].erase(0);
            response.set_content(answer.dump(), fhir_json);
            break;
        }
        case Kind::StorePart:
            (void)transaction(request.body, true);
            response.status = mischief.status;
            response.set_content(outcome(), fhir_json);
            break;
        case Kind::Accepted: {
            const std::string answer = transaction(request.body, false);
            const std::lock_guard lock(mutex_);
            accepted_ = answer;
            response.status = 202;
            response.set_header("Content-Location", "/fhir/_accepted/1");
            break;
        }
        case Kind::Hang:
            for (int i = 0; i < 1200 && !stopping_; ++i)
                std::this_thread::sleep_for(std::chrono::milliseconds(50));
            cut_after("", 1000);
            break;
        case Kind::Redirect:
            response.status = 307;
            response.set_header("Location", "https://elsewhere.example/fhir");
            break;
        }
    });
    server.Get("/fhir/_accepted/1", [this](const httplib::Request&, httplib::Response& response) {
        const std::lock_guard lock(mutex_);
        response.set_content(accepted_, fhir_json);
    });
    server.Put(R"(/fhir/(\w+)/([\w-]+))", [this](const httplib::Request& request, httplib::Response& response) {
        const std::lock_guard lock(mutex_);
        auto& list = resources_[request.matches[1]];
        const std::string id = request.matches[2];
        const auto found = std::ranges::find(list, id, &Stored::id);
        response.status = found == list.end() ? 201 : 200;
        if (found == list.end()) list.push_back({id, request.body, {}});
    });
    server.Get(R"(/fhir/(\w+)/([\w-]+))", [this](const httplib::Request& request, httplib::Response& response) {
        const std::lock_guard lock(mutex_);
        const auto& list = resources_[request.matches[1]];
        const std::string id = request.matches[2];
        const auto found = std::ranges::find(list, id, &Stored::id);
        if (found == list.end())
            response.status = 404;
        else
            response.set_content(found->json, fhir_json);
    });
    server.Get("/fhir/metadata", [this](const httplib::Request&, httplib::Response& response) {
        ++statements_;
        json types = json::array();
        for (const char* type :
             {"Binary", "RelatedPerson", "QuestionnaireResponse", "Task", "DocumentReference", "Consent", "Provenance"})
            types.push_back({{"type", type}, {"updateCreate", takes_our_ids_.load()}});
        const json rest = {{"mode", "server"}, {"resource", types}};
        response.set_content(json{{"resourceType", "CapabilityStatement"}, {"rest", json::array({rest})}}.dump(),
                             fhir_json);
    });
    server.Get(R"(/fhir/(\w+))", [this](const httplib::Request& request, httplib::Response& response) {
        ++searches_;
        if (search_status_ != 0) {
            response.status = search_status_;
            return;
        }
        response.set_content(search(request.matches[1], request.get_param_value("identifier")), fhir_json);
    });
    port_ = port != 0 ? (server.bind_to_port("127.0.0.1", port) ? port : 0) : server.bind_to_any_port("127.0.0.1");
    if (port_ <= 0) std::abort();
    thread_ = std::jthread([this] { http_->server.listen_after_bind(); });
    while (!server.is_running()) // a stop before that would be lost
        std::this_thread::yield();
}

CentralServer::~CentralServer() {
    stopping_ = true;
    http_->server.stop();
}

std::string CentralServer::base() const { return "https://127.0.0.1:" + std::to_string(port_) + "/fhir"; }

void CentralServer::next(Mischief mischief) {
    const std::lock_guard lock(mutex_);
    mischief_.push_back(std::move(mischief));
}

void CentralServer::for_searches(int status) { search_status_ = status; }

std::size_t CentralServer::count(const std::string& type) const {
    const std::lock_guard lock(mutex_);
    const auto found = resources_.find(type);
    return found == resources_.end() ? 0 : found->second.size();
}

std::vector<std::string> CentralServer::bodies() const {
    const std::lock_guard lock(mutex_);
    return bodies_;
}

std::vector<std::string> CentralServer::tasks() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> ids;
    if (const auto found = resources_.find("Task"); found != resources_.end())
        for (const Stored& one : found->second)
            ids.push_back(one.id);
    return ids;
}

std::string CentralServer::transaction(const std::string& body, bool half) {
    const std::lock_guard lock(mutex_);
    json answer = {{"resourceType", "Bundle"}, {"type", "transaction-response"}, {"entry", json::array()}};
    const json bundle = json::parse(body);
    for (const json& entry : bundle["entry"]) {
        if (!honours_if_none_match_ || !entry["request"].contains("ifNoneMatch")) continue;
        const auto list = resources_.find(entry["resource"]["resourceType"].get<std::string>());
        const std::string id = entry["resource"]["id"];
        if (list != resources_.end() && std::ranges::find(list->second, id, &Stored::id) != list->second.end())
            return {}; // 412
    }
    std::size_t todo = half ? bundle["entry"].size() / 2 : bundle["entry"].size();
    for (const json& entry : bundle["entry"]) {
        if (todo-- == 0) break;
        const json& resource = entry["resource"];
        const std::string type = resource["resourceType"];
        auto& list = resources_[type];
        std::string id, status = "201 Created";
        if (entry["request"]["method"] == "PUT") {
            id = resource["id"];
            const auto found = std::ranges::find(list, id, &Stored::id);
            if (found != list.end()) {
                *found = {id, resource.dump(), identifiers_of(resource)};
                status = "200 OK";
            } else {
                list.push_back({id, resource.dump(), identifiers_of(resource)});
            }
        } else {
            const std::string condition = httplib::detail::decode_url(entry["request"]["ifNoneExist"], true);
            const auto identifiers = identifiers_of(resource);
            const auto found = std::ranges::find_if(list, [&](const Stored& one) {
                return std::ranges::any_of(one.identifiers, [&](const auto& i) {
                    return condition == "identifier=" + i.first + "|" + i.second;
                });
            });
            if (found != list.end()) {
                id = found->id;
                status = "200 OK";
            } else {
                id = std::to_string(++last_id_);
                json copy = resource;
                copy["id"] = id;
                list.push_back({id, copy.dump(), identifiers});
            }
        }
        answer["entry"].push_back({{"response", {{"status", status}, {"location", type + "/" + id + "/_history/1"}}}});
    }
    return answer.dump();
}

std::string CentralServer::search(const std::string& type, const std::string& identifier) {
    const std::lock_guard lock(mutex_);
    json answer = {{"resourceType", "Bundle"}, {"type", "searchset"}, {"entry", json::array()}};
    for (const Stored& one : resources_[type])
        if (std::ranges::any_of(one.identifiers, [&](const auto& i) { return i.first + "|" + i.second == identifier; }))
            answer["entry"].push_back({{"resource", json::parse(one.json)}});
    return answer.dump();
}

} // namespace tests
