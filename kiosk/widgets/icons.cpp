// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/widgets/icons.hpp"

#include "assets/icons/embedded.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>
#include <optional>

namespace kiosk {
namespace {

std::string_view bytes_of(Icon icon) {
    namespace files = assets::icons;
    switch (icon) {
    case Icon::Help:
        return files::help_svg();
    case Icon::Globe:
        return files::globe_svg();
    case Icon::TextSize:
        return files::text_size_svg();
    case Icon::Contrast:
        return files::contrast_svg();
    case Icon::Exit:
        return files::exit_svg();
    case Icon::ArrowForward:
        return files::arrow_forward_svg();
    case Icon::ArrowBack:
        return files::arrow_back_svg();
    case Icon::Check:
        return files::check_svg();
    case Icon::Warning:
        return files::warning_svg();
    case Icon::Info:
        return files::info_svg();
    case Icon::Success:
        return files::success_svg();
    case Icon::Search:
        return files::search_svg();
    case Icon::Minus:
        return files::minus_svg();
    case Icon::Plus:
        return files::plus_svg();
    case Icon::Trash:
        return files::trash_svg();
    case Icon::Pencil:
        return files::pencil_svg();
    case Icon::Clock:
        return files::clock_svg();
    case Icon::Lock:
        return files::lock_svg();
    case Icon::Person:
        return files::person_svg();
    case Icon::Keyboard:
        return files::keyboard_svg();
    case Icon::KeyboardHide:
        return files::keyboard_hide_svg();
    case Icon::Printer:
        return files::printer_svg();
    case Icon::Erase:
        return files::erase_svg();
    case Icon::Shift:
        return files::shift_svg();
    case Icon::Enter:
        return files::enter_svg();
    case Icon::ChevronDown:
        return files::chevron_down_svg();
    case Icon::ChevronUp:
        return files::chevron_up_svg();
    case Icon::Close:
        return files::close_svg();
    case Icon::Mark:
        return files::mark_svg();
    case Icon::Camera:
        return files::camera_svg();
    case Icon::Scanner:
        return files::scanner_svg();
    case Icon::BarCode:
        return files::bar_code_svg();
    case Icon::Card:
        return files::card_svg();
    case Icon::count:
        break;
    }
    return {};
}

bool points_somewhere(Icon icon) {
    return icon == Icon::ArrowForward || icon == Icon::ArrowBack || icon == Icon::Exit || icon == Icon::Help ||
           icon == Icon::Search;
}

/// The value of an attribute of an element's text, or empty.
std::string_view attribute(std::string_view element, std::string_view name) {
    std::size_t from = 0;
    while ((from = element.find(name, from)) != std::string_view::npos) {
        const std::size_t value = from + name.size() + 2;
        const bool whole =
            from > 0 && element[from - 1] == ' ' && element.substr(from + name.size()).starts_with("=\"");
        if (whole) return element.substr(value, element.find('"', value) - value);
        from += name.size();
    }
    return {};
}

class PathReader {
public:
    explicit PathReader(std::string_view text) : rest_(text) {}
    [[nodiscard]] bool done() {
        skip();
        return rest_.empty();
    }
    char command() {
        skip();
        const char c = rest_.front();
        rest_.remove_prefix(1);
        return c;
    }
    std::optional<float> number() {
        skip();
        float value = 0;
        const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        if (error != std::errc{}) return std::nullopt;
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        return value;
    }
    std::optional<IconShape::Point> point() {
        const auto x = number();
        const auto y = number();
        if (!x || !y) return std::nullopt;
        return IconShape::Point{*x, *y};
    }

private:
    void skip() {
        while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == ','))
            rest_.remove_prefix(1);
    }
    std::string_view rest_;
};

bool read_path(std::string_view data, bool filled, std::vector<IconShape::Line>& lines) {
    PathReader reader(data);
    while (!reader.done()) {
        switch (reader.command()) {
        case 'M': {
            const auto p = reader.point();
            if (!p) return false;
            lines.push_back({{*p}, false, filled});
            break;
        }
        case 'L': {
            const auto p = reader.point();
            if (!p || lines.empty()) return false;
            lines.back().points.push_back(*p);
            break;
        }
        case 'C': {
            const auto b = reader.point();
            const auto c = reader.point();
            const auto d = reader.point();
            if (!b || !c || !d || lines.empty()) return false;
            const IconShape::Point a = lines.back().points.back();
            constexpr int steps = 16;
            for (int i = 1; i <= steps; ++i) {
                const float t = static_cast<float>(i) / steps;
                const float s = 1 - t;
                const float wa = s * s * s, wb = 3 * s * s * t, wc = 3 * s * t * t, wd = t * t * t;
                lines.back().points.push_back(
                    {wa * a.x + wb * b->x + wc * c->x + wd * d->x, wa * a.y + wb * b->y + wc * c->y + wd * d->y});
            }
            break;
        }
        case 'Z':
            if (lines.empty()) return false;
            lines.back().closed = true;
            break;
        default:
            return false;
        }
    }
    return true;
}

bool read_circle(std::string_view element, bool filled, std::vector<IconShape::Line>& lines) {
    const auto cx = PathReader(attribute(element, "cx")).number();
    const auto cy = PathReader(attribute(element, "cy")).number();
    const auto r = PathReader(attribute(element, "r")).number();
    if (!cx || !cy || !r) return false;
    constexpr int steps = 40;
    IconShape::Line line{{}, true, filled};
    for (int i = 0; i < steps; ++i) {
        const float angle = 2 * std::numbers::pi_v<float> * static_cast<float>(i) / steps;
        line.points.push_back({*cx + *r * std::cos(angle), *cy + *r * std::sin(angle)});
    }
    lines.push_back(std::move(line));
    return true;
}

} // namespace

IconShape parse_icon(std::string_view svg) {
    IconShape shape;
    const std::size_t body = svg.find('>', svg.find("<svg"));
    if (body == std::string_view::npos) return {};
    svg.remove_prefix(body + 1);
    while (true) {
        const std::size_t open = svg.find('<');
        if (open == std::string_view::npos) return {};
        const std::size_t close = svg.find('>', open);
        if (close == std::string_view::npos) return {};
        const std::string_view element = svg.substr(open + 1, close - open - 1);
        svg.remove_prefix(close + 1);
        if (element == "/svg") return shape;
        const bool filled = attribute(element, "fill") == "currentColor";
        const bool read = element.starts_with("path ")     ? read_path(attribute(element, "d"), filled, shape.lines)
                          : element.starts_with("circle ") ? read_circle(element, filled, shape.lines)
                                                           : false;
        if (!read) return {};
    }
}

const IconShape& icon_shape(Icon icon) {
    static const auto shapes = [] {
        std::array<IconShape, static_cast<std::size_t>(Icon::count)> all;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto which = static_cast<Icon>(i);
            all[i] = parse_icon(bytes_of(which));
            all[i].directional = points_somewhere(which);
        }
        return all;
    }();
    return shapes[static_cast<std::size_t>(icon)];
}

} // namespace kiosk
