// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/scanner/scanner_options.hpp"

#include "forms/base/utf8.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

#include <sane/sane.h>

namespace kiosk {
namespace {

constexpr double wished_dpi = 200;
constexpr double page_width_mm = 216, page_height_mm = 297; // A4, and the few millimetres more that Letter is wide
constexpr double mm_per_inch = 25.4;

/// One option of an opened scanner. Setting one may change what others there are: looked up anew each time.
class Option {
public:
    Option(SANE_Handle handle, std::string_view name) : handle_(handle) {
        SANE_Int count = 0; // option 0 holds how many there are
        if (sane_control_option(handle, 0, SANE_ACTION_GET_VALUE, &count, nullptr) != SANE_STATUS_GOOD) return;
        for (SANE_Int i = 1; i < count; ++i) {
            const SANE_Option_Descriptor* const found = sane_get_option_descriptor(handle, i);
            if (found == nullptr || found->name == nullptr || found->name != name) continue;
            if (!SANE_OPTION_IS_ACTIVE(found->cap) || !SANE_OPTION_IS_SETTABLE(found->cap)) return;
            number_ = i;
            facts_ = found;
        }
    }
    explicit operator bool() const { return facts_ != nullptr; }
    [[nodiscard]] bool numeric() const {
        return facts_->size == static_cast<SANE_Int>(sizeof(SANE_Word)) &&
               (facts_->type == SANE_TYPE_INT || facts_->type == SANE_TYPE_FIXED);
    }
    [[nodiscard]] bool pixels() const { return facts_->unit == SANE_UNIT_PIXEL; }
    [[nodiscard]] SANE_Value_Type type() const { return facts_->type; }
    [[nodiscard]] double largest() const {
        return facts_->constraint_type == SANE_CONSTRAINT_RANGE ? value_of(facts_->constraint.range->max) : 0;
    }
    [[nodiscard]] std::vector<std::string> words() const {
        std::vector<std::string> list;
        if (facts_->type == SANE_TYPE_STRING && facts_->constraint_type == SANE_CONSTRAINT_STRING_LIST)
            for (const SANE_String_Const* one = facts_->constraint.string_list; *one != nullptr; ++one)
                list.emplace_back(*one);
        return list;
    }

    bool set(double value) {
        if (facts_->constraint_type == SANE_CONSTRAINT_WORD_LIST) {
            const SANE_Word* const list = facts_->constraint.word_list;
            if (list[0] < 1) return false;
            double nearest = value_of(list[1]);
            for (SANE_Word i = 2; i <= list[0]; ++i)
                if (std::abs(value_of(list[i]) - value) < std::abs(nearest - value)) nearest = value_of(list[i]);
            value = nearest;
        } else if (facts_->constraint_type == SANE_CONSTRAINT_RANGE) {
            value = std::clamp(value, value_of(facts_->constraint.range->min), value_of(facts_->constraint.range->max));
        }
        SANE_Word word = facts_->type == SANE_TYPE_FIXED ? SANE_FIX(value) : static_cast<SANE_Word>(std::lround(value));
        return sane_control_option(handle_, number_, SANE_ACTION_SET_VALUE, &word, nullptr) == SANE_STATUS_GOOD;
    }
    bool set(bool value) {
        SANE_Word word = value ? SANE_TRUE : SANE_FALSE;
        return sane_control_option(handle_, number_, SANE_ACTION_SET_VALUE, &word, nullptr) == SANE_STATUS_GOOD;
    }
    bool set(const std::string& text) {
        if (text.size() >= static_cast<std::size_t>(facts_->size)) return false;
        std::vector<char> room(static_cast<std::size_t>(facts_->size), '\0');
        std::copy(text.begin(), text.end(), room.begin());
        return sane_control_option(handle_, number_, SANE_ACTION_SET_VALUE, room.data(), nullptr) == SANE_STATUS_GOOD;
    }
    [[nodiscard]] std::optional<double> now() const {
        SANE_Word word = 0;
        if (!numeric() || sane_control_option(handle_, number_, SANE_ACTION_GET_VALUE, &word, nullptr) != SANE_STATUS_GOOD)
            return std::nullopt;
        return value_of(word);
    }

private:
    [[nodiscard]] double value_of(SANE_Word word) const {
        return facts_->type == SANE_TYPE_FIXED ? SANE_UNFIX(word) : static_cast<double>(word);
    }
    SANE_Handle handle_;
    SANE_Int number_ = 0;
    const SANE_Option_Descriptor* facts_ = nullptr;
};

std::string small_letters(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

/// The drivers agree on few of these words.
bool is_feeder(const std::string& source) {
    const std::string text = small_letters(source);
    return text.find("adf") != std::string::npos || text.find("feeder") != std::string::npos;
}
bool is_grey(const std::string& mode) {
    const std::string text = small_letters(mode);
    return text == "gray" || text == "grey" || text == "grayscale" || text == "greyscale" || text == "true gray";
}

bool set_source(SANE_Handle handle, SheetSource wanted) {
    Option source(handle, "source");
    if (!source) return wanted == SheetSource::Glass; // the only place it has
    // Of several feeders (front, back, both sides) the first: one side of a sheet is one page.
    for (const std::string& word : source.words())
        if (is_feeder(word) == (wanted == SheetSource::Feeder)) return source.set(word);
    return source.words().empty() && wanted == SheetSource::Glass;
}

void set_area(SANE_Handle handle, double dpi) {
    const auto set = [&](const char* name, double mm) {
        Option option(handle, name);
        if (!option || !option.numeric()) return;
        (void)option.set(option.pixels() ? mm / mm_per_inch * dpi : mm); // clamped to what there is
    };
    set("tl-x", 0);
    set("tl-y", 0);
    set("br-x", page_width_mm);
    set("br-y", page_height_mm);
}

bool set_extra(SANE_Handle handle, const std::string& text) {
    const auto equals = text.find('=');
    if (equals == std::string::npos) return false;
    Option option(handle, text.substr(0, equals));
    const std::string value = text.substr(equals + 1);
    if (!option) return false;
    if (option.type() == SANE_TYPE_STRING) return option.set(value);
    if (option.type() == SANE_TYPE_BOOL) return (value == "true" || value == "false") && option.set(value == "true");
    double number = 0;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
    return read.ec == std::errc{} && read.ptr == value.data() + value.size() && option.numeric() && option.set(number);
}

} // namespace

OptionsOutcome set_options(void* handle, const ScannerSettings& settings, double& dots_per_inch) {
    if (!set_source(handle, settings.source)) return OptionsOutcome::NoSuchSource;
    if (Option mode(handle, "mode"); mode)
        for (const std::string& word : mode.words())
            if (is_grey(word)) {
                (void)mode.set(word); // else in colour: the sheet is made grey afterwards
                break;
            }
    if (Option depth(handle, "depth"); depth && depth.numeric()) (void)depth.set(8.0);
    if (Option resolution(handle, "resolution"); resolution && resolution.numeric()) (void)resolution.set(wished_dpi);
    const Option resolution(handle, "resolution");
    const auto reached = resolution ? resolution.now() : std::nullopt;
    dots_per_inch = reached.value_or(0);
    set_area(handle, reached.value_or(wished_dpi));
    for (const std::string& one : settings.extra)
        if (!set_extra(handle, one)) return OptionsOutcome::BadOption;
    return OptionsOutcome::Set;
}

} // namespace kiosk
