// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/link/page_texts.hpp"

#include <algorithm>
#include <vector>

namespace kiosk {
namespace {

const std::vector<PaperLanguage>& paper_languages() {
    static const std::vector<PaperLanguage> all = {PaperLanguage::Italian, PaperLanguage::French,
                                                   PaperLanguage::English};
    return all;
}

} // namespace

PageTexts::PageTexts(std::filesystem::path decoder)
    : decoders_(std::move(decoder)), thread_([this](const std::stop_token& stop) { run(stop); }) {}

PageTexts::~PageTexts() { stop(); }

void PageTexts::stop() {
    thread_.request_stop();
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    decoders_.interrupt();
}

void PageTexts::read(std::shared_ptr<const PagePicture> page) {
    {
        const std::lock_guard lock(mutex_);
        waiting_.push_back(std::move(page));
    }
    changed_.notify_all();
}

std::shared_ptr<const PageText> PageTexts::text_of(const std::shared_ptr<const PagePicture>& page,
                                                   std::chrono::steady_clock::time_point until) {
    std::unique_lock lock(mutex_);
    changed_.wait_until(lock, until, [&] { return stopping_ || read_.contains(page); });
    const auto found = read_.find(page);
    return found == read_.end() ? nullptr : found->second;
}

void PageTexts::forget() {
    {
        const std::lock_guard lock(mutex_);
        waiting_.clear();
        read_.clear();
    }
    decoders_.interrupt();
}

void PageTexts::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        std::shared_ptr<const PagePicture> page;
        {
            std::unique_lock lock(mutex_);
            if (!changed_.wait(lock, stop, [this] { return !waiting_.empty(); })) return;
            page = waiting_.front();
        }
        auto text = decoders_.text_of(*page, paper_languages());
        {
            const std::lock_guard lock(mutex_);
            // Forgotten meanwhile: nobody waits for it any more.
            if (waiting_.empty() || waiting_.front() != page) continue;
            waiting_.pop_front();
            read_[page] = text.ok() ? std::make_shared<const PageText>(std::move(text).value()) : nullptr;
        }
        changed_.notify_all();
    }
}

} // namespace kiosk
