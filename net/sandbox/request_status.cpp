// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/request_status.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace net::sandbox {
namespace {

// The displays are data, not words of the page: they travel with the codes, in Italian, like those the terminals send.
constexpr std::array steps = {
    StepCodes{Step::Received, "received", "received", "requested", "Ricevuta"},
    StepCodes{Step::UnderReview, "under-review", "under-review", "received", "In esame"},
    StepCodes{Step::TakenInCharge, "taken-in-charge", "taken-in-charge", "accepted", "Presa in carico"},
    StepCodes{Step::ComeToDesk, "come-to-desk", "come-to-desk", "on-hold", "Passi allo sportello"},
    StepCodes{Step::Closed, "closed", "closed", "completed", "Conclusa"},
    StepCodes{Step::Rejected, "rejected", "closed", "rejected", "Conclusa"},
};

std::optional<Step> step_by_task_status(std::string_view status) {
    if (status == "requested") return Step::Received;
    if (status == "received") return Step::UnderReview;
    if (status == "accepted" || status == "ready" || status == "in-progress") return Step::TakenInCharge;
    if (status == "on-hold") return Step::ComeToDesk;
    if (status == "completed") return Step::Closed;
    if (status == "rejected" || status == "failed" || status == "cancelled") return Step::Rejected;
    return std::nullopt;
}

} // namespace

std::span<const StepCodes> all_steps() { return steps; }

const StepCodes& codes_of(Step step) { return steps.at(static_cast<std::size_t>(step)); }

std::optional<Step> step_named(std::string_view name) {
    const auto* found = std::find_if(steps.begin(), steps.end(), [&](const StepCodes& s) { return s.name == name; });
    return found == steps.end() ? std::nullopt : std::optional(found->step);
}

std::optional<Step> step_of(const Json& task, const std::string& base_uri) {
    const auto by_status = step_by_task_status(text_of(task, "status"));
    const Json* business = member_of(task, "businessStatus");
    const Json* codings = business == nullptr ? nullptr : member_of(*business, "coding");
    if (codings == nullptr || !codings->is_array() || !by_status) return by_status;
    for (const Json& coding : *codings) {
        if (text_of(coding, "system") != base_uri + "/CodeSystem/request-status") continue;
        const std::string code = text_of(coding, "code");
        if (code == "closed") return by_status == Step::Rejected ? Step::Rejected : Step::Closed;
        if (const auto named = step_named(code)) return named;
    }
    return by_status;
}

void move_to(Json& task, Step step, const std::string& reason, const std::string& now, const std::string& base_uri) {
    const StepCodes& codes = codes_of(step);
    task["status"] = std::string(codes.task_status);
    const Json coding = {{"system", base_uri + "/CodeSystem/request-status"},
                         {"code", std::string(codes.business)},
                         {"display", std::string(codes.display)}};
    task["businessStatus"] = {{"coding", Json::array({coding})}};
    task["lastModified"] = now;
    if (reason.empty())
        task.erase("statusReason");
    else
        task["statusReason"] = {{"text", reason}};
}

} // namespace net::sandbox
