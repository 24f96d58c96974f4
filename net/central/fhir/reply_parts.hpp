// SPDX-License-Identifier: EUPL-1.2
// What every judge of an answer needs. Inside net/central/fhir only.
#pragma once
#include "net/central/central_system.hpp"
#include "net/central/fhir/answer_table.hpp"
#include "net/http/http_client.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace net::fhir {

[[nodiscard]] CentralError unreadable(const HttpReply& reply);
/// The body as a resource of this type; nothing when it is anything else. The library's exceptions end here.
[[nodiscard]] std::optional<nlohmann::json> resource_of(const HttpReply& reply, std::string_view type);
[[nodiscard]] const std::string* text_at(const nlohmann::json& object, const char* name);
/// "https://host/fhir/Task/17/_history/1" or "Task/17" → "17"; empty when there is no id in it.
[[nodiscard]] std::string id_in(std::string_view location, std::string_view type);

} // namespace net::fhir
