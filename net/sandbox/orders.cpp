// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/orders.hpp"

#include "net/sandbox/fhir_time.hpp"
#include "net/sandbox/request_status.hpp"
#include "net/sandbox/resource_check.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <utility>

namespace net::sandbox {
namespace {

std::string text_parameter(const Json& parameters, std::string_view name) {
    const Json* all = member_of(parameters, "parameter");
    if (all == nullptr || !all->is_array()) return {};
    for (const Json& one : *all)
        if (text_of(one, "name") == name) return text_of(one, "valueString");
    return {};
}

forms::Result<forms::Done, Refusal> move_along(Records& records, const Json& order) {
    const auto step = step_named(text_parameter(order, "step"));
    if (!step) return refuse(422, IssueCode::Value, "There is no such step", "Parameters.parameter");
    const std::string request = text_parameter(order, "request");
    StoreTransaction transaction(records.store());
    if (auto begun = transaction.begin(); !begun.ok()) return refuse(begun.error());
    Query query{"Task"};
    query.order = Order::LastStored;
    query.limit = 1;
    if (!request.empty()) query.conditions.push_back({"_id", {{std::string(), request}}});
    auto found = records.find(query);
    if (!found.ok()) return found.error();
    if (found.value().empty()) return refuse(404, IssueCode::NotFound, "There is no such request");
    auto task = read_json(found.value().front().body);
    if (!task.ok()) return refuse(StorageFault::Broken);
    move_to(task.value(), *step, text_parameter(order, "reason"), instant_text(records.now()), records.base_uri());
    auto saved = records.update(std::move(task.value()), found.value().front().id, {});
    if (!saved.ok()) return saved.error();
    if (auto done = transaction.commit(); !done.ok()) return refuse(done.error());
    return forms::Done{};
}

} // namespace

forms::Result<forms::Done, Refusal> carry_out(const Publisher& publisher, std::string_view text) {
    const auto read = read_json(text);
    if (!read.ok()) return refuse(read.error());
    if (text_of(read.value(), "resourceType") == "Parameters") return move_along(publisher.records, read.value());
    return publish(publisher, text);
}

} // namespace net::sandbox
