// SPDX-License-Identifier: EUPL-1.2
// From a paper that a person shows to answers in the form. A paper is offered where it could answer, looked at only
// after somebody has asked for it, and what it says is written only after the person has chosen it. Whoever has none
// goes on at the same place with the same touch.
#include "kiosk/model/overloaded.hpp"
#include "kiosk/model/today.hpp"
#include "kiosk/model/visit_state.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace kiosk {
namespace {

/// Threat model §9: then the manual path.
constexpr int most_tries = 3;

Text words_of(NotRead::Why why) {
    switch (why) { // no default: the compiler names the one we forgot
    case NotRead::Why::NothingThere:
        return Text::look_nothing;
    case NotRead::Why::OtherCode:
        return Text::look_other_code;
    case NotRead::Why::Unreadable:
        return Text::look_unreadable;
    case NotRead::Why::AsksForPin:
        return Text::look_pin;
    case NotRead::Why::CardGone:
        return Text::look_card_gone;
    case NotRead::Why::OtherCard:
        return Text::look_other_card;
    }
    return Text::look_unreadable;
}

/// What stopped a scanner's order; none: nothing did, or it has gone.
std::optional<Text> scanner_words(DeviceState state) {
    switch (state) { // no default: the compiler names the one we forgot
    case DeviceState::Jammed:
        return Text::scan_jammed;
    case DeviceState::CoverOpen:
        return Text::scan_cover_open;
    case DeviceState::NoPaper:
        return Text::scan_no_paper;
    case DeviceState::Busy:
        return Text::scan_device_busy;
    case DeviceState::Failed:
        return Text::scan_failed;
    case DeviceState::Absent:
    case DeviceState::Denied:
    case DeviceState::Ready:
    case DeviceState::Working:
        break;
    }
    return std::nullopt;
}

std::optional<DeviceKind> device_of(std::string_view way) {
    if (way == "way.camera") return DeviceKind::Camera;
    if (way == "way.scanner") return DeviceKind::PageScanner;
    if (way == "way.code") return DeviceKind::CodeReader;
    if (way == "way.card") return DeviceKind::CardReader;
    return std::nullopt;
}

} // namespace

bool Visit::is_there(DeviceKind device) const {
    const DeviceState state = devices_[static_cast<std::size_t>(device)];
    // A scanner whose sheet is jammed, or whose cover is open, is one that a person can set right.
    const bool scanner = device == DeviceKind::PageScanner && scanner_words(state);
    return state == DeviceState::Ready || state == DeviceState::Working || scanner;
}

bool Visit::can_read_papers() const {
    return !desk_ && (is_there(DeviceKind::Camera) || is_there(DeviceKind::CodeReader) || is_there(DeviceKind::CardReader));
}

/// Whose paper would answer something on this page; none: no paper would.
std::optional<forms::Whose> Visit::read_from_papers(const forms::Page& page) const {
    if (page.kind != forms::PageKind::Question) return std::nullopt;
    const forms::Definition& definition = filling_->draft.definition();
    std::vector<forms::Path> questions = page.together;
    questions.insert(questions.begin(), page.path);
    for (const forms::Path& path : questions) {
        const forms::Item& item = definition.item(path);
        if (!item.is_question() || item.read_only) continue;
        const auto element = forms::person_element(item.definition);
        const forms::Whose whose = forms::whose(definition, item);
        if (element && is_read_from_papers(*element) && whose != forms::Whose::SomebodyElse) return whose;
    }
    return std::nullopt;
}

void Visit::enter(const forms::Page& page) {
    if (filling_->identity_offered || !can_read_papers() || read_from_papers(page) != forms::Whose::Person)
        return open_page(page);
    filling_->identity_offered = true;
    std::optional<forms::Page> from;
    if (where_ == Where::Question && filling_->page) from = filling_->page->page();
    begin_reading(forms::Whose::Person, std::move(from), page);
}

void Visit::begin_reading(forms::Whose whose, std::optional<forms::Page> from, const forms::Page& then) {
    if (!reading_) reading_ = std::make_unique<Reading>(ports_.memory);
    drop_sheets();
    reading_->what = CaptureFor::Identity;
    reading_->whose = whose;
    reading_->from = std::move(from);
    reading_->then = then;
    reading_->given_up.clear();
    reading_->problem.reset();
    reading_->rows.clear();
    show(Where::Ways);
}

