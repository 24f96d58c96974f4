// SPDX-License-Identifier: EUPL-1.2
#include "forms/fhir/json.hpp"

#include "forms/base/decimal.hpp"
#include "forms/base/eight_bytes.hpp"
#include "forms/base/utf8.hpp"

#include <algorithm>

namespace forms {

using Node = JsonDocument::Node;

std::string_view JsonDocument::text(Node node) const {
    if (kind(node) != JsonKind::String && kind(node) != JsonKind::Number) return {};
    return std::string_view(texts_).substr(nodes_[node].text_at, nodes_[node].size);
}

std::string_view JsonDocument::key(Node node) const {
    return std::string_view(texts_).substr(nodes_[node].key_at, nodes_[node].key_size);
}

Node JsonDocument::member(Node object, std::string_view key) const {
    if (object == none || kind(object) != JsonKind::Object || key.empty()) return none;
    const char* const texts = texts_.data();
    const Entry* const nodes = nodes_.data(); // asked many times for each item: no check of each index
    for (Node child = first(object); child != none; child = nodes[child].next) {
        const Entry& entry = nodes[child];
        if (entry.key_size == key.size() && texts[entry.key_at] == key.front() &&
            std::string_view(texts + entry.key_at, entry.key_size) == key)
            return child;
    }
    return none;
}

std::string JsonDocument::pointer(Node node) const {
    std::vector<std::string> steps;
    for (; node != none && parent(node) != none; node = parent(node)) {
        std::string step = "/";
        if (kind(parent(node)) == JsonKind::Array) {
            std::size_t index = 0;
            for (Node child = first(parent(node)); child != node; child = next(child))
                ++index;
            step += std::to_string(index);
        } else {
            for (const char c : key(node)) {
                if (c == '~')
                    step += "~0";
                else if (c == '/')
                    step += "~1";
                else
                    step += c;
            }
        }
        steps.push_back(std::move(step));
    }
    std::string pointer;
    for (auto step = steps.rbegin(); step != steps.rend(); ++step)
        pointer += *step;
    return pointer;
}

namespace {

/// As many values as a text can hold: each follows a comma or the beginning of a list or object, but for the first.
std::size_t most_values(std::string_view bytes) {
    std::size_t count = 1;
    while (bytes.size() >= 8) {
        const EightBytes eight(bytes.data());
        count += eight.count(',') + eight.count('[') + eight.count('{');
        bytes.remove_prefix(8);
    }
    for (const char c : bytes)
        count += c == ',' || c == '[' || c == '{' ? 1 : 0;
    return count;
}

} // namespace

class JsonReader {
public:
    JsonReader(std::string_view bytes, const JsonLimits& limits, JsonDocument& document)
        : bytes_(bytes), limits_(limits), document_(document) {}

    JsonReading read() {
        if (bytes_.size() > limits_.bytes) {
            stop(Reason::TooBig, "the file is larger than allowed");
            return {std::move(flaws_), false};
        }
        // All room at once: growing step by step, a list of nodes would pass through twice its memory.
        document_.texts_.reserve(bytes_.size());
        document_.nodes_.reserve(std::min(most_values(bytes_), limits_.nodes));
        read_document();
        return {std::move(flaws_), !stopped_};
    }

private:
    struct Open {
        Node node;
        Node last_child = JsonDocument::none;
    };
    static constexpr std::size_t most_flaws = 100;
    static constexpr std::size_t longest_number = 64;

    void add_flaw(Reason reason, Node node, std::string words) {
        if (flaws_.size() < most_flaws) flaws_.push_back({reason, document_.pointer(node), std::move(words), node});
    }

    /// Nothing after this place can be trusted.
    void stop(Reason reason, std::string words) {
        stopped_ = true;
        const Node here = open_.empty() ? JsonDocument::none : open_.back().node;
        flaws_.push_back({reason, here == JsonDocument::none ? "" : document_.pointer(here),
                          std::move(words) + " (byte " + std::to_string(at_) + ")",
                          here == JsonDocument::none ? 0 : here});
    }

    void skip_blanks() {
        while (at_ < bytes_.size() &&
               (bytes_[at_] == ' ' || bytes_[at_] == '\t' || bytes_[at_] == '\n' || bytes_[at_] == '\r'))
            ++at_;
    }

    bool take(char c) {
        if (at_ >= bytes_.size() || bytes_[at_] != c) return false;
        ++at_;
        return true;
    }

    /// One value after the other; containers go on a stack of our own, never on the program's.
    void read_document() {
        skip_blanks();
        read_value(0, 0);
        while (!stopped_ && !open_.empty()) {
            skip_blanks();
            Open& container = open_.back();
            const bool is_object = document_.kind(container.node) == JsonKind::Object;
            const bool is_first = container.last_child == JsonDocument::none;
            if (take(is_object ? '}' : ']')) {
                if (is_object) check_keys(container.node);
                open_.pop_back();
                continue;
            }
            if (!is_first) {
                if (!take(',')) return stop(Reason::NotJson, "a comma or the end of a list or object is missing");
                skip_blanks();
            }
            read_child(is_object);
        }
        if (stopped_) return;
        skip_blanks();
        if (at_ != bytes_.size()) stop(Reason::NotJson, "something follows the end of the JSON value");
    }

