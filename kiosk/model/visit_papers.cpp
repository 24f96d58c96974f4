// SPDX-License-Identifier: EUPL-1.2
// A question that is answered with papers: sheets are taken one after the other, looked at, put in order, named, and
// become one file that goes with the request. Until then, and after a "no", nothing of them stays.
#include "forms/base/digest.hpp"
#include "kiosk/model/answer_words.hpp"
#include "kiosk/model/overloaded.hpp"
#include "kiosk/model/paper_kinds.hpp"
#include "kiosk/model/visit_state.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace kiosk {
namespace {

std::optional<std::size_t> number_after(std::string_view key, std::string_view stem) {
    if (!key.starts_with(stem)) return std::nullopt;
    key.remove_prefix(stem.size());
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), number);
    if (error != std::errc{} || end != key.data() + key.size()) return std::nullopt;
    return number;
}

std::optional<int> number_in(const TextEdit& field) {
    const std::string_view text = field.text();
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

} // namespace

bool Visit::takes_sheets() const {
    return reading_ && reading_->what == CaptureFor::Paper && (looking() || where_ == Where::Sheets);
}

bool Visit::can_take_papers() const {
    return !desk_ && !settings_.preview && (is_there(DeviceKind::Camera) || is_there(DeviceKind::PageScanner));
}

/// The question whose papers the page shows; none: it asks for something else.
std::optional<forms::Path> Visit::papers_asked() const {
    if (where_ != Where::Question || !filling_ || !filling_->page) return std::nullopt;
    const forms::Path& path = filling_->page->page().path;
    const forms::Item& item = filling_->draft.definition().item(path);
    if (filling_->page->page().kind != forms::PageKind::Question || item.type != forms::ItemType::Attachment ||
        item.read_only)
        return std::nullopt;
    return path.with_instance(0);
}

bool Visit::can_add_paper(const forms::Path& question) const {
    const forms::Item& item = filling_->draft.definition().item(question);
    const std::size_t here = filling_->draft.answers(question).size();
    const bool room = item.max_occurs == 0 || static_cast<int>(here) < item.max_occurs;
    return can_take_papers() && filling_->paper_room == Filling::Room::There && filling_->papers.size() < most_papers && (item.repeats ? room : here == 0);
}

bool Visit::paper_intent(const Intent& intent) {
    if (const auto question = papers_asked()) {
        if (std::holds_alternative<AddInstance>(intent)) {
            if (can_add_paper(*question)) want_paper(*question);
            return true;
        }
        if (const auto* const row = std::get_if<RemoveInstance>(&intent)) {
            const auto number = number_after(row->key, "row.");
            if (!number || *number >= filling_->draft.answers(*question).size()) return true;
            removing_ = static_cast<std::uint32_t>(*number);
            panel_ = PanelKind::Remove;
            dirty();
            return true;
        }
        return false;
    }
    if (!reading_ || reading_->what != CaptureFor::Paper) return false;
    if (where_ == Where::Looking && std::holds_alternative<TakeSheet>(intent)) {
        if (reading_->busy) return true;
        reading_->busy = reading_->ordered = true;
        reading_->problem.reset();
        orders_.emplace_back(CaptureOrder{TakePicture{}});
        dirty();
        return true;
    }
    if (where_ == Where::Sheets) return sheets_intent(intent);
    if (where_ == Where::PaperFacts) return facts_intent(intent);
    return false;
}

/// The disk is looked at before anybody holds a paper before a camera, not when all is to be kept (threat model §5).
void Visit::want_paper(const forms::Path& question) {
    std::size_t room = largest_paper;
    for (const Paper& paper : filling_->papers)
        room += paper.bytes ? paper.bytes->size() : 0;
    room = std::min(room, most_paper_bytes);
    if (surely_ready(room)) return begin_paper(question);
    filling_->wanted_paper = filling_->page->page();
    ask_readiness(room);
    show(Where::Waiting);
}

/// No room: the page says what stays and what to bring to the desk, and the visit goes on. Sheets of a paper that was
/// begun have nowhere to go; they are not left to be believed added.
void Visit::paper_readiness(bool ready) {
    const forms::Page page = *std::exchange(filling_->wanted_paper, std::nullopt);
    if (!ready) {
        const bool begun = reading_ && reading_->what == CaptureFor::Paper && !reading_->sheets.empty();
        filling_->paper_room = begun ? Filling::Room::GoneWithBegun : Filling::Room::Gone;
        if (begun) drop_sheets();
    }
    resume(page);
    if (const auto question = papers_asked(); question && can_add_paper(*question)) begin_paper(*question);
}