void Visit::resume(const std::optional<forms::Page>& page) {
    const std::vector<forms::Page>& all = pages();
    if (!page) return show(Where::Services);
    if (all.empty()) return open_check();
    const auto position = forms::position_of(all, page->path);
    open_page(position ? all[*position] : all[forms::nearest(filling_->draft, all, page->path)]);
}

bool Visit::capture_intent(const Intent& intent) {
    if (!filling_) return false;
    if (paper_intent(intent)) return true;
    return std::visit(Overloaded{
                          [&](const ShowPaper&) {
                              if (where_ != Where::Question || !filling_->page || !can_read_papers()) return true;
                              const forms::Page page = filling_->page->page();
                              if (const auto whose = read_from_papers(page)) begin_reading(*whose, page, page);
                              return true;
                          },
                          [&](const ChooseWay& way) {
                              if (where_ == Where::Ways) choose_way(way.key);
                              return true;
                          },
                          [&](const ChooseProposed& way) {
                              if (where_ == Where::Proposal) choose_proposed(way.key);
                              return true;
                          },
                          [&](const Continue&) {
                              if (where_ != Where::Proposal) return false;
                              take_proposed();
                              return true;
                          },
                          [](const auto&) { return false; },
                      },
                      intent);
}

void Visit::choose_way(const std::string& key) {
    if (const auto device = device_of(key)) {
        if (is_there(*device) && !reading_->given_up.contains(*device)) look(*device);
        return;
    }
    if (key == "way.none" || key == "way.type") resume(reading_->then);
}

void Visit::look(DeviceKind device) {
    reading_->device = device;
    reading_->tries = 0;
    reading_->busy = reading_->ordered = false;
    reading_->tenths.reset();
    reading_->problem.reset();
    reading_->hint.reset();
    reading_->tried_at = now();
    reading_->watch = ++watches_;
    orders_.emplace_back(CaptureOrder{StartCapture{reading_->watch, reading_->what, device}});
    focus_wish_.clear();
    show(Where::Looking);
}

bool Visit::looks_by_itself() const {
    return reading_ && reading_->what == CaptureFor::Identity && reading_->device == DeviceKind::Camera &&
           !reading_->busy;
}

void Visit::stop_looking() {
    if (!reading_ || reading_->watch == 0) return;
    reading_->watch = 0;
    reading_->busy = reading_->ordered = false;
    reading_->tenths.reset();
    orders_.emplace_back(CaptureOrder{StopCapture{}});
}

void Visit::not_read(Text why) {
    reading_->busy = false;
    reading_->problem = why;
    reading_->tried_at = now();
    touched_at_ = now(); // the person is busy with a paper, not away
    dirty();
    if (++reading_->tries < most_tries) return;
    stop_looking();
    reading_->given_up.insert(reading_->device);
    reading_->problem = Text::ways_not_read;
    show(Where::Ways);
}

void Visit::device_told(const DeviceChanged& changed) {
    const auto place = static_cast<std::size_t>(changed.device);
    if (place >= devices_.size() || devices_[place] == changed.state) return;
    devices_[place] = changed.state;
    const bool ours = where_ == Where::Looking && reading_ && reading_->device == changed.device;
    if (ours && !is_there(changed.device)) {
        stop_looking();
        reading_->problem = Text::ways_device_gone;
        return show(Where::Ways);
    }
    const bool missed = where_ == Where::Ways && reading_ && reading_->problem == Text::ways_device_gone;
    if (missed && reading_->device == changed.device && is_there(changed.device)) reading_->problem.reset(); // it is back
    if (ours && reading_->ordered && changed.state != DeviceState::Working) {
        // The order has ended, and nothing came of it.
        reading_->ordered = false;
        reading_->tenths.reset();
        if (const auto trouble = scanner_words(changed.state)) return not_read(*trouble);
        if (reading_->device == DeviceKind::PageScanner) reading_->busy = false;
    }
    dirty();
}

