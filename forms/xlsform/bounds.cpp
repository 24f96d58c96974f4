// SPDX-License-Identifier: EUPL-1.2
// constraint → minValue, maxValue, minLength, maxLength, regex, where they say exactly the same.
#include "forms/base/calendar.hpp"
#include "forms/base/decimal.hpp"
#include "forms/xlsform/rules.hpp"

namespace forms::xlsform {
namespace {

class BoundsReader {
public:
    BoundsReader(const XTree& tree, PieceKind kind) : tree_(tree), kind_(kind) {}

    bool read(std::uint32_t index) {
        const XNode& here = tree_.at(index);
        if (here.kind == XKind::And) return read(here.inputs[0]) && read(here.inputs[1]);
        if (here.kind == XKind::Call && here.text == "regex") return read_pattern(here);
        if (here.inputs.size() != 2) return false;
        const XNode& left = tree_.at(here.inputs[0]);
        const XNode& right = tree_.at(here.inputs[1]);
        if (left.kind == XKind::Self) return read_bound(here.kind, right);
        if (right.kind == XKind::Self) return read_bound(mirrored(here.kind), left);
        const bool length = left.kind == XKind::Call && left.text == "string-length" && left.inputs.size() == 1 &&
                            tree_.at(left.inputs[0]).kind == XKind::Self;
        return length && read_length(here.kind, right);
    }

    Bounds bounds;

private:
    static XKind mirrored(XKind kind) {
        if (kind == XKind::Less) return XKind::Greater;
        if (kind == XKind::LessOrEqual) return XKind::GreaterOrEqual;
        if (kind == XKind::Greater) return XKind::Less;
        if (kind == XKind::GreaterOrEqual) return XKind::LessOrEqual;
        return kind;
    }

    bool read_pattern(const XNode& here) {
        if (here.inputs.size() != 2 || tree_.at(here.inputs[0]).kind != XKind::Self || kind_ != PieceKind::Text ||
            tree_.at(here.inputs[1]).kind != XKind::Text || bounds.pattern)
            return false;
        bounds.pattern = tree_.at(here.inputs[1]).text;
        return true;
    }

    std::optional<std::string> written(const XNode& here) const {
        if (here.kind == XKind::Number || here.kind == XKind::Text) return here.text;
        if (here.kind == XKind::Negate && tree_.at(here.inputs[0]).kind == XKind::Number)
            return "-" + tree_.at(here.inputs[0]).text;
        if (here.kind == XKind::Call && here.text == "date" && here.inputs.size() == 1 &&
            tree_.at(here.inputs[0]).kind == XKind::Text)
            return tree_.at(here.inputs[0]).text;
        return std::nullopt;
    }

    bool read_bound(XKind kind, const XNode& with) {
        const auto text = written(with);
        if (!text) return false;
        const bool low = kind == XKind::Greater || kind == XKind::GreaterOrEqual;
        const bool high = kind == XKind::Less || kind == XKind::LessOrEqual;
        if (!low && !high) return false;
        auto& bound = low ? bounds.smallest : bounds.largest;
        if (bound) return false;
        const bool strict = kind == XKind::Greater || kind == XKind::Less;
        if (kind_ == PieceKind::Date) {
            const auto date = PartialDate::parse(*text);
            if (strict || !date || !date->complete()) return false;
            bound = date->text();
            return true;
        }
        const auto number = Decimal::parse(*text);
        if (!number || !is_exact_in_json(*number)) return false;
        if (kind_ != PieceKind::Whole && kind_ != PieceKind::Number) return false;
        if (kind_ == PieceKind::Number) {
            if (strict) return false; // there is no next decimal number
            bound = number->text();
            return true;
        }
        const auto whole = number->whole();
        constexpr std::int32_t far = 2'000'000'000;
        if (!whole || *whole > far || *whole < -far) return false;
        bound = std::to_string(strict ? (low ? *whole + 1 : *whole - 1) : *whole);
        return true;
    }

    bool read_length(XKind kind, const XNode& with) {
        const auto number = with.kind == XKind::Number ? Decimal::parse(with.text) : std::nullopt;
        const auto whole = number ? number->whole() : std::nullopt;
        constexpr std::int32_t far = 65'536;
        if (!whole || *whole > far || kind_ != PieceKind::Text) return false;
        const bool low = kind == XKind::Greater || kind == XKind::GreaterOrEqual || kind == XKind::Equal;
        const bool high = kind == XKind::Less || kind == XKind::LessOrEqual || kind == XKind::Equal;
        if ((!low && !high) || (low && bounds.shortest) || (high && bounds.longest)) return false;
        if (low) bounds.shortest = kind == XKind::Greater ? *whole + 1 : *whole;
        if (high) bounds.longest = kind == XKind::Less ? *whole - 1 : *whole;
        return !bounds.longest || *bounds.longest >= 1;
    }

    const XTree& tree_;
    PieceKind kind_;
};

} // namespace

std::optional<Bounds> as_bounds(const XTree& tree, PieceKind kind) {
    BoundsReader reader(tree, kind);
    if (!reader.read(tree.root())) return std::nullopt;
    return reader.bounds;
}

} // namespace forms::xlsform
