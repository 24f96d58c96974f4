// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/capture/devices/device_thread.hpp"
#include "kiosk/capture/devices/outlet.hpp"

#include <atomic>
#include <memory>
#include <string>

namespace kiosk {

/// A contact card reader, through PC/SC. Reader and card come and go at any time; the daemon too.
/// A card is read once each time it is put in, and once more when cards become wanted while it lies there. Access is
/// shared: another program may use the card before and after, but not in the middle.
class CardReader {
public:
    /// `reader`: "auto", or the beginning of a reader's name.
    CardReader(std::string reader, Outlet outlet);

    void want(bool wanted);
    void tell_to_end() { thread_.tell_to_end(); }
    [[nodiscard]] bool ended_within(std::chrono::milliseconds limit) const { return thread_.ended_within(limit); }

private:
    void run(DeviceThread& thread);

    const std::string reader_;
    Outlet outlet_; // the thread's
    std::atomic<unsigned> wishes_{0}; ///< odd: wanted; each wish has a number of its own
    DeviceThread thread_;
};

/// What `sportelloctl doctor` asks: names of the readers; nothing: pcscd does not answer. Blocks shortly.
[[nodiscard]] std::optional<std::vector<std::string>> card_readers();

} // namespace kiosk
