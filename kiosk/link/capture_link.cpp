// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/link/capture_link.hpp"

#include "kiosk/model/overloaded.hpp"

#include <algorithm>
#include <utility>

namespace kiosk {
namespace {

/// Whoever shows papers faster than they are read shows some in vain.
constexpr std::size_t most_waiting = 4;

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

} // namespace

CaptureLink::CaptureLink(std::filesystem::path decoder, std::function<forms::PartialDate()> today, Mailbox<News>& news)
    : today_(std::move(today)), news_(news), decoders_(std::move(decoder)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

CaptureLink::~CaptureLink() {
    thread_.request_stop();
    decoders_.interrupt();
}

void CaptureLink::post(const CaptureOrder& order) {
    {
        const std::lock_guard lock(mutex_);
        if (const auto* const start = std::get_if<StartCapture>(&order)) watch_ = *start;
        if (std::holds_alternative<StopCapture>(order)) watch_.reset();
        waiting_.clear();
    }
    decoders_.interrupt(); // what it looks at now, nobody waits for
    changed_.notify_all();
}

void CaptureLink::forget() { post(StopCapture{}); }

void CaptureLink::hear(DeviceMessage message) {
    if (const auto* const changed = std::get_if<DeviceChanged>(&message)) return say(*changed);
    {
        const std::lock_guard lock(mutex_);
        if (!watch_) return;
        const auto is_preview = [](const DeviceMessage& m) { return std::holds_alternative<PreviewSeen>(m); };
        if (auto* const frame = std::get_if<PreviewSeen>(&message)) {
            if (frame->picture) say(FrameSeen{watch_->watch, frame->picture});
            if (std::ranges::any_of(waiting_, is_preview)) return; // fewer are read than are seen
            // The camera goes on when nobody holds its frame any more: what is read is a copy.
            if (frame->picture) frame->picture = std::make_shared<const Pixels>(*frame->picture);
        } else if (static_cast<std::size_t>(std::ranges::count_if(waiting_, std::not_fn(is_preview))) >= most_waiting) {
            return;
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
        std::optional<DeviceMessage> message;
        StartCapture watch;
        {
            std::unique_lock lock(mutex_);
            if (!changed_.wait(lock, stop, [this] { return watch_ && !waiting_.empty(); })) return;
            watch = *watch_;
            message = std::move(waiting_.front());
            waiting_.erase(waiting_.begin());
        }
        look(*message, watch);
    }
}

void CaptureLink::look(DeviceMessage& message, const StartCapture& watch) {
    std::visit(Overloaded{
                   [&](const PictureTaken& taken) {
                       say(LookingBegun{watch.watch});
                       if (taken.file)
                           read(std::span<const std::byte>(*taken.file), watch, false);
                       else if (taken.picture)
                           read(PixelsView(*taken.picture), watch, false);
                   },
                   [&](const PreviewSeen& seen) {
                       if (seen.file)
                           read(std::span<const std::byte>(*seen.file), watch, true);
                       else if (seen.picture)
                           read(PixelsView(*seen.picture), watch, true);
                   },
                   [&](const TextScanned& text) {
                       auto seen = std::make_shared<DocumentSeen>();
                       seen->codes.push_back({Symbology::Code39, meaning_of(text.bytes, today_()), {}});
                       say(DocumentRead{watch.watch, std::move(seen)});
                   },
                   [&](const CardNotRead& card) { say(NotRead{watch.watch, why_of(card.why)}); },
                   [](const auto&) {},
               },
               message);
}

void CaptureLink::read(const JobPicture& picture, const StartCapture& watch, bool live) {
    const auto readout = decoders_.read(picture);
    if (!still(watch)) return; // the person has gone on, or away
    if (!readout.ok()) {
        if (!live) say(NotRead{watch.watch, NotRead::Why::Unreadable});
        return;
    }
    auto seen = std::make_shared<DocumentSeen>(understand(readout.value(), today_()));
    const bool nothing = seen->codes.empty() && !seen->mrz;
    if (!nothing)
        say(DocumentRead{watch.watch, std::move(seen), live});
    else if (!live)
        say(NotRead{watch.watch, NotRead::Why::NothingThere});
    else
        say(Guidance{watch.watch, hint_of(readout.value().page)});
}

} // namespace kiosk
