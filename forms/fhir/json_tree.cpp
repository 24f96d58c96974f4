// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhir/json_tree.hpp"

#include "forms/fhirpath/moments.hpp"

#include <algorithm>
#include <array>

namespace forms {
namespace {

using fhirpath::Element;
using fhirpath::Primitive;
using Node = JsonDocument::Node;

struct Type {
    std::string_view suffix, name; ///< as in "valueDateTime", and as FHIRPath calls it
};
constexpr std::array types{
    Type{"Boolean", "boolean"},
    Type{"Integer", "integer"},
    Type{"Decimal", "decimal"},
    Type{"Date", "date"},
    Type{"DateTime", "dateTime"},
    Type{"Time", "time"},
    Type{"Instant", "instant"},
    Type{"String", "string"},
    Type{"Uri", "uri"},
    Type{"Url", "url"},
    Type{"Canonical", "canonical"},
    Type{"Code", "code"},
    Type{"Id", "id"},
    Type{"Markdown", "markdown"},
    Type{"PositiveInt", "positiveInt"},
    Type{"UnsignedInt", "unsignedInt"},
    Type{"Coding", "Coding"},
    Type{"CodeableConcept", "CodeableConcept"},
    Type{"Quantity", "Quantity"},
    Type{"Attachment", "Attachment"},
    Type{"Reference", "Reference"},
    Type{"Period", "Period"},
    Type{"Range", "Range"},
    Type{"Age", "Age"},
    Type{"Address", "Address"},
    Type{"HumanName", "HumanName"},
    Type{"Identifier", "Identifier"},
    Type{"Expression", "Expression"},
    Type{"ContactPoint", "ContactPoint"},
};

// Members of R4 that hold dates, wherever they stand.
constexpr std::array dates{
    Type{"birthDate", "date"},      Type{"authored", "dateTime"},     Type{"start", "dateTime"},
    Type{"end", "dateTime"},        Type{"issued", "dateTime"},       Type{"recordedDate", "dateTime"},
    Type{"authoredOn", "dateTime"}, Type{"assertedDate", "dateTime"}, Type{"lastUpdated", "instant"},
    Type{"creation", "dateTime"},
};

// Members of R4 with several types, by the name that FHIRPath uses.
constexpr std::array<std::string_view, 12> choices{"value",     "deceased",   "multipleBirth", "effective",
                                                   "onset",     "abatement",  "answer",        "occurrence",
                                                   "performed", "medication", "born",          "age"};

std::string_view type_named(std::string_view suffix) {
    const auto* const found =
        std::find_if(types.begin(), types.end(), [&](const Type& t) { return t.suffix == suffix; });
    return found == types.end() ? std::string_view() : found->name;
}

std::string_view type_of_member(std::string_view key) {
    const auto* const found = std::find_if(dates.begin(), dates.end(), [&](const Type& t) { return t.suffix == key; });
    if (found != dates.end()) return found->name;
    if (key == "coding" || key == "system" || key == "code") return key == "coding" ? "Coding" : "";
    return {};
}

Primitive read_text(std::string_view text, std::string_view type) {
    if (type == "date")
        if (const auto date = PartialDate::parse(text)) return *date;
    if (type == "dateTime" || type == "instant")
        if (const auto moment = fhirpath::read_date_time(text)) return *moment;
    if (type == "time")
        if (const auto time = fhirpath::read_time(text)) return *time;
    return text;
}

Primitive read_number(std::string_view text, std::string_view type) {
    const auto number = Decimal::parse(text);
    if (!number) return {};
    const auto whole = number->decimals() == 0 && type != "decimal" ? number->whole() : std::nullopt;
    return whole ? Primitive(*whole) : Primitive(*number);
}

} // namespace

Element JsonTree::root() const { return element(JsonDocument::root()); }

Element JsonTree::element(Node node) const {
    const Node type = json_.member(node, "resourceType");
    return element(node, type == JsonDocument::none ? std::string_view() : json_.text(type));
}

Element JsonTree::element(Node node, std::string_view type) const {
    Element element(fhirpath::Node{this, {&json_, 0, node, 0}}, type);
    switch (json_.kind(node)) { // no default: the compiler names the one we forgot
    case JsonKind::Null:
        return {};
    case JsonKind::False:
    case JsonKind::True:
        element.value = json_.kind(node) == JsonKind::True;
        if (type.empty()) element.type = "boolean";
        return element;
    case JsonKind::Number:
        element.value = read_number(json_.text(node), type);
        if (type.empty()) element.type = std::holds_alternative<std::int32_t>(element.value) ? "integer" : "decimal";
        return element;
    case JsonKind::String:
        element.value = read_text(json_.text(node), type);
        if (type.empty()) element.type = "string";
        return element;
    case JsonKind::Array:
    case JsonKind::Object:
        break;
    }
    if (type != "Quantity" && type != "Age") return element;
    const Node value = json_.member(node, "value");
    const Node code = json_.member(node, "code");
    const Node unit = code != JsonDocument::none ? code : json_.member(node, "unit");
    const auto number = value != JsonDocument::none ? Decimal::parse(json_.text(value)) : std::nullopt;
    if (number)
        element.value =
            fhirpath::Quantity{*number, unit == JsonDocument::none ? std::string_view("1") : json_.text(unit), false};
    return element;
}

void JsonTree::add(Node member, std::string_view name, std::string_view type, const Visitor& visitor) const {
    if (json_.kind(member) != JsonKind::Array) {
        if (json_.kind(member) != JsonKind::Null) visitor(name, type.empty() ? element(member) : element(member, type));
        return;
    }
    for (Node one = json_.first(member); one != JsonDocument::none; one = json_.next(one))
        if (json_.kind(one) != JsonKind::Null) visitor(name, type.empty() ? element(one) : element(one, type));
}

void JsonTree::extensions_of(Node primitive, const Visitor& visitor) const {
    const Node beside = json_.member(json_.parent(primitive), "_" + std::string(json_.key(primitive)));
    const Node list = beside != JsonDocument::none ? json_.member(beside, "extension") : JsonDocument::none;
    if (list != JsonDocument::none) add(list, "extension", "", visitor);
}

void JsonTree::visit(fhirpath::NodeId id, const Visitor& visitor) const {
    const Node node = id.item;
    if (json_.kind(node) != JsonKind::Object) {
        if (json_.parent(node) != JsonDocument::none && json_.kind(json_.parent(node)) == JsonKind::Object)
            extensions_of(node, visitor);
        return;
    }
    for (Node member = json_.first(node); member != JsonDocument::none; member = json_.next(member)) {
        const std::string_view key = json_.key(member);
        if (key.starts_with('_') || key == "resourceType") continue;
        std::string_view name = key;
        std::string_view type = type_of_member(key);
        for (const std::string_view choice : choices)
            if (key.starts_with(choice) && !type_named(key.substr(choice.size())).empty()) {
                type = type_named(key.substr(choice.size()));
                name = choice;
            }
        add(member, name, type, visitor);
    }
}

void JsonTree::children(fhirpath::NodeId id, std::string_view name, fhirpath::Collection& out) const {
    const Node node = id.item;
    const Visitor append = [&out](std::string_view, const Element& element) { out.push_back(element); };
    if (json_.kind(node) != JsonKind::Object) {
        if (name == "extension") visit(id, append);
        return;
    }
    for (Node member = json_.first(node); member != JsonDocument::none; member = json_.next(member)) {
        const std::string_view key = json_.key(member);
        if (!key.starts_with(name)) continue;
        // Written out ("valueCoding") it is no FHIRPath, and yet what many forms write.
        const bool exact = key.size() == name.size();
        std::string_view type = exact ? type_of_member(key) : type_named(key.substr(name.size()));
        if (exact)
            for (const std::string_view choice : choices)
                if (key.starts_with(choice) && type.empty()) type = type_named(key.substr(choice.size()));
        if (exact || !type.empty()) add(member, name, type, append);
    }
}

namespace {

/// A document and the tree over it, kept alive together.
struct Resource {
    explicit Resource(std::pmr::memory_resource* memory) : json(memory), tree(json) {}
    JsonDocument json;
    JsonTree tree;
};

} // namespace

std::optional<Launched> read_launched(std::string_view name, std::string_view json, std::pmr::memory_resource* memory) {
    auto resource = std::allocate_shared<Resource>(std::pmr::polymorphic_allocator<Resource>(memory), memory);
    JsonLimits limits;
    limits.bytes = 1u << 20;
    if (!read_json(json, limits, resource->json).flaws.empty()) return std::nullopt;
    const Node root = JsonDocument::root();
    const Node type = resource->json.member(root, "resourceType");
    if (type == JsonDocument::none || resource->json.kind(type) != JsonKind::String) return std::nullopt;
    const Element element = resource->tree.root();
    return Launched{std::string(name), std::shared_ptr<const fhirpath::Tree>(resource, &resource->tree), element};
}

} // namespace forms
