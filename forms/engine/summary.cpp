// SPDX-License-Identifier: EUPL-1.2
#include "forms/engine/summary.hpp"

#include "forms/base/utf8.hpp"
#include "forms/engine/draft_tree.hpp"

namespace forms {
namespace {

class Summing {
public:
    Summing(const Draft::Tree& tree, std::string_view language, Reader reader)
        : tree_(tree), language_(language), reader_(reader) {}

    std::vector<SummarySection> run() {
        below(tree_.definition->top(), *tree_.root, nullptr);
        std::erase_if(sections_, [](const SummarySection& section) { return section.lines.empty(); });
        return std::move(sections_);
    }

private:
    void below(const std::vector<ItemIndex>& items, const Container& container, const Path* parent) {
        for (std::size_t i = 0; i < items.size(); ++i) {
            const Slot& slot = container.slots[i];
            const Item& item = tree_.item(items[i]);
            const bool for_desk = item.filled_by_desk && reader_ == Reader::Citizen;
            if (!slot.enabled || item.hidden || for_desk || item.type == ItemType::Display) continue;
            const Path path = parent != nullptr ? parent->child(items[i]) : Path(items[i], {0});
            if (item.is_group())
                at_group(items[i], slot, path);
            else
                at_question(item, slot, path);
        }
    }

    void at_group(ItemIndex index, const Slot& slot, const Path& path) {
        const Item& item = tree_.item(index);
        if (!tree_.is_begun(index, slot, 0)) return;
        const std::string_view title = text_at(item, slot, language_);
        const SummarySection outer = sections_.empty() ? SummarySection{} : header(sections_.back());
        for (std::uint32_t k = 0; k < slot.instances.size(); ++k) {
            const Path here = path.with_instance(k);
            if (!title.empty()) sections_.push_back({here, title, k, item.repeats, {}});
            below(item.children, *slot.instances[k], &here);
        }
        // What follows the group belongs again to the section that was open before it.
        if (!title.empty()) sections_.push_back(outer);
    }

    void at_question(const Item& item, const Slot& slot, const Path& path) {
        if (sections_.empty()) sections_.push_back({path, {}, 0, false, {}});
        SummaryLine line{path, text_at(item, slot, language_), {}, {}, {}, item.required};
        for (const AnswerNode& node : slot.answers) {
            if (node.answer.value) {
                line.answers.push_back(&*node.answer.value);
                line.option_words.push_back(words_of(item, slot, *node.answer.value));
            } else if (!trimmed(node.answer.typed).empty()) {
                line.half_typed.push_back(&node.answer.typed);
            }
        }
        if (sections_.back().lines.empty() && sections_.back().path.depth() == 0) sections_.back().path = path;
        sections_.back().lines.push_back(std::move(line));
        for (std::uint32_t k = 0; k < slot.answers.size(); ++k) {
            if (!slot.answers[k].nested || slot.answers[k].answer.empty()) continue;
            const Path here = path.with_instance(k);
            below(item.children, *slot.answers[k].nested, &here);
        }
    }

    static SummarySection header(const SummarySection& section) {
        return {section.path, section.title, section.instance, section.repeating, {}};
    }

    std::string_view words_of(const Item& item, const Slot& slot, const Value& value) const {
        const Offer offer = find_offer(item, slot, value);
        return offer.option == nullptr ? std::string_view() : offer.option->words.in(language_);
    }

    const Draft::Tree& tree_;
    std::string_view language_;
    Reader reader_;
    std::vector<SummarySection> sections_;
};

} // namespace

std::vector<SummarySection> summary(const Draft& draft, std::string_view language, Reader reader) {
    return Summing(draft.tree(), language, reader).run();
}

} // namespace forms
