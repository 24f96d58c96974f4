// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/a11y/tree_text.hpp"

#include <array>
#include <cmath>
#include <cstdio>

namespace kiosk {
namespace {

/// JSON string with everything below space escaped. Node texts are UTF-8 already and pass through.
void put_string(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            constexpr std::string_view digits = "0123456789abcdef";
            out += "\\u00";
            out += digits[byte >> 4U];
            out += digits[byte & 0xFU];
        } else {
            out += c;
        }
    }
    out += '"';
}

void put_field(std::string& out, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    out += ',';
    put_string(out, name);
    out += ':';
    put_string(out, value);
}

void put_rect(std::string& out, std::string_view name, const Rect& rect, float divide_by, const char* format) {
    out += ",\"";
    out += name;
    out += "\":[";
    const std::array<float, 4> numbers{rect.x, rect.y, rect.width, rect.height};
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        std::array<char, 32> buffer{};
        const int length =
            std::snprintf(buffer.data(), buffer.size(), format, static_cast<double>(numbers[i] / divide_by));
        if (i != 0) out += ',';
        out.append(buffer.data(), static_cast<std::size_t>(length));
    }
    out += ']';
}

template <class Put>
void each_state(const NodeState& state, Put put) {
    if (!state.enabled) put("disabled");
    if (state.focused) put("focused");
    if (state.selected) put("selected");
    if (state.expanded) put("expanded");
    if (state.required) put("required");
    if (state.wrong) put("wrong");
    if (state.busy) put("busy");
}

} // namespace

std::string_view role_name(Role role) {
    switch (role) {
    case Role::Heading:
        return "heading";
    case Role::Text:
        return "text";
    case Role::Button:
        return "button";
    case Role::Link:
        return "link";
    case Role::Radio:
        return "radio";
    case Role::CheckBox:
        return "checkbox";
    case Role::TextField:
        return "textbox";
    case Role::SpinField:
        return "spinbutton";
    case Role::Slider:
        return "slider";
    case Role::Key:
        return "key";
    case Role::List:
        return "list";
    case Role::ListItem:
        return "listitem";
    case Role::Image:
        return "img";
    case Role::Alert:
        return "alert";
    case Role::Status:
        return "status";
    case Role::Dialog:
        return "dialog";
    case Role::Group:
        return "group";
    case Role::Progress:
        return "progressbar";
    case Role::Tab:
        return "tab";
    }
    return "text";
}

std::string tree_json(const ScreenTree& tree, float px_per_mm) {
    std::string out = "[\n";
    bool first = true;
    for (const Node& node : tree) {
        if (!first) out += ",\n";
        first = false;
        out += "{\"key\":";
        put_string(out, node.key);
        put_field(out, "role", role_name(node.role));
        put_field(out, "name", node.name);
        put_field(out, "value", node.value);
        put_field(out, "help", node.help);
        put_field(out, "error", node.error);
        put_field(out, "language", node.language);
        if (node.level > 0) out += ",\"level\":" + std::to_string(node.level);
        out += ",\"state\":[";
        bool first_state = true;
        each_state(node.state, [&](std::string_view name) {
            if (!first_state) out += ',';
            first_state = false;
            put_string(out, name);
        });
        out += ']';
        out += node.focusable ? ",\"focusable\":true" : ",\"focusable\":false";
        if (node.is_private) out += ",\"private\":true";
        put_rect(out, "px", node.rect, 1.0F, "%.0f");
        put_rect(out, "mm", node.rect, px_per_mm, "%.1f");
        out += '}';
    }
    out += "\n]\n";
    return out;
}

std::string tree_text(const ScreenTree& tree) {
    std::string out;
    const auto padded = [&](std::string_view text, std::size_t width) {
        out += text;
        out.append(text.size() < width ? width - text.size() : 1, ' ');
    };
    const auto one_line = [&](std::string_view text) {
        for (const char c : text)
            out += c == '\n' ? '|' : c;
    };
    for (const Node& node : tree) {
        padded(role_name(node.role), 12);
        padded(node.key, 28);
        one_line(node.name);
        if (!node.value.empty()) {
            out += " = ";
            one_line(node.value);
        }
        if (!node.help.empty()) {
            out += "  ? ";
            one_line(node.help);
        }
        if (!node.error.empty()) {
            out += "  ! ";
            one_line(node.error);
        }
        each_state(node.state, [&](std::string_view name) {
            out += " (";
            out += name;
            out += ')';
        });
        out += '\n';
    }
    return out;
}

} // namespace kiosk
