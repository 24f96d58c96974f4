// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/capture/device_messages.hpp"
#include "net/runtime/config.hpp"
#include "net/runtime/event_log.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

namespace kiosk {

using DeviceSettings = net::DevicesConfig; ///< the `devices` keys of the configuration

/// Called from the devices' threads, several at once: must be quick and must not call back into `Devices`.
using PostDeviceMessage = std::function<void(DeviceMessage)>;

/// Camera, page scanner, bar-code reader and card reader, each on a thread of its own.
/// Thread: one makes it, asks it and ends it (the screen's). No call but the destructor waits for a device; what comes of
/// it comes as messages.
///
/// Each device says its state when it first knows it, and whenever it changes. While nobody has asked for anything, the
/// camera is closed (its light is off), and what bar-code and card readers say is thrown away (threat-model §9: only where
/// a field expects it).
class Devices {
public:
    Devices(const DeviceSettings& settings, PostDeviceMessage post, net::EventLog& log);
    /// `stop`, then waits for the threads without a bound.
    ~Devices();
    Devices(const Devices&) = delete;
    Devices& operator=(const Devices&) = delete;

    /// Previews follow, until `close_camera`. Again while it runs: no effect.
    void open_camera();
    void close_camera();
    /// One `PictureTaken` at the camera's full size follows, or a `DeviceChanged` that says why not. The camera need not be
    /// open; it is as before afterwards.
    void take_photograph();

    /// A `PictureTaken` a sheet (200 dpi, grey), with `ScanProgress` before. The last message of an order is a
    /// `DeviceChanged`: `Ready`, or what went wrong; sheets that came before it are good. From the feeder: all sheets in
    /// it; `NoPaper` only when there was none. Again while one runs: no effect.
    void scan_sheets(SheetSource source);
    /// The sheet under way is thrown away; then `DeviceChanged` as above. Nothing runs: no effect.
    void cancel_scan();

    /// Whether a bar code or a card is wanted now. What was read before is not kept; a card that lies in the reader
    /// when it becomes wanted is read then.
    void want_codes(bool wanted);
    void want_cards(bool wanted);

    /// The visit has ended: as if nothing had ever been asked (camera closed, scan cancelled, nothing wanted).
    void forget();

    /// Tells all threads to end and waits at most `limit` altogether. False: a driver does not return; the program must
    /// then end by `_exit` at once, since the destructor would wait for ever. Nothing is posted after `true`.
    [[nodiscard]] bool stop(std::chrono::milliseconds limit = std::chrono::seconds(2));

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace kiosk
