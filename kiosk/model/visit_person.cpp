// SPDX-License-Identifier: EUPL-1.2
// What is known beside the answers: the time when a form is opened, and the person that a document names. The form may
// ask for the person by its launchContext (SDC), and its questions may name the elements they stand for (SDC,
// definition-based population). Nothing is written before the person has seen it and said yes.
#include "forms/fhir/json_tree.hpp"
#include "forms/fhir/patient.hpp"
#include "kiosk/model/answer_words.hpp"
#include "kiosk/model/visit_state.hpp"

#include <algorithm>

namespace kiosk {

forms::Setting Visit::setting() const {
    forms::Setting setting;
    setting.now = forms::moment_in_italy(ports_.clock->wall_time());
    setting.clock = ports_.clock;
    if (known_)
        if (auto patient = forms::read_launched("patient", forms::write_patient(*known_), ports_.memory))
            setting.launched.push_back(std::move(*patient));
    return setting;
}

/// Before a visit has begun there is nobody whose document it could be.
void Visit::person_read(const PersonRead& read) {
    if (!visit_open_ || wipe_pending_ || !read.person) return;
    known_ = read.person;
    propose_known();
}

void Visit::propose_known() {
    if (!known_ || !filling_ || where_ != Where::Question || panel_ != PanelKind::None) return;
    if (forms::propose_answers(filling_->draft, *known_).empty()) return;
    panel_ = PanelKind::Known;
    dirty();
}

/// Asked once more what it comes to: what was answered meanwhile stays.
void Visit::confirm_known(bool yes) {
    panel_ = PanelKind::None;
    dirty();
    if (!filling_ || !filling_->page || !known_) return;
    if (!yes) {
        known_.reset(); // nobody is asked twice
        return;
    }
    for (const forms::ProposedAnswer& proposed : forms::propose_answers(filling_->draft, *known_))
        filling_->draft.set(proposed.question, proposed.value);
    const forms::Page here = filling_->page->page();
    open_page(here); // its fields show what was written
}

KnownPanel Visit::known_panel() const {
    KnownPanel panel;
    panel.title = said(Text::known_title);
    panel.text = said(Text::known_text);
    panel.yes = said(Text::known_yes);
    panel.no = said(Text::known_no);
    if (!filling_ || !known_) return panel;
    panel.language = filling_->language;
    panel.direction = direction(filling_->language);
    const forms::Definition& definition = filling_->draft.definition();
    for (const forms::ProposedAnswer& proposed : forms::propose_answers(filling_->draft, *known_)) {
        const forms::Item& item = definition.item(proposed.question);
        const forms::Words& words = item.short_text.empty() ? item.text : item.short_text;
        panel.rows.push_back({"known." + std::to_string(panel.rows.size()), std::string(words.in(filling_->language)),
                              value_words(proposed.value, item, form_words_, filling_->language)});
    }
    return panel;
}

std::vector<Visit::FormTrouble> Visit::take_troubles() {
    std::vector<FormTrouble> fresh;
    if (!filling_) return fresh;
    for (const forms::FormulaTrouble& trouble : filling_->draft.troubles()) {
        auto& told = filling_->troubles;
        if (std::find(told.begin(), told.end(), trouble) != told.end()) continue;
        told.push_back(trouble);
        fresh.push_back({filling_->draft.definition().sha256(), trouble});
    }
    return fresh;
}

} // namespace kiosk
