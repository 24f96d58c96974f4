// SPDX-License-Identifier: EUPL-1.2
// What is published while the terminal runs: forms for the next visit, notices for everybody; and where a request
// stands.
#include "kiosk/model/overloaded.hpp"
#include "kiosk/model/visit_state.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace kiosk {
namespace {

constexpr std::size_t code_length = 8;
constexpr std::size_t longest_typed = 24;
/// The wall clock may be set: what is due by it is looked at again after this, at the latest.
constexpr forms::BootTime looks_again{60'000};

/// The digits of "A-00042": what stands before them is printed on every receipt of a terminal.
std::uint64_t number_in(std::string_view typed) {
    std::string digits;
    for (const char c : typed)
        if (c >= '0' && c <= '9') digits += c;
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return error == std::errc() && end == digits.data() + digits.size() ? number : 0;
}

std::size_t letters_in(std::string_view typed) {
    return static_cast<std::size_t>(
        std::count_if(typed.begin(), typed.end(), [](char c) { return c != ' ' && c != '-'; }));
}

bool pressing(const Notice& a, const Notice& b) {
    if (a.urgent != b.urgent) return a.urgent;
    if (a.kind != b.kind) return a.kind < b.kind;
    return a.from > b.from;
}

} // namespace

// --- published forms and notices -------------------------------------------------------------------------------------

/// Notices at once: they may be about now. Forms when nobody is in the middle of something.
void Visit::published(PublishedNews news) {
    ++published_heard_;
    notices_ = news.notices;
    std::stable_sort(notices_.begin(), notices_.end(), pressing);
    waiting_news_ = std::move(news);
    if (at_rest()) offer_published();
    dirty();
}

void Visit::offer_published() {
    const PublishedNews news = std::move(*waiting_news_);
    waiting_news_.reset();
    std::vector<OfferedForm> offered = installed_;
    for (const PublishedForm& form : news.forms) {
        const auto same = std::find_if(offered.begin(), offered.end(), [&](const OfferedForm& known) {
            return known.definition->url() == form.definition->url();
        });
        if (same != offered.end() && form.withdrawn)
            offered.erase(same);
        else if (same != offered.end())
            same->definition = form.definition;
        else if (!form.withdrawn)
            offered.push_back({"published." + form.definition->url(), form.definition});
    }
    std::vector<std::size_t> lengths;
    for (const OfferedForm& form : offered) {
        const auto before = std::find_if(forms_.begin(), forms_.end(),
                                         [&](const OfferedForm& known) { return known.definition == form.definition; });
        lengths.push_back(before != forms_.end() ? lengths_[static_cast<std::size_t>(before - forms_.begin())]
                                                 : forms::expected_pages(forms::Draft(form.definition, ports_.memory)));
    }
    forms_ = std::move(offered);
    lengths_ = std::move(lengths);
    dirty();
}

std::vector<const Notice*> Visit::notices_in_force() const {
    std::vector<const Notice*> out;
    for (const Notice& notice : notices_)
        if (notice.in_force(ports_.clock->wall_time())) out.push_back(&notice);
    return out;
}

/// Those about this service, and what is urgent for everybody.
std::vector<const Notice*> Visit::notices_before(const std::string& key) const {
    const auto form = std::find_if(forms_.begin(), forms_.end(), [&](const OfferedForm& f) { return f.key == key; });
    std::vector<const Notice*> out;
    if (form == forms_.end()) return out;
    for (const Notice* notice : notices_in_force()) {
        const auto& about = notice->about;
        const bool concerned = std::find(about.begin(), about.end(), form->definition->url()) != about.end();
        if (concerned || (about.empty() && notice->urgent)) out.push_back(notice);
    }
    return out;
}

/// True once for each beginning and each end of a notice.
bool Visit::notices_moved() {
    std::vector<std::string> now;
    for (const Notice* notice : notices_in_force())
        now.push_back(notice->id);
    return std::exchange(shown_notices_, now) != now;
}

std::optional<forms::BootTime> Visit::next_notice() const {
    const forms::WallTime wall = ports_.clock->wall_time();
    std::optional<forms::BootTime> next;
    for (const Notice& notice : notices_)
        for (const forms::WallTime when : {notice.from, notice.until}) {
            if (when <= wall) continue;
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(when - wall);
            const forms::BootTime due = now() + std::min<forms::BootTime>(left, looks_again);
            next = next ? std::min(*next, due) : due;
        }
    return next;
}

void Visit::choose_service(const std::string& key) {
    if (!notices_before(key).empty() && !told_before_.contains(key)) {
        noticed_form_ = key;
        return show(Where::ServiceNotice);
    }
    open_form(key);
}

// --- where a request stands ------------------------------------------------------------------------------------------

void Visit::open_status() {
    const TextEdit::Rules rules{longest_typed, false, Allowed::Anything};
    if (!status_)
        status_ = std::make_unique<Asking>(
            Asking{TextEdit(ports_.memory, rules), TextEdit(ports_.memory, rules), 0, false, false, {}, {}, {}, 0});
    status_->answer.reset();
    show(Where::StatusAsk);
}

TextEdit* Visit::status_field(const std::string& key) {
    if (!status_ || where_ != Where::StatusAsk) return nullptr;
    if (key == "status.number") return &status_->number;
    if (key == "status.code") return &status_->code;
    return nullptr;
}

void Visit::ask_status() {
    status_->wanted = number_in(status_->number.text());
    status_->number_missing = status_->wanted == 0;
    status_->code_missing = letters_in(status_->code.text()) != code_length;
    if (status_->number_missing || status_->code_missing) {
        focus_wish_ = "errors";
        return dirty();
    }
    status_->answer.reset();
    status_->asked_again = 0;
    status_->first_asked_at = now();
    post_status();
    show(Where::StatusWaiting);
}

void Visit::post_status() {
    status_->asked_at = now();
    orders_.emplace_back(AskRequestStatus{status_->wanted, std::string(status_->code.text()), now() - status_->first_asked_at});
}

void Visit::told(const RequestStatusTold& told) {
    if (!status_ || told.number != status_->wanted || wipe_pending_) return;
    if (where_ != Where::StatusWaiting && where_ != Where::StatusAnswer) return;
    const bool same = status_->answer && status_->answer->where == told.where;
    status_->answer = told;
    if (where_ == Where::StatusWaiting) {
        touched_at_ = now();
        return show(Where::StatusAnswer);
    }
    if (!same) dirty();
}

bool Visit::news_intent(const Intent& intent) {
    const auto on = [this](Where where) { return where_ == where; };
    const auto edited = [this](bool changed) {
        if (changed) dirty();
        return true;
    };
    return std::visit(Overloaded{
                          [&](const OpenNotices&) {
                              if (on(Where::Attract) && !notices_in_force().empty()) show(Where::Notices);
                              return true;
                          },
                          [&](const OpenStatus&) {
                              if (on(Where::Services)) open_status();
                              return true;
                          },
                          [&](const Back&) {
                              if (on(Where::Notices)) {
                                  end(Where::Attract);
                                  return true;
                              }
                              if (on(Where::ServiceNotice) || on(Where::StatusAsk)) {
                                  if (on(Where::StatusAsk)) status_.reset();
                                  show(Where::Services);
                                  return true;
                              }
                              if (on(Where::StatusAnswer)) {
                                  open_status();
                                  return true;
                              }
                              return false;
                          },
                          [&](const Continue&) {
                              if (on(Where::ServiceNotice)) {
                                  told_before_.insert(noticed_form_);
                                  show(Where::Services); // where it is opened from, also after asking the sender
                                  open_form(std::exchange(noticed_form_, {}));
                                  return true;
                              }
                              if (on(Where::StatusAsk)) {
                                  ask_status();
                                  return true;
                              }
                              return false;
                          },
                          [&](const Finish&) {
                              if (!on(Where::StatusAnswer)) return false;
                              end(Where::Neutral);
                              return true;
                          },
                          [&](const TypeText& typed) {
                              TextEdit* field = status_field(typed.field);
                              return field != nullptr && edited(field->insert(typed.utf8));
                          },
                          [&](const Edit& edit) {
                              TextEdit* field = status_field(edit.field);
                              return field != nullptr && edited(field->apply(edit.command, edit.extend));
                          },
                          [&](const PlaceCaret& place) {
                              TextEdit* field = status_field(place.field);
                              return field != nullptr && edited(field->place(place.byte, place.extend));
                          },
                          [](const auto&) { return false; },
                      },
                      intent);
}

} // namespace kiosk
