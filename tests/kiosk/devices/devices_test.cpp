// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/devices/devices.hpp"
#include "tests/doubles/folder.hpp"
#include "tests/kiosk/devices/heard.hpp"
#include "tests/kiosk/devices/scanner_drivers.hpp"

#include <doctest/doctest.h>

using kiosk::DeviceChanged;
using kiosk::DeviceKind;
using kiosk::DeviceSettings;
using kiosk::DeviceState;

TEST_CASE("devices that are not configured are absent, and asking them does nothing") {
    Heard heard;
    kiosk::Devices devices({.camera = "none", .page_scanner = "none", .page_scanner_options = {}, .code_reader = "none",
                            .card_reader = "none"},
                           heard.post(), heard.log());
    for (int i = 0; i < 4; ++i) {
        const auto change = heard.next<DeviceChanged>();
        REQUIRE(change.has_value());
        CHECK(static_cast<int>(change->device) == i);
        CHECK(change->state == DeviceState::Absent);
    }
    devices.open_camera();
    devices.take_photograph();
    devices.scan_sheets(kiosk::SheetSource::Feeder);
    devices.cancel_scan();
    devices.want_codes(true);
    devices.want_cards(true);
    devices.forget();
    CHECK(devices.stop());
    CHECK_FALSE(heard.next<DeviceChanged>(std::chrono::milliseconds(50)).has_value());
}

TEST_CASE("all devices together start, work and stop in bounded time, also in the middle of a visit") {
    const tests::Folder film;
    film.write("a.pgm", "P5 2 1 255\nab");
    const Drivers drivers;
    for (int again = 0; again < 5; ++again) {
        Heard heard;
        kiosk::Devices devices({.camera = film.path().string(), .page_scanner = "auto", .page_scanner_options = {},
                                .code_reader = "/dev/no-such-reader", .card_reader = "auto"},
                               heard.post(), heard.log());
        devices.open_camera();
        devices.want_codes(true);
        devices.want_cards(true);
        const auto seen = heard.next<kiosk::PreviewSeen>();
        REQUIRE(seen.has_value());
        CHECK(seen->picture->width == 2);
        CHECK(devices.stop(std::chrono::seconds(60)));
        CHECK(heard.logged().find("device-stuck") == std::string::npos);
    }
}

TEST_CASE("when a visit ends the camera is closed, whatever was asked") {
    const tests::Folder film;
    film.write("a.pgm", "P5 2 1 255\nab");
    Heard heard;
    kiosk::Devices devices({.camera = film.path().string(), .page_scanner = "none", .page_scanner_options = {},
                            .code_reader = "none", .card_reader = "none"},
                           heard.post(), heard.log());
    devices.open_camera();
    REQUIRE(heard.next<kiosk::PreviewSeen>().has_value());
    devices.forget();
    CHECK(heard.comes_to(DeviceState::Ready));
    CHECK_FALSE(heard.next<kiosk::PreviewSeen>(std::chrono::milliseconds(300)).has_value());
}
