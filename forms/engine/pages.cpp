// SPDX-License-Identifier: EUPL-1.2
#include "forms/engine/pages.hpp"

#include "forms/engine/draft_tree.hpp"

#include <algorithm>

namespace forms {
namespace {

bool is_shown(const Item& item, Reader reader) {
    return !item.hidden && !item.attached_text && !(item.filled_by_desk && reader == Reader::Citizen);
}

constexpr std::size_t options_of_a_short_question = 12;

bool is_tab(const Draft::Tree& tree, const Item& group) {
    return group.parent && tree.item(*group.parent).control == Control::TabContainer;
}

/// What may be folded must stand on one page: there is nothing to fold on a page for each question.
bool keeps_together(const Draft::Tree& tree, const Item& group) {
    return group.control == Control::Page || group.control == Control::Table || group.control == Control::HTable ||
           group.control == Control::GTable || group.control == Control::Grid || group.collapsible != Collapsible::No ||
           is_tab(tree, group);
}

bool is_margin(const Item& item) {
    return item.type == ItemType::Display && (item.control == Control::Header || item.control == Control::Footer);
}

bool has_nested_questions(const Draft::Tree& tree, const Item& item) {
    return std::any_of(item.children.begin(), item.children.end(),
                       [&tree](ItemIndex child) { return tree.item(child).type != ItemType::Display; });
}

/// Takes a line or a few rows on a page.
bool is_short(const Draft::Tree& tree, const Item& item) {
    if (!item.is_question() || item.type == ItemType::Text || item.type == ItemType::Attachment) return false;
    if (!item.value_set.empty() || item.control == Control::Autocomplete) return false;
    if (!item.offered_by.empty() || item.options.size() > options_of_a_short_question) return false;
    if (item.repeats && item.options.empty()) return false;
    return !has_nested_questions(tree, item);
}

/// A value that only the program writes is shown when there is one.
bool has_something_to_show(const Item& item, const Slot& slot) {
    return !item.read_only ||
           std::any_of(slot.answers.begin(), slot.answers.end(), [](const AnswerNode& a) { return !a.answer.empty(); });
}

class Paging {
public:
    Paging(const Draft::Tree& tree, Reader reader) : tree_(tree), reader_(reader) {}

    std::vector<Page> run() {
        below(tree_.definition->top(), *tree_.root, nullptr);
        if (!texts_.empty()) add(PageKind::Notice, texts_.front());
        return std::move(pages_);
    }

    /// Only the pages of the questions right below this instance of a group.
    std::vector<Page> of_group(const Path& group, const Container& container) {
        together(tree_.item(group.item()).children, container, group);
        return std::move(pages_);
    }

    [[nodiscard]] std::vector<Path> follow_ups(const Item& item, const Slot& slot, const Path& path) const {
        const bool one_choice = item.type == ItemType::Boolean || (!item.options.empty() && !item.repeats);
        if (!one_choice || slot.answers.empty() || slot.answers[0].answer.empty() || !slot.answers[0].nested) return {};
        std::vector<Path> found;
        for (std::size_t i = 0; i < item.children.size(); ++i) {
            const Item& child = tree_.item(item.children[i]);
            const Slot& place = slot.answers[0].nested->slots[i];
            if (!place.enabled || !is_shown(child, reader_) || child.type == ItemType::Display) continue;
            if (!is_short(tree_, child)) return {};
            if (has_something_to_show(child, place)) found.push_back(path.child(item.children[i]));
        }
        constexpr std::size_t most_follow_ups = 2;
        return found.size() <= most_follow_ups ? found : std::vector<Path>{};
    }

private:
    void add(PageKind kind, const Path& path) {
        Page page{kind, path, headers_, sections_};
        page.texts.insert(page.texts.end(), texts_.begin(), texts_.end());
        page.footers = footers_;
        page.tab = tab_;
        texts_.clear();
        pages_.push_back(std::move(page));
    }

    /// Headers and footers among these items, for as long as their pages are made.
    struct Margins {
        std::size_t headers, footers;
    };
    Margins open_margins(const std::vector<ItemIndex>& items, const Container& container, const Path* parent) {
        const Margins before{headers_.size(), footers_.size()};
        for (std::size_t i = 0; i < items.size(); ++i) {
            const Item& item = tree_.item(items[i]);
            if (!is_margin(item) || !container.slots[i].enabled || !is_shown(item, reader_)) continue;
            const Path path = parent != nullptr ? parent->child(items[i]) : Path(items[i], {0});
            (item.control == Control::Header ? headers_ : footers_).push_back(path);
        }
        return before;
    }
    void close_margins(const Margins& before) {
        headers_.resize(before.headers);
        footers_.resize(before.footers);
    }

    void below(const std::vector<ItemIndex>& items, const Container& container, const Path* parent) {
        const Margins margins = open_margins(items, container, parent);
        for (std::size_t i = 0; i < items.size(); ++i) {
            const Path path = parent != nullptr ? parent->child(items[i]) : Path(items[i], {0});
            at_item(items[i], container.slots[i], path);
        }
        close_margins(margins);
    }

    void at_item(ItemIndex index, const Slot& slot, const Path& path) {
        const Item& item = tree_.item(index);
        if (!slot.enabled || !is_shown(item, reader_) || is_margin(item)) return;
        if (item.type == ItemType::Display) {
            // A text under a question was shown with it already.
            if (!item.parent || tree_.item(*item.parent).is_group()) texts_.push_back(path);
        } else if (item.is_group()) {
            at_group(index, slot, path);
        } else if (has_something_to_show(item, slot)) {
            at_question(item, slot, path);
        }
    }

