// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/ipc/submission.hpp"
#include "net/runtime/json_text.hpp"
#include "net/seal/sealed_request.hpp"

#include <string>
#include <string_view>

namespace net::fhir {

/// Writes the pieces that resources share: codes, identifiers, references, who is meant. Each is one JSON value.
class ResourceParts {
public:
    ResourceParts(const Submission& s, JsonText& out) : s_(s), out_(out), request_(s.id.text()) {}

    [[nodiscard]] std::string own(std::string_view tail) const;
    void coding(std::string_view system, std::string_view code, std::string_view display);
    void concept_of(std::string_view system, std::string_view code, std::string_view display);
    void identifier(std::string_view system, std::string_view value);
    /// A reference to something outside the Bundle: by identifier, never by address.
    void logical(std::string_view type, std::string_view system, std::string_view value, std::string_view display = {});
    void inside(std::string_view type, std::string_view part);
    /// To what this correction replaces, by the identifier it had: `tail` as in "-task".
    void before(std::string_view type, std::string_view sid, std::string_view tail);
    void editor(); ///< the member of the staff who corrected it
    void subject();
    void speaker();
    void body();
    void operator_();
    void terminal();
    void location();
    [[nodiscard]] bool assisted() const;

    /// Straight into the output: no second copy of the pixels in ordinary memory.
    void base64(const SecretBytes& file);

protected:
    const Submission& s_;
    JsonText& out_;
    std::string request_;
};

} // namespace net::fhir
