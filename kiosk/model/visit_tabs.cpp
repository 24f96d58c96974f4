// SPDX-License-Identifier: EUPL-1.2
// Sections that a person chooses by their tabs, and groups that can be folded.
#include "kiosk/model/visit_state.hpp"
#include "kiosk/model/whole_number.hpp"

#include <algorithm>

namespace kiosk {

/// What its author wants closed at first is open all the same when something was answered there: no answer is hidden.
bool Visit::is_folded(const forms::Page& page) const {
    if (!page.group) return false;
    const forms::Collapsible how = filling_->draft.definition().item(*page.group).collapsible;
    if (how == forms::Collapsible::No) return false;
    const auto decided = filling_->folds.find(*page.group);
    if (decided != filling_->folds.end()) return decided->second;
    return how == forms::Collapsible::Closed && !filling_->draft.has_content(*page.group);
}

void Visit::toggle_fold() {
    QuestionPage& page = *filling_->page;
    if (!page.page().group) return;
    page.fold(!page.folded());
    keep_fold();
    dirty();
}

/// Also what unfolded itself, because something in it is wrong, stays so.
void Visit::keep_fold() {
    const QuestionPage& page = *filling_->page;
    filling_->folds[*page.page().group] = page.folded();
    filling_->shape.reset(); // its further pages come or go
}

std::vector<const forms::Page*> Visit::tabs() const {
    std::vector<const forms::Page*> first;
    const auto& here = filling_->page->page().tab;
    if (!here) return first;
    const forms::Definition& definition = filling_->draft.definition();
    const auto beside = [&](const forms::Path& tab) {
        return definition.item(tab).parent == definition.item(*here).parent &&
               std::equal(tab.instances().begin(), tab.instances().end() - 1, here->instances().begin(),
                          here->instances().end() - 1);
    };
    for (const forms::Page& page : pages())
        if (page.tab && beside(*page.tab) && (first.empty() || first.back()->tab != page.tab)) first.push_back(&page);
    return first;
}

/// As by "Back": what was typed stays as it is, and is judged when the person goes on from it.
void Visit::choose_tab(std::string_view key) {
    const auto number = whole_number_after(key, "tab.");
    const auto all = tabs();
    if (!number || *number >= all.size()) return;
    const forms::Page page = *all[*number];
    if (page.tab == filling_->page->page().tab) return;
    open_page(page);
    focus_wish_ = key;
}

} // namespace kiosk
