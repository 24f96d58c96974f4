// SPDX-License-Identifier: EUPL-1.2
// The kind of value that a type's name stands for: "value[x]" may be "valueInteger".
#include "net/sandbox/element_table.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace net::sandbox {

Kind kind_named(std::string_view type) {
    using enum Kind;
    static constexpr std::pair<std::string_view, Kind> names[] = {{"Boolean", Boolean},
                                                                  {"Integer", Integer},
                                                                  {"UnsignedInt", UnsignedInt},
                                                                  {"PositiveInt", PositiveInt},
                                                                  {"Decimal", Decimal},
                                                                  {"String", String},
                                                                  {"Markdown", String},
                                                                  {"Code", Code},
                                                                  {"Id", Id},
                                                                  {"Uri", Uri},
                                                                  {"Url", Uri},
                                                                  {"Canonical", Uri},
                                                                  {"Oid", Uri},
                                                                  {"Uuid", Uri},
                                                                  {"Base64Binary", Base64},
                                                                  {"Date", Date},
                                                                  {"DateTime", DateTime},
                                                                  {"Instant", Instant},
                                                                  {"Time", Time},
                                                                  {"Meta", Meta},
                                                                  {"Identifier", Identifier},
                                                                  {"Reference", Reference},
                                                                  {"Coding", Coding},
                                                                  {"CodeableConcept", CodeableConcept},
                                                                  {"Quantity", Quantity},
                                                                  {"Period", Period},
                                                                  {"Attachment", Attachment},
                                                                  {"HumanName", HumanName},
                                                                  {"ContactPoint", ContactPoint},
                                                                  {"Address", Address},
                                                                  {"Annotation", Annotation},
                                                                  {"UsageContext", UsageContext}};
    const auto* found =
        std::find_if(std::begin(names), std::end(names), [&](const auto& n) { return n.first == type; });
    return found == std::end(names) ? Anything : found->second;
}

} // namespace net::sandbox
