// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/mistake.hpp"

#include <cstdint>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace forms {

/// What a reader of JSON refuses while it reads.
struct JsonLimits {
    std::size_t bytes = 6u << 20;
    std::size_t depth = 160;
    std::size_t nodes = 1'000'000;
    std::size_t keys = 1'000; ///< of one object: FHIR names some thirty
};

enum class JsonKind : std::uint8_t { Null, False, True, Number, String, Array, Object };

/// A JSON text (RFC 8259) read strictly: UTF-8 only, no key twice, no NUL, no lone surrogate, no number that cannot be
/// kept exactly, nothing after the end. Flat, in document order, without recursion; numbers keep their spelling.
/// Everything lives in the memory handed in, because a stored response is personal.
class JsonDocument {
public:
    using Node = std::uint32_t;
    static constexpr Node none = 0xFFFFFFFF;

    explicit JsonDocument(std::pmr::memory_resource* memory) : nodes_(memory), texts_(memory) {}

    [[nodiscard]] static constexpr Node root() { return 0; }
    [[nodiscard]] Node end() const {
        return static_cast<Node>(nodes_.size());
    } ///< one past the last, in the file's order
    [[nodiscard]] JsonKind kind(Node node) const { return nodes_[node].kind; }
    [[nodiscard]] std::string_view text(Node node) const; ///< of a string, or the spelling of a number
    [[nodiscard]] std::string_view key(Node node) const;  ///< in its object; empty elsewhere
    [[nodiscard]] Node parent(Node node) const { return nodes_[node].parent; }
    [[nodiscard]] Node first(Node node) const { return size(node) > 0 ? node + 1 : none; } ///< first child or `none`
    [[nodiscard]] Node next(Node node) const { return nodes_[node].next; }                 ///< next sibling or `none`
    [[nodiscard]] std::size_t size(Node node) const {                                      ///< of an array or object
        return kind(node) >= JsonKind::Array ? nodes_[node].size : 0;
    }
    [[nodiscard]] Node member(Node object, std::string_view key) const; ///< `none` when absent or no object
    [[nodiscard]] std::string pointer(Node node) const;                 ///< RFC 6901; empty for the root

private:
    friend class JsonReader;
    struct Entry {
        std::uint32_t key_at = 0, key_size = 0;
        std::uint32_t text_at = 0;
        std::uint32_t size = 0; ///< bytes of a text or number, children of an array or object
        Node parent = none, next = none;
        JsonKind kind = JsonKind::Null;
    };
    std::pmr::vector<Entry> nodes_;
    std::pmr::string texts_;
};

/// Where and why reading stopped or complained.
struct JsonFlaw {
    Reason reason;
    std::string pointer;
    std::string words; ///< English, for the writer of the file
    JsonDocument::Node node = 0;
};

struct JsonReading {
    std::vector<JsonFlaw> flaws; ///< empty = all is well
    bool whole = false;          ///< false: reading stopped, the document must not be used
};

/// Reads `bytes` into `document`. A doubled key, a NUL or a number out of range leaves the document whole, so that
/// more can be found in it; everything else stops the reader.
[[nodiscard]] JsonReading read_json(std::string_view bytes, const JsonLimits& limits, JsonDocument& document);

/// Appends `text` as a JSON string, quotes included.
void append_json_string(std::pmr::string& out, std::string_view text);

} // namespace forms
