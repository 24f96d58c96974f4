// SPDX-License-Identifier: EUPL-1.2
// A form that is being written: each time its author saves it, the visit goes on with the new wording.
#include "forms/fhir/migrate.hpp"
#include "kiosk/model/visit_state.hpp"

#include <algorithm>
#include <utility>

namespace kiosk {

/// Straight to the first question: an author looks at the form, not at what lies before it.
void Visit::begin_preview() {
    wanted_form_ = forms_.front().key;
    start(language_);
    known_ = settings_.preview_person;
    accept_notice();
}

void Visit::form_changed(const FormChanged& change) {
    if (!settings_.preview) return;
    mistakes_ = change.mistakes;
    if (panel_ == PanelKind::Mistakes || panel_ == PanelKind::None)
        panel_ = mistakes_.empty() ? PanelKind::None : PanelKind::Mistakes;
    if (change.definition) take_new_form(change.definition);
    if (!forms_.empty() && where_ == Where::Attract && !asking_) ask_readiness();
    dirty();
}

void Visit::take_new_form(const std::shared_ptr<const forms::Definition>& definition) {
    const std::size_t length = forms::expected_pages(forms::Draft(definition, ports_.memory));
    if (forms_.empty()) {
        forms_.push_back({"preview", definition});
        lengths_.push_back(length);
        return;
    }
    const std::shared_ptr<const forms::Definition> before = std::exchange(forms_.front().definition, definition);
    lengths_.front() = length;
    if (!filling_) return;
    // Places are numbers of the old form: what is remembered of them is looked up by name in the new one.
    const auto moved = [&](const forms::Path& path) { return definition->path_of(before->text_of(path)); };
    std::optional<forms::Path> here;
    if (where_ == Where::Question && filling_->page) here = moved(filling_->page->page().path);
    std::set<forms::Path> passed;
    for (const forms::Path& path : filling_->passed)
        if (const auto now = moved(path)) passed.insert(*now);

    filling_->form.definition = definition;
    filling_->page.reset(); // it points at the old answers
    forms::Draft draft(definition, ports_.memory, forms::Start::WithInitial, setting());
    // An author sees what became of their answers; nobody's request depends on it.
    (void)forms::move_answers(filling_->draft, draft, language_);
    filling_->draft = std::move(draft);
    filling_->passed = std::move(passed);
    filling_->issues.clear();
    filling_->shape.reset();
    choose_language(language_);
    answer_by_notice();
    if (where_ != Where::Question) return;
    const std::vector<forms::Page> all = pages();
    if (all.empty()) return open_check();
    const PanelKind panel = panel_;
    open_page(all[here ? forms::nearest(filling_->draft, all, *here) : 0]);
    panel_ = panel;
}

} // namespace kiosk
