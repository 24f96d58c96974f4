// SPDX-License-Identifier: EUPL-1.2
// What a visit asks of the sender and what it does with the answers.
#include "forms/engine/complete.hpp"
#include "kiosk/model/identity_kinds.hpp"
#include "kiosk/model/overloaded.hpp"
#include "kiosk/model/visit_state.hpp"

#include <utility>

namespace kiosk {
namespace {

/// A code for the staff, as `no_answer_code`; the sender's own codes come with its answers.
constexpr const char* too_large_code = "S1";
/// A sender that said "ready" is believed for this long.
constexpr forms::BootTime readiness_holds{30'000};

} // namespace

bool Visit::surely_ready(std::uint64_t room) const {
    return readiness_ && readiness_->ready && readiness_->room >= room && now() - readiness_at_ <= readiness_holds;
}

void Visit::ask_readiness(std::uint64_t room) {
    asked_at_ = now();
    asked_room_ = room;
    asking_ = true;
    orders_.emplace_back(AskReadiness{room});
}

void Visit::told(const ReadinessTold& told) {
    if (asking_ && told.ready && told.room < asked_room_) return; // an answer to an earlier question, of less
    asking_ = false;
    readiness_ = told;
    readiness_at_ = now();
    if (where_ == Where::Waiting && filling_ && filling_->wanted_paper) return paper_readiness(told.ready);
    if (!told.ready) {
        code_ = told.code;
        // Said before a person starts. Whoever is answering questions already is not disturbed: the answers may well be
        // kept by the time they are sent, and if not, the screen says so then.
        if (where_ == Where::Attract || where_ == Where::Waiting || where_ == Where::Services) {
            if (where_ == Where::Attract) asked_at_ = now();
            show(Where::OutOfService);
        } else if (where_ == Where::OutOfService) {
            dirty();
        }
        return;
    }
    if (settings_.preview && where_ == Where::Attract && !forms_.empty()) return begin_preview();
    if (where_ == Where::OutOfService) return show(visit_open_ ? Where::Services : Where::Attract);
    if (where_ != Where::Waiting) return;
    if (!wanted_form_.empty()) return open_form(std::exchange(wanted_form_, {}));
    show(Where::Services);
}

void Visit::hear(const News& news) {
    const auto ours = [this](const forms::Uuid& id) { return filling_ && !wipe_pending_ && filling_->id == id; };
    std::visit(Overloaded{
                   [&](const ReadinessTold& readiness) { told(readiness); },
                   [&](const RequestKept& kept) {
                       if (!ours(kept.id) || filling_->kept) return;
                       filling_->kept = true;
                       filling_->frozen.reset();
                       number_ = kept.number;
                       receipt_.number = full_number();
                       receipt_.code = kept.code;
                       touched_at_ = now();
                       show(Where::Receipt);
                   },
                   [&](const RequestNotKept& refused) {
                       if (!ours(refused.id) || filling_->kept) return;
                       code_ = refused.code;
                       touched_at_ = now();
                       show(Where::NotKept);
                   },
                   [&](const RequestAcknowledged& done) {
                       if (!ours(done.id)) return;
                       receipt_.reference = done.reference;
                       needs_desk_ = false;
                       dirty();
                   },
                   [&](const PublishedNews& news_told) { published(news_told); },
                   [&](const RequestStatusTold& status) { told(status); },
                   [&](const FormChanged& change) { form_changed(change); },
                   [&](const DeskNews& desk) {
                       if (desk_ && !wipe_pending_) desk_told(desk);
                   },
                   [&](const PersonRead& read) { person_read(read); },
                   [&](const CaptureNews& capture) { capture_told(capture); },
                   [&](const RequestNeedsDesk& desk) {
                       if (!ours(desk.id)) return;
                       needs_desk_ = true;
                       dirty();
                   },
               },
               news);
}

std::vector<Order> Visit::take_orders() { return std::exchange(orders_, {}); }

void Visit::send() {
    auto filled = forms::complete(filling_->draft, filling_->language);
    if (!filled.ok()) {
        filling_->issues = filled.error();
        focus_wish_ = "errors";
        return dirty();
    }
    filling_->issues.clear();
    RequestRecord record{filling_->id, filling_->language, filling_->started, ports_.clock->wall_time()};
    for (const Paper& paper : filling_->papers)
        record.papers.push_back({paper.index, "application/pdf", paper.title, paper.kind, paper.kind_words, paper.bytes});
    if (desk_ && desk_->identity_seen && asks_identity())
        record.identity_document = identity_kinds[*desk_->identity_seen].code;
    filling_->frozen = ports_.freeze(filling_->draft, filled.value(), record);
    if (!filling_->frozen) {
        code_ = too_large_code;
        return show(Where::NotKept);
    }
    keep();
}

/// The same bytes under the same id, as often as it takes.
void Visit::keep() {
    if (!filling_ || filling_->kept) return;
    if (!filling_->frozen) return show(Where::Check); // nothing was frozen: look at the answers again
    if (desk_)
        desk_order(DeskRevise{filling_->id, FrozenBytes(filling_->frozen->bytes, ports_.memory)});
    else
        orders_.emplace_back(
            KeepRequest{filling_->id, FrozenBytes(filling_->frozen->bytes, ports_.memory), filling_->frozen->files});
    show(Where::Saving);
}

} // namespace kiosk
