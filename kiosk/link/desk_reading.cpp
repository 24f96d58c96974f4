// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/link/desk_reading.hpp"

#include "forms/base/digest.hpp"
#include "forms/fhir/response.hpp"
#include "net/ipc/submission.hpp"

#include <utility>

namespace kiosk {

std::optional<VisitPorts::ReadBack> read_back(std::string_view frozen, const std::vector<OfferedForm>& offered,
                                              const forms::Setting& setting, std::pmr::memory_resource* memory) {
    const auto submission = net::decode_submission(frozen, memory);
    if (!submission.ok()) return std::nullopt;
    for (std::size_t i = 0; i < offered.size(); ++i) {
        const forms::Definition& form = *offered[i].definition;
        if (std::string_view(submission.value().definition_url) != form.url() ||
            std::string_view(submission.value().definition_version) != form.version() ||
            std::string_view(submission.value().definition_sha256) != forms::hex(form.sha256()))
            continue;
        auto read = forms::read_response(submission.value().response, offered[i].definition, memory, setting);
        if (!read.ok()) return std::nullopt;
        const auto& seen = submission.value().identity_seen;
        return VisitPorts::ReadBack{i, std::move(read.value().draft), std::string(submission.value().language),
                                    seen ? std::string(seen->document) : std::string()};
    }
    return std::nullopt;
}

} // namespace kiosk
