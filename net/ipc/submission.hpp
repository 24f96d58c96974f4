// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "forms/base/uuid.hpp"

#include <array>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace net {

/// Clear text of a visit, in the memory it was given: locked and zeroed.
using Text = std::pmr::string;

/// One finished request, frozen by the interface. Whatever any central system is sent is a pure function of this
/// record and its attachments: a resend has the same bytes. It never leaves the interface unsealed (part 0 of the
/// seal).
struct Submission {
    explicit Submission(std::pmr::memory_resource* memory);

    /// Older ones are still read: 1 has no `correction`, 1 and 2 say `identity_seen` as true or false.
    static constexpr int format = 3;

    forms::Uuid id; ///< version 4, made when the form was opened

    // The definition it answers, exactly.
    Text definition_url, definition_version;
    Text definition_sha256; ///< of its bytes, 64 hexadecimal digits
    Text language;          ///< of the screen, BCP 47

    /// QuestionnaireResponse (FHIR R4) as one JSON object, as `forms::write_response` wrote it: answers, texts as
    /// shown, hash, language, authored. Identifier, subject, source and author are added by whoever sends it.
    /// Attachment answers point to `Binary/<part_id(id, binary_part(N, sha1))>`.
    Text response;

    /// How the person is named to the registry.
    enum class SubjectKind : std::uint8_t {
        Identified, ///< an issued code: fiscal code, STP, ENI, passport
        Temporary,  ///< named, without a code: our own temporary identifier from the request's id
        Anonymous,  ///< chose to stay so: no display, no declarant, no consent
    };
    SubjectKind subject_kind = SubjectKind::Temporary;
    Text subject_system, subject_value; ///< of an Identified one; empty otherwise
    Text subject_display;               ///< "Given Family"; empty for Anonymous

    struct Declarant {
        explicit Declarant(std::pmr::memory_resource* memory);
        Text full_name, relationship, mobile;
        Text fiscal_code, fiscal_code_system;        ///< both or neither
        Text relationship_system, relationship_code; ///< when the relationship was chosen from a list
    };
    std::optional<Declarant> declarant; ///< only when somebody else speaks

    struct Consent {
        explicit Consent(std::pmr::memory_resource* memory);
        Text purpose; ///< code of the question's role: "consent-sharing"
        bool given = false;
    };
    std::pmr::vector<Consent> consents; ///< only those asked and answered

    bool urgent = false;

    Text visit_start, visit_end; ///< FHIR instants with offset; `visit_end` is also when it was recorded
    enum class Completion : std::uint8_t { Alone, Assisted };
    Completion completion = Completion::Alone;
    Text operator_id; ///< Assisted only

    /// A member of the staff has seen a document that says who the person is. Who and when are written by the sender
    /// when it takes a correction; an interface says the document alone.
    struct IdentitySeen {
        explicit IdentitySeen(std::pmr::memory_resource* memory);
        Text document; ///< one of `identity_documents`; empty: written before kinds were
        Text by;       ///< staff id
        Text at;       ///< FHIR instant
    };
    std::optional<IdentitySeen> identity_seen;

    struct Attachment {
        explicit Attachment(std::pmr::memory_resource* memory);
        Text content_type, title;
        Text kind, kind_display; ///< code of the kind of paper: "identity-card"
        Text created;            ///< FHIR dateTime
        Text sha1_base64;
        std::int64_t size = 0; ///< clear bytes
    };
    std::pmr::vector<Attachment> attachments; ///< the n-th is part n of the seal; n counts from 1

    /// Made by staff after the central system refused what was sent before (fhir-italia §4.5). Written by the sender
    /// when it takes a correction, never by the interface.
    struct Correction {
        explicit Correction(std::pmr::memory_resource* memory);
        std::int64_t number = 0; ///< from 1
        Text editor;             ///< staff id
        Text recorded;           ///< FHIR instant
        Text previous_sha256;    ///< of the submission it replaces, as it was frozen: 64 hexadecimal digits
    };
    std::optional<Correction> correction;

    /// Where it goes and who sends it, copied from the configuration when it was frozen.
    struct Routing {
        explicit Routing(std::pmr::memory_resource* memory);
        Text base_uri; ///< stem of our identifier systems
        Text office_id, office_name, location_id;
        Text body_name, body_tax_code;
        Text terminal_id;
        Text health_body_code, health_body_name; ///< who receives on consent; empty: nobody is named
        Text consent_policy_uri;
    };
    Routing routing;
};

/// The id of one of a request's resources: UUID version 5 of the request's id and the part's name ("task", "response",
/// "declarant", "doc-1", "consent", "provenance").
[[nodiscard]] forms::Uuid part_id(const forms::Uuid& request, std::string_view part);
/// The name of the pixels of the n-th attachment, from 1. The content is part of it: whatever stands under the id made
/// from this name is this scan of this request and nothing else, so it need never be sent twice. Two equal scans stay
/// two.
[[nodiscard]] std::string binary_part(std::size_t number, std::string_view sha1_base64);

/// Codes of the code system identity-document: what identifies somebody before an office.
inline constexpr std::array<std::string_view, 5> identity_documents = {"identity-card", "passport", "residence-permit",
                                                                       "driving-licence", "other"};

enum class SubmissionFault {
    NotJson,
    NewerFormat, ///< written by a newer program
    BadShape,    ///< a field is missing, unknown or of another type
    BadValue,
};

/// JSON, one line; the same submission gives the same bytes. In the submission's own memory.
[[nodiscard]] Text encode_submission(const Submission& submission);
[[nodiscard]] forms::Result<Submission, SubmissionFault> decode_submission(std::string_view bytes,
                                                                           std::pmr::memory_resource* memory);

} // namespace net
