// SPDX-License-Identifier: EUPL-1.2
#include "net/runtime/json_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace net {
namespace {

constexpr std::size_t deepest = 256;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// The place after the string that begins at `at` (a quotation mark), or npos.
std::size_t after_string(std::string_view json, std::size_t at) {
    for (++at; at < json.size(); ++at) {
        if (json[at] == '\\')
            ++at;
        else if (json[at] == '"')
            return at + 1;
    }
    return std::string_view::npos;
}

/// The place after the value that begins at `at`, or npos. Checks nesting, not the inside of numbers and words.
std::size_t after_value(std::string_view json, std::size_t at, std::size_t* depth_seen = nullptr) {
    std::array<char, deepest> closing{};
    std::size_t depth = 0;
    while (at < json.size()) {
        const char c = json[at];
        if (c == '"') {
            at = after_string(json, at);
            if (at == std::string_view::npos) return at;
        } else if (c == '{' || c == '[') {
            if (depth == deepest) return std::string_view::npos;
            closing[depth++] = c == '{' ? '}' : ']';
            if (depth_seen != nullptr) *depth_seen = std::max(*depth_seen, depth);
            ++at;
            continue;
        } else if (c == '}' || c == ']') {
            if (depth == 0 || closing[depth - 1] != c) return std::string_view::npos;
            --depth;
            ++at;
        } else if (is_space(c) || c == ',' || c == ':') {
            if (depth == 0) return std::string_view::npos;
            ++at;
            continue;
        } else {
            while (at < json.size() && !is_space(json[at]) &&
                   std::string_view(",:{}[]\"").find(json[at]) == std::string_view::npos)
                ++at;
        }
        if (depth == 0) return at;
    }
    return std::string_view::npos;
}

} // namespace

void JsonText::separate() {
    if (!first_ && !after_key_) out_ += ',';
    first_ = false;
    after_key_ = false;
}

JsonText& JsonText::open_object() {
    separate();
    out_ += '{';
    first_ = true;
    return *this;
}

JsonText& JsonText::close_object() {
    out_ += '}';
    first_ = false;
    return *this;
}

JsonText& JsonText::open_array() {
    separate();
    out_ += '[';
    first_ = true;
    return *this;
}

JsonText& JsonText::close_array() {
    out_ += ']';
    first_ = false;
    return *this;
}

JsonText& JsonText::key(std::string_view name) {
    text(name);
    out_ += ':';
    after_key_ = true;
    return *this;
}

JsonText& JsonText::text(std::string_view value) {
    separate();
    out_ += '"';
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out_ += '\\';
            out_ += c;
        } else if (c == '\n') {
            out_ += "\\n";
        } else if (c == '\t') {
            out_ += "\\t";
        } else if (c == '\r') {
            out_ += "\\r";
        } else if (byte < 0x20) {
            constexpr char digits[] = "0123456789abcdef";
            out_ += "\\u00";
            out_ += digits[byte >> 4];
            out_ += digits[byte & 15];
        } else {
            out_ += c;
        }
    }
    out_ += '"';
    return *this;
}

JsonText& JsonText::number(std::int64_t value) {
    separate();
    out_ += std::to_string(value);
    return *this;
}

JsonText& JsonText::boolean(bool value) {
    separate();
    out_ += value ? "true" : "false";
    return *this;
}

JsonText& JsonText::raw(std::string_view json) {
    separate();
    out_ += json;
    return *this;
}

std::optional<JsonMembers> json_members(std::string_view object) {
    JsonMembers members;
    std::size_t at = 0;
    const auto skip = [&] {
        while (at < object.size() && is_space(object[at]))
            ++at;
    };
    const auto next_is = [&](char c) { return at < object.size() && object[at] == c; };
    skip();
    if (!next_is('{')) return std::nullopt;
    ++at;
    skip();
    if (next_is('}')) {
        ++at;
    } else {
        for (;;) {
            skip();
            if (!next_is('"')) return std::nullopt;
            const std::size_t name = at;
            at = after_string(object, at);
            if (at == std::string_view::npos) return std::nullopt;
            const std::string_view key = object.substr(name + 1, at - name - 2);
            skip();
            if (!next_is(':')) return std::nullopt;
            ++at;
            skip();
            const std::size_t value = at;
            at = after_value(object, at);
            if (at == std::string_view::npos || at == value) return std::nullopt;
            members.emplace_back(key, object.substr(value, at - value));
            skip();
            if (next_is(',')) {
                ++at;
                continue;
            }
            if (!next_is('}')) return std::nullopt;
            ++at;
            break;
        }
    }
    skip();
    if (at != object.size()) return std::nullopt;
    return members;
}

