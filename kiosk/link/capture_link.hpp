// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/capture/decoder_process.hpp"
#include "kiosk/capture/device_messages.hpp"
#include "kiosk/link/page_texts.hpp"
#include "kiosk/model/mailbox.hpp"
#include "kiosk/model/orders.hpp"

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

namespace kiosk {

/// The thread between devices and visit: has pictures read by decoders, tells what codes and cards mean, and posts
/// proposals. Nothing is looked at unless a visit has asked for it; what comes at any other time is thrown away. A
/// decoder that dies, stays silent or talks nonsense is one try that did not work (threat model §9).
/// Thread: `post`, `forget` and `hear` from any, and they return at once; everything else happens on its own thread.
class CaptureLink {
public:
    /// `decoder`: the path of sportello-decoder. `today`: called on the own thread. `news` must outlive it.
    CaptureLink(std::filesystem::path decoder, std::function<forms::PartialDate()> today, Mailbox<News>& news);
    /// Stops and waits for the thread; a picture that is being read is given up at once.
    ~CaptureLink();
    CaptureLink(const CaptureLink&) = delete;
    CaptureLink& operator=(const CaptureLink&) = delete;

    void post(const CaptureOrder& order);
    /// The visit is over: nobody waits for anything, and what was shown is dropped.
    void forget();
    void hear(DeviceMessage message);

private:
    void run(const std::stop_token& stop);
    void look(DeviceMessage& message, const StartCapture& watch);
    void read_card(const CardRead& card, const StartCapture& watch);
    void read(const JobPicture& picture, const StartCapture& watch, bool live);
    void read_page(const JobPicture& picture, const StartCapture& watch, const PictureTaken& taken);
    void make(const MakePaper& order);
    void say(CaptureNews news) { news_.post(std::move(news)); }
    [[nodiscard]] bool still(const StartCapture& watch);

    std::function<forms::PartialDate()> today_;
    Mailbox<News>& news_;
    Decoders decoders_; ///< belongs to the thread
    PageTexts texts_;

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::optional<StartCapture> watch_;  // guarded by mutex_
    std::optional<MakePaper> making_;    // guarded by mutex_
    std::uint64_t pages_ = 0;            ///< made so far; belongs to the thread
    std::vector<DeviceMessage> waiting_; // guarded by mutex_; at most one preview and `most_waiting` others
    std::jthread thread_;                // last: starts when the rest is there, ends before it goes
};

} // namespace kiosk