    void read_child(bool is_object) {
        std::uint32_t key_at = 0;
        std::uint32_t key_size = 0;
        bool key_flaw = false;
        if (is_object) {
            if (at_ >= bytes_.size() || bytes_[at_] != '"') return stop(Reason::NotJson, "a key is missing");
            if (!read_string(key_at, key_size, key_flaw)) return;
            skip_blanks();
            if (!take(':')) return stop(Reason::NotJson, "a colon is missing");
            skip_blanks();
        }
        read_value(key_at, key_size);
        if (key_flaw && !stopped_) add_flaw(Reason::BadText, open_.back().node, "a key holds a NUL character");
    }

    Node add_node(JsonKind kind, std::uint32_t key_at, std::uint32_t key_size) {
        const auto node = static_cast<Node>(document_.nodes_.size());
        JsonDocument::Entry& entry = document_.nodes_.emplace_back();
        entry.kind = kind;
        entry.key_at = key_at;
        entry.key_size = key_size;
        if (!open_.empty()) {
            Open& container = open_.back();
            entry.parent = container.node;
            ++document_.nodes_[container.node].size; // the first child stands right after its container
            if (container.last_child != JsonDocument::none) document_.nodes_[container.last_child].next = node;
            container.last_child = node;
        }
        return node;
    }

    void read_value(std::uint32_t key_at, std::uint32_t key_size) {
        if (document_.nodes_.size() >= limits_.nodes) return stop(Reason::TooBig, "the file holds too many values");
        if (at_ >= bytes_.size()) return stop(Reason::NotJson, "the file ends too early");
        const char c = bytes_[at_];
        if (c == '{' || c == '[') {
            if (open_.size() >= limits_.depth) return stop(Reason::TooDeep, "the values are nested too deeply");
            ++at_;
            const Node node = add_node(c == '{' ? JsonKind::Object : JsonKind::Array, key_at, key_size);
            open_.push_back({node});
        } else if (c == '"') {
            std::uint32_t text_at = 0;
            std::uint32_t text_size = 0;
            bool has_nul = false;
            if (!read_string(text_at, text_size, has_nul)) return;
            const Node node = add_node(JsonKind::String, key_at, key_size);
            document_.nodes_[node].text_at = text_at;
            document_.nodes_[node].size = text_size;
            if (has_nul) add_flaw(Reason::BadText, node, "the text holds a NUL character");
        } else if (c == '-' || (c >= '0' && c <= '9')) {
            read_number(key_at, key_size);
        } else if (!read_word("true", JsonKind::True, key_at, key_size) &&
                   !read_word("false", JsonKind::False, key_at, key_size) &&
                   !read_word("null", JsonKind::Null, key_at, key_size)) {
            stop(Reason::NotJson, "this is no JSON value");
        }
    }

    bool read_word(std::string_view word, JsonKind kind, std::uint32_t key_at, std::uint32_t key_size) {
        if (!bytes_.substr(at_).starts_with(word)) return false;
        at_ += word.size();
        add_node(kind, key_at, key_size);
        return true;
    }

    void read_number(std::uint32_t key_at, std::uint32_t key_size) {
        const std::size_t begin = at_;
        const auto digits = [this] {
            const std::size_t from = at_;
            while (at_ < bytes_.size() && bytes_[at_] >= '0' && bytes_[at_] <= '9')
                ++at_;
            return at_ - from;
        };
        (void)take('-');
        const std::size_t first_digit = at_;
        const std::size_t whole = digits();
        if (whole == 0 || (whole > 1 && bytes_[first_digit] == '0'))
            return stop(Reason::NotJson, "this is no JSON number");
        if (take('.') && digits() == 0) return stop(Reason::NotJson, "this is no JSON number");
        if (take('e') || take('E')) {
            if (!take('+')) (void)take('-');
            if (digits() == 0) return stop(Reason::NotJson, "this is no JSON number");
        }
        const std::string_view spelling = bytes_.substr(begin, at_ - begin);
        const Node node = add_node(JsonKind::Number, key_at, key_size);
        if (spelling.size() > longest_number || !Decimal::parse(spelling)) {
            add_flaw(Reason::NumberOutOfRange, node, "this number cannot be kept exactly (at most 18 digits)");
            return;
        }
        document_.nodes_[node].text_at = static_cast<std::uint32_t>(document_.texts_.size());
        document_.nodes_[node].size = static_cast<std::uint32_t>(spelling.size());
        document_.texts_.append(spelling);
    }

