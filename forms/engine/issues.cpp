// SPDX-License-Identifier: EUPL-1.2
#include "forms/base/utf8.hpp"
#include "forms/engine/calculate.hpp"
#include "forms/engine/draft_tree.hpp"

#include <algorithm>
#include <array>

namespace forms {
namespace {

Value count_of(std::size_t n) { return static_cast<std::int32_t>(n); }

/// Length in characters, of texts and of numbers as they are written (FHIR R4 `maxLength`).
std::size_t length_of(const Value& value) {
    if (const auto* const text = std::get_if<AnswerText>(&value)) return count_code_points(*text);
    if (const auto* const number = std::get_if<Decimal>(&value)) return number->text().size();
    if (const auto* const whole = std::get_if<std::int32_t>(&value)) return std::to_string(*whole).size();
    return 0;
}

bool is_allowed(const Item& item, const Slot& slot, const Value& value) {
    if (!item.has_options() || find_offer(item, slot, value).value != nullptr) return true;
    return item.type == ItemType::OpenChoice && std::holds_alternative<AnswerText>(value);
}

bool is_known_unit(const Item& item, const Quantity& quantity) {
    return std::any_of(item.units.begin(), item.units.end(), [&](const Coding& unit) {
        if (!unit.code.empty()) return unit.code == quantity.code && unit.system == quantity.system;
        return unit.display == quantity.unit;
    });
}

/// How FHIR writes a number or a moment. None for what is no such value.
std::optional<std::string> spelling_of(const Value& value) {
    if (const auto* const number = std::get_if<Decimal>(&value)) return number->text();
    if (const auto* const whole = std::get_if<std::int32_t>(&value)) return std::to_string(*whole);
    if (const auto* const date = std::get_if<PartialDate>(&value)) return date->text();
    if (const auto* const moment = std::get_if<PartialDateTime>(&value)) return moment->text();
    if (const auto* const time = std::get_if<TimeOfDay>(&value)) return time->text();
    return std::nullopt;
}

/// "image/png" is of the kind "image/png", "image/*" and "*/*"; parameters behind ";" do not matter.
bool is_of_kind(std::string_view type, std::string_view kind) {
    type = trimmed(type.substr(0, type.find(';')));
    if (kind.ends_with("/*"))
        return kind == "*/*" ||
               equals_ignoring_ascii_case(type.substr(0, kind.size() - 1), kind.substr(0, kind.size() - 1));
    return equals_ignoring_ascii_case(type, kind);
}

void find_file_issues(const Item& item, const Path& path, const AttachmentRef& file, std::vector<Issue>& issues) {
    const bool is_wanted = item.mime_types.empty() ||
                           std::any_of(item.mime_types.begin(), item.mime_types.end(),
                                       [&](const std::string& kind) { return is_of_kind(file.content_type, kind); });
    if (!is_wanted) issues.push_back({path, IssueCode::WrongFileType, std::nullopt});
    if (item.max_bytes > 0 && file.size > item.max_bytes)
        issues.push_back({path, IssueCode::FileTooBig, Value(Decimal::scaled(item.max_bytes, 0))});
}

void find_value_issues(const Item& item, const Path& path, const Slot& slot, const Value& value,
                       std::vector<Issue>& issues) {
    const std::size_t length = length_of(value);
    if (item.max_length > 0 && length > static_cast<std::size_t>(item.max_length))
        issues.push_back({path, IssueCode::TooLong, item.max_length});
    if (length > 0 && length < static_cast<std::size_t>(item.min_length))
        issues.push_back({path, IssueCode::TooShort, item.min_length});
    if (item.min_value && compare(value, *item.min_value) == Order::Less)
        issues.push_back({path, IssueCode::BelowMinimum, *item.min_value});
    if (item.max_value && compare(value, *item.max_value) == Order::Greater)
        issues.push_back({path, IssueCode::AboveMaximum, *item.max_value});
    if (const auto* const number = std::get_if<Decimal>(&value);
        number != nullptr && item.max_decimals >= 0 && number->decimals() > item.max_decimals)
        issues.push_back({path, IssueCode::TooManyDecimals, item.max_decimals});
    if (item.pattern) {
        const auto* const text = std::get_if<AnswerText>(&value);
        const auto spelling = text == nullptr ? spelling_of(value) : std::nullopt;
        if ((text != nullptr && !item.pattern->matches(*text)) || (spelling && !item.pattern->matches(*spelling)))
            issues.push_back({path, IssueCode::PatternMismatch, std::nullopt});
    }
    if (const auto* const file = std::get_if<AttachmentRef>(&value)) find_file_issues(item, path, *file, issues);
    if (!is_allowed(item, slot, value)) issues.push_back({path, IssueCode::NotAnOption, std::nullopt});
    if (const auto* const quantity = std::get_if<Quantity>(&value);
        quantity != nullptr && !item.units.empty() && !item.open_units && !is_known_unit(item, *quantity))
        issues.push_back({path, IssueCode::WrongUnit, std::nullopt});
}

bool is_present(const Answer& answer) { return answer.value || !trimmed(answer.typed).empty(); }

std::size_t count_present(const Slot& slot) {
    return static_cast<std::size_t>(std::count_if(slot.answers.begin(), slot.answers.end(),
                                                  [](const AnswerNode& node) { return is_present(node.answer); }));
}

/// Required, and a person can do something about it: what is never shown or only read is filled in by the program.
bool is_owed(const Item& item) { return item.required && !item.hidden && !item.read_only; }

void find_count_issues(const Item& item, const Path& path, std::size_t count, bool must_be_there,
                       std::vector<Issue>& issues) {
    if (count == 0) {
        if (must_be_there && is_owed(item)) issues.push_back({path, IssueCode::RequiredMissing, std::nullopt});
        return;
    }
    if (item.min_occurs > 0 && count < static_cast<std::size_t>(item.min_occurs))
        issues.push_back({path, IssueCode::TooFew, item.min_occurs});
    if (item.max_occurs > 0 && count > static_cast<std::size_t>(item.max_occurs))
        issues.push_back({path, IssueCode::TooMany, item.max_occurs});
}

/// Goes through the enabled items and remembers in which of them nothing has to be there: below an instance that was
/// not begun, and below a question without an answer. FHIR R4 on `required`: it holds when the parent is present.
class IssueWalk {
public:
    IssueWalk(const Draft::Tree& tree, Reader reader) : tree_(tree), reader_(reader) {}

