// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/central/central_system.hpp"
#include "net/http/http_client.hpp"

#include <memory_resource>
#include <string>

namespace net {

/// A FHIR R4 server behind HTTPS: one transaction Bundle per request, looked up by identifier.
/// The reference shown to people is the logical id of the Task the server opened (`Task/<id>` there), or, when the
/// server does not tell it, our own identifier of that Task.
/// Thread: one (the courier's).
class FhirCentral final : public CentralSystem {
public:
    /// `base_url` without a slash at its end; `memory` for bodies of questions and answers; `clock` and `floor` outlive
    /// it.
    FhirCentral(std::string base_url, HttpSettings settings, const forms::Clock& clock, ClockFloor& floor,
                std::pmr::memory_resource* memory);

    CentralResult<Delivered> deliver(const Submission& submission, std::span<const SecretBytes> files,
                                     std::stop_token stop) override;
    CentralResult<Presence> look_up(const Submission& submission, std::stop_token stop) override;
    CentralResult<Delivered> follow(const Submission& submission, const std::string& location,
                                    std::stop_token stop) override;
    void start_afresh() override { client_.forget_connections(); }

private:
    std::string base_url_;
    HttpClient client_;
    std::pmr::memory_resource* memory_;
};

} // namespace net
