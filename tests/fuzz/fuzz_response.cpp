// SPDX-License-Identifier: EUPL-1.2
// Stored answers, whatever their bytes, against a real form: what does not fit is reported, what fits is written again.
#include "forms/engine/complete.hpp"
#include "forms/fhir/load.hpp"
#include "forms/fhir/response.hpp"

#include <cstdint>
#include <cstdlib>
#include <memory_resource>
#include <string_view>

namespace {

// A small form with one question of each kind; its address is the one in the seeds.
constexpr std::string_view form = R"form({"resourceType":"Questionnaire","url":"https://example.org/q","version":"1",
"status":"active","title":"T","language":"it","item":[{"linkId":"g","type":"group","text":"G","item":[
{"linkId":"g.b","type":"boolean","text":"B"},{"linkId":"g.s","type":"string","text":"S","maxLength":20},
{"linkId":"g.c","type":"choice","text":"C","repeats":true,"answerOption":[{"valueCoding":{"system":"urn:s","code":"a",
"display":"A"}},{"valueCoding":{"system":"urn:s","code":"b","display":"B"}}]}]},{"linkId":"r","type":"group",
"repeats":true,"text":"R","item":[{"linkId":"r.d","type":"date","text":"D"},{"linkId":"r.x","type":"decimal","text":"X"},
{"linkId":"r.i","type":"integer","text":"I","enableWhen":[{"question":"g.b","operator":"=","answerBoolean":true}]}]},
{"linkId":"n","type":"integer","text":"N","extension":[{"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
"valueExpression":{"language":"text/fhirpath","expression":"%resource.descendants().where(linkId='r.x').answer.value.count()"}}]},
{"linkId":"o","type":"choice","text":"O","extension":[{"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-answerExpression",
"valueExpression":{"language":"text/fhirpath","expression":"%resource.descendants().where(linkId='r.d' or linkId='g.s').answer.value"}}]}]})form";

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const auto definition = forms::load_definition(form);
    if (!definition.ok()) std::abort();
    auto* memory = std::pmr::get_default_resource();
    const auto read = forms::read_response({reinterpret_cast<const char*>(bytes), size}, definition.value(), memory);
    if (!read.ok()) {
        if (read.error().empty()) std::abort(); // refused without a reason
        return 0;
    }
    if (const auto filled = forms::complete(read.value().draft, "it"); filled.ok()) {
        const auto written = forms::write_response(filled.value());
        const auto again = forms::read_response(written, definition.value(), memory);
        if (!again.ok() || !again.value().issues.empty()) std::abort(); // we cannot read what we wrote
    }
    return 0;
}