std::optional<std::vector<std::string_view>> json_elements(std::string_view array) {
    std::vector<std::string_view> elements;
    std::size_t at = 0;
    const auto skip = [&] {
        while (at < array.size() && is_space(array[at]))
            ++at;
    };
    const auto next_is = [&](char c) { return at < array.size() && array[at] == c; };
    skip();
    if (!next_is('[')) return std::nullopt;
    ++at;
    skip();
    if (next_is(']')) {
        ++at;
    } else {
        for (;;) {
            skip();
            const std::size_t value = at;
            at = after_value(array, at);
            if (at == std::string_view::npos || at == value) return std::nullopt;
            elements.push_back(array.substr(value, at - value));
            skip();
            if (next_is(',')) {
                ++at;
                continue;
            }
            if (!next_is(']')) return std::nullopt;
            ++at;
            break;
        }
    }
    skip();
    if (at != array.size()) return std::nullopt;
    return elements;
}

namespace {

std::optional<unsigned> four_digits(std::string_view text, std::size_t at) {
    if (at + 4 > text.size()) return std::nullopt;
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + at + 4, value, 16);
    if (error != std::errc() || end != text.data() + at + 4) return std::nullopt;
    return value;
}

void append_utf8(std::pmr::string& out, unsigned point) {
    const auto put = [&](unsigned byte) { out += static_cast<char>(byte); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xc0 | point >> 6);
        put(0x80 | (point & 0x3f));
    } else if (point < 0x10000) {
        put(0xe0 | point >> 12);
        put(0x80 | (point >> 6 & 0x3f));
        put(0x80 | (point & 0x3f));
    } else {
        put(0xf0 | point >> 18);
        put(0x80 | (point >> 12 & 0x3f));
        put(0x80 | (point >> 6 & 0x3f));
        put(0x80 | (point & 0x3f));
    }
}

} // namespace

std::optional<std::pmr::string> json_string(std::string_view value, std::pmr::memory_resource* memory) {
    if (value.size() < 2 || value.front() != '"' || after_string(value, 0) != value.size()) return std::nullopt;
    value = value.substr(1, value.size() - 2);
    std::pmr::string out(memory);
    out.reserve(value.size());
    for (std::size_t at = 0; at < value.size(); ++at) {
        const char c = value[at];
        if (static_cast<unsigned char>(c) < 0x20) return std::nullopt;
        if (c != '\\') {
            out += c;
            continue;
        }
        constexpr std::string_view written = "\"\\/bfnrt";
        constexpr std::string_view meant = "\"\\/\b\f\n\r\t";
        const char kind = value[++at]; // after_string has made sure that there is one
        if (const auto found = written.find(kind); found != std::string_view::npos) {
            out += meant[found];
            continue;
        }
        auto unit = kind == 'u' ? four_digits(value, at + 1) : std::nullopt;
        if (!unit || *unit == 0) return std::nullopt;
        at += 4;
        if (*unit >= 0xdc00 && *unit <= 0xdfff) return std::nullopt;
        if (*unit >= 0xd800 && *unit <= 0xdbff) {
            const auto low = value.substr(at + 1, 2) == "\\u" ? four_digits(value, at + 3) : std::nullopt;
            if (!low || *low < 0xdc00 || *low > 0xdfff) return std::nullopt;
            at += 6;
            unit = 0x10000 + ((*unit - 0xd800) << 10) + (*low - 0xdc00);
        }
        append_utf8(out, *unit);
    }
    return out;
}

std::string json_text_member(std::string_view object, std::string_view name) {
    const auto members = json_members(object);
    if (!members) return {};
    for (const auto& [key, value] : *members)
        if (key == name) {
            const auto text = json_string(value, std::pmr::get_default_resource());
            return text ? std::string(*text) : std::string();
        }
    return {};
}

std::optional<std::int64_t> json_whole(std::string_view value) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc() || end != value.data() + value.size()) return std::nullopt;
    return number;
}

std::optional<std::size_t> json_depth(std::string_view json) {
    std::size_t begin = 0;
    while (begin < json.size() && is_space(json[begin]))
        ++begin;
    std::size_t depth = 0;
    std::size_t at = after_value(json, begin, &depth);
    if (at == std::string_view::npos) return std::nullopt;
    while (at < json.size() && is_space(json[at]))
        ++at;
    if (at != json.size()) return std::nullopt;
    return depth;
}

} // namespace net
