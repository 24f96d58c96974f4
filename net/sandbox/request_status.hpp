// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/sandbox/json_text.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace net::sandbox {

/// What a citizen is told about their request.
enum class Step { Received, UnderReview, TakenInCharge, ComeToDesk, Closed, Rejected };

struct StepCodes {
    Step step;
    std::string_view name;        ///< in the page's forms and addresses
    std::string_view business;    ///< code in {base}/CodeSystem/request-status, as Task.businessStatus
    std::string_view task_status; ///< Task.status
    std::string_view display;     ///< goes into the data with the code
};

[[nodiscard]] std::span<const StepCodes> all_steps();
[[nodiscard]] const StepCodes& codes_of(Step step);
[[nodiscard]] std::optional<Step> step_named(std::string_view name);

/// By businessStatus, and where that is absent or unknown by Task.status; none for drafts and for what was entered in
/// error.
[[nodiscard]] std::optional<Step> step_of(const Json& task, const std::string& base_uri);

/// Moves a Task there. `reason`, in plain words for the citizen, becomes statusReason; empty removes it.
/// `now` is an instant, as lastModified wants it.
void move_to(Json& task, Step step, const std::string& reason, const std::string& now, const std::string& base_uri);

} // namespace net::sandbox
