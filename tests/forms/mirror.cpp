// SPDX-License-Identifier: EUPL-1.2
#include "tests/forms/mirror.hpp"

#include <algorithm>

using namespace forms;

namespace forms_in_tests {
namespace {

Path path_below(const Path* parent, ItemIndex item) {
    return parent != nullptr ? parent->child(item) : Path(item, {0});
}

/// An occurrence of an item and its order; null where it would stand below a question without an answer.
struct Occurrence {
    std::size_t order = 0;
    const Place* place = nullptr;
};

void find(const Definition& definition, const Box& box, ItemIndex item, std::vector<Occurrence>& found) {
    for (const Place& place : box.places) {
        if (place.item == item) found.push_back({place.order, &place});
        if (!definition.is_ancestor(place.item, item)) continue;
        for (const auto& instance : place.instances)
            find(definition, *instance, item, found);
        bool answered = !place.instances.empty();
        for (const AnswerCopy& answer : place.answers) {
            if (!answer.value) continue;
            answered = true;
            find(definition, *answer.nested, item, found);
        }
        if (!answered) found.push_back({place.order, nullptr});
    }
}

bool answers_so(const Condition& condition, const std::vector<const Value*>& answers) {
    const auto some = [&](auto&& matches) {
        return std::any_of(answers.begin(), answers.end(), [&](const Value* value) { return matches(*value); });
    };
    const auto stands = [&](auto&& wanted) {
        return some([&](const Value& value) {
            const auto order = compare(value, condition.operand);
            return order && wanted(*order);
        });
    };
    switch (condition.op) { // no default: the compiler names the one we forgot
    case Operator::Exists:
        return answers.empty() != std::get<bool>(condition.operand);
    case Operator::Equal:
        return some([&](const Value& value) { return same(value, condition.operand); });
    case Operator::NotEqual:
        return !answers.empty() && !some([&](const Value& value) { return same(value, condition.operand); });
    case Operator::Greater:
        return stands([](Order order) { return order == Order::Greater; });
    case Operator::Less:
        return stands([](Order order) { return order == Order::Less; });
    case Operator::GreaterOrEqual:
        return stands([](Order order) { return order != Order::Less; });
    case Operator::LessOrEqual:
        return stands([](Order order) { return order != Order::Greater; });
    }
    return false;
}

bool equal(const Box& a, const Box& b);

bool equal(const AnswerCopy& a, const AnswerCopy& b) {
    return a.value == b.value && a.typed == b.typed && (!a.nested || equal(*a.nested, *b.nested));
}

bool equal(const Place& a, const Place& b) {
    if (a.computed && b.computed) return true;
    return std::equal(a.answers.begin(), a.answers.end(), b.answers.begin(), b.answers.end(),
                      [](const AnswerCopy& x, const AnswerCopy& y) { return equal(x, y); }) &&
           std::equal(a.instances.begin(), a.instances.end(), b.instances.begin(), b.instances.end(),
                      [](const auto& x, const auto& y) { return equal(*x, *y); });
}

bool equal(const Box& a, const Box& b) {
    return std::equal(a.places.begin(), a.places.end(), b.places.begin(), b.places.end(),
                      [](const Place& x, const Place& y) { return equal(x, y); });
}

bool is_empty(const Box& box) {
    return std::all_of(box.places.begin(), box.places.end(), [](const Place& place) {
        if (place.computed) return true;
        return std::all_of(place.answers.begin(), place.answers.end(),
                           [](const AnswerCopy& answer) {
                               return !answer.value && answer.typed.empty() &&
                                      (!answer.nested || is_empty(*answer.nested));
                           }) &&
               std::all_of(place.instances.begin(), place.instances.end(),
                           [](const auto& instance) { return is_empty(*instance); });
    });
}

/// Whether the answers (or instances) of `after` are those of `before` in this order; `now(k)` names the old number of
/// the new k-th, or none where it does not matter.
template <class List, class Same>
bool are(const List& before, const List& after, std::size_t size, Same&& same_one,
         const std::function<std::optional<std::size_t>(std::size_t)>& now) {
    if (after.size() != size) return false;
    for (std::size_t k = 0; k < size; ++k)
        if (const auto old = now(k); old && !same_one(before[*old], after[k])) return false;
    return true;
}

/// The one place that was edited.
std::string flaw_of_answers(const Place& before, const Place& after, const Edit& edit, bool nests) {
    const std::size_t k = edit.path.instance();
    const std::size_t size = before.answers.size();
    const auto same_answer = [](const AnswerCopy& a, const AnswerCopy& b) { return equal(a, b); };
    const auto all_but = [](std::size_t one) {
        return [one](std::size_t i) { return i == one ? std::nullopt : std::optional(i); };
    };
    switch (edit.kind) { // no default: the compiler names the one we forgot
    case Edit::Kind::Set:
    case Edit::Kind::Type:
        if (k >= size && equal(before, after)) return edit.kind == Edit::Kind::Type ? "" : "nothing was set";
        // A single answer that was emptied is none.
        if (after.answers.empty()) return size <= 1 && edit.kind == Edit::Kind::Type ? "" : "answers vanished";
        if (size != 0 && !are(before.answers, after.answers, std::max(size, k + 1), same_answer, all_but(k)))
            return "another answer changed";
        if (k < size && nests && !equal(*before.answers[k].nested, *after.answers[k].nested))
            return "what stands below the answer changed";
        return "";
    case Edit::Kind::Clear:
        if (k >= size) return equal(before, after) ? "" : "nothing was there to be cleared";
        if (size == 1 && nests)
            return after.answers.size() == 1 && !after.answers[0].value && after.answers[0].typed.empty() &&
                           equal(*before.answers[0].nested, *after.answers[0].nested)
                       ? ""
                       : "the first answer's place was not kept";
        // When one line is left and it is empty, there is no answer.
        if (after.answers.empty()) return size <= 2 ? "" : "answers vanished";
        return are(before.answers, after.answers, size - 1, same_answer,
                   [k](std::size_t i) { return std::optional(i < k ? i : i + 1); })
                   ? ""
                   : "another answer changed";
    case Edit::Kind::ClearAll:
        if (after.answers.empty()) return "";
        return after.answers.size() == 1 && !after.answers[0].value && after.answers[0].typed.empty()
                   ? ""
                   : "answers are left";
    case Edit::Kind::Choose:
    case Edit::Kind::TakeBack:
        return ""; // asked of the draft itself
    case Edit::Kind::AddInstance:
    case Edit::Kind::RemoveInstance:
    case Edit::Kind::MoveInstance:
        break;
    }
    return "a question has no instances";
}

std::string flaw_of_instances(const Place& before, const Place& after, const Edit& edit) {
    const std::size_t k = edit.path.instance();
    const std::size_t size = before.instances.size();
    const auto same_one = [](const auto& a, const auto& b) { return equal(*a, *b); };
    const auto are_now = [&](std::size_t count, const std::function<std::optional<std::size_t>(std::size_t)>& now) {
        return are(before.instances, after.instances, count, same_one, now);
    };
    switch (edit.kind) { // no default: the compiler names the one we forgot
    case Edit::Kind::AddInstance:
        if (size == 1 && equal(before, after)) return ""; // the first was begun
        return are_now(size + 1, [size](std::size_t i) { return i < size ? std::optional(i) : std::nullopt; })
                   ? ""
                   : "adding changed another instance";
    case Edit::Kind::RemoveInstance:
        if (size == 1) return after.instances.size() == 1 && is_empty(*after.instances[0]) ? "" : "it was not emptied";
        return are_now(size - 1, [k](std::size_t i) { return std::optional(i < k ? i : i + 1); })
                   ? ""
                   : "removing changed another instance";
    case Edit::Kind::MoveInstance:
        return are_now(size,
                       [k, to = edit.to](std::size_t i) -> std::optional<std::size_t> {
                           if (i == to) return k;
                           if (k < to && i >= k && i < to) return i + 1;
                           if (k > to && i > to && i <= k) return i - 1;
                           return i;
                       })
                   ? ""
                   : "moving lost the order";
    case Edit::Kind::Set:
    case Edit::Kind::Type:
    case Edit::Kind::Choose:
    case Edit::Kind::TakeBack:
    case Edit::Kind::Clear:
    case Edit::Kind::ClearAll:
        break;
    }
    return "a group has no answers";
}

/// Walks both trees to the place of the edit; everything beside that way must be as it was.
std::string flaw_along(const Box& before, const Box& after, std::span<const ItemIndex> line,
                       std::span<const std::uint32_t> instances, const Edit& edit, const Definition& definition) {
    for (std::size_t i = 0; i < before.places.size(); ++i) {
        const Place& old = before.places[i];
        const Place& fresh = after.places[i];
        if (old.item != line.front()) {
            if (!equal(old, fresh)) return "an answer elsewhere changed";
            continue;
        }
        const Item& item = definition.item(old.item);
        if (line.size() == 1) {
            const std::string flaw = item.is_group() ? flaw_of_instances(old, fresh, edit)
                                                     : flaw_of_answers(old, fresh, edit, !item.children.empty());
            if (!flaw.empty()) return flaw;
            continue;
        }
        const std::size_t count = item.is_group() ? old.instances.size() : old.answers.size();
        if (count != (item.is_group() ? fresh.instances.size() : fresh.answers.size())) return "instances came or went";
        for (std::size_t k = 0; k < count; ++k) {
            const Box* const a = item.is_group() ? old.instances[k].get() : old.answers[k].nested.get();
            const Box* const b = item.is_group() ? fresh.instances[k].get() : fresh.answers[k].nested.get();
            if (k != instances.front()) {
                if (!equal(*a, *b)) return "another instance changed";
            } else if (std::string flaw = flaw_along(*a, *b, line.subspan(1), instances.subspan(1), edit, definition);
                       !flaw.empty()) {
                return flaw;
            }
        }
    }
    return "";
}

void fill(Draft& draft, const Box& box, const Path* parent) {
    const Definition& definition = draft.definition();
    for (const Place& place : box.places) {
        const Item& item = definition.item(place.item);
        const Path first = path_below(parent, place.item);
        for (std::uint32_t k = 0; k < place.instances.size(); ++k) {
            if (item.repeats && place.begun && draft.begun_instances(first) <= k)
                (void)draft.add_instance(first, Start::Empty);
            const Path here = first.with_instance(k);
            fill(draft, *place.instances[k], &here);
        }
        for (std::uint32_t k = 0; k < place.answers.size(); ++k) {
            const AnswerCopy& answer = place.answers[k];
            const Path here = first.with_instance(k);
            if (answer.value) {
                (void)draft.set(here, *answer.value, Writer::Program);
            } else {
                (void)draft.begin_answer(here);
                // What was no option when it was typed is none until it is typed again: here it might be one by now.
                (void)draft.type(here, item.offered_by.empty() ? answer.typed : "?" + answer.typed);
            }
            if (answer.nested) fill(draft, *answer.nested, &here);
        }
    }
}

} // namespace

Mirror::Mirror(const Draft& draft)
    : definition_(draft.shared_definition()), top_(copy(draft, nullptr, definition_->top(), nullptr, 0)) {}

std::unique_ptr<Box> Mirror::copy(const Draft& draft, const Path* parent, const std::vector<ItemIndex>& items,
                                  const Place* around, std::size_t number) {
    auto box = std::make_unique<Box>();
    box->around = around;
    box->number = number;
    box->places.resize(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
        Place& place = box->places[i];
        place.item = items[i];
        place.in = box.get();
        place.order = count_++;
        const Item& item = definition_->item(items[i]);
        place.computed = !item.calculated_by.empty();
        const Path first = path_below(parent, items[i]);
        if (item.is_group()) {
            place.begun = draft.begun_instances(first) > 0;
            for (std::uint32_t k = 0; k < draft.instances(first); ++k) {
                const Path here = first.with_instance(k);
                place.instances.push_back(copy(draft, &here, item.children, &place, k));
            }
            continue;
        }
        const auto answers = draft.answers(first);
        const bool nests = item.is_question() && !item.children.empty();
        for (std::uint32_t k = 0; k < std::max<std::size_t>(answers.size(), nests ? 1 : 0); ++k) {
            AnswerCopy& answer = place.answers.emplace_back();
            if (k < answers.size()) {
                if (answers[k]->value) answer.value = copy_of(*answers[k]->value, std::pmr::get_default_resource());
                answer.typed = std::string(answers[k]->typed);
            }
            const Path here = first.with_instance(k);
            if (nests) answer.nested = copy(draft, &here, item.children, &place, k);
        }
    }
    return box;
}

bool Mirror::is_enabled(const Place& place) const {
    if (place.enabled) return *place.enabled;
    const Item& item = definition_->item(place.item);
    const auto one = [&](const Condition& condition) { return holds(condition, place); };
    const auto& conditions = item.conditions;
    const bool hold = !item.enabled_by.empty()
                          ? says(item.enabled_by)
                          : conditions.empty() || (item.behavior == Behavior::All
                                                       ? std::all_of(conditions.begin(), conditions.end(), one)
                                                       : std::any_of(conditions.begin(), conditions.end(), one));
    const Place* const around = place.in->around;
    place.enabled = hold && (around == nullptr || is_enabled(*around));
    return *place.enabled;
}

bool Mirror::holds(const Condition& condition, const Place& place) const {
    std::vector<const Value*> answers;
    const auto add = [&](const Place& source, const AnswerCopy& answer) {
        if (answer.value && is_enabled(source)) answers.push_back(&*answer.value);
    };
    for (const Box* box = place.in;; box = box->around->in) {
        if (box->around != nullptr && box->around->item == condition.source) {
            add(*box->around, box->around->answers[box->number]);
            break;
        }
        std::vector<Occurrence> found;
        find(*definition_, *box, condition.source, found);
        if (found.empty()) continue;
        Occurrence nearest = found.front();
        for (const Occurrence& candidate : found)
            if (candidate.order < place.order) nearest = candidate;
        if (nearest.place != nullptr)
            for (const AnswerCopy& answer : nearest.place->answers)
                add(*nearest.place, answer);
        break;
    }
    return answers_so(condition, answers);
}

std::vector<Path> Mirror::enabled() const {
    std::vector<Path> all;
    const std::function<void(const Box&, const Path*)> below = [&](const Box& box, const Path* parent) {
        for (const Place& place : box.places) {
            if (!is_enabled(place)) continue;
            const Path first = path_below(parent, place.item);
            if (!definition_->item(place.item).is_group()) all.push_back(first);
            for (std::uint32_t k = 0; k < place.instances.size(); ++k) {
                all.push_back(first.with_instance(k));
                const Path here = all.back(); // the list grows below
                below(*place.instances[k], &here);
            }
            for (std::uint32_t k = 0; k < place.answers.size(); ++k) {
                const Path here = first.with_instance(k);
                if (place.answers[k].nested) below(*place.answers[k].nested, &here);
            }
        }
    };
    below(*top_, nullptr);
    return all;
}

std::string Mirror::flaw_of(const Edit& edit, const Mirror& after) const {
    const bool changed = edit.outcome == Outcome::Accepted || edit.outcome == Outcome::NotYetAValue;
    if (!changed) return equal(*top_, *after.top_) ? "" : "a refused edit changed something";
    return flaw_along(*top_, *after.top_, definition_->line_of(edit.path.item()), edit.path.instances(), edit,
                      *definition_);
}

Draft Mirror::rebuilt() const {
    Draft draft(definition_, std::pmr::get_default_resource(), Start::Empty);
    fill(draft, *top_, nullptr);
    return draft;
}

} // namespace forms_in_tests
