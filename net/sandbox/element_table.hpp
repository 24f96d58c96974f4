// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <span>
#include <string_view>

namespace net::sandbox {

/// The data types of FHIR R4 that our resources use. Those from `Extension` on have elements of their own.
enum class Kind {
    Boolean,
    Integer,
    UnsignedInt,
    PositiveInt,
    Decimal,
    String,
    Code,
    Id,
    Uri,
    Base64,
    Date,
    DateTime,
    Instant,
    Time,
    Anything,          ///< an object that is not looked into
    Choice,            ///< value[x]: `values` lists the types it may have
    ContainedResource, ///< an object with a resourceType
    Extension,
    Meta,
    Narrative,
    Identifier,
    Reference,
    Coding,
    CodeableConcept,
    Quantity,
    Period,
    Attachment,
    HumanName,
    ContactPoint,
    Address,
    Annotation,
    UsageContext,
    ResponseItem,
    ResponseAnswer,
    TaskRestriction,
    TaskParameter,
    DocumentRelation,
    DocumentContent,
    DocumentContext,
    ConsentPolicy,
    ConsentVerification,
    ConsentProvision,
    ConsentActor,
    ConsentData,
    Communication,
    MessagePayload,
    ProvenanceAgent,
    ProvenanceEntity,
    QuestionnaireItem,
    EnableWhen,
    AnswerOption,
    Initial,
};

enum class Times { Maybe, Once, Any, Some }; ///< 0..1, 1..1, 0..*, 1..*

struct Element {
    std::string_view name; ///< a name that ends with "[x]" stands for one element per type in `values`
    Kind kind;
    Times times = Times::Maybe;
    std::string_view values = {}; ///< Code: the allowed codes (empty: any). Choice: the allowed types
};

/// The elements of a type, without those that every element or resource has. Source: FHIR R4 (4.0.1), the page of each
/// type.
[[nodiscard]] std::span<const Element> elements_of(Kind kind);
/// The elements of a resource type, without resourceType; empty for a type that this server does not take.
[[nodiscard]] std::span<const Element> elements_of(std::string_view resource_type);
/// The resource types this server takes.
[[nodiscard]] std::span<const std::string_view> resource_types();
/// "Coding" → Kind::Coding, as it stands in value[x]; Anything for types that are not looked into.
[[nodiscard]] Kind kind_named(std::string_view type);

} // namespace net::sandbox
