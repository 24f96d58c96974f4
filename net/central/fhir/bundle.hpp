// SPDX-License-Identifier: EUPL-1.2
// What one request looks like to a FHIR R4 central system. Pure: the same submission, written in the same way, gives
// the same bytes.
#pragma once
#include "net/ipc/submission.hpp"
#include "net/seal/sealed_request.hpp"

#include <array>
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

/// ".2" for the first correction by staff, ".3" for the second, empty for what the person sent (fhir-italia §4.5):
/// changed bytes go under identifiers of their own, because a conditional create that finds the old ones keeps the old
/// bytes.
[[nodiscard]] std::string revision_tail(const Submission& submission);

/// Everything the request creates, in the order of the Bundle. Never a Patient: the registry is the receiver's.
[[nodiscard]] std::vector<Entry> entries_of(const Submission& submission);

/// How the Bundle says that nothing is to be made twice.
enum class CreateBy {
    Condition, ///< POST with `ifNoneExist` on our identifier; PUT for what R4 gives no identifier
    /// PUT under our own UUID with `If-None-Match: *` wherever the server takes our ids: two at once cannot make two,
    /// because an address exists only once. The Task keeps its condition: its id is the number that people quote, and
    /// the server chooses that. It cannot be doubled either: the others make the whole transaction fail.
    Address,
};

/// The types of everything a request can create.
inline constexpr std::array<std::string_view, 7> created_types = {
    "Binary", "RelatedPerson", "QuestionnaireResponse", "Task", "DocumentReference", "Consent", "Provenance"};

/// Is this entry made by POST with a condition, or put under its id?
[[nodiscard]] inline bool by_condition(const Entry& e, CreateBy by) {
    return e.by_identifier() && (by == CreateBy::Condition || e.type == "Task");
}

/// Attachments up to this size together travel inside the Bundle; larger ones go ahead of it, one PUT each, so that a
/// slow or broken line does not begin again with the first byte. A quarter of a MiB is three seconds at 1 Mbit/s.
inline constexpr std::size_t largest_inline = 256u << 10;
[[nodiscard]] bool files_go_ahead(const Submission& submission);

/// The transaction Bundle, in the submission's memory. Nothing when the response inside is no QuestionnaireResponse.
[[nodiscard]] std::optional<Text> build_bundle(const Submission& submission, std::span<const SecretBytes> files,
                                               CreateBy by = CreateBy::Condition);
/// The Binary of attachment `number` (from 1), as JSON.
[[nodiscard]] Text build_binary(const Submission& submission, std::size_t number, const SecretBytes& file);
/// How many entries that Bundle has, and with it the answer that proves it.
[[nodiscard]] std::size_t bundle_size(const Submission& submission);

/// Percent-encoded for one value of a query (RFC 3986 §2.3: unreserved characters stay).
[[nodiscard]] std::string url_encoded(std::string_view text);
/// "identifier=" and system|value, percent-encoded: the condition, and nothing else.
[[nodiscard]] std::string identifier_query(std::string_view system, std::string_view value);

} // namespace net::fhir
