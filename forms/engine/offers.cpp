// SPDX-License-Identifier: EUPL-1.2
// What may be answered at a place, and what the person reads there, as far as an expression says so.
#include "forms/base/utf8.hpp"
#include "forms/engine/calculate.hpp"

#include <algorithm>
#include <set>

namespace forms {
namespace {

using fhirpath::Element;
using Offered = Computed::Offered;

/// The option of the form that an element is: one of a list, or one that was chosen as an answer elsewhere.
const Option* option_behind(const Draft::Tree& draft, const Element& element) {
    if (!element.node) return nullptr;
    if (const Option* const option = FormView::option_at(element.node)) return option;
    ItemIndex question = 0;
    const Coding* const code = AnswersView::coding_at(element.node, question);
    if (code == nullptr) return nullptr;
    for (const Option& option : draft.item(question).options)
        if (const auto* const listed = std::get_if<Coding>(&option.value); listed != nullptr && *listed == *code)
            return &option;
    return nullptr;
}

/// An element as something to choose; none when it is no answer of the item's type.
std::optional<Offered> offered_from(const Draft::Tree& draft, const Item& item, const Element& element) {
    const Option* const option = option_behind(draft, element);
    const bool takes_codes = item.type == ItemType::Choice || item.type == ItemType::OpenChoice;
    if (option != nullptr && takes_codes) return Offered{copy_of(option->value, draft.memory), option};
    auto value = answer_from(item, element, draft.memory);
    if (!value) return std::nullopt;
    return Offered{std::move(*value), nullptr};
}

/// Each value once, the first time it comes.
class Once {
public:
    bool is_new(const Value& value, const std::pmr::vector<Offered>& before) {
        if (const auto* const code = std::get_if<Coding>(&value); code != nullptr && !code->code.empty())
            return codes_.emplace(code->system, code->code).second;
        return std::none_of(before.begin(), before.end(), [&](const Offered& o) { return same(o.value, value); });
    }

    explicit Once(std::pmr::memory_resource* memory) : codes_(memory) {}

private:
    std::pmr::set<std::pair<AnswerText, AnswerText>> codes_;
};

bool are_same(const std::pmr::vector<Offered>& a, const std::pmr::vector<Offered>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Offered& x, const Offered& y) { return x.option == y.option && x.value == y.value; });
}

Computed& computed_of(Draft::Tree& draft, Slot& slot) {
    if (!slot.computed) slot.computed = std::make_unique<Computed>(draft.memory);
    return *slot.computed;
}

} // namespace

std::optional<std::pmr::vector<Offered>> Calculation::offers(const Formula& formula) {
    const auto result = run(formula);
    if (!result) return std::nullopt;
    const auto fail = [&](fhirpath::Trouble trouble) {
        remember(formula, trouble);
        return std::nullopt;
    };
    if (result->size() > Draft::Tree::most_offers) return fail(fhirpath::Trouble::StepsSpent);
    const Item& item = draft_.item(formula.item);
    std::pmr::vector<Offered> offered(draft_.memory);
    Once once(draft_.memory);
    for (const Element& element : *result) {
        auto one = offered_from(draft_, item, element);
        if (!one) return fail(fhirpath::Trouble::WrongTypes);
        if (once.is_new(one->value, offered)) offered.push_back(std::move(*one));
    }
    return offered;
}

std::optional<std::pmr::string> Calculation::text(const Formula& formula) {
    const auto result = run(formula);
    if (!result) return std::nullopt;
    std::pmr::string text(draft_.memory);
    if (result->empty()) return text;
    if (result->size() > 1 || !fhirpath::append_text(result->front().value, text)) {
        remember(formula, result->size() > 1 ? fhirpath::Trouble::NotSingle : fhirpath::Trouble::WrongTypes);
        return std::nullopt;
    }
    return shown_text(text, draft_.memory);
}

/// answerExpression. An answer that is offered no longer stays: it is judged, never taken away (see README).
void Draft::Tree::offer(ItemIndex index, Container& holder) {
    Slot& slot = holder.slots[item(index).position];
    const Formula& formula = *definition->formulas().find(FormulaKind::Options, index);
    Calculation calculation(*this, {&holder, 0, nullptr}, budget);
    auto offered = calculation.offers(formula);
    if (!offered) offered.emplace(memory);
    Computed& computed = computed_of(*this, slot);
    if (are_same(computed.offered, *offered)) return;
    bytes -= bytes_of(computed);
    computed.offered = std::move(*offered);
    if (bytes + bytes_of(computed) > most_bytes) {
        computed.offered.clear();
        calculation.remember(formula, fhirpath::Trouble::StepsSpent);
    }
    bytes += bytes_of(computed);
    ++revision;
}

void Draft::Tree::word(ItemIndex index, Container& holder) {
    Slot& slot = holder.slots[item(index).position];
    Calculation calculation(*this, {&holder, 0, nullptr}, budget);
    const auto text = calculation.text(*definition->formulas().find(FormulaKind::Wording, index));
    const std::string_view now = text && text->size() <= most_text_bytes ? std::string_view(*text) : std::string_view();
    Computed& computed = computed_of(*this, slot);
    if (std::string_view(computed.text.data(), computed.text.size()) == now) return;
    if (bytes - computed.text.size() + now.size() > most_bytes) return;
    bytes = bytes - computed.text.size() + now.size();
    computed.text.assign(now.begin(), now.end());
    ++revision;
}

std::size_t count_offers(const Item& item, const Slot& slot) {
    if (item.offered_by.empty()) return item.options.size();
    return slot.computed ? slot.computed->offered.size() : 0;
}

Offer offer_at(const Item& item, const Slot& slot, std::size_t number) {
    if (item.offered_by.empty()) return {&item.options[number].value, &item.options[number]};
    const Offered& offered = slot.computed->offered[number];
    return {&offered.value, offered.option};
}

Offer find_offer(const Item& item, const Slot& slot, const Value& value) {
    for (std::size_t i = 0; i < count_offers(item, slot); ++i)
        if (const Offer offer = offer_at(item, slot, i); same(*offer.value, value)) return offer;
    return {};
}

std::string_view text_at(const Item& item, const Slot& slot, std::string_view language) {
    if (slot.computed && !slot.computed->text.empty()) return {slot.computed->text.data(), slot.computed->text.size()};
    return item.text.in(language);
}

std::vector<Offer> Draft::offers(const Path& question) const {
    std::vector<Offer> all;
    const Slot* const slot = tree_->find(question);
    if (slot == nullptr) return all;
    const Item& item = tree_->item(question.item());
    for (std::size_t i = 0; i < count_offers(item, *slot); ++i)
        all.push_back(offer_at(item, *slot, i));
    return all;
}

std::string_view Draft::text(const Path& path, std::string_view language) const {
    const Slot* const slot = tree_->find(path);
    const Item& item = tree_->item(path.item());
    return slot == nullptr ? item.text.in(language) : text_at(item, *slot, language);
}

} // namespace forms