    void at_group(ItemIndex index, const Slot& slot, const Path& path) {
        const Item& item = tree_.item(index);
        const std::optional<Path> around = tab_;
        if (is_tab(tree_, item)) tab_ = path.with_instance(0);
        instances_of(index, slot, path);
        tab_ = around;
    }

    void instances_of(ItemIndex index, const Slot& slot, const Path& path) {
        const Item& item = tree_.item(index);
        if (item.repeats) add(PageKind::Repeat, path);
        if (!tree_.is_begun(index, slot, 0)) return;
        for (std::uint32_t k = 0; k < slot.instances.size(); ++k) {
            const Path here = path.with_instance(k);
            const std::size_t before = pages_.size();
            if (!item.text.empty() || !item.worded_by.empty()) sections_.push_back(here);
            if (keeps_together(tree_, item))
                together(item.children, *slot.instances[k], here);
            else
                below(item.children, *slot.instances[k], &here);
            if (keeps_together(tree_, item)) end_with_texts(before, is_tab(tree_, item));
            if (!item.text.empty() || !item.worded_by.empty()) sections_.pop_back();
        }
    }

    /// Texts after the last question of a group stand on that page, not above what comes after the group.
    void end_with_texts(std::size_t before, bool must_be_here) {
        if (texts_.empty()) return;
        if (pages_.size() > before) {
            pages_.back().footers.insert(pages_.back().footers.begin(), texts_.begin(), texts_.end());
            texts_.clear();
        } else if (must_be_here) {
            add(PageKind::Notice, texts_.front());
        }
    }

    /// The short questions of a group, side by side; whatever else it holds has its pages between them.
    void together(const std::vector<ItemIndex>& items, const Container& container, const Path& group) {
        const Margins margins = open_margins(items, container, &group);
        bool open = false; // the last page takes one more
        for (std::size_t i = 0; i < items.size(); ++i) {
            const Item& item = tree_.item(items[i]);
            const Slot& slot = container.slots[i];
            const Path path = group.child(items[i]);
            if (!is_short(tree_, item)) {
                open = open && (item.type == ItemType::Display || !slot.enabled || !is_shown(item, reader_));
                at_item(items[i], slot, path);
                continue;
            }
            if (!slot.enabled || !is_shown(item, reader_) || !has_something_to_show(item, slot)) continue;
            texts_below(item, slot, path);
            if (open && pages_.back().together.size() + 1 < most_together) {
                Page& page = pages_.back();
                page.together.push_back(path);
                page.texts.insert(page.texts.end(), texts_.begin(), texts_.end());
                texts_.clear();
                continue;
            }
            add(PageKind::Question, path);
            pages_.back().group = group;
            open = true;
        }
        close_margins(margins);
    }

    void texts_below(const Item& item, const Slot& slot, const Path& path) {
        for (std::size_t i = 0; i < item.children.size(); ++i) {
            const Item& child = tree_.item(item.children[i]);
            const bool enabled = slot.answers[0].nested->slots[i].enabled;
            if (child.type == ItemType::Display && enabled && is_shown(child, reader_))
                texts_.push_back(path.child(item.children[i]));
        }
    }

    void at_question(const Item& item, const Slot& slot, const Path& path) {
        texts_below(item, slot, path);
        add(PageKind::Question, path);
        pages_.back().together = follow_ups(item, slot, path);
        if (!pages_.back().together.empty()) return;
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
    std::vector<Path> headers_, footers_;
    std::optional<Path> tab_;
};

/// An answer's own instance does not matter. Called for every page of a form: no copies.
bool same_place(const Path& a, const Path& b) {
    const auto& x = a.instances();
    const auto& y = b.instances();
    return a.item() == b.item() && x.size() == y.size() && (x.empty() || std::equal(x.begin(), x.end() - 1, y.begin()));
}

bool holds(const Page& page, const Path& place) {
    return same_place(page.path, place) ||
           std::any_of(page.together.begin(), page.together.end(),
                       [&place](const Path& other) { return same_place(other, place); });
}

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
    for (std::size_t i = 0; i < pages.size(); ++i)
        if (holds(pages[i], path)) return i;
    return std::nullopt;
}

std::vector<Path> questions_on(const Draft& draft, const Page& page, Reader reader) {
    const Draft::Tree& tree = draft.tree();
    if (page.kind != PageKind::Question) return {};
    if (!page.group) {
        const Slot* slot = tree.find(page.path);
        std::vector<Path> all{page.path};
        if (slot == nullptr) return all;
        const std::vector<Path> more = Paging(tree, reader).follow_ups(tree.item(page.path.item()), *slot, page.path);
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }
    const Slot* slot = tree.find(*page.group);
    if (slot == nullptr || page.group->instance() >= slot->instances.size()) return {};
    const auto now = Paging(tree, reader).of_group(*page.group, *slot->instances[page.group->instance()]);
    const auto still = [&page](const Page& each) {
        return each.group == page.group &&
               (holds(each, page.path) || std::any_of(page.together.begin(), page.together.end(),
                                                      [&each](const Path& path) { return holds(each, path); }));
    };
    const auto found = std::find_if(now.begin(), now.end(), still);
    if (found == now.end()) return {};
    std::vector<Path> all{found->path};
    all.insert(all.end(), found->together.begin(), found->together.end());
    return all;
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
    for (const Page& page : now) {
        has_page[page.path.item()] = true;
        for (const Path& other : page.together)
            has_page[other.item()] = true;
    }
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
