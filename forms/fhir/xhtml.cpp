// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhir/xhtml.hpp"

#include "forms/base/entities.hpp"
#include "forms/base/utf8.hpp"

#include <algorithm>
#include <array>

namespace forms {
namespace {

/// "<P class=…>" → "p", "</p>" → "p".
std::string name_of_tag(std::string_view inside) {
    if (inside.starts_with('/')) inside.remove_prefix(1);
    std::string name(inside.substr(0, inside.find_first_of(" \t\n/")));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return name;
}

bool begins_line(std::string_view tag) {
    constexpr std::array<std::string_view, 19> tags{"p",     "div", "br",         "li", "ul", "ol", "tr",
                                                    "table", "h1",  "h2",         "h3", "h4", "h5", "h6",
                                                    "dt",    "dd",  "blockquote", "hr", "pre"};
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

class MarkupReader {
public:
    std::string read(std::string_view markup) {
        while (!markup.empty())
            markup.remove_prefix(take(markup));
        while (!text_.empty() && (text_.back() == '\n' || text_.back() == ' '))
            text_.pop_back();
        return std::move(text_);
    }

private:
    /// Returns how many bytes were read.
    std::size_t take(std::string_view markup) {
        if (markup.front() == '<') {
            if (markup.starts_with("<!--")) {
                const std::size_t end = markup.find("-->");
                return end == std::string_view::npos ? markup.size() : end + 3;
            }
            const std::size_t end = markup.find('>');
            if (end == std::string_view::npos) return markup.size();
            const std::string tag = name_of_tag(markup.substr(1, end - 1));
            if ((tag == "script" || tag == "style") && markup[1] != '/' && markup[end - 1] != '/') {
                const std::size_t close = markup.find("</" + tag, end);
                return close == std::string_view::npos ? markup.size() : close;
            }
            if (begins_line(tag)) begin_line();
            if (tag == "li" && markup[1] != '/') text_ += "• ";
            if (tag == "td" || tag == "th") blank_ = true;
            return end + 1;
        }
        std::string character;
        if (const std::size_t taken = append_character_reference(character, markup); taken > 0) {
            if (character == "\u00A0") character = " ";
            add(character);
            return taken;
        }
        add(markup.substr(0, 1));
        return 1;
    }

    void add(std::string_view character) {
        if (character.find_first_not_of(" \t\n\r") == std::string_view::npos) {
            blank_ = true;
            return;
        }
        if (blank_ && !text_.empty() && text_.back() != '\n' && text_.back() != ' ') text_ += ' ';
        blank_ = false;
        text_ += character;
    }

    void begin_line() {
        blank_ = false;
        if (!text_.empty() && text_.back() != '\n') text_ += '\n';
    }

    std::string text_;
    bool blank_ = false; ///< a blank was read and not yet written
};

} // namespace

std::string plain_text_of_xhtml(std::string_view markup) { return shown_text(MarkupReader().read(markup)); }

} // namespace forms