void Visit::capture_told(const CaptureNews& news) {
    if (const auto* const changed = std::get_if<DeviceChanged>(&news)) return device_told(*changed);
    const bool here = where_ == Where::Looking || where_ == Where::Sheets || where_ == Where::PaperMaking;
    if (wipe_pending_ || !here || !reading_ || reading_->watch == 0) return;
    const auto ours = [this](std::uint64_t watch) { return watch == reading_->watch; };
    std::visit(Overloaded{
                   [&](const LookingBegun& begun) {
                       if (!ours(begun.watch)) return;
                       reading_->ordered = false;
                       if (std::exchange(reading_->busy, true) && !reading_->tenths) return;
                       reading_->tenths.reset();
                       dirty();
                   },
                   [&](const SheetUnderWay& sheet) {
                       const auto tenths = static_cast<unsigned>(std::clamp(sheet.share, 0.0, 1.0) * 10);
                       if (!ours(sheet.watch) || !reading_->ordered || reading_->tenths == tenths) return;
                       reading_->tenths = tenths;
                       touched_at_ = now(); // the person waits for the scanner, and is not away
                       dirty();
                   },
                   [&](const PageRead& read) {
                       if (ours(read.watch)) page_read(read);
                   },
                   [&](const PaperMade& made) {
                       if (ours(made.watch) && where_ == Where::PaperMaking) paper_made(made);
                   },
                   [&](const DocumentRead& read) {
                       if (!ours(read.watch) || !read.seen || where_ != Where::Looking) return;
                       touched_at_ = now();
                       if (reading_->identity().add(*read.seen, date_of(ports_.clock->wall_time()))) return propose();
                       if (!read.live) not_read(read.seen->codes.empty() ? Text::look_nothing : Text::look_other_code);
                       else if (!read.seen->codes.empty() && reading_->problem != Text::look_other_code) {
                           // The camera goes on looking: no try is lost.
                           reading_->problem = Text::look_other_code;
                           dirty();
                       }
                   },
                   [&](const NotRead& failed) {
                       if (ours(failed.watch) && where_ == Where::Looking) not_read(words_of(failed.why));
                   },
                   [&](const Guidance& guidance) {
                       if (!ours(guidance.watch) || reading_->hint == guidance.hint) return;
                       reading_->hint = guidance.hint;
                       if (guidance.hint) reading_->problem.reset();
                       dirty();
                   },
                   [](const auto&) {},
               },
               news);
}

void Visit::propose() {
    stop_looking();
    reading_->rows = reading_->identity().rows(filling_->draft, reading_->whose);
    reading_->differ = std::ranges::any_of(reading_->rows, [](const Identity::Row& row) { return !row.chosen; });
    reading_->must_choose = false;
    focus_wish_ = "heading";
    show(Where::Proposal);
}

/// "proposed.<row>.<choice>"; the choice after the last one leaves the question as it is.
void Visit::choose_proposed(std::string_view key) {
    constexpr std::string_view stem = "proposed.";
    if (!key.starts_with(stem)) return;
    key.remove_prefix(stem.size());
    std::size_t row = 0;
    std::size_t choice = 0;
    const char* const end = key.data() + key.size();
    const auto [dot, bad_row] = std::from_chars(key.data(), end, row);
    if (bad_row != std::errc{} || dot == end || *dot != '.') return;
    const auto [last, bad_choice] = std::from_chars(dot + 1, end, choice);
    if (bad_choice != std::errc{} || last != end) return;
    if (row >= reading_->rows.size() || choice > reading_->rows[row].choices.size()) return;
    reading_->rows[row].chosen = choice;
    dirty();
}

void Visit::take_proposed() {
    if (std::ranges::any_of(reading_->rows, [](const Identity::Row& row) { return !row.chosen; })) {
        reading_->must_choose = true;
        focus_wish_ = "errors";
        return dirty();
    }
    for (const Identity::Row& row : reading_->rows) {
        if (*row.chosen >= row.choices.size()) continue;
        const Identity::Choice& choice = row.choices[*row.chosen];
        if (choice.typed || choice.sources.empty()) continue;
        if (filling_->draft.set(row.question, choice.value) != forms::Outcome::Accepted) continue;
        filling_->draft.note_origin(row.question, *std::ranges::max_element(choice.sources, {}, &forms::Origin::checked));
    }
    reading_->rows.clear();
    resume(reading_->then);
}

} // namespace kiosk
