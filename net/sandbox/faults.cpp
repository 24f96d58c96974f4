// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/faults.hpp"

#include "net/sandbox/json_text.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>

namespace net::sandbox {
namespace {

/// The whole number in `member` if it is within the limits; `missing` if there is none; nothing if it is wrong.
std::optional<std::int64_t> number(const Json& json, const char* member, std::int64_t missing, std::int64_t most) {
    const Json* found = member_of(json, member);
    if (found == nullptr) return missing;
    if (!found->is_number_integer()) return std::nullopt;
    const auto value = found->get<std::int64_t>();
    if (value < 0 || value > most) return std::nullopt;
    return value;
}

} // namespace

bool Faults::plan(std::string_view text) {
    const auto json = read_json(text);
    if (!json.ok() || !json.value().is_object()) return false;
    const auto count = number(json.value(), "count", 1, 1'000'000);
    const auto status = number(json.value(), "status", 0, 599);
    const auto pause = number(json.value(), "retryAfter", 0, 86'400);
    const auto delay = number(json.value(), "delayMs", 0, 600'000);
    const auto cut = number(json.value(), "cut", 0, 1'000'000'000);
    const std::string drop = text_of(json.value(), "drop");
    const Json* html = member_of(json.value(), "html");
    if (!count || !status || !pause || !delay || !cut || (*status != 0 && *status < 200)) return false;
    if (!drop.empty() && drop != "before" && drop != "after") return false;

    Fault fault;
    fault.count = static_cast<int>(*count);
    fault.status = static_cast<int>(*status);
    fault.retry_after_seconds = static_cast<int>(*pause);
    fault.expression = text_of(json.value(), "expression");
    fault.only = text_of(json.value(), "only");
    fault.delay = std::chrono::milliseconds(*delay);
    fault.html = html != nullptr && html->is_boolean() && html->get<bool>();
    if (json.value().contains("cut")) fault.cut = static_cast<std::size_t>(*cut);
    if (drop == "before") fault.drop = Fault::Drop::Before;
    if (drop == "after") fault.drop = Fault::Drop::After;
    std::lock_guard lock(mutex_);
    fault_ = fault;
    return true;
}

void Faults::clear() {
    std::lock_guard lock(mutex_);
    fault_.reset();
    taken_ = 0;
}

std::optional<Fault> Faults::take(std::string_view request) {
    std::lock_guard lock(mutex_);
    if (!fault_ || fault_->count <= 0) return std::nullopt;
    if (!fault_->only.empty() && request != fault_->only && !request.starts_with(fault_->only + ' '))
        return std::nullopt;
    --fault_->count;
    ++taken_;
    return fault_;
}

int Faults::taken() {
    std::lock_guard lock(mutex_);
    return taken_;
}

void Faults::wait(std::chrono::milliseconds delay) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, delay, [this] { return ended_; });
}

void Faults::end() {
    {
        std::lock_guard lock(mutex_);
        ended_ = true;
    }
    changed_.notify_all();
}

} // namespace net::sandbox
