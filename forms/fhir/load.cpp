// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhir/load.hpp"

#include "forms/fhir/loading.hpp"

namespace forms {
namespace {

void check_status(const JsonDocument& json, const Members& members, Mistakes& mistakes) {
    const auto status = members.text(JsonDocument::root(), "status");
    if (status && *status != "draft" && *status != "active" && *status != "retired" && *status != "unknown")
        mistakes.add(Reason::BadCode, json.member(JsonDocument::root(), "status"),
                     "status is draft, active, retired or unknown");
}

/// In a canonical address the bar begins the version (FHIR R4, datatypes, canonical): what was answered to a form whose own
/// address has one could never be told to be an answer to it.
void check_address(const JsonDocument& json, const Members& members, Mistakes& mistakes) {
    const auto url = members.text(JsonDocument::root(), "url");
    if (url && url->find('|') != std::string_view::npos)
        mistakes.add(Reason::BadValue, json.member(JsonDocument::root(), "url"),
                     "the form's own address has no \"|\": its version stands in version");
}

/// What the form as a whole asks of whoever runs it.
void check_form_extension(const JsonDocument& json, const Members& members, Mistakes& mistakes, Node extension,
                          ExtensionUse use) {
    if (use == ExtensionUse::AssembleExpectation) {
        const auto code = members.text(extension, "valueCode");
        if (!code || !code->starts_with("independent-"))
            mistakes.add(Reason::UnsupportedExtension, extension,
                         "this form is made of modules: assemble it first ($assemble), and load what comes out");
    }
    if (use == ExtensionUse::Adaptive) {
        const Node flag = json.member(extension, "valueBoolean");
        if (flag == JsonDocument::none || json.kind(flag) != JsonKind::False)
            mistakes.add(Reason::UnsupportedExtension, extension,
                         "each question of this form comes from a server, and this terminal asks none");
    }
}

} // namespace

Result<std::shared_ptr<const Definition>, std::vector<Mistake>> load_definition(std::string_view bytes,
                                                                                const LoadOptions& options) {
    JsonDocument json(std::pmr::get_default_resource());
    JsonLimits limits;
    limits.bytes = options.limits.bytes;
    // An item is two levels (list and object); below the deepest one its extensions need room.
    limits.depth = 2 * options.limits.depth + 32;
    const JsonReading reading = read_json(bytes, limits, json);
    if (!reading.whole) {
        std::vector<Mistake> unreadable;
        for (const JsonFlaw& flaw : reading.flaws)
            unreadable.push_back({flaw.pointer, flaw.reason, flaw.words, {}});
        return unreadable;
    }
    Mistakes mistakes(json);
    for (const JsonFlaw& flaw : reading.flaws)
        mistakes.add(flaw.reason, flaw.node, flaw.words);
    const Members members(json, mistakes, options.limits.text_bytes);
    const Node root = JsonDocument::root();
    if (json.kind(root) != JsonKind::Object || members.text(root, "resourceType") != "Questionnaire") {
        mistakes.add(Reason::NotAQuestionnaire, root, "this is no FHIR Questionnaire");
        return mistakes.take();
    }
    members.only(root, {"resourceType",    "meta",         "language", "text",      "contained",    "url",
                        "identifier",      "version",      "name",     "title",     "derivedFrom",  "status",
                        "experimental",    "subjectType",  "date",     "publisher", "contact",      "description",
                        "useContext",      "jurisdiction", "purpose",  "copyright", "approvalDate", "lastReviewDate",
                        "effectivePeriod", "code",         "item"});
    check_status(json, members, mistakes);
    check_address(json, members, mistakes);

    DefinitionParts parts;
    parts.url = members.text(root, "url").value_or("");
    parts.version = members.text(root, "version").value_or("");
    parts.language = members.text(root, "language").value_or("");
    parts.title = members.words(root, "title");
    parts.sha256 = sha256(bytes);

    Lists lists(json, mistakes, members, options, options.terminology.get());
    lists.read(root);
    ItemReader items(json, mistakes, members, lists, options);
    members.each_extension(root, [&](Node extension, ExtensionUse use) {
        check_form_extension(json, members, mistakes, extension, use);
        items.read_form_extension(extension, use);
    });
    items.read_all(root);
    items.give(parts);
    auto compiled = Definition::compile(std::move(parts), &lists);
    if (!compiled.ok())
        for (const Flaw& flaw : compiled.error()) {
            const auto [node, below] = items.place_of(flaw);
            mistakes.add(flaw.reason, node, flaw.words, below);
        }
    if (!mistakes.empty()) return mistakes.take();
    return std::move(compiled).value();
}

} // namespace forms
