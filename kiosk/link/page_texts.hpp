// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/capture/decoder_process.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

namespace kiosk {

/// Reads the words of pages in the background, one after the other, while the person looks at them: some seconds each. A
/// page without words is a page all the same.
/// Thread: any; reading happens on its own thread.
class PageTexts {
public:
    explicit PageTexts(std::filesystem::path decoder);
    /// Stops and waits for the thread; the page that is being read is given up at once.
    ~PageTexts();
    PageTexts(const PageTexts&) = delete;
    PageTexts& operator=(const PageTexts&) = delete;

    void read(std::shared_ptr<const PagePicture> page);
    /// The words of a page given to `read`; waits for them until then. Null: not read, or not to be read.
    [[nodiscard]] std::shared_ptr<const PageText> text_of(const std::shared_ptr<const PagePicture>& page,
                                                          std::chrono::steady_clock::time_point until);
    /// From now on nothing is read or waited for: the program ends.
    void stop();
    /// Drops all pages and words, and gives up what is being read.
    void forget();

private:
    void run(const std::stop_token& stop);

    Decoders decoders_; ///< belongs to the thread
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<std::shared_ptr<const PagePicture>> waiting_; // guarded by mutex_, as what follows
    std::map<std::shared_ptr<const PagePicture>, std::shared_ptr<const PageText>> read_; ///< null: could not be read
    bool stopping_ = false;
    std::jthread thread_; // last: starts when the rest is there, ends before it goes
};

} // namespace kiosk
