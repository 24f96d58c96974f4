// SPDX-License-Identifier: EUPL-1.2
#include "forms/base/utf8.hpp"
#include "forms/fhir/loading.hpp"

#include <algorithm>

namespace forms {
namespace {

bool is_among(std::string_view key, std::initializer_list<std::string_view> known) {
    return std::any_of(known.begin(), known.end(), [key](std::string_view one) { // asked for each member of each item
        return one.size() == key.size() && one.front() == key.front() && one == key;
    });
}

} // namespace

void Mistakes::add(Reason reason, Node node, std::string words, std::string_view below) {
    if (found_.size() >= most) return;
    if (node == JsonDocument::none) node = JsonDocument::root();
    found_.emplace_back(
        node, Mistake{json_.pointer(node) + std::string(below), reason, std::move(words), link_id_near(node)});
}

std::vector<Mistake> Mistakes::take() {
    std::stable_sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Mistake> mistakes;
    for (auto& found : found_)
        mistakes.push_back(std::move(found.second));
    return mistakes;
}

std::string Mistakes::link_id_near(Node node) const {
    for (; node != JsonDocument::none; node = json_.parent(node)) {
        const Node link_id = json_.member(node, "linkId");
        if (link_id != JsonDocument::none && json_.kind(link_id) == JsonKind::String)
            return shown_text(json_.text(link_id));
    }
    return {};
}

std::optional<std::string_view> Members::text(Node object, std::string_view key) const {
    const Node member = json_.member(object, key);
    if (member == JsonDocument::none) return std::nullopt;
    if (json_.kind(member) != JsonKind::String) {
        mistakes_.add(Reason::WrongJsonType, member, "this must be a text");
        return std::nullopt;
    }
    check_length(member);
    return json_.text(member);
}

void Members::check_length(Node node) const {
    if (json_.text(node).size() > text_bytes_)
        mistakes_.add(Reason::TextTooLong, node, "this text is longer than allowed");
}

bool Members::flag(Node object, std::string_view key) const {
    const Node member = json_.member(object, key);
    if (member == JsonDocument::none) return false;
    if (json_.kind(member) != JsonKind::True && json_.kind(member) != JsonKind::False)
        mistakes_.add(Reason::WrongJsonType, member, "this must be true or false");
    return json_.kind(member) == JsonKind::True;
}

std::optional<std::int32_t> Members::whole(Node object, std::string_view key) const {
    const Node member = json_.member(object, key);
    if (member == JsonDocument::none) return std::nullopt;
    const auto number = json_.kind(member) == JsonKind::Number ? Decimal::parse(json_.text(member)) : std::nullopt;
    const auto whole = number && number->decimals() == 0 ? number->whole() : std::nullopt;
    if (!whole) mistakes_.add(Reason::WrongJsonType, member, "this must be a whole number");
    return whole;
}

std::optional<Decimal> Members::number(Node extension) const {
    for (const std::string_view key : {"valueInteger", "valueDecimal", "valuePositiveInt", "valueUnsignedInt"}) {
        const Node member = json_.member(extension, key);
        if (member == JsonDocument::none) continue;
        if (json_.kind(member) == JsonKind::Number)
            if (const auto number = Decimal::parse(json_.text(member))) return number;
        mistakes_.add(Reason::WrongJsonType, member, "this must be a number");
        return std::nullopt;
    }
    mistakes_.add(Reason::MalformedExtension, extension, "a number is missing");
    return std::nullopt;
}

std::vector<Node> Members::objects(Node object, std::string_view key) const {
    std::vector<Node> found;
    const Node list = json_.member(object, key);
    if (list == JsonDocument::none) return found;
    if (json_.kind(list) != JsonKind::Array) {
        mistakes_.add(Reason::WrongJsonType, list, "this must be a list");
        return found;
    }
    for (Node child = json_.first(list); child != JsonDocument::none; child = json_.next(child)) {
        if (json_.kind(child) == JsonKind::Object)
            found.push_back(child);
        else
            mistakes_.add(Reason::WrongJsonType, child, "this must be an object");
    }
    return found;
}

void Members::only(Node object, std::initializer_list<std::string_view> known) const {
    if (json_.kind(object) != JsonKind::Object) return;
    for (Node child = json_.first(object); child != JsonDocument::none; child = json_.next(child)) {
        std::string_view key = json_.key(child);
        if (key == "modifierExtension") {
            for (const Node extension : objects(object, key))
                mistakes_.add(Reason::UnknownModifierExtension, extension,
                              "a modifier extension changes the meaning; none is known here");
            continue;
        }
        if (key == "id" || key == "extension") continue;
        if (key.starts_with('_')) key.remove_prefix(1);
        if (!is_among(key, known) && key != "id")
            mistakes_.add(Reason::UnknownElement, child, "FHIR R4 has no such element here");
    }
}

bool Members::judge(Node extension, ExtensionUse& use) const {
    const auto url = text(extension, "url");
    if (!url || url->empty()) {
        mistakes_.add(Reason::MalformedExtension, extension, "an extension needs a url");
        return false;
    }
    switch (judge_extension(*url, use)) { // no default: the compiler names the one we forgot
    case ExtensionVerdict::Known:
        if (use != ExtensionUse::Refused) return true;
        mistakes_.add(Reason::UnsupportedExtension, extension, std::string(words_of_refused(*url)));
        return false;
    case ExtensionVerdict::LeftAside:
        return false;
    case ExtensionVerdict::Unsupported:
        mistakes_.add(Reason::UnsupportedExtension, extension, "not supported: " + shown_text(*url));
        return false;
    }
    return false;
}

} // namespace forms
