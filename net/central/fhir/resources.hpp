// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "net/central/fhir/bundle.hpp"
#include "net/central/fhir/resource_parts.hpp"

namespace net::fhir {

/// The resources of a request, each written as one JSON object.
class Resources : private ResourceParts {
public:
    Resources(const Submission& s, JsonText& out, CreateBy by = CreateBy::Condition) : ResourceParts(s, out), by_(by) {}

    void binary(std::size_t number, const SecretBytes& file);
    void related_person(const Entry& e);
    /// The interface's response with what only the sending side knows. Its items go through untouched.
    bool response(const Entry& e);
    void task(const Entry& e);
    void document(const Entry& e, std::size_t number);
    void consent(const Entry& e, const Submission::Consent& c);
    void provenance(const Entry& e);

private:
    /// Opens the object. A resource that is put under our own id says that id.
    void begin(std::string_view type, const Entry& e);
    [[nodiscard]] bool at_address(const Entry& e) const { return !by_condition(e, by_); }

    /// When these very bytes were recorded.
    [[nodiscard]] const Text& told_at() const { return s_.correction ? s_.correction->recorded : s_.visit_end; }

    CreateBy by_;

    /// The member of the staff to whom the person has shown who they are (fhir-italia §4.2).
    void verifier();

    template <class Who, class Behalf>
    void agent(std::string_view code, std::string_view display, Who who, Behalf behalf, bool on_behalf) {
        agent(code, display, who, behalf, on_behalf, [] {});
    }
    template <class Who, class Behalf, class Extension>
    void agent(std::string_view code, std::string_view display, Who who, Behalf behalf, bool on_behalf,
               Extension extension) {
        out_.open_object();
        extension();
        out_.key("type");
        concept_of("http://terminology.hl7.org/CodeSystem/provenance-participant-type", code, display);
        out_.key("who");
        who();
        if (on_behalf) {
            out_.key("onBehalfOf");
            behalf();
        }
        out_.close_object();
    }
};

} // namespace net::fhir
