// SPDX-License-Identifier: EUPL-1.2
// What one request looks like to a FHIR R4 central system. Pure: the same submission gives the same bytes.
#pragma once
#include "net/ipc/submission.hpp"
#include "net/seal/sealed_request.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace net::fhir {

/// One resource of a request, as it is written and as it is looked up.
struct Entry {
    std::string type;   ///< "Task"
    std::string part;   ///< name of the part: "task"; its id is part_id(request, part)
    std::string system; ///< identifier system; empty for Binary and Provenance, which R4 gives no identifier
    std::string value;  ///< identifier value
    std::string id;     ///< UUID v5; what the others refer to, and the address where there is no identifier
    [[nodiscard]] bool by_identifier() const { return !system.empty(); }
};

/// Everything the request creates, in the order of the Bundle. Never a Patient: the registry is the receiver's.
[[nodiscard]] std::vector<Entry> entries_of(const Submission& submission);

/// Attachments up to this size together travel inside the Bundle; larger ones go ahead of it, one PUT each.
inline constexpr std::size_t largest_inline = 4u << 20;
[[nodiscard]] bool files_go_ahead(const Submission& submission);

/// The transaction Bundle, in the submission's memory. Nothing when the response inside is no QuestionnaireResponse.
[[nodiscard]] std::optional<Text> build_bundle(const Submission& submission, std::span<const SecretBytes> files);
/// The Binary of attachment `number` (from 1), as JSON.
[[nodiscard]] Text build_binary(const Submission& submission, std::size_t number, const SecretBytes& file);
/// How many entries that Bundle has, and with it the answer that proves it.
[[nodiscard]] std::size_t bundle_size(const Submission& submission);

/// Percent-encoded for one value of a query (RFC 3986 §2.3: unreserved characters stay).
[[nodiscard]] std::string url_encoded(std::string_view text);
/// "identifier=" and system|value, percent-encoded: the condition, and nothing else.
[[nodiscard]] std::string identifier_query(std::string_view system, std::string_view value);

} // namespace net::fhir