void Visit::begin_paper(const forms::Path& question) {
    if (!reading_) reading_ = std::make_unique<Reading>(ports_.memory);
    const forms::Page here = filling_->page->page();
    const auto same = [&] { return reading_->question && reading_->question->with_instance(0) == question; };
    if (reading_->what == CaptureFor::Paper && same() && !reading_->sheets.empty()) return show(Where::Sheets);
    reading_->what = CaptureFor::Paper;
    reading_->question = question.with_instance(static_cast<std::uint32_t>(filling_->draft.answers(question).size()));
    reading_->from = reading_->then = here;
    reading_->given_up.clear();
    reading_->problem.reset();
    drop_sheets();
    ways_of_paper();
}

/// One way needs no choosing.
void Visit::ways_of_paper() {
    const bool camera = is_there(DeviceKind::Camera) && !reading_->given_up.contains(DeviceKind::Camera);
    const bool scanner = is_there(DeviceKind::PageScanner) && !reading_->given_up.contains(DeviceKind::PageScanner);
    if (camera != scanner) return look(camera ? DeviceKind::Camera : DeviceKind::PageScanner);
    show(Where::Ways);
}

void Visit::drop_sheets() {
    reading_->sheets.clear();
    reading_->retaken.reset();
    reading_->kind.reset();
    reading_->day.clear();
    reading_->month.clear();
    reading_->year.clear();
    reading_->wrong_facts.reset();
}

/// Back from taking sheets: to those there are, else to the question.
void Visit::leave_looking_at_paper() {
    stop_looking();
    if (!reading_->sheets.empty()) return show(Where::Sheets);
    resume(reading_->from);
}

void Visit::page_read(const PageRead& read) {
    if (!read.page || read.page->jpeg.empty()) return not_read(Text::look_unreadable);
    touched_at_ = now();
    reading_->busy = false;
    Sheet sheet{read.page, picture_name(read.number)};
    if (reading_->retaken && *reading_->retaken < reading_->sheets.size())
        reading_->sheets[*reading_->retaken] = std::move(sheet);
    else if (reading_->sheets.size() < most_sheets)
        reading_->sheets.push_back(std::move(sheet));
    reading_->retaken.reset();
    reading_->tries = 0;
    reading_->problem.reset();
    if (where_ == Where::Sheets) return dirty(); // a feeder brings several
    // A camera's light goes off while nobody takes anything.
    if (reading_->device == DeviceKind::Camera) stop_looking();
    focus_wish_ = "next";
    show(Where::Sheets);
}

bool Visit::sheets_intent(const Intent& intent) {
    auto& sheets = reading_->sheets;
    const auto chosen = [&](const std::string& key) {
        const auto number = number_after(key, "row.");
        return number && *number < sheets.size() ? number : std::nullopt;
    };
    const auto take = [&] {
        stop_looking();
        reading_->given_up.clear();
        ways_of_paper();
    };
    return std::visit(Overloaded{
                          [&](const AddInstance&) {
                              if (sheets.size() < most_sheets) take();
                              return true;
                          },
                          [&](const ChangeInstance& row) {
                              reading_->retaken = chosen(row.key);
                              if (reading_->retaken) take();
                              return true;
                          },
                          [&](const RemoveInstance& row) {
                              const auto number = chosen(row.key);
                              if (!number) return true;
                              sheets.erase(sheets.begin() + static_cast<std::ptrdiff_t>(*number));
                              if (sheets.empty())
                                  leave_looking_at_paper();
                              else
                                  dirty();
                              return true;
                          },
                          [&](const MoveInstanceUp& row) {
                              const auto number = chosen(row.key);
                              if (number && *number > 0) {
                                  std::swap(sheets[*number], sheets[*number - 1]);
                                  dirty();
                              }
                              return true;
                          },
                          [&](const Continue&) {
                              stop_looking();
                              focus_wish_.clear();
                              show(Where::PaperFacts);
                              return true;
                          },
                          [](const auto&) { return false; },
                      },
                      intent);
}

