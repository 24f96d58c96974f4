// SPDX-License-Identifier: EUPL-1.2
// What devices tell, gathered for a test; it waits for a message, never for a time.
#pragma once
#include "kiosk/capture/devices/outlet.hpp"
#include "net/runtime/event_log.hpp"
#include "net/runtime/system_clock.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <variant>

class Heard {
public:
    [[nodiscard]] kiosk::PostDeviceMessage post() {
        return [this](kiosk::DeviceMessage message) {
            const std::lock_guard lock(mutex_);
            messages_.push_back(std::move(message));
            arrived_.notify_all();
        };
    }
    [[nodiscard]] kiosk::Outlet outlet(kiosk::DeviceKind device) { return {device, post(), log_}; }
    [[nodiscard]] net::EventLog& log() { return log_; }

    /// The next message of this kind; those before it are passed over. None within 20 s: it will not come.
    template <class Message>
    [[nodiscard]] std::optional<Message> next(std::chrono::milliseconds patience = std::chrono::seconds(120)) {
        std::unique_lock lock(mutex_);
        std::optional<Message> found;
        arrived_.wait_for(lock, patience, [&] {
            while (!found && !messages_.empty()) {
                if (auto* const wanted = std::get_if<Message>(&messages_.front())) found = std::move(*wanted);
                messages_.pop_front();
            }
            return found.has_value();
        });
        return found;
    }
    /// True: the device comes to this state. Messages up to it are gone.
    [[nodiscard]] bool comes_to(kiosk::DeviceState state) {
        while (const auto change = next<kiosk::DeviceChanged>())
            if (change->state == state) return true;
        return false;
    }
    template <class Message>
    [[nodiscard]] std::size_t count() {
        const std::lock_guard lock(mutex_);
        std::size_t found = 0;
        for (const auto& message : messages_)
            found += std::holds_alternative<Message>(message) ? 1 : 0;
        return found;
    }
    [[nodiscard]] std::string logged() {
        const std::lock_guard lock(mutex_);
        return lines_;
    }

private:
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<kiosk::DeviceMessage> messages_; // guarded by mutex_
    std::string lines_;                         // likewise
    net::SystemClock clock_;
    net::EventLog log_{"test", clock_, [this](std::string_view line) {
                           const std::lock_guard lock(mutex_);
                           lines_ += line;
                       }};
};
