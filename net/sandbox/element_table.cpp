// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/element_table.hpp"

namespace net::sandbox {
namespace {

using enum Kind;
using enum Times;

constexpr std::string_view any_type =
    "Boolean Integer Decimal String Code Id Uri Url Canonical Oid Uuid Markdown UnsignedInt PositiveInt Base64Binary "
    "Date "
    "DateTime Instant Time Coding CodeableConcept Quantity Identifier Reference Period Attachment HumanName "
    "ContactPoint "
    "Address Annotation Age Count Distance Duration Money Range Ratio SampledData Signature Timing ContactDetail "
    "Contributor DataRequirement Expression ParameterDefinition RelatedArtifact TriggerDefinition UsageContext Dosage "
    "Meta";

constexpr Element extension[] = {{"url", Uri, Once}, {"value[x]", Choice, Maybe, any_type}};
constexpr Element meta[] = {{"versionId", Id},     {"lastUpdated", Instant},  {"source", Uri},
                            {"profile", Uri, Any}, {"security", Coding, Any}, {"tag", Coding, Any}};
constexpr Element narrative[] = {{"status", Code, Once, "generated extensions additional empty"},
                                 {"div", String, Once}};
constexpr Element identifier[] = {{"use", Code, Maybe, "usual official temp secondary old"},
                                  {"type", CodeableConcept},
                                  {"system", Uri},
                                  {"value", String},
                                  {"period", Period},
                                  {"assigner", Reference}};
constexpr Element reference[] = {{"reference", String}, {"type", Uri}, {"identifier", Identifier}, {"display", String}};
constexpr Element coding[] = {
    {"system", Uri}, {"version", String}, {"code", Code}, {"display", String}, {"userSelected", Boolean}};
constexpr Element codeable_concept[] = {{"coding", Coding, Any}, {"text", String}};
constexpr Element quantity[] = {
    {"value", Decimal}, {"comparator", Code, Maybe, "< <= >= >"}, {"unit", String}, {"system", Uri}, {"code", Code}};
constexpr Element period[] = {{"start", DateTime}, {"end", DateTime}};
constexpr Element attachment[] = {{"contentType", Code}, {"language", Code}, {"data", Base64},  {"url", Uri},
                                  {"size", UnsignedInt}, {"hash", Base64},   {"title", String}, {"creation", DateTime}};
constexpr Element human_name[] = {{"use", Code, Maybe, "usual official temp nickname anonymous old maiden"},
                                  {"text", String},
                                  {"family", String},
                                  {"given", String, Any},
                                  {"prefix", String, Any},
                                  {"suffix", String, Any},
                                  {"period", Period}};
constexpr Element contact_point[] = {{"system", Code, Maybe, "phone fax email pager url sms other"},
                                     {"value", String},
                                     {"use", Code, Maybe, "home work temp old mobile"},
                                     {"rank", PositiveInt},
                                     {"period", Period}};
constexpr Element address[] = {{"use", Code, Maybe, "home work temp old billing"},
                               {"type", Code, Maybe, "postal physical both"},
                               {"text", String},
                               {"line", String, Any},
                               {"city", String},
                               {"district", String},
                               {"state", String},
                               {"postalCode", String},
                               {"country", String},
                               {"period", Period}};
constexpr Element annotation[] = {
    {"author[x]", Choice, Maybe, "Reference String"}, {"time", DateTime}, {"text", String, Once}};
constexpr Element usage_context[] = {{"code", Coding, Once},
                                     {"value[x]", Choice, Once, "CodeableConcept Quantity Range Reference"}};

constexpr Element response[] = {{"identifier", Identifier},
                                {"basedOn", Reference, Any},
                                {"partOf", Reference, Any},
                                {"questionnaire", Uri},
                                {"status", Code, Once, "in-progress completed amended entered-in-error stopped"},
                                {"subject", Reference},
                                {"encounter", Reference},
                                {"authored", DateTime},
                                {"author", Reference},
                                {"source", Reference},
                                {"item", ResponseItem, Any}};
constexpr Element response_item[] = {{"linkId", String, Once},
                                     {"definition", Uri},
                                     {"text", String},
                                     {"answer", ResponseAnswer, Any},
                                     {"item", ResponseItem, Any}};
constexpr Element response_answer[] = {
    {"value[x]", Choice, Maybe,
     "Boolean Decimal Integer Date DateTime Time String Uri Attachment Coding Quantity Reference"},
    {"item", ResponseItem, Any}};

constexpr Element task[] = {
    {"identifier", Identifier, Any},
    {"instantiatesCanonical", Uri},
    {"instantiatesUri", Uri},
    {"basedOn", Reference, Any},
    {"groupIdentifier", Identifier},
    {"partOf", Reference, Any},
    {"status", Code, Once,
     "draft requested received accepted rejected ready cancelled in-progress on-hold failed completed "
     "entered-in-error"},
    {"statusReason", CodeableConcept},
    {"businessStatus", CodeableConcept},
    {"intent", Code, Once,
     "unknown proposal plan order original-order reflex-order filler-order instance-order option"},
    {"priority", Code, Maybe, "routine urgent asap stat"},
    {"code", CodeableConcept},
    {"description", String},
    {"focus", Reference},
    {"for", Reference},
    {"encounter", Reference},
    {"executionPeriod", Period},
    {"authoredOn", DateTime},
    {"lastModified", DateTime},
    {"requester", Reference},
    {"performerType", CodeableConcept, Any},
    {"owner", Reference},
    {"location", Reference},
    {"reasonCode", CodeableConcept},
    {"reasonReference", Reference},
    {"insurance", Reference, Any},
    {"note", Annotation, Any},
    {"relevantHistory", Reference, Any},
    {"restriction", TaskRestriction},
    {"input", TaskParameter, Any},
    {"output", TaskParameter, Any}};
constexpr Element task_restriction[] = {
    {"repetitions", PositiveInt}, {"period", Period}, {"recipient", Reference, Any}};
constexpr Element task_parameter[] = {{"type", CodeableConcept, Once}, {"value[x]", Choice, Once, any_type}};

constexpr Element document[] = {{"masterIdentifier", Identifier},
                                {"identifier", Identifier, Any},
                                {"status", Code, Once, "current superseded entered-in-error"},
                                {"docStatus", Code, Maybe, "preliminary final amended entered-in-error"},
                                {"type", CodeableConcept},
                                {"category", CodeableConcept, Any},
                                {"subject", Reference},
                                {"date", Instant},
                                {"author", Reference, Any},
                                {"authenticator", Reference},
                                {"custodian", Reference},
                                {"relatesTo", DocumentRelation, Any},
                                {"description", String},
                                {"securityLabel", CodeableConcept, Any},
                                {"content", DocumentContent, Some},
                                {"context", DocumentContext}};
constexpr Element document_relation[] = {{"code", Code, Once, "replaces transforms signs appends"},
                                         {"target", Reference, Once}};
constexpr Element document_content[] = {{"attachment", Attachment, Once}, {"format", Coding}};
constexpr Element document_context[] = {
    {"encounter", Reference, Any},     {"event", CodeableConcept, Any},      {"period", Period},
    {"facilityType", CodeableConcept}, {"practiceSetting", CodeableConcept}, {"sourcePatientInfo", Reference},
    {"related", Reference, Any}};

constexpr Element binary[] = {{"contentType", Code, Once}, {"securityContext", Reference}, {"data", Base64}};

constexpr Element consent[] = {{"identifier", Identifier, Any},
                               {"status", Code, Once, "draft proposed active rejected inactive entered-in-error"},
                               {"scope", CodeableConcept, Once},
                               {"category", CodeableConcept, Some},
                               {"patient", Reference},
                               {"dateTime", DateTime},
                               {"performer", Reference, Any},
                               {"organization", Reference, Any},
                               {"source[x]", Choice, Maybe, "Attachment Reference"},
                               {"policy", ConsentPolicy, Any},
                               {"policyRule", CodeableConcept},
                               {"verification", ConsentVerification, Any},
                               {"provision", ConsentProvision}};
constexpr Element consent_policy[] = {{"authority", Uri}, {"uri", Uri}};
constexpr Element consent_verification[] = {
    {"verified", Boolean, Once}, {"verifiedWith", Reference}, {"verificationDate", DateTime}};
constexpr Element consent_provision[] = {{"type", Code, Maybe, "deny permit"},
                                         {"period", Period},
                                         {"actor", ConsentActor, Any},
                                         {"action", CodeableConcept, Any},
                                         {"securityLabel", Coding, Any},
                                         {"purpose", Coding, Any},
                                         {"class", Coding, Any},
                                         {"code", CodeableConcept, Any},
                                         {"dataPeriod", Period},
                                         {"data", ConsentData, Any},
                                         {"provision", ConsentProvision, Any}};
constexpr Element consent_actor[] = {{"role", CodeableConcept, Once}, {"reference", Reference, Once}};
constexpr Element consent_data[] = {{"meaning", Code, Once, "instance related dependents authoredby"},
                                    {"reference", Reference, Once}};

constexpr Element related_person[] = {{"identifier", Identifier, Any},
                                      {"active", Boolean},
                                      {"patient", Reference, Once},
                                      {"relationship", CodeableConcept, Any},
                                      {"name", HumanName, Any},
                                      {"telecom", ContactPoint, Any},
                                      {"gender", Code, Maybe, "male female other unknown"},
                                      {"birthDate", Date},
                                      {"address", Address, Any},
                                      {"photo", Attachment, Any},
                                      {"period", Period},
                                      {"communication", Communication, Any}};
constexpr Element communication[] = {{"language", CodeableConcept, Once}, {"preferred", Boolean}};

constexpr Element communication_request[] = {
    {"identifier", Identifier, Any},
    {"basedOn", Reference, Any},
    {"replaces", Reference, Any},
    {"groupIdentifier", Identifier},
    {"status", Code, Once, "draft active on-hold revoked completed entered-in-error unknown"},
    {"statusReason", CodeableConcept},
    {"category", CodeableConcept, Any},
    {"priority", Code, Maybe, "routine urgent asap stat"},
    {"doNotPerform", Boolean},
    {"medium", CodeableConcept, Any},
    {"subject", Reference},
    {"about", Reference, Any},
    {"encounter", Reference},
    {"payload", MessagePayload, Any},
    {"occurrence[x]", Choice, Maybe, "DateTime Period"},
    {"authoredOn", DateTime},
    {"requester", Reference},
    {"recipient", Reference, Any},
    {"sender", Reference},
    {"reasonCode", CodeableConcept, Any},
    {"reasonReference", Reference, Any},
    {"note", Annotation, Any}};
constexpr Element message_payload[] = {{"content[x]", Choice, Once, "String Attachment Reference"}};

constexpr Element provenance[] = {{"target", Reference, Some},       {"occurred[x]", Choice, Maybe, "Period DateTime"},
                                  {"recorded", Instant, Once},       {"policy", Uri, Any},
                                  {"location", Reference},           {"reason", CodeableConcept, Any},
                                  {"activity", CodeableConcept},     {"agent", ProvenanceAgent, Some},
                                  {"entity", ProvenanceEntity, Any}, {"signature", Anything, Any}};
constexpr Element provenance_agent[] = {
    {"type", CodeableConcept}, {"role", CodeableConcept, Any}, {"who", Reference, Once}, {"onBehalfOf", Reference}};
constexpr Element provenance_entity[] = {{"role", Code, Once, "derivation revision quotation source removal"},
                                         {"what", Reference, Once},
                                         {"agent", ProvenanceAgent, Any}};

constexpr Element questionnaire[] = {{"url", Uri},
                                     {"identifier", Identifier, Any},
                                     {"version", String},
                                     {"name", String},
                                     {"title", String},
                                     {"derivedFrom", Uri, Any},
                                     {"status", Code, Once, "draft active retired unknown"},
                                     {"experimental", Boolean},
                                     {"subjectType", Code, Any},
                                     {"date", DateTime},
                                     {"publisher", String},
                                     {"contact", Anything, Any},
                                     {"description", String},
                                     {"useContext", UsageContext, Any},
                                     {"jurisdiction", CodeableConcept, Any},
                                     {"purpose", String},
                                     {"copyright", String},
                                     {"approvalDate", Date},
                                     {"lastReviewDate", Date},
                                     {"effectivePeriod", Period},
                                     {"code", Coding, Any},
                                     {"item", QuestionnaireItem, Any}};
constexpr Element questionnaire_item[] = {
    {"linkId", String, Once},
    {"definition", Uri},
    {"code", Coding, Any},
    {"prefix", String},
    {"text", String},
    {"type", Code, Once,
     "group display boolean decimal integer date dateTime time string text url choice open-choice attachment reference "
     "quantity"},
    {"enableWhen", EnableWhen, Any},
    {"enableBehavior", Code, Maybe, "all any"},
    {"required", Boolean},
    {"repeats", Boolean},
    {"readOnly", Boolean},
    {"maxLength", Integer},
    {"answerValueSet", Uri},
    {"answerOption", AnswerOption, Any},
    {"initial", Initial, Any},
    {"item", QuestionnaireItem, Any}};
constexpr Element enable_when[] = {
    {"question", String, Once},
    {"operator", Code, Once, "exists = != > < >= <="},
    {"answer[x]", Choice, Once, "Boolean Decimal Integer Date DateTime Time String Coding Quantity Reference"}};
constexpr Element answer_option[] = {{"value[x]", Choice, Once, "Integer Date Time String Coding Reference"},
                                     {"initialSelected", Boolean}};
constexpr Element initial_value[] = {
    {"value[x]", Choice, Once,
     "Boolean Decimal Integer Date DateTime Time String Uri Attachment Coding Quantity Reference"}};

constexpr std::string_view taken[] = {
    "Binary",        "CommunicationRequest",  "Consent",       "DocumentReference", "Provenance",
    "Questionnaire", "QuestionnaireResponse", "RelatedPerson", "Task"};

} // namespace

std::span<const Element> elements_of(Kind kind) {
    switch (kind) {
    case Boolean:
    case Integer:
    case UnsignedInt:
    case PositiveInt:
    case Decimal:
    case String:
    case Code:
    case Id:
    case Uri:
    case Base64:
    case Date:
    case DateTime:
    case Instant:
    case Time:
    case Anything:
    case Choice:
    case ContainedResource:
        return {};
    case Extension:
        return extension;
    case Meta:
        return meta;
    case Narrative:
        return narrative;
    case Identifier:
        return identifier;
    case Reference:
        return reference;
    case Coding:
        return coding;
    case CodeableConcept:
        return codeable_concept;
    case Quantity:
        return quantity;
    case Period:
        return period;
    case Attachment:
        return attachment;
    case HumanName:
        return human_name;
    case ContactPoint:
        return contact_point;
    case Address:
        return address;
    case Annotation:
        return annotation;
    case UsageContext:
        return usage_context;
    case ResponseItem:
        return response_item;
    case ResponseAnswer:
        return response_answer;
    case TaskRestriction:
        return task_restriction;
    case TaskParameter:
        return task_parameter;
    case DocumentRelation:
        return document_relation;
    case DocumentContent:
        return document_content;
    case DocumentContext:
        return document_context;
    case ConsentPolicy:
        return consent_policy;
    case ConsentVerification:
        return consent_verification;
    case ConsentProvision:
        return consent_provision;
    case ConsentActor:
        return consent_actor;
    case ConsentData:
        return consent_data;
    case Communication:
        return communication;
    case MessagePayload:
        return message_payload;
    case ProvenanceAgent:
        return provenance_agent;
    case ProvenanceEntity:
        return provenance_entity;
    case QuestionnaireItem:
        return questionnaire_item;
    case EnableWhen:
        return enable_when;
    case AnswerOption:
        return answer_option;
    case Initial:
        return initial_value;
    }
    return {};
}

std::span<const Element> elements_of(std::string_view type) {
    if (type == "Binary") return binary;
    if (type == "CommunicationRequest") return communication_request;
    if (type == "Consent") return consent;
    if (type == "DocumentReference") return document;
    if (type == "Provenance") return provenance;
    if (type == "Questionnaire") return questionnaire;
    if (type == "QuestionnaireResponse") return response;
    if (type == "RelatedPerson") return related_person;
    if (type == "Task") return task;
    return {};
}

std::span<const std::string_view> resource_types() { return taken; }

} // namespace net::sandbox
