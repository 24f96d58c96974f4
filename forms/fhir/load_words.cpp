// SPDX-License-Identifier: EUPL-1.2
#include "forms/base/utf8.hpp"
#include "forms/engine/markdown.hpp"
#include "forms/fhir/loading.hpp"
#include "forms/fhir/xhtml.hpp"

#include <algorithm>

namespace forms {
namespace {

bool has_translation(const Words& words, std::string_view language) {
    return std::any_of(words.translations.begin(), words.translations.end(),
                       [&](const auto& translation) { return translation.first == language; });
}

/// Where the form gives a wording with marks only, the plain one is made from it: everybody can read every text.
void fill_in_plain(Words& words, std::string_view xhtml) {
    for (const auto& [language, marked] : words.markdown) {
        if (language.empty() && words.base.empty()) words.base = plain_text(read_markdown(marked));
        if (!language.empty() && !has_translation(words, language))
            words.translations.emplace_back(language, plain_text(read_markdown(marked)));
    }
    if (words.base.empty() && !xhtml.empty()) words.base = plain_text_of_xhtml(xhtml);
}

} // namespace

Node Members::beside(Node object, std::string_view key) const {
    if (json_.kind(object) != JsonKind::Object) return JsonDocument::none;
    for (Node child = json_.first(object); child != JsonDocument::none; child = json_.next(child))
        if (const std::string_view its = json_.key(child); its.starts_with('_') && its.substr(1) == key) return child;
    return JsonDocument::none;
}

Words Members::words(Node object, std::string_view key, Node* expression) const {
    Words words;
    if (const auto base = text(object, key)) words.base = shown_text(*base);
    translations(beside(object, key), words, expression);
    return words;
}

void Members::translations(Node primitive, Words& words, Node* expression) const {
    if (primitive == JsonDocument::none) return;
    if (json_.kind(primitive) != JsonKind::Object) {
        mistakes_.add(Reason::WrongJsonType, primitive, "this must be an object");
        return;
    }
    std::string xhtml;
    each_extension(primitive, [&](Node extension, ExtensionUse use) {
        if (use == ExtensionUse::Presentation) return;
        if (use == ExtensionUse::Translation) return translation(extension, words, words.translations);
        if (use == ExtensionUse::WordedBy && expression != nullptr) {
            *expression = extension;
            return;
        }
        if (use == ExtensionUse::Markdown) return markdown(extension, "", words);
        if (use == ExtensionUse::Xhtml) {
            xhtml = shown_text(text(extension, "valueString").value_or(""));
            return;
        }
        mistakes_.add(Reason::UnsupportedExtension, extension, "this extension does not belong on a text");
    });
    fill_in_plain(words, xhtml);
}

void Members::markdown(Node extension, const std::string& language, Words& words) const {
    std::string_view key = "valueMarkdown";
    if (json_.member(extension, key) == JsonDocument::none) key = "valueString"; // as some editors write it
    const auto marked = text(extension, key);
    if (!marked || marked->empty()) {
        mistakes_.add(Reason::MalformedExtension, extension, "rendering-markdown needs valueMarkdown");
        return;
    }
    words.markdown.emplace_back(language, shown_text(*marked));
    const Node primitive = beside(extension, key);
    if (primitive == JsonDocument::none || json_.kind(primitive) != JsonKind::Object) return;
    each_extension(primitive, [&](Node inner, ExtensionUse use) {
        if (use == ExtensionUse::Translation) translation(inner, words, words.markdown);
    });
}

void Members::translation(Node extension, Words& words, Wordings& into) const {
    std::string language;
    std::string content;
    Node marked = JsonDocument::none;
    for (const Node part : objects(extension, "extension")) {
        const auto url = text(part, "url");
        for (const std::string_view key : {"valueCode", "valueString", "valueMarkdown"}) {
            const auto value = text(part, key);
            if (!value) continue;
            if (url == "lang") language = *value;
            if (url != "content") continue;
            content = shown_text(*value);
            marked = beside(part, key);
        }
    }
    if (language.empty() || language.size() > 35 || content.empty()) {
        mistakes_.add(Reason::MalformedExtension, extension, "a translation needs lang and content");
        return;
    }
    into.emplace_back(language, std::move(content));
    if (marked == JsonDocument::none || json_.kind(marked) != JsonKind::Object) return;
    each_extension(marked, [&](Node inner, ExtensionUse use) {
        if (use == ExtensionUse::Markdown) markdown(inner, language, words);
    });
}

} // namespace forms
