// SPDX-License-Identifier: EUPL-1.2
#include "forms/engine/pages.hpp"

#include "forms/engine/draft_tree.hpp"

#include <algorithm>

namespace forms {
namespace {

bool is_shown(const Item& item, Reader reader) {
    return !item.hidden && !item.attached_text && !(item.filled_by_desk && reader == Reader::Citizen);
}

class Paging {
public:
    Paging(const Draft::Tree& tree, Reader reader) : tree_(tree), reader_(reader) {}

    std::vector<Page> run() {
        below(tree_.definition->top(), *tree_.root, nullptr);
        if (!texts_.empty()) add(PageKind::Notice, texts_.front());
        return std::move(pages_);
    }

private:
    void add(PageKind kind, const Path& path) { pages_.push_back({kind, path, std::exchange(texts_, {}), sections_}); }

    void below(const std::vector<ItemIndex>& items, const Container& container, const Path* parent) {
        for (std::size_t i = 0; i < items.size(); ++i) {
            const Slot& slot = container.slots[i];
            const Item& item = tree_.item(items[i]);
            if (!slot.enabled || !is_shown(item, reader_)) continue;
            const Path path = parent != nullptr ? parent->child(items[i]) : Path(items[i], {0});
            if (item.type == ItemType::Display) {
                // A text under a question was shown with it already.
                if (!item.parent || tree_.item(*item.parent).is_group()) texts_.push_back(path);
            } else if (item.is_group()) {
                at_group(items[i], slot, path);
            } else {
                at_question(item, slot, path);
            }
        }
    }

    void at_group(ItemIndex index, const Slot& slot, const Path& path) {
        const Item& item = tree_.item(index);
        if (item.repeats) add(PageKind::Repeat, path);
        if (!tree_.is_begun(index, slot, 0)) return;
        for (std::uint32_t k = 0; k < slot.instances.size(); ++k) {
            const Path here = path.with_instance(k);
            if (!item.text.empty()) sections_.push_back(here);
            below(item.children, *slot.instances[k], &here);
            if (!item.text.empty()) sections_.pop_back();
        }
    }

    void at_question(const Item& item, const Slot& slot, const Path& path) {
        for (std::size_t i = 0; i < item.children.size(); ++i) {
            const Item& child = tree_.item(item.children[i]);
            const bool enabled = slot.answers[0].nested->slots[i].enabled;
            if (child.type == ItemType::Display && enabled && is_shown(child, reader_))
                texts_.push_back(path.child(item.children[i]));
        }
        add(PageKind::Question, path);
        for (std::uint32_t k = 0; k < slot.answers.size(); ++k) {
            if (!slot.answers[k].nested || slot.answers[k].answer.empty()) continue;
            const Path here = path.with_instance(k);
            below(item.children, *slot.answers[k].nested, &here);
        }
    }

    const Draft::Tree& tree_;
    Reader reader_;
    std::vector<Page> pages_;
    std::vector<Path> texts_;
    std::vector<Path> sections_;
};

/// Whether `a` stands before `b` in the order of the form, instances of the same group one after the other.
bool stands_before(const Definition& definition, const Path& a, const Path& b) {
    const auto x = definition.line_of(a.item());
    const auto y = definition.line_of(b.item());
    for (std::size_t i = 0; i < x.size() && i < y.size(); ++i) {
        if (x[i] != y[i]) return x[i] < y[i];
        if (a.instances()[i] != b.instances()[i]) return a.instances()[i] < b.instances()[i];
    }
    return x.size() < y.size();
}

} // namespace

std::vector<Page> pages(const Draft& draft, Reader reader) { return Paging(draft.tree(), reader).run(); }

std::optional<std::size_t> position_of(const std::vector<Page>& pages, const Path& path) {
    const Path first = path.with_instance(0);
    for (std::size_t i = 0; i < pages.size(); ++i)
        if (pages[i].path.with_instance(0) == first) return i;
    return std::nullopt;
}

std::size_t nearest(const Draft& draft, const std::vector<Page>& pages, const Path& path) {
    if (const auto exact = position_of(pages, path)) return *exact;
    if (path.depth() == 0 || path.item() >= draft.definition().items().size()) return 0;
    for (std::size_t i = 0; i < pages.size(); ++i)
        if (!stands_before(draft.definition(), pages[i].path, path)) return i;
    return pages.empty() ? 0 : pages.size() - 1;
}

std::size_t expected_pages(const Draft& draft, Reader reader) {
    const Draft::Tree& tree = draft.tree();
    const auto now = pages(draft, reader);
    std::vector<bool> has_page(tree.definition->items().size(), false);
    for (const Page& page : now)
        has_page[page.path.item()] = true;
    std::size_t waiting = 0;
    for (ItemIndex i = 0; i < has_page.size(); ++i) {
        const Item& item = tree.item(i);
        if (has_page[i] || !item.is_question() || !is_shown(item, reader)) continue;
        bool may_come = true;
        for (std::optional<ItemIndex> up = item.parent; up; up = tree.item(*up).parent)
            if (tree.item(*up).repeats || !is_shown(tree.item(*up), reader)) may_come = false;
        if (may_come) ++waiting;
    }
    return now.size() + waiting / 4;
}

} // namespace forms
