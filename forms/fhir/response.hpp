// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/complete.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace forms {

struct ResponseOptions {
    std::string status = "completed"; ///< or "in-progress"
    std::string authored;             ///< FHIR dateTime of the moment it was filled; left out when empty
    std::string id;                   ///< left out when empty
    /// `Attachment.url` by `AttachmentRef::index`; where there is none, the reference's own url, if any.
    std::vector<std::string> attachment_urls;
    std::string base_uri = "https://sportello.example.org/fhir"; ///< of our own extension for the definition's hash
};

/// After `base_uri`: our extension of an answer that was read from a paper and confirmed. `source` (code: "bar-code",
/// "machine-readable-zone", "card-chip") and `checked` (boolean: a check letter or digit of the paper covers it).
inline constexpr std::string_view origin_extension = "/StructureDefinition/answer-origin";

/// FHIR R4 QuestionnaireResponse as one line of JSON, in the filled form's memory: definition url|version and hash,
/// language, the text of each item as shown, with the form's own wording as its translation (R4 extension translation on
/// `_text`, `_display`) where the visit spoke another language, exact decimals, partial dates. The same input gives the same bytes.
[[nodiscard]] std::pmr::string write_response(const FilledForm& filled, const ResponseOptions& options = {});

/// Something in a stored response that does not fit its definition.
enum class ResponseReason {
    NotJson,
    TooBig,
    NotAResponse,
    OtherDefinition,
    UnknownItem,
    WrongPlace,
    WrongType,
    BadValue,
    TooMany,
    NotAnOption,
    NotSupported
};
[[nodiscard]] std::string_view code_of(ResponseReason reason);
struct ResponseIssue {
    std::string json_pointer;
    ResponseReason reason;
    std::string link_id; ///< may be empty
};
struct ReadResponse {
    Draft draft;
    std::string language;              ///< empty when it does not say
    std::vector<ResponseIssue> issues; ///< what was left out; empty = everything is in the draft
};

/// A stored QuestionnaireResponse → a draft in `memory`. What fits is taken, what does not is reported by place; fails
/// only when it is no response at all or one to another definition. At most 8 MiB. Nothing of it is copied elsewhere.
/// An answer outside its options is taken all the same, so that `Draft::issues` can show it to the person.
/// A response without any item is a new one, unless `write_response` wrote it: the form's initial answers are filled in.
[[nodiscard]] Result<ReadResponse, std::vector<ResponseIssue>>
read_response(std::string_view bytes, std::shared_ptr<const Definition> definition, std::pmr::memory_resource* memory,
              Setting setting = {});

} // namespace forms
