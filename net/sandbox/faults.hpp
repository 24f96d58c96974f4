// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace net::sandbox {

/// How the next requests are to be mishandled.
struct Fault {
    enum class Drop { No, Before, After }; ///< cut the connection before anything is done, or after all is done
    int count = 1;                         ///< for so many requests
    std::string only = {};                 ///< of this kind alone: "POST", "GET Task"; empty: of every kind
    int status = 0;                        ///< answer with this and do nothing; 0: no
    int retry_after_seconds = 0;           ///< with it, if > 0
    std::string expression = {};           ///< with it: the element that the answer objects to, as FHIRPath
    Drop drop = Drop::No;
    std::chrono::milliseconds delay{0};  ///< before anything else
    bool html = false;                   ///< answer 200 with a login page and do nothing
    std::optional<std::size_t> cut = {}; ///< do it, and break off the answer's body after so many bytes
};

/// The misbehaviour that tests ask for. Thread: any.
class Faults {
public:
    /// JSON: {"count":3,"status":503,"retryAfter":1} · {"drop":"before"} · {"drop":"after"} · {"delayMs":5000} ·
    /// {"status":422,"expression":"QuestionnaireResponse.item[0]"} ·
    /// {"html":true} · {"cut":100}; with any, "only":"POST" or "GET Task". A later one replaces what is left of an earlier one. False: not understood.
    bool plan(std::string_view json);
    void clear();
    /// What to do to this request; takes one off the count. `request`: method and resource type, "PUT Binary", or the
    /// method alone where there is none.
    std::optional<Fault> take(std::string_view request);
    /// Requests that something was done to, since the last `clear`.
    [[nodiscard]] int taken();
    /// Waits, but not once `end` was called.
    void wait(std::chrono::milliseconds delay);
    void end();

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<Fault> fault_; ///< guarded by mutex_
    int taken_ = 0;              ///< guarded by mutex_
    bool ended_ = false;         ///< guarded by mutex_
};

} // namespace net::sandbox
