// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/capture/devices/devices.hpp"
#include "kiosk/model/orders.hpp"

#include <bitset>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace kiosk {

/// What a visit asks of its devices, as calls: the camera is open, and readers listen, only while somebody has asked
/// (threat model §9).
/// Thread: that of the devices' owner (the screen's); no call waits for a device. `devices` must outlive it.
class DeviceOrders {
public:
    explicit DeviceOrders(Devices& devices) : devices_(devices) {}
    void give(const CaptureOrder& order);

private:
    Devices& devices_;
    DeviceKind chosen_ = DeviceKind::Camera; ///< for "take a picture"
};

/// In a journey nothing is looked for: what hangs on the machine that plays it changes nothing. A device that the
/// configuration names is used.
[[nodiscard]] DeviceSettings only_named(DeviceSettings settings);

/// Whether any device is to be used.
[[nodiscard]] bool any_wanted(const DeviceSettings& settings);

/// Waits until every kind of device has said how it is: a script begins then, as a person comes later than that.
/// Thread: any.
class FirstWords {
public:
    void heard(DeviceKind kind);
    /// False: one of them kept silent.
    bool all_within(std::chrono::milliseconds limit);

private:
    static constexpr std::size_t kinds = 4;
    std::mutex mutex_;
    std::condition_variable all_;
    std::bitset<kinds> heard_; // guarded by mutex_
};

} // namespace kiosk