    /// At the opening quote. The text goes to the pool; `has_nul` reports U+0000, the only character JSON allows and
    /// FHIR does not forgive.
    bool read_string(std::uint32_t& text_at, std::uint32_t& text_size, bool& has_nul) {
        ++at_;
        std::pmr::string& texts = document_.texts_;
        const std::size_t begin = texts.size();
        text_at = static_cast<std::uint32_t>(begin);
        std::size_t from = at_; // what was looked at and not yet taken over
        while (true) {
            for (std::size_t plain = 8; plain == 8 && bytes_.size() - at_ >= 8; at_ += plain)
                plain = EightBytes(bytes_.data() + at_).plain_text();
            if (at_ >= bytes_.size()) return stop(Reason::NotJson, "a text has no end"), false;
            const auto c = static_cast<unsigned char>(bytes_[at_]);
            if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
                ++at_; // at the end of the file
            } else if (c == '"') {
                break;
            } else if (c == '\\') {
                texts.append(bytes_.substr(from, at_ - from));
                char32_t point = 0;
                if (!read_escape(point)) return false;
                if (point == 0) has_nul = true;
                append_utf8(texts, point);
                from = at_;
            } else if (c < 0x20) {
                return stop(Reason::BadText, "a control character stands bare in a text"), false;
            } else {
                const auto point = first_code_point(bytes_.substr(at_));
                if (!point) return stop(Reason::BadText, "a text is not UTF-8"), false;
                at_ += point->bytes;
            }
        }
        texts.append(bytes_.substr(from, at_ - from));
        ++at_;
        text_size = static_cast<std::uint32_t>(texts.size() - begin);
        return true;
    }

    bool read_escape(char32_t& point) {
        ++at_;
        if (at_ >= bytes_.size()) return stop(Reason::NotJson, "a text has no end"), false;
        const char c = bytes_[at_++];
        switch (c) {
        case '"':
            point = '"';
            return true;
        case '\\':
            point = '\\';
            return true;
        case '/':
            point = '/';
            return true;
        case 'b':
            point = '\b';
            return true;
        case 'f':
            point = '\f';
            return true;
        case 'n':
            point = '\n';
            return true;
        case 'r':
            point = '\r';
            return true;
        case 't':
            point = '\t';
            return true;
        case 'u':
            break;
        default:
            return stop(Reason::NotJson, "an unknown escape"), false;
        }
        if (!read_hex(point)) return false;
        if (point >= 0xDC00 && point <= 0xDFFF) return stop(Reason::BadText, "half a surrogate pair"), false;
        if (point < 0xD800 || point > 0xDBFF) return true;
        char32_t low = 0;
        if (!bytes_.substr(at_).starts_with("\\u")) return stop(Reason::BadText, "half a surrogate pair"), false;
        at_ += 2;
        if (!read_hex(low)) return false;
        if (low < 0xDC00 || low > 0xDFFF) return stop(Reason::BadText, "half a surrogate pair"), false;
        point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
        return true;
    }

    bool read_hex(char32_t& value) {
        value = 0;
        for (int i = 0; i < 4; ++i, ++at_) {
            const char c = at_ < bytes_.size() ? bytes_[at_] : ' ';
            value <<= 4;
            if (c >= '0' && c <= '9')
                value += static_cast<char32_t>(c - '0');
            else if (c >= 'a' && c <= 'f')
                value += static_cast<char32_t>(c - 'a' + 10);
            else if (c >= 'A' && c <= 'F')
                value += static_cast<char32_t>(c - 'A' + 10);
            else
                return stop(Reason::NotJson, "a \\u needs four hexadecimal digits"), false;
        }
        return true;
    }

    /// Two readers of the same bytes must never see two different values.
    void check_keys(Node object) {
        if (document_.nodes_[object].size > limits_.keys)
            return stop(Reason::TooBig, "an object has more members than any resource");
        keys_.clear();
        for (Node child = document_.first(object); child != JsonDocument::none; child = document_.next(child))
            keys_.emplace_back(document_.key(child), child);
        if (keys_.size() <= 16) { // nearly always: looking at each pair is less than sorting
            for (std::size_t i = 1; i < keys_.size(); ++i)
                for (std::size_t j = 0; j < i; ++j)
                    if (keys_[i].first == keys_[j].first) return check_sorted_keys();
            return;
        }
        check_sorted_keys();
    }

    void check_sorted_keys() {
        std::sort(keys_.begin(), keys_.end());
        for (std::size_t i = 1; i < keys_.size(); ++i)
            if (keys_[i].first == keys_[i - 1].first)
                add_flaw(Reason::DuplicateKey, keys_[i].second, "this key is there twice");
    }

    std::string_view bytes_;
    const JsonLimits& limits_;
    JsonDocument& document_;
    std::vector<JsonFlaw> flaws_;
    std::vector<Open> open_;
    std::vector<std::pair<std::string_view, Node>> keys_; ///< of one object, while they are looked at
    std::size_t at_ = 0;
    bool stopped_ = false;
};

JsonReading read_json(std::string_view bytes, const JsonLimits& limits, JsonDocument& document) {
    return JsonReader(bytes, limits, document).read();
}

} // namespace forms
