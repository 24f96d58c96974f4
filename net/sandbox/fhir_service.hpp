// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/sandbox/message.hpp"
#include "net/sandbox/outcome.hpp"
#include "net/sandbox/records.hpp"

#include <string>

namespace net::sandbox {

/// A small part of a FHIR R4 server (RESTful API, HL7 FHIR 4.0.1 §http): read, version read, search, create,
/// conditional create, update with update-as-create, transaction, capabilities. What it does is what `GET /metadata`
/// says. Thread: that of its records; requests therefore happen one after the other.
class FhirService {
public:
    /// `base`: the address the world sees, without a slash at the end: https://127.0.0.1:4711/fhir
    FhirService(Records& records, std::string base) : records_(records), base_(std::move(base)) {}

    /// Never fails: what cannot be done is answered with an OperationOutcome.
    [[nodiscard]] Reply answer(const Request& request);

private:
    using Answer = forms::Result<Reply, Refusal>;

    Answer route(const Request& request);
    Answer route_type(const Request& request, const std::string& type, const std::string& rest);
    Answer read(const Request& request, const std::string& type, const std::string& id);
    Answer read_version(const std::string& type, const std::string& id, const std::string& number);
    Answer search(const Request& request, const std::string& type, const Parameters& parameters);
    Answer create(const Request& request, const std::string& type);
    Answer update(const Request& request, const std::string& type, const std::string& id);
    Answer capabilities() const;

    Reply served(const Version& version, int status) const;
    Reply saved(const Request& request, const Saved& saved) const;

    Records& records_;
    std::string base_;
};

} // namespace net::sandbox
