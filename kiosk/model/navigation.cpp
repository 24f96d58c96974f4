// SPDX-License-Identifier: EUPL-1.2
// From page to page. The questions of a repeating group are a branch of their own: they are reached from the group's
// list and lead back to it, so that "Continue" and "Back" always mean the same thing on both sides of it.
#include "kiosk/model/visit_state.hpp"

#include "forms/fhir/facts.hpp"
#include "kiosk/model/code_advice.hpp"
#include "kiosk/model/today.hpp"

#include <algorithm>

namespace kiosk {

/// A form may ask whether the privacy notice was read. The terminal has shown it on a screen of its own that nobody
/// passes without saying so: that is the answer, and nobody is asked twice in one visit.
bool Visit::answered_by_notice(const forms::Item& item) {
    return item.type == forms::ItemType::Boolean && item.has_code(forms::item_role_system, "privacy-notice");
}

void Visit::answer_by_notice() {
    for (const forms::Path& path : filling_->draft.enabled())
        if (answered_by_notice(filling_->draft.definition().item(path))) filling_->draft.set(path, true);
}

const std::vector<forms::Page>& Visit::pages() const {
    const std::uint64_t shape = filling_->draft.shape();
    if (filling_->shape == shape) return filling_->pages;
    std::vector<forms::Page> all = forms::pages(filling_->draft);
    const auto answered = [this](const forms::Path& path) {
        return answered_by_notice(filling_->draft.definition().item(path));
    };
    std::erase_if(all, [&answered](const forms::Page& page) {
        return page.kind == forms::PageKind::Question && page.together.empty() && answered(page.path);
    });
    // A folded group is one page, however many its questions fill.
    const auto same_fold = [this](const forms::Page& one, const forms::Page& next) {
        return one.group && one.group == next.group && is_folded(one);
    };
    all.erase(std::unique(all.begin(), all.end(), same_fold), all.end());
    filling_->pages = std::move(all);
    filling_->expected = forms::expected_pages(filling_->draft);
    filling_->shape = shape;
    return filling_->pages;
}

/// The instance of the innermost repeating group around a place, not counting the place itself.
std::optional<forms::Path> Visit::rows_around(const forms::Path& path) const {
    const forms::Definition& definition = filling_->draft.definition();
    const auto line = definition.line_of(path.item());
    for (std::size_t depth = line.size(); depth-- > 1;) {
        const forms::Item& ancestor = definition.item(line[depth - 1]);
        if (!ancestor.is_group() || !ancestor.repeats) continue;
        const auto& instances = path.instances();
        return forms::Path(line[depth - 1],
                           {instances.begin(), instances.begin() + static_cast<std::ptrdiff_t>(depth)});
    }
    return std::nullopt;
}

forms::Page Visit::rows_page(const forms::Path& group) const {
    const std::vector<forms::Page>& all = pages();
    for (const forms::Page& page : all)
        if (page.kind == forms::PageKind::Repeat && page.path == group.with_instance(0)) return page;
    const std::size_t near = all.empty() ? 0 : forms::nearest(filling_->draft, all, group);
    return all.empty() ? forms::Page{} : all[near];
}

std::optional<forms::Page> Visit::page_after(const forms::Page& page) const {
    const std::vector<forms::Page>& all = pages();
    if (all.empty()) return std::nullopt;
    const auto position = forms::position_of(all, page.path);
    if (!position) return all[forms::nearest(filling_->draft, all, page.path)];
    const auto around = rows_around(page.path);
    if (page.kind == forms::PageKind::Repeat) {
        // An instance that was begun and never finished comes first.
        for (const forms::Page& inner : all) {
            const auto rows = rows_around(inner.path);
            if (rows && rows->with_instance(0) == page.path && !filling_->passed.contains(inner.path)) return inner;
        }
    }
    for (std::size_t i = *position + 1; i < all.size(); ++i)
        if (rows_around(all[i].path) == around) return all[i];
    if (around) return rows_page(*around);
    return std::nullopt;
}

std::optional<forms::Page> Visit::page_before(const forms::Page& page) const {
    const std::vector<forms::Page>& all = pages();
    const auto position = forms::position_of(all, page.path);
    const auto around = rows_around(page.path);
    for (std::size_t i = position.value_or(0); i-- > 0;)
        if (rows_around(all[i].path) == around) return all[i];
    if (around) return rows_page(*around);
    return std::nullopt;
}

std::optional<forms::Page> Visit::first_not_passed() const {
    for (const forms::Page& page : pages())
        if (!filling_->passed.contains(page.path)) return page;
    return std::nullopt;
}

/// What was typed to search a list and was neither chosen nor kept is no answer: it waits beside the draft, and is
/// there again with the page.
void Visit::leave_page() {
    if (!filling_->page) return;
    QuestionScreen left;
    filling_->page->fill(left, voice());
    if (const auto* search = std::get_if<SearchControl>(&left.control)) {
        if (search->chosen.empty() && !search->query.text.empty())
            filling_->searches[left.key] = search->query.text;
        else
            filling_->searches.erase(left.key);
    }
    filling_->page->left();
    filling_->page.reset();
}

void Visit::take_search_up() {
    QuestionScreen opened;
    filling_->page->fill(opened, voice());
    const auto* search = std::get_if<SearchControl>(&opened.control);
    const auto waiting = filling_->searches.find(opened.key);
    if (search == nullptr || waiting == filling_->searches.end()) return;
    if (search->chosen.empty() && search->query.text.empty())
        filling_->page->apply(TypeText{opened.key, std::string(waiting->second)}, voice());
}

void Visit::open_page(const forms::Page& page) {
    why_open_ = false;
    leave_page();
    filling_->page = std::make_unique<QuestionPage>(filling_->draft, page, ports_, voice());
    filling_->page->fold(is_folded(page));
    if (page.kind == forms::PageKind::Repeat) filling_->in_rows = false;
    take_search_up();
    focus_wish_.clear();
    show(Where::Question);
}

void Visit::open_check() {
    leave_page();
    filling_->changing = false;
    filling_->in_rows = false;
    focus_wish_.clear();
    show(Where::Check);
}

/// What looks mistyped on this page, and what the form itself wants to be looked at again (constraints of severity
/// warning): neither keeps anybody from going on.
std::vector<AdviceLine> Visit::advice() const {
    std::vector<AdviceLine> lines;
    const forms::Draft& draft = filling_->draft;
    const std::vector<forms::Path> questions = filling_->page->questions();
    for (const forms::Path& place : questions) {
        const std::string label(questions.size() > 1 ? draft.text(place, filling_->language) : std::string_view());
        if (const auto words = code_advice(draft, place, date_of(ports_.clock->wall_time())))
            lines.push_back({said(*words), label});
        for (const forms::Issue& warning : draft.warnings_of(place))
            lines.push_back({std::string(warning.constraint->human.in(filling_->language)), label, true});
    }
    return lines;
}

/// It is shown once more, once: the second "Continue" takes it as it is.
bool Visit::advises_first() {
    if (filling_->advised_at == filling_->draft.revision() || advice().empty()) return false;
    filling_->advised_at = filling_->draft.revision();
    return true;
}

void Visit::go_on_from_question() {
    QuestionPage& page = *filling_->page;
    const bool was_folded = page.folded();
    const bool accepted = page.accept(voice());
    if (was_folded && !page.folded()) keep_fold();
    if (!accepted) {
        focus_wish_ = "errors";
        return dirty();
    }
    if (advises_first()) {
        focus_wish_ = "advice";
        return dirty();
    }
    if (page.entry_open()) {
        page.close_entry(voice());
        // An empty list would only ask for another "Continue".
        if (page.shows_rows() && !filling_->draft.answers(page.page().path).empty()) return dirty();
    }
    const forms::Page here = page.page();
    filling_->passed.insert(here.path);
    filling_->issues.clear();
    if (filling_->changing && !filling_->in_rows) {
        const auto open = first_not_passed();
        return open ? open_page(*open) : open_check();
    }
    const auto next = page_after(here);
    return next ? enter(*next) : open_check();
}

void Visit::back() {
    switch (where_) {
    case Where::Question: {
        QuestionPage& page = *filling_->page;
        if (page.entry_open() && !filling_->draft.answers(page.page().path).empty()) {
            page.close_entry(voice());
            return dirty();
        }
        if (filling_->changing && !filling_->in_rows) return open_check();
        const auto before = page_before(page.page());
        if (before) return open_page(*before);
        return show(Where::Services);
    }
    case Where::Ways:
        if (reading_->what == CaptureFor::Paper) return leave_looking_at_paper();
        return resume(reading_->from);
    case Where::Sheets:
        stop_looking();
        return resume(reading_->from); // the sheets stay: "go on with the paper"
    case Where::PaperFacts:
        return show(Where::Sheets);
    case Where::Looking:
        if (reading_->what == CaptureFor::Paper) {
            stop_looking();
            const bool two_ways = is_there(DeviceKind::Camera) && is_there(DeviceKind::PageScanner);
            if (!two_ways || !reading_->sheets.empty()) return leave_looking_at_paper();
            return show(Where::Ways);
        }
        [[fallthrough]];
    case Where::Proposal:
        stop_looking();
        return show(Where::Ways);
    case Where::Check: {
        const std::vector<forms::Page>& all = pages();
        for (std::size_t i = all.size(); i-- > 0;)
            if (!rows_around(all[i].path)) return open_page(all[i]);
        return show(Where::Services);
    }
    case Where::Services:
        return show(Where::Privacy);
    case Where::Privacy:
        return end(Where::Neutral);
    default:
        return;
    }
}

void Visit::add_instance() {
    QuestionPage& page = *filling_->page;
    if (page.page().kind != forms::PageKind::Repeat) {
        if (page.apply(AddInstance{}, voice())) dirty();
        return;
    }
    const forms::Path group = page.page().path;
    const auto added = filling_->draft.add_instance(group);
    if (!added.ok()) return;
    // What a removed instance of the same number had been through does not count for the new one.
    std::erase_if(filling_->passed, [&](const forms::Path& path) { return rows_around(path) == added.value(); });
    for (const forms::Page& inner : pages())
        if (rows_around(inner.path) == added.value()) {
            filling_->passed.insert(group);
            open_page(inner);
            filling_->in_rows = true;
            return;
        }
    dirty();
}

void Visit::change_instance(const std::string& key) {
    QuestionPage& page = *filling_->page;
    const auto row = page.row_of(key);
    if (!row) return;
    if (page.page().kind != forms::PageKind::Repeat) {
        if (page.apply(ChangeInstance{key}, voice())) dirty();
        return;
    }
    const forms::Path instance = page.page().path.with_instance(*row);
    for (const forms::Page& inner : pages())
        if (rows_around(inner.path) == instance) {
            open_page(inner);
            filling_->in_rows = true;
            return;
        }
}

/// Two instances changed places: where somebody has been goes with them.
void Visit::moved_up(std::uint32_t row) {
    const forms::Path group = filling_->page->page().path;
    const std::size_t depth = group.depth() - 1;
    std::set<forms::Path> passed;
    for (const forms::Path& path : filling_->passed) {
        std::vector<std::uint32_t> instances = path.instances();
        const auto& line = filling_->draft.definition().line_of(path.item());
        const bool inside = instances.size() > group.depth() && line[depth] == group.item() &&
                            std::equal(instances.begin(), instances.begin() + static_cast<std::ptrdiff_t>(depth),
                                       group.instances().begin());
        if (inside && (instances[depth] == row || instances[depth] + 1 == row))
            instances[depth] = instances[depth] == row ? row - 1 : row;
        passed.insert(forms::Path(path.item(), std::move(instances)));
    }
    filling_->passed = std::move(passed);
}

void Visit::change_row(std::string_view key) {
    constexpr std::string_view stem = "row:";
    if (where_ != Where::Check || !key.starts_with(stem)) return;
    const auto path = filling_->draft.definition().path_of(key.substr(stem.size()));
    if (!path) return;
    const std::vector<forms::Page>& all = pages();
    if (all.empty()) return;
    const auto position = forms::position_of(all, *path);
    filling_->changing = true;
    filling_->in_rows = false;
    const forms::Page page = all[position ? *position : forms::nearest(filling_->draft, all, *path)];
    open_page(page);
    if (filling_->page->folded()) toggle_fold(); // the question was asked for
    // On a page of several questions the one that was meant comes first into view.
    if (position && !page.together.empty())
        focus_wish_ = "q:" + filling_->draft.definition().text_of(path->with_instance(0));
    if (!filling_->issues.empty()) filling_->page->accept(voice()); // the page says itself what is wrong
}

} // namespace kiosk
