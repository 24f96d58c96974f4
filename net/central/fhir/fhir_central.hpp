// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/central/access/channel.hpp"
#include "net/central/central_system.hpp"
#include "net/central/fhir/bundle.hpp"

#include <memory_resource>
#include <optional>
#include <span>
#include <string>

namespace net {

/// A FHIR R4 server behind HTTPS: one transaction Bundle per request, looked up by identifier.
/// The reference shown to people is the logical id of the Task the server opened (`Task/<id>` there), or, when the
/// server does not tell it, our own identifier of that Task.
/// Thread: one (the courier's).
class FhirCentral final : public CentralSystem {
public:
    /// `memory` for bodies of questions and answers and for tokens; all that is handed in by reference outlives it.
    FhirCentral(ChannelSettings settings, const forms::Clock& clock, ClockFloor& floor, Chance& chance,
                std::pmr::memory_resource* memory);

    CentralResult<Delivered> deliver(const Submission& submission, std::span<const SecretBytes> files,
                                     std::stop_token stop) override;
    CentralResult<Presence> look_up(const Submission& submission, std::stop_token stop) override;
    CentralResult<Delivered> follow(const Submission& submission, const std::string& location,
                                    std::stop_token stop) override;
    bool creates_by_condition() const override { return form() == fhir::CreateBy::Condition; }
    void start_afresh() override;

private:
    /// A question below the base.
    HttpReply get(HttpRequest::Method method, const std::string& place, std::stop_token stop);
    /// Reads the server's CapabilityStatement, once until `start_afresh`. A fault: the delivery would meet it too.
    std::optional<CentralError> learn_capability(std::stop_token stop);
    /// Each scan that is not there yet, one PUT each.
    std::optional<CentralError> send_files(const Submission& s, std::span<const SecretBytes> files,
                                           const std::stop_token& stop);
    [[nodiscard]] fhir::CreateBy form() const;

    std::string base_url_;
    Channel client_;
    std::pmr::memory_resource* memory_;
    std::optional<fhir::CreateBy> declared_; ///< what metadata allows; nothing: not read yet
    /// R4 has no word for "If-None-Match: * is honoured": the answers show it. A server that says 200 where only 201
    /// can be true, or that refuses the first such transaction, is sent conditions from then on, until this program
    /// ends.
    enum class Addresses { Untried, Honoured, NotHonoured } addresses_ = Addresses::Untried;
};

} // namespace net
