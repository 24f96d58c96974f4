// SPDX-License-Identifier: EUPL-1.2
#include "net/sandbox/json_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace net::sandbox {
namespace {

bool allowed_in_fhir(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x20 || c == '\t' || c == '\n' || c == '\r';
    });
}

/// Builds the value from the library's events, and stops it at the first thing we do not take.
class Builder {
public:
    using number_integer_t = Json::number_integer_t;
    using number_unsigned_t = Json::number_unsigned_t;
    using number_float_t = Json::number_float_t;
    using string_t = Json::string_t;
    using binary_t = Json::binary_t;

    bool null() { return place(Json(nullptr)); }
    bool boolean(bool value) { return place(Json(value)); }
    bool number_integer(number_integer_t value) { return place(Json(value)); }
    bool number_unsigned(number_unsigned_t value) { return place(Json(value)); }
    bool number_float(number_float_t, const string_t& digits) {
        // The library would keep a double and forget that 1.50 had two decimals. JSON text cannot hold bytes,
        // so the library's byte value is free to carry the digits.
        return place(Json::binary(std::vector<std::uint8_t>(digits.begin(), digits.end())));
    }
    bool string(string_t& value) {
        if (!allowed_in_fhir(value)) return refuse(JsonFault::ForbiddenCharacter);
        return place(Json(std::move(value)));
    }
    bool binary(binary_t&) { return refuse(JsonFault::NotJson); }
    bool start_object(std::size_t) { return open(Json::object()); }
    bool start_array(std::size_t) { return open(Json::array()); }
    bool key(string_t& name) {
        auto& members = *open_.back();
        if (members.size() >= widest_object) return refuse(JsonFault::TooWide);
        if (members.contains(name)) return refuse(JsonFault::DoubledKey);
        if (!allowed_in_fhir(name)) return refuse(JsonFault::ForbiddenCharacter);
        key_ = std::move(name);
        return true;
    }
    bool end_object() { return close(); }
    bool end_array() { return close(); }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) {
        return refuse(JsonFault::NotJson);
    }

    Json root;
    JsonFault fault = JsonFault::NotJson;

private:
    Json* put(Json value) {
        if (open_.empty()) {
            root = std::move(value);
            return &root;
        }
        if (open_.back()->is_array()) return &open_.back()->emplace_back(std::move(value));
        return &((*open_.back())[key_] = std::move(value));
    }
    bool place(Json value) {
        put(std::move(value));
        return true;
    }
    bool open(Json value) {
        if (open_.size() >= deepest_json) return refuse(JsonFault::TooDeep);
        open_.push_back(put(std::move(value)));
        return true;
    }
    bool close() {
        open_.pop_back();
        return true;
    }
    bool refuse(JsonFault why) {
        fault = why;
        return false;
    }

    std::vector<Json*> open_; ///< outermost first. Only the innermost one grows, so the addresses hold
    std::string key_;
};

void line(std::string& out, bool pretty, std::size_t level) {
    if (!pretty) return;
    out += '\n';
    out.append(2 * level, ' ');
}

void write_string(std::string& out, const std::string& text) {
    static constexpr char digits[] = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            if (static_cast<unsigned char>(c) < 0x20) {
                out += "\\u00";
                out += digits[static_cast<unsigned char>(c) >> 4U];
                out += digits[static_cast<unsigned char>(c) & 15U];
            } else {
                out += c;
            }
        }
    }
    out += '"';
}

/// Recursion is bounded: whatever came from outside passed `deepest_json`.
void write(std::string& out, const Json& value, bool pretty, std::size_t level) {
    bool first = true;
    switch (value.type()) {
    case Json::value_t::object:
        out += '{';
        for (const auto& [name, member] : value.items()) {
            if (!std::exchange(first, false)) out += ',';
            line(out, pretty, level + 1);
            write_string(out, name);
            out += pretty ? ": " : ":";
            write(out, member, pretty, level + 1);
        }
        if (!first) line(out, pretty, level);
        out += '}';
        break;
    case Json::value_t::array:
        out += '[';
        for (const auto& element : value) {
            if (!std::exchange(first, false)) out += ',';
            line(out, pretty, level + 1);
            write(out, element, pretty, level + 1);
        }
        if (!first) line(out, pretty, level);
        out += ']';
        break;
    case Json::value_t::string:
        write_string(out, value.get_ref<const std::string&>());
        break;
    case Json::value_t::boolean:
        out += value.get<bool>() ? "true" : "false";
        break;
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
    case Json::value_t::binary:
        out += decimal_text(value);
        break;
    case Json::value_t::number_float: // never built here
    case Json::value_t::null:
    case Json::value_t::discarded:
        out += "null";
        break;
    }
}

} // namespace

forms::Result<Json, JsonFault> read_json(std::string_view text) {
    Builder builder;
    if (!Json::sax_parse(text.begin(), text.end(), &builder)) return builder.fault;
    return std::move(builder.root);
}

std::string write_json(const Json& value, bool pretty) {
    std::string out;
    write(out, value, pretty, 0);
    return out;
}

bool is_number(const Json& value) { return value.is_number_integer() || value.is_binary(); }

std::string decimal_text(const Json& value) {
    if (value.is_binary()) return {value.get_binary().begin(), value.get_binary().end()};
    if (value.is_number_unsigned()) return std::to_string(value.get<std::uint64_t>());
    if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
    return {};
}

const Json* member_of(const Json& object, std::string_view member) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(member);
    return found == object.end() ? nullptr : &*found;
}

std::string text_of(const Json& object, std::string_view member) {
    const Json* found = member_of(object, member);
    return found != nullptr && found->is_string() ? found->get<std::string>() : std::string();
}

} // namespace net::sandbox