bool Visit::facts_intent(const Intent& intent) {
    const auto field = [&](std::string_view key) -> TextEdit* {
        return key == "paper.expiry.day"     ? &reading_->day
               : key == "paper.expiry.month" ? &reading_->month
               : key == "paper.expiry.year"  ? &reading_->year
                                             : nullptr;
    };
    const auto changed = [&](bool something) {
        if (something) dirty();
        return true;
    };
    return std::visit(Overloaded{
                          [&](const ChooseOption& option) {
                              const auto number = number_after(option.key, "option.");
                              if (number && *number < paper_kinds.size()) reading_->kind = number;
                              reading_->wrong_facts.reset();
                              return changed(number.has_value());
                          },
                          [&](const TypeText& typed) {
                              TextEdit* const into = field(typed.field);
                              return changed(into != nullptr && into->insert(typed.utf8));
                          },
                          [&](const Edit& edit) {
                              TextEdit* const into = field(edit.field);
                              return changed(into != nullptr && into->apply(edit.command, edit.extend));
                          },
                          [&](const PlaceCaret& caret) {
                              TextEdit* const into = field(caret.field);
                              return changed(into != nullptr && into->place(caret.byte, caret.extend));
                          },
                          [&](const Continue&) {
                              make_paper();
                              return true;
                          },
                          [](const auto&) { return false; },
                      },
                      intent);
}

/// Empty fields: no expiry. None at all: what stands there is no date.
std::optional<std::optional<forms::PartialDate>> Visit::expiry_typed() const {
    if (reading_->day.empty() && reading_->month.empty() && reading_->year.empty())
        return std::optional<forms::PartialDate>();
    const auto day = reading_->day.empty() ? 0 : number_in(reading_->day);
    const auto month = reading_->month.empty() ? 0 : number_in(reading_->month);
    const auto year = number_in(reading_->year);
    if (!day || !month || !year || *year < 1900 || *year > 2200 || (*day != 0 && *month == 0)) return std::nullopt;
    const auto date = forms::PartialDate::of(*year, *month, *day);
    if (!date) return std::nullopt;
    return date;
}

void Visit::make_paper() {
    reading_->wrong_facts.reset();
    if (!reading_->kind)
        reading_->wrong_facts = Text::error_choose_one;
    else if (!expiry_typed())
        reading_->wrong_facts = Text::error_write_date;
    if (reading_->wrong_facts) {
        focus_wish_ = "errors";
        return dirty();
    }
    MakePaper order{++watches_, {}};
    reading_->watch = order.watch;
    for (const Sheet& sheet : reading_->sheets)
        order.pages.push_back(sheet.page);
    orders_.emplace_back(CaptureOrder{std::move(order)});
    show(Where::PaperMaking);
}

void Visit::paper_made(const PaperMade& made) {
    reading_->watch = 0;
    touched_at_ = now();
    const auto refuse = [this](Text why) {
        reading_->wrong_facts = why;
        focus_wish_ = "errors";
        show(Where::PaperFacts);
    };
    if (!made.file || made.file->empty()) return refuse(Text::paper_not_made);
    const PaperKind& kind = paper_kinds[*reading_->kind];
    std::pmr::memory_resource* const memory = filling_->draft.memory();
    const std::string_view bytes(reinterpret_cast<const char*>(made.file->data()), made.file->size());
    const std::string words(form_words_.get(kind.words));
    Paper paper{filling_->papers_made, kind.code, words, words, reading_->sheets.size(), made.file};
    if (const auto expiry = expiry_typed(); expiry && *expiry)
        paper.title = form_words_.get(Text::paper_title_expiry,
                                      {{"kind", words}, {"date", date_words(**expiry, form_words_)}});
    forms::AttachmentRef ref{forms::AnswerText("application/pdf", memory),
                             forms::AnswerText(paper.title, memory),
                             forms::AnswerText(memory),
                             forms::AnswerText(forms::base64(forms::sha1(bytes)), memory),
                             static_cast<std::int64_t>(made.file->size()),
                             paper.index,
                             forms::AnswerText(memory)};
    switch (filling_->draft.set(*reading_->question, forms::Value(std::move(ref)))) {
    case forms::Outcome::Accepted:
        break;
    case forms::Outcome::TooLong:
        return refuse(Text::paper_too_large);
    default:
        return refuse(Text::paper_too_many);
    }
    ++filling_->papers_made;
    filling_->papers.push_back(std::move(paper));
    drop_sheets();
    resume(reading_->then);
}

void Visit::remove_paper(const forms::Path& question, std::uint32_t row) {
    const forms::Answer* const answer = filling_->draft.answer(question.with_instance(row));
    const auto* const ref =
        answer != nullptr && answer->value ? std::get_if<forms::AttachmentRef>(&*answer->value) : nullptr;
    if (ref != nullptr)
        std::erase_if(filling_->papers, [index = ref->index](const Paper& paper) { return paper.index == index; });
    filling_->draft.clear(question.with_instance(row));
    dirty();
}

} // namespace kiosk
