// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/link/capture_link.hpp"

#include "kiosk/capture/card_file.hpp"
#include "kiosk/capture/page_pdf.hpp"
#include "kiosk/model/overloaded.hpp"
#include "net/runtime/stack_wipe.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace kiosk {
namespace {

using Steady = std::chrono::steady_clock;

/// Whoever shows papers faster than they are read shows some in vain.
constexpr std::size_t most_waiting = 4;
/// Then a paper goes without the words that are not read yet: they are for searching in it.
constexpr std::chrono::seconds text_is_waited_for{8};

NotRead::Why why_of(CardNotRead::Why why) {
    switch (why) { // no default: the compiler names the one we forgot
    case CardNotRead::Why::AsksForPin:
        return NotRead::Why::AsksForPin;
    case CardNotRead::Why::Gone:
        return NotRead::Why::CardGone;
    case CardNotRead::Why::NotACns:
    case CardNotRead::Why::Nonsense:
        break;
    }
    return NotRead::Why::OtherCard;
}

/// What a person can do better now. That no sheet is seen means nothing for a card in the hand.
std::optional<PageTrouble> hint_of(const PageSeen& page) {
    for (const PageTrouble trouble : page.troubles)
        if (trouble != PageTrouble::NoPage) return trouble;
    return std::nullopt;
}

std::optional<PageTrouble> first_of(const PageSeen& page) {
    return page.troubles.empty() ? std::nullopt : std::optional(page.troubles.front());
}

} // namespace

CaptureLink::CaptureLink(std::filesystem::path decoder, std::function<forms::PartialDate()> today, Mailbox<News>& news)
    : today_(std::move(today)), news_(news), decoders_(decoder), texts_(std::move(decoder)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

CaptureLink::~CaptureLink() {
    thread_.request_stop();
    texts_.stop();
    decoders_.interrupt();
}

void CaptureLink::post(const CaptureOrder& order) {
    {
        const std::lock_guard lock(mutex_);
        if (std::holds_alternative<TakePicture>(order)) return; // for the device alone
        if (const auto* const start = std::get_if<StartCapture>(&order)) watch_ = *start;
        making_.reset();
        if (const auto* const make = std::get_if<MakePaper>(&order)) {
            watch_.reset();
            making_ = *make;
        }
        if (std::holds_alternative<StopCapture>(order)) watch_.reset();
        waiting_.clear();
    }
    decoders_.interrupt(); // what it looks at now, nobody waits for
    changed_.notify_all();
}

void CaptureLink::forget() {
    post(StopCapture{});
    texts_.forget();
}

void CaptureLink::hear(DeviceMessage message) {
    if (const auto* const changed = std::get_if<DeviceChanged>(&message)) return say(*changed);
    {
        const std::lock_guard lock(mutex_);
        if (!watch_) return;
        if (const auto* const progress = std::get_if<ScanProgress>(&message))
            return say(SheetUnderWay{watch_->watch, progress->share});
        const auto is_preview = [](const DeviceMessage& m) { return std::holds_alternative<PreviewSeen>(m); };
        if (auto* const frame = std::get_if<PreviewSeen>(&message)) {
            if (frame->picture) say(FrameSeen{watch_->watch, frame->picture});
            if (std::ranges::any_of(waiting_, is_preview)) return; // fewer are read than are seen
            // The camera goes on when nobody holds its frame any more: what is read is a copy.
            if (frame->picture) frame->picture = std::make_shared<const Pixels>(*frame->picture);
        } else if (static_cast<std::size_t>(std::ranges::count_if(waiting_, std::not_fn(is_preview))) >= most_waiting) {
            return;
        } else if (const auto* const taken = std::get_if<PictureTaken>(&message); taken != nullptr) {
            if (!taken->file && !taken->picture) return;
            say(LookingBegun{watch_->watch}); // before whatever its device says next
        }
        waiting_.push_back(std::move(message));
    }
    changed_.notify_all();
}

bool CaptureLink::still(const StartCapture& watch) {
    const std::lock_guard lock(mutex_);
    return watch_ && watch_->watch == watch.watch;
}

void CaptureLink::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        std::optional<MakePaper> paper;
        std::optional<DeviceMessage> message;
        StartCapture watch;
        {
            std::unique_lock lock(mutex_);
            if (!changed_.wait(lock, stop, [this] { return making_ || (watch_ && !waiting_.empty()); })) return;
            paper = std::exchange(making_, std::nullopt);
            if (!paper) {
                watch = *watch_;
                message = std::move(waiting_.front());
                waiting_.erase(waiting_.begin());
            }
        }
        if (paper)
            make(*paper);
        else
            look(*message, watch);
        net::wipe_stack(); // of what was read
    }
}

