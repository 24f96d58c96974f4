// SPDX-License-Identifier: EUPL-1.2
// {"answer":"linkId","value":…}: the question now on screen, answered by finger and keyboard.
#include "kiosk/a11y/lookup.hpp"
#include "kiosk/app/journey.hpp"
#include "net/runtime/json_text.hpp"

#include <algorithm>
#include <variant>

namespace kiosk {
namespace {

std::optional<std::string> text_of(std::string_view json) {
    const auto text = net::json_string(json, std::pmr::get_default_resource());
    if (!text) return std::nullopt;
    return std::string(*text);
}

std::string member(std::string_view object, std::string_view name) {
    const auto members = net::json_members(object);
    if (!members) return {};
    for (const auto& [key, value] : *members)
        if (key == name) return text_of(value).value_or(std::string(value));
    return {};
}

/// A text as it stands, a number as it is written.
std::string plain(std::string_view json) { return text_of(json).value_or(std::string(json)); }

} // namespace

Journey::Problem Journey::answer(std::string_view question, std::string_view value) {
    const std::vector<std::string> shown = p_.terminal.visit().questions_shown();
    if (shown.empty()) return "no question is on the screen";
    const auto is_meant = [&](const std::string& path) {
        const std::string_view item = std::string_view(path).substr(path.rfind('/') + 1);
        return question == path || question == item.substr(0, item.find('['));
    };
    const auto meant = std::find_if(shown.begin(), shown.end(), is_meant);
    if (meant == shown.end())
        return "the question on the screen is \"" + shown.front() + "\", not \"" + std::string(question) + "\"";
    const auto* screen = std::get_if<QuestionScreen>(&p_.terminal.picture().screen);
    if (screen == nullptr) return "no question is on the screen";
    asked_ = *meant;
    std::string field = screen->key;
    Control control = screen->control; // a copy: the picture changes while it is answered
    std::string clear = screen->clear.empty() ? "" : "clear";
    for (const AskedPart& part : screen->parts)
        if (part.key == "q:" + *meant) {
            field = part.key;
            control = part.control;
            clear = part.clear.empty() ? "" : part.stem + "clear";
        }
    if (value == "null") return clear.empty() ? Problem() : tap_on_any_page(clear);
    if (const auto* choice = std::get_if<ChoiceControl>(&control)) return answer_choice(*choice, field, value);
    if (const auto* slider = std::get_if<SliderControl>(&control)) return answer_slider(*slider, field, value);
    if (const auto* date = std::get_if<DateControl>(&control)) return answer_date(*date, value);
    if (const auto* quantity = std::get_if<QuantityControl>(&control)) return answer_quantity(*quantity, field, value);
    if (std::holds_alternative<SearchControl>(control)) return answer_search(field, value);
    if (std::holds_alternative<TextControl>(control)) return fill(field, plain(value));
    return "this question takes no answer";
}

/// Counted up and down from where it stands, as with a finger on plus and minus.
Journey::Problem Journey::answer_slider(const SliderControl& control, const std::string& field,
                                        std::string_view value) {
    const std::string wanted = plain(value);
    const auto here = [&]() -> std::string {
        const Node* node = find_key(p_.terminal.tree(), field);
        return node == nullptr ? std::string() : node->value.substr(0, node->value.find("\u00a0"));
    };
    if (here() == wanted) return std::nullopt;
    for (const char* end : {".less", ".more"})
        for (int i = 0; i <= control.steps + 1; ++i) {
            const std::string before = here();
            if (auto problem = tap_on_any_page(field + end)) return problem;
            if (here() == wanted) return std::nullopt;
            if (here() == before) break; // the end of the scale
        }
    return "the scale has no \"" + wanted + "\"";
}

/// An option goes by what is shown and by its code.
std::vector<std::string> Journey::option_names(std::size_t option) const {
    const forms::Draft* draft = p_.terminal.visit().draft();
    if (draft == nullptr || asked_.empty()) return {};
    const auto path = draft->definition().path_of(asked_);
    if (!path) return {};
    const forms::Item& item = draft->definition().item(*path);
    if (option >= item.options.size()) return {};
    if (const auto* coding = std::get_if<forms::Coding>(&item.options[option].value))
        return {std::string(coding->code)};
    return {};
}

Journey::Problem Journey::answer_choice(const ChoiceControl& control, const std::string& field,
                                        std::string_view value) {
    if (value == "true" || value == "false") return tap_on_any_page(control.options[value == "true" ? 0 : 1].key);
    if (value.starts_with('{')) {
        if (!control.other) return "this question takes no other answer";
        const std::string other = member(value, "other");
        if (!control.options[*control.other].selected)
            if (auto problem = tap_on_any_page(control.options[*control.other].key)) return problem;
        return fill(field + ".other", other);
    }
    std::vector<std::string> wanted;
    if (const auto elements = net::json_elements(value)) {
        for (const std::string_view element : *elements)
            wanted.push_back(plain(element));
    } else {
        wanted.push_back(plain(value));
    }
    for (const std::string& name : wanted) {
        std::optional<std::size_t> found;
        for (std::size_t i = 0; i < control.options.size() && !found; ++i) {
            const auto names = option_names(i);
            if (control.options[i].text == name || std::find(names.begin(), names.end(), name) != names.end())
                found = i;
        }
        if (!found) return "there is no option \"" + name + "\"";
        if (control.several && control.options[*found].selected) continue;
        // A folded list is opened first, unless it lies open because nothing is chosen yet.
        if (control.folded && find_key(p_.terminal.tree(), control.options[*found].key) == nullptr)
            if (auto problem = tap_on_any_page(field)) return problem;
        if (auto problem = tap_on_any_page(control.options[*found].key)) return problem;
    }
    return std::nullopt;
}

Journey::Problem Journey::fill(const std::string& field, std::string_view utf8) {
    if (auto problem = tap_on_any_page(field)) return problem;
    press(Key::A, {.shift = false, .control = true, .alt = false});
    press(Key::Delete);
    if (!settle()) return "the screen does not settle";
    return type(utf8);
}

Journey::Problem Journey::answer_date(const DateControl& control, std::string_view value) {
    // "1985-03-27", "1985-03", "1985", "14:30", "1985-03-27T14:30"
    const std::string text = plain(value);
    std::string date = text.substr(0, text.find('T'));
    std::string time = text.find('T') == std::string::npos ? std::string() : text.substr(text.find('T') + 1);
    if (date.find(':') != std::string::npos) time = std::exchange(date, {});
    const auto part_of = [&](const std::string& key) -> std::string {
        const auto cut = [](const std::string& whole, std::size_t from, std::size_t length) {
            return whole.size() >= from + length ? whole.substr(from, length) : std::string();
        };
        if (key.ends_with(".year")) return cut(date, 0, 4);
        if (key.ends_with(".month")) return cut(date, 5, 2);
        if (key.ends_with(".day")) return cut(date, 8, 2);
        if (key.ends_with(".hour")) return cut(time, 0, 2);
        return cut(time, 3, 2);
    };
    for (const DateControl::Part& part : control.parts)
        if (auto problem = fill(part.key, part_of(part.key))) return problem;
    return std::nullopt;
}

Journey::Problem Journey::answer_quantity(const QuantityControl& control, const std::string& field,
                                          std::string_view value) {
    const bool object = value.starts_with('{');
    const std::string unit = object ? member(value, "unit") : std::string();
    for (const Option& option : control.units)
        if (option.text == unit && !option.selected)
            if (auto problem = tap_on_any_page(option.key)) return problem;
    return fill(field, object ? member(value, "value") : plain(value));
}

Journey::Problem Journey::answer_search(const std::string& field, std::string_view value) {
    const bool free_text = value.starts_with('{');
    const std::string wanted = free_text ? member(value, "other") : plain(value);
    if (find_key(p_.terminal.tree(), "change") != nullptr)
        if (auto problem = tap("change")) return problem;
    // Typed as far as the name goes; what tells two places apart ("(PD)") stands only in the list.
    if (auto problem = fill(field, wanted.substr(0, wanted.find(" (")))) return problem;
    if (free_text) return tap_on_any_page("keep");
    const auto* screen = std::get_if<QuestionScreen>(&p_.terminal.picture().screen);
    const auto* control = screen == nullptr ? nullptr : std::get_if<SearchControl>(&screen->control);
    if (control == nullptr) return "no list is on the screen";
    for (const SearchControl::Hit& hit : control->hits)
        if (hit.text == wanted || hit.text + " (" + hit.detail + ")" == wanted)
            return tap_on_any_page(std::string(hit.key));
    return "\"" + wanted + "\" is not in the list";
}

} // namespace kiosk