    std::vector<Issue> run() {
        below(tree_.definition->top(), *tree_.root, nullptr, true);
        return std::move(issues_);
    }

    /// Only at one place: looks at what stands around it and, for a group, below it, and at nothing else of the form.
    std::vector<Issue> run_at(const Path& path) {
        const Container* const holder = tree_.holder_of(path.with_instance(0));
        if (holder == nullptr) return {};
        const Item& item = tree_.item(path.item());
        bool must_be_there = true;
        const Container* inside = nullptr;
        const Container* at = holder;
        for (std::optional<ItemIndex> up = path.item(); up; up = tree_.item(*up).parent) {
            const Item& its = tree_.item(*up);
            const Slot& slot = at->slots[its.position];
            if (!slot.enabled || is_not_judged(its)) return {};
            if (inside != nullptr && its.is_group())
                must_be_there = must_be_there && tree_.is_begun(*up, slot, inside->instance);
            else if (inside != nullptr)
                must_be_there = must_be_there && is_present(slot.answers[inside->instance].answer);
            inside = at;
            at = at->around;
        }
        const Path first = path.with_instance(0);
        const Slot& slot = holder->slots[item.position];
        if (item.is_group())
            at_group(path.item(), slot, first, must_be_there);
        else
            at_question(item, slot, first, must_be_there);
        std::erase_if(issues_, [&](const Issue& issue) { return issue.path.with_instance(0) != first; });
        return std::move(issues_);
    }

private:
    [[nodiscard]] bool is_not_judged(const Item& item) const {
        return item.type == ItemType::Display || (item.filled_by_desk && reader_ == Reader::Citizen);
    }

    void below(const std::vector<ItemIndex>& items, const Container& container, const Path* parent,
               bool must_be_there) {
        for (std::size_t i = 0; i < items.size(); ++i) {
            const Slot& slot = container.slots[i];
            const Item& item = tree_.item(items[i]);
            if (!slot.enabled || is_not_judged(item)) continue;
            const Path path = parent != nullptr ? parent->child(items[i]) : Path(items[i], {0});
            if (item.is_group())
                at_group(items[i], slot, path, must_be_there);
            else
                at_question(item, slot, path, must_be_there);
        }
    }

    void at_group(ItemIndex index, const Slot& slot, const Path& path, bool must_be_there) {
        const Item& item = tree_.item(index);
        const std::size_t before = issues_.size();
        std::size_t begun = 0;
        for (std::uint32_t k = 0; k < slot.instances.size(); ++k) {
            const Path here = path.with_instance(k);
            const bool is_begun = tree_.is_begun(index, slot, k);
            if (is_begun) ++begun;
            below(item.children, *slot.instances[k], &here, must_be_there && is_begun);
        }
        if (item.repeats) find_count_issues(item, path, begun, must_be_there, issues_);
        // A required group needs at least one answer; what its questions miss says it better, where they do.
        if (is_owed(item) && must_be_there && issues_.size() == before && !tree_.has_content(index, slot))
            issues_.push_back({path, IssueCode::RequiredMissing, std::nullopt});
    }

    void at_question(const Item& item, const Slot& slot, const Path& path, bool must_be_there) {
        find_count_issues(item, path, count_present(slot), must_be_there, issues_);
        find_answer_issues(item, path, slot, issues_);
        for (std::uint32_t k = 0; k < slot.answers.size(); ++k) {
            if (!slot.answers[k].nested) continue;
            const Path here = path.with_instance(k);
            below(item.children, *slot.answers[k].nested, &here, must_be_there && is_present(slot.answers[k].answer));
        }
    }

