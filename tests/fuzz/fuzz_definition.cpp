// SPDX-License-Identifier: EUPL-1.2
// A faulty central system sends whatever it likes as a form: every byte string ends in a definition or in mistakes.
// What was accepted is opened, filled in a little, written and read again, which must give the same bytes.
#include "forms/engine/pages.hpp"
#include "forms/engine/summary.hpp"
#include "forms/fhir/facts.hpp"
#include "forms/fhir/load.hpp"
#include "forms/fhir/response.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

void try_out(const std::shared_ptr<const forms::Definition>& definition) {
    auto* const memory = std::pmr::get_default_resource();
    forms::Draft draft(definition, memory);
    for (int round = 0; round < 2; ++round)
        for (const forms::Path& path : draft.enabled()) {
            const forms::Item& item = definition->item(path);
            if (item.is_group() && item.repeats) (void)draft.add_instance(path);
            if (item.has_options()) (void)draft.choose(path, 0, true);
            (void)draft.type(path, round == 0 ? "1" : "1/2/2020");
            if (item.type == forms::ItemType::Boolean) (void)draft.set(path, round == 0);
        }
    (void)draft.issues();
    (void)forms::pages(draft);
    (void)forms::summary(draft, "fr");
    (void)forms::read_facts(draft);
    const auto written = forms::write_response(forms::filled_so_far(draft, definition->language()));
    const auto read = forms::read_response(written, definition, memory);
    if (!read.ok() || !read.value().issues.empty()) std::abort();
    if (forms::write_response(forms::filled_so_far(read.value().draft, definition->language())) != written)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const auto loaded = forms::load_definition(text);
    if (loaded.ok()) {
        try_out(loaded.value());
    } else {
        if (loaded.error().empty()) std::abort();
        // The same bytes as a stored response: to any form, it must end in a draft or in reasons.
        static const auto small = forms::load_definition(
            R"({"resourceType":"Questionnaire","status":"active","item":[{"linkId":"g","type":"group","repeats":true,"item":[)"
            R"({"linkId":"a","type":"string","repeats":true,"item":[{"linkId":"b","type":"decimal"}]},{"linkId":"c","type":"attachment"}]}]})");
        (void)forms::read_response(text, small.value(), std::pmr::get_default_resource());
    }
    return 0;
}
