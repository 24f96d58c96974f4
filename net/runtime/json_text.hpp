// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace net {

/// Writes JSON (RFC 8259) without spaces, in the order of the calls and in the memory handed in: the same calls give
/// the same bytes. It is used where bytes must be stable or must not be copied into ordinary memory.
class JsonText {
public:
    explicit JsonText(std::pmr::memory_resource* memory = std::pmr::get_default_resource()) : out_(memory) {}

    JsonText& open_object();
    JsonText& close_object();
    JsonText& open_array();
    JsonText& close_array();
    JsonText& key(std::string_view name);
    /// Escapes what RFC 8259 demands. The text must be UTF-8.
    JsonText& text(std::string_view value);
    JsonText& number(std::int64_t value);
    JsonText& boolean(bool value);
    /// JSON that was written elsewhere, unchanged.
    JsonText& raw(std::string_view json);

    JsonText& member(std::string_view name, std::string_view value) { return key(name).text(value); }

    [[nodiscard]] const std::pmr::string& view() const { return out_; }
    [[nodiscard]] std::pmr::string take() { return std::move(out_); }

private:
    void separate();
    std::pmr::string out_;
    bool first_ = true; ///< nothing yet in the innermost object or array
    bool after_key_ = false;
};

/// The members of a JSON object as they stand in the text, each value untouched (so that 1.10 stays 1.10).
/// Reads one level only, without recursion; nothing when it is not one well-nested object or deeper than 256.
using JsonMembers = std::vector<std::pair<std::string_view, std::string_view>>;
[[nodiscard]] std::optional<JsonMembers> json_members(std::string_view object);
/// The elements of a JSON array, likewise.
[[nodiscard]] std::optional<std::vector<std::string_view>> json_elements(std::string_view array);
/// The text behind a JSON string with its quotation marks; nothing when it is no string or has a bad escape.
[[nodiscard]] std::optional<std::pmr::string> json_string(std::string_view value, std::pmr::memory_resource* memory);
/// The member of this name where it is a text; empty where the object has none. Not for what a person told: it does not
/// live in locked memory.
[[nodiscard]] std::string json_text_member(std::string_view object, std::string_view name);
/// A whole JSON number; nothing when it is another kind of value or too large.
[[nodiscard]] std::optional<std::int64_t> json_whole(std::string_view value);
/// How deep objects and arrays nest; nothing when they do not close as they should.
[[nodiscard]] std::optional<std::size_t> json_depth(std::string_view json);

} // namespace net