    const Draft::Tree& tree_;
    Reader reader_;
    std::vector<Issue> issues_;
};

} // namespace

void find_answer_issues(const Item& item, const Path& question, const Slot& slot, std::vector<Issue>& issues) {
    bool exclusive = false;
    for (std::uint32_t k = 0; k < slot.answers.size(); ++k) {
        const Answer& answer = slot.answers[k].answer;
        if (!is_present(answer)) continue;
        const Path path = question.with_instance(k);
        if (!answer.value) {
            issues.push_back({path, IssueCode::Malformed, std::nullopt});
            continue;
        }
        find_value_issues(item, path, slot, *answer.value, issues);
        if (const Offer offer = find_offer(item, slot, *answer.value);
            offer.option != nullptr && offer.option->exclusive)
            exclusive = true;
    }
    if (const std::size_t count = count_present(slot); exclusive && count > 1)
        issues.push_back({question.with_instance(0), IssueCode::ExclusiveMixed, count_of(1)});
}

namespace {
constexpr std::array<std::pair<Origin::Source, std::string_view>, 4> origin_codes = {{
    {Origin::Source::Person, "person"},
    {Origin::Source::BarCode, "bar-code"},
    {Origin::Source::ReadableZone, "machine-readable-zone"},
    {Origin::Source::CardChip, "card-chip"},
}};
} // namespace

std::string_view code_of(Origin::Source source) { return origin_codes[static_cast<std::size_t>(source)].second; }

std::optional<Origin::Source> origin_source(std::string_view code) {
    for (const auto& [source, name] : origin_codes)
        if (name == code) return source;
    return std::nullopt;
}

std::string_view code_of(IssueCode code) {
    switch (code) { // no default: the compiler names the one we forgot
    case IssueCode::RequiredMissing:
        return "required-missing";
    case IssueCode::TooLong:
        return "too-long";
    case IssueCode::TooShort:
        return "too-short";
    case IssueCode::BelowMinimum:
        return "below-minimum";
    case IssueCode::AboveMaximum:
        return "above-maximum";
    case IssueCode::TooManyDecimals:
        return "too-many-decimals";
    case IssueCode::NotAnOption:
        return "not-an-option";
    case IssueCode::Malformed:
        return "malformed";
    case IssueCode::TooFew:
        return "too-few";
    case IssueCode::TooMany:
        return "too-many";
    case IssueCode::WrongUnit:
        return "wrong-unit";
    case IssueCode::WrongType:
        return "wrong-type";
    case IssueCode::PatternMismatch:
        return "pattern-mismatch";
    case IssueCode::WrongFileType:
        return "wrong-file-type";
    case IssueCode::FileTooBig:
        return "file-too-big";
    case IssueCode::ExclusiveMixed:
        return "exclusive-mixed";
    case IssueCode::ConstraintBroken:
        return "constraint-broken";
    }
    return "";
}

namespace {

/// Places in the order of the form: by item, and within it by instance, from the outermost down.
bool stands_before(const Definition& definition, const Path& a, const Path& b) {
    const auto x = definition.line_of(a.item());
    const auto y = definition.line_of(b.item());
    for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
        if (x[i] != y[i]) return x[i] < y[i];
        if (a.instances()[i] != b.instances()[i]) return a.instances()[i] < b.instances()[i];
    }
    return x.size() < y.size();
}

} // namespace

std::vector<Issue> Draft::issues(Reader reader) const {
    auto issues = IssueWalk(*tree_, reader).run();
    auto broken = broken_constraints(*tree_, false, reader);
    if (broken.empty()) return issues;
    std::move(broken.begin(), broken.end(), std::back_inserter(issues));
    std::stable_sort(issues.begin(), issues.end(), [this](const Issue& a, const Issue& b) {
        return stands_before(*tree_->definition, a.path, b.path);
    });
    return issues;
}

std::vector<Issue> Draft::warnings(Reader reader) const { return broken_constraints(*tree_, true, reader); }

std::vector<Issue> Draft::issues_of(const Path& question, Reader reader) const {
    auto issues = IssueWalk(*tree_, reader).run_at(question);
    const Path first = question.with_instance(0);
    for (Issue& issue : broken_constraints(*tree_, false, reader, question.item()))
        if (issue.path.with_instance(0) == first) issues.push_back(std::move(issue));
    return issues;
}

std::vector<Issue> Draft::warnings_of(const Path& question, Reader reader) const {
    auto warnings = broken_constraints(*tree_, true, reader, question.item());
    const Path first = question.with_instance(0);
    std::erase_if(warnings, [&first](const Issue& issue) { return issue.path.with_instance(0) != first; });
    return warnings;
}

} // namespace forms