void CaptureLink::look(DeviceMessage& message, const StartCapture& watch) {
    std::visit(Overloaded{
                   [&](const PictureTaken& taken) {
                       const JobPicture picture = taken.file ? JobPicture(std::span<const std::byte>(*taken.file))
                                                             : JobPicture(PixelsView(*taken.picture));
                       if (watch.what == CaptureFor::Paper)
                           read_page(picture, watch, taken);
                       else
                           read(picture, watch, false);
                   },
                   [&](const PreviewSeen& seen) {
                       if (seen.file)
                           read(std::span<const std::byte>(*seen.file), watch, true);
                       else if (seen.picture)
                           read(PixelsView(*seen.picture), watch, true);
                   },
                   [&](const TextScanned& text) {
                       if (watch.what != CaptureFor::Identity) return;
                       auto seen = std::make_shared<DocumentSeen>();
                       seen->codes.push_back({Symbology::Code39, meaning_of(text.bytes, today_()), {}});
                       say(DocumentRead{watch.watch, std::move(seen)});
                   },
                   [&](const CardRead& card) { read_card(card, watch); },
                   [&](const CardNotRead& card) { say(NotRead{watch.watch, why_of(card.why)}); },
                   [](const auto&) {},
               },
               message);
}

void CaptureLink::read_card(const CardRead& card, const StartCapture& watch) {
    if (watch.what != CaptureFor::Identity) return;
    say(LookingBegun{watch.watch});
    const auto file = decoders_.card(card.file);
    if (!still(watch)) return;
    if (!file.ok()) return say(NotRead{watch.watch, NotRead::Why::OtherCard});
    auto seen = std::make_shared<DocumentSeen>();
    seen->chip = person_of(file.value(), today_());
    say(DocumentRead{watch.watch, std::move(seen)});
}

void CaptureLink::read(const JobPicture& picture, const StartCapture& watch, bool live) {
    const auto readout = decoders_.read(picture);
    if (!still(watch)) return; // the person has gone on, or away
    if (!readout.ok()) {
        if (!live) say(NotRead{watch.watch, NotRead::Why::Unreadable});
        return;
    }
    if (watch.what == CaptureFor::Paper) return say(Guidance{watch.watch, first_of(readout.value().page)});
    auto seen = std::make_shared<DocumentSeen>(understand(readout.value(), today_()));
    const bool nothing = seen->codes.empty() && !seen->mrz;
    if (!nothing)
        say(DocumentRead{watch.watch, std::move(seen), live});
    else if (!live)
        say(NotRead{watch.watch, NotRead::Why::NothingThere});
    else
        say(Guidance{watch.watch, hint_of(readout.value().page)});
}

/// A sheet whose edges nobody finds is still a sheet: then the whole picture is the page, and the person judges it.
void CaptureLink::read_page(const JobPicture& picture, const StartCapture& watch, const PictureTaken& taken) {
    PageWish wish;
    wish.dots_per_inch = static_cast<std::uint16_t>(std::clamp(taken.dots_per_inch, 0.0, 1200.0));
    wish.area = taken.device == DeviceKind::PageScanner ? PageArea::Whole : PageArea::Found;
    auto page = decoders_.page(picture, wish);
    if (page.ok() && page.value().jpeg.empty() && wish.area == PageArea::Found && still(watch)) {
        const PageSeen seen = page.value().seen;
        wish.area = PageArea::Whole;
        page = decoders_.page(picture, wish);
        if (page.ok()) {
            PagePicture whole = std::move(page).value();
            whole.seen.troubles = seen.troubles; // "no edges", and what else was told of it
            page = std::move(whole);
        }
    }
    if (!still(watch)) return;
    if (!page.ok() || page.value().jpeg.empty()) return say(NotRead{watch.watch, NotRead::Why::Unreadable});
    auto made = std::make_shared<const PagePicture>(std::move(page).value());
    texts_.read(made);
    say(PageRead{watch.watch, ++pages_, std::move(made)});
}

void CaptureLink::make(const MakePaper& order) {
    // Most words were read while the person looked at the pages and said what they are.
    const auto until = Steady::now() + text_is_waited_for;
    std::vector<std::shared_ptr<const PageText>> texts;
    std::vector<PdfPage> pages;
    for (const auto& page : order.pages) {
        texts.push_back(texts_.text_of(page, until));
        pages.push_back({page.get(), texts.back().get()});
    }
    auto pdf = write_pdf(pages, "it");
    texts_.forget();
    say(PaperMade{order.watch,
                  pdf.ok() ? std::make_shared<const std::vector<std::byte>>(std::move(pdf).value()) : nullptr});
}

} // namespace kiosk
