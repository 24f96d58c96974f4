// SPDX-License-Identifier: EUPL-1.2
#include "forms/engine/complete.hpp"

#include "forms/engine/draft_tree.hpp"

namespace forms {
namespace {

class Filling {
public:
    Filling(const Draft::Tree& tree, std::string_view language) : tree_(tree), language_(language) {}

    std::pmr::vector<FilledItem> below(const std::vector<ItemIndex>& items, const Container& container) const {
        std::pmr::vector<FilledItem> filled(tree_.memory);
        for (std::size_t i = 0; i < items.size(); ++i) {
            const Slot& slot = container.slots[i];
            if (!slot.enabled) continue;
            if (tree_.item(items[i]).is_group())
                add_group(items[i], slot, filled);
            else
                add_question(items[i], slot, filled);
        }
        return filled;
    }

private:
    FilledItem begin(ItemIndex index, const Slot& slot) const {
        const std::string_view text = text_at(tree_.item(index), slot, language_);
        return {index, AnswerText(text, tree_.memory), std::pmr::vector<FilledAnswer>(tree_.memory),
                std::pmr::vector<FilledItem>(tree_.memory)};
    }

    void add_group(ItemIndex index, const Slot& slot, std::pmr::vector<FilledItem>& filled) const {
        for (const auto& instance : slot.instances) {
            FilledItem group = begin(index, slot);
            group.items = below(tree_.item(index).children, *instance);
            // An instance that was begun is there also while nothing in it is shown: conditions can tell it from none.
            const Item& item = tree_.item(index);
            const bool is_begun = item.repeats && (slot.instances.size() > 1 || instance->added ||
                                                   tree_.has_content(item.children, *instance));
            if (!group.items.empty() || is_begun) filled.push_back(std::move(group));
        }
    }

    void add_question(ItemIndex index, const Slot& slot, std::pmr::vector<FilledItem>& filled) const {
        FilledItem question = begin(index, slot);
        for (const AnswerNode& node : slot.answers) {
            FilledAnswer answer{std::nullopt, std::pmr::vector<FilledItem>(tree_.memory)};
            if (node.answer.value) answer.value = in_language(tree_.item(index), slot, *node.answer.value);
            answer.origin = node.answer.origin;
            if (node.nested) answer.items = below(tree_.item(index).children, *node.nested);
            if (answer.value || !answer.items.empty()) question.answers.push_back(std::move(answer));
        }
        if (!question.answers.empty()) filled.push_back(std::move(question));
    }

    /// A chosen code carries the words that were on the screen.
    Value in_language(const Item& item, const Slot& slot, const Value& value) const {
        Value copy = copy_of(value, tree_.memory);
        if (auto* const code = std::get_if<Coding>(&copy))
            if (const Offer offer = find_offer(item, slot, value);
                offer.option != nullptr && !offer.option->words.empty())
                code->display = offer.option->words.in(language_);
        return copy;
    }

    const Draft::Tree& tree_;
    std::string_view language_;
};

FilledForm filled(const Draft& draft, std::string_view language, bool complete) {
    const Draft::Tree& tree = draft.tree();
    return {tree.definition, std::string(language), complete,
            Filling(tree, language).below(tree.definition->top(), *tree.root)};
}

} // namespace

Result<FilledForm, std::vector<Issue>> complete(const Draft& draft, std::string_view language, Reader reader) {
    auto issues = draft.issues(reader);
    if (!issues.empty()) return issues;
    return filled(draft, language, true);
}

FilledForm filled_so_far(const Draft& draft, std::string_view language) { return filled(draft, language, false); }

} // namespace forms
