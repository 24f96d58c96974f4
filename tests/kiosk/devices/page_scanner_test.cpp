// SPDX-License-Identifier: EUPL-1.2
// Through the real libsane, with two of its own drivers that need no scanner: `test`, which can be told to fail, and `pnm`,
// which "scans" a file.
#include "kiosk/capture/devices/page_scanner.hpp"
#include "tests/doubles/folder.hpp"
#include "tests/kiosk/devices/heard.hpp"
#include "tests/kiosk/devices/scanner_drivers.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using kiosk::DeviceState;
using kiosk::PictureTaken;
using kiosk::ScanProgress;
using kiosk::SheetSource;

namespace {

std::string failing_with(const std::string& status) {
    return "enable-test-options true\nread-status-code \"" + status + "\"\n";
}

std::string grey_picture(int width, int height) {
    std::string file = "P5\n" + std::to_string(width) + " " + std::to_string(height) + "\n255\n";
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            file += static_cast<char>((x * 7 + y * 13) & 0xFF);
    return file;
}

/// In place of sportello-scanner: finds one scanner, and behaves like this when it is to scan.
std::filesystem::path program_that(const tests::Folder& folder, const std::string& scanning) {
    const auto program = folder.write("scanner", "#!/bin/sh\n"
                                                 "if [ \"$1\" = find ]; then printf '\\000\\000\\000\\006\\000\\001\\001\\000\\001x'; exit; fi\n" +
                                                     scanning + "\n");
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
    return program;
}

/// How an order ends.
DeviceState end_of_order(Heard& heard) {
    while (const auto change = heard.next<kiosk::DeviceChanged>())
        if (change->state != DeviceState::Working) return change->state;
    FAIL("the order has no end");
    return DeviceState::Failed;
}

} // namespace

TEST_CASE("a sheet on the glass arrives grey, at 200 dots an inch, and complete") {
    const Drivers drivers;
    Heard heard;
    kiosk::PageScanner scanner("test:0", {"test-picture=Color pattern"}, heard.outlet(kiosk::DeviceKind::PageScanner));
    REQUIRE(heard.comes_to(DeviceState::Ready));
    scanner.scan(SheetSource::Glass);
    REQUIRE(heard.comes_to(DeviceState::Working));
    const auto begun = heard.next<ScanProgress>();
    REQUIRE(begun.has_value());
    CHECK(begun->sheet == 1);
    const auto taken = heard.next<PictureTaken>();
    REQUIRE(taken.has_value());
    CHECK(taken->dots_per_inch == 200);
    REQUIRE(taken->picture);
    // This scanner's glass is 200 mm square.
    CHECK(taken->picture->width == 1574);
    CHECK(taken->picture->height == 1574);
    CHECK(taken->picture->channels == 1);
    CHECK(taken->picture->bytes.size() == std::size_t{1574} * 1574);
    CHECK(end_of_order(heard) == DeviceState::Ready);
}

TEST_CASE("all sheets of a feeder arrive one by one, and an empty feeder ends the order well") {
    const Drivers drivers;
    Heard heard;
    kiosk::PageScanner scanner("test:0", {"br-x=20", "br-y=20"}, heard.outlet(kiosk::DeviceKind::PageScanner));
    REQUIRE(heard.comes_to(DeviceState::Ready));
    scanner.scan(SheetSource::Feeder);
    for (int sheet = 1; sheet <= 10; ++sheet) // that many this driver has
        REQUIRE(heard.next<PictureTaken>().has_value());
    CHECK(end_of_order(heard) == DeviceState::Ready);
    CHECK(heard.count<PictureTaken>() == 0);
}

TEST_CASE("paper jam, open cover, busy and broken scanner are told apart, and the next order is taken") {
    const std::pair<const char*, DeviceState> troubles[] = {
        {"SANE_STATUS_JAMMED", DeviceState::Jammed},       {"SANE_STATUS_COVER_OPEN", DeviceState::CoverOpen},
        {"SANE_STATUS_DEVICE_BUSY", DeviceState::Busy},    {"SANE_STATUS_IO_ERROR", DeviceState::Failed},
        {"SANE_STATUS_NO_DOCS", DeviceState::NoPaper},     {"SANE_STATUS_ACCESS_DENIED", DeviceState::Denied},
        {"SANE_STATUS_NO_MEM", DeviceState::Failed},       {"SANE_STATUS_UNSUPPORTED", DeviceState::Failed},
    };
    for (const auto& [status, state] : troubles) {
        CAPTURE(status);
        const Drivers drivers(failing_with(status));
        Heard heard;
        kiosk::PageScanner scanner("test:0", {}, heard.outlet(kiosk::DeviceKind::PageScanner));
        REQUIRE(heard.comes_to(DeviceState::Ready));
        scanner.scan(SheetSource::Feeder);
        CHECK(end_of_order(heard) == state);
        CHECK(heard.count<PictureTaken>() == 0);
        CHECK(heard.logged().find("device-trouble") != std::string::npos);
        scanner.scan(SheetSource::Feeder);
        CHECK(end_of_order(heard) != DeviceState::Working);
    }
}

TEST_CASE("a scan that is cancelled ends at once and gives no picture; the scanner can be used again") {
    const Drivers drivers;
    Heard heard;
    // Each piece that is read takes a tenth of a second, so that the scan would last for minutes.
    kiosk::PageScanner scanner(
        "test:0", {"enable-test-options=true", "read-limit=true", "read-limit-size=1000", "read-delay=true",
                 "read-delay-duration=100000"},
        heard.outlet(kiosk::DeviceKind::PageScanner));
    REQUIRE(heard.comes_to(DeviceState::Ready));
    for (int again = 0; again < 2; ++again) {
        scanner.scan(SheetSource::Glass);
        REQUIRE(heard.next<ScanProgress>().has_value());
        scanner.cancel();
        CHECK(end_of_order(heard) == DeviceState::Ready);
        CHECK(heard.count<PictureTaken>() == 0);
    }
}

TEST_CASE("a scan under way does not keep the thread from ending") {
    const Drivers drivers;
    Heard heard;
    kiosk::PageScanner scanner(
        "test:0", {"enable-test-options=true", "read-limit=true", "read-limit-size=1000", "read-delay=true",
                 "read-delay-duration=100000"},
        heard.outlet(kiosk::DeviceKind::PageScanner));
    REQUIRE(heard.comes_to(DeviceState::Ready));
    scanner.scan(SheetSource::Glass);
    REQUIRE(heard.next<ScanProgress>().has_value());
    scanner.tell_to_end();
    CHECK(scanner.ended_within(std::chrono::seconds(60)));
}

TEST_CASE("a scanner that gives sixteen bits a sample or colours gives the same sheet") {
    const Drivers drivers;
    Heard heard;
    const auto scanned = [&](const std::vector<std::string>& more) {
        std::vector<std::string> options{"br-x=60", "br-y=60", "test-picture=Grid"};
        options.insert(options.end(), more.begin(), more.end());
        kiosk::PageScanner scanner("test:0", options, heard.outlet(kiosk::DeviceKind::PageScanner));
        REQUIRE(heard.comes_to(DeviceState::Ready));
        scanner.scan(SheetSource::Glass);
        const auto taken = heard.next<PictureTaken>();
        REQUIRE(taken.has_value());
        return taken->picture->bytes;
    };
    const auto plain = scanned({});
    CHECK(std::count(plain.begin(), plain.end(), 0) > 1000);
    CHECK(std::count(plain.begin(), plain.end(), 255) > 1000);
    CHECK((scanned({"depth=16"}) == plain));
    CHECK((scanned({"mode=Color"}) == plain));
}

TEST_CASE("a picture file goes through a scanner unchanged") {
    tests::Folder pictures;
    const std::string grey = grey_picture(301, 47);
    const auto file = pictures.write("sheet.pgm", grey);
    const Drivers drivers;
    Heard heard;
    kiosk::PageScanner scanner("auto", {"filename=" + file.string()},
                               heard.outlet(kiosk::DeviceKind::PageScanner));
    REQUIRE(heard.comes_to(DeviceState::Ready));
    scanner.scan(SheetSource::Glass);
    const auto taken = heard.next<PictureTaken>();
    REQUIRE(taken.has_value());
    REQUIRE(taken->picture->width == 301);
    REQUIRE(taken->picture->height == 47);
    const std::string pixels = grey.substr(grey.size() - std::size_t{301} * 47);
    CHECK(std::equal(taken->picture->bytes.begin(), taken->picture->bytes.end(), pixels.begin(), pixels.end(),
                     [](std::uint8_t a, char b) { return a == static_cast<std::uint8_t>(b); }));
}

TEST_CASE("without a scanner it is absent, and an order says so") {
    const Drivers drivers("number_of_devices 0\n");
    Heard heard;
    kiosk::PageScanner scanner("pnm:7", {}, heard.outlet(kiosk::DeviceKind::PageScanner));
    REQUIRE(heard.comes_to(DeviceState::Absent));
    scanner.scan(SheetSource::Glass);
    CHECK(end_of_order(heard) == DeviceState::Absent);
}

TEST_CASE("an option of the configuration that the scanner does not have fails the order") {
    const Drivers drivers;
    for (const char* const option : {"no-such-option=1", "resolution=much", "novalue", "mode=Sepia"}) {
        CAPTURE(option);
        Heard heard;
        kiosk::PageScanner scanner("test:0", {option}, heard.outlet(kiosk::DeviceKind::PageScanner));
        REQUIRE(heard.comes_to(DeviceState::Ready));
        scanner.scan(SheetSource::Glass);
        CHECK(end_of_order(heard) == DeviceState::Failed);
    }
}

TEST_CASE("a second order while one runs changes nothing") {
    const Drivers drivers;
    Heard heard;
    kiosk::PageScanner scanner("test:0", {"br-x=100", "br-y=100"}, heard.outlet(kiosk::DeviceKind::PageScanner));
    REQUIRE(heard.comes_to(DeviceState::Ready));
    scanner.scan(SheetSource::Glass);
    scanner.scan(SheetSource::Glass);
    CHECK(heard.next<PictureTaken>().has_value());
    CHECK(end_of_order(heard) == DeviceState::Ready);
    CHECK_FALSE(heard.next<PictureTaken>(std::chrono::milliseconds(500)).has_value());
}

TEST_CASE("drivers that crash, talk nonsense or keep silent cost an order, and the next one is taken") {
    const tests::Folder folder;
    for (const char* const scanning :
         {"exit 1", "kill -SEGV $$", "printf 'nonsense that is no word at all'", "printf '\\000\\000\\000\\001\\377'",
          "printf '\\377\\377\\377\\377'; sleep 1000", "printf '\\000\\000\\000\\012\\002'"}) {
        CAPTURE(scanning);
        Heard heard;
        kiosk::PageScanner scanner("auto", {}, heard.outlet(kiosk::DeviceKind::PageScanner),
                                   program_that(folder, scanning));
        for (int again = 0; again < 2; ++again) {
            REQUIRE(heard.comes_to(DeviceState::Ready)); // found, and after a failure found again
            scanner.scan(SheetSource::Glass);
            CHECK(end_of_order(heard) == DeviceState::Failed);
        }
        CHECK(heard.count<PictureTaken>() == 0);
    }
}

TEST_CASE("a driver that hangs keeps neither a search, nor a scan, nor the tidying afterwards from ending with the program") {
    const tests::Folder folder;
    for (const char* const scanning : {"sleep 1000", "printf '\\000\\000\\000\\002\\003\\001'; sleep 1000",
                                       "printf '\\000\\000\\000\\005\\001\\000\\001\\000\\000'; sleep 1000"}) {
        CAPTURE(scanning);
        Heard heard;
        kiosk::PageScanner scanner("auto", {}, heard.outlet(kiosk::DeviceKind::PageScanner),
                                   program_that(folder, scanning));
        REQUIRE(heard.comes_to(DeviceState::Ready));
        scanner.scan(SheetSource::Feeder);
        REQUIRE(heard.comes_to(DeviceState::Working));
        scanner.tell_to_end();
        CHECK(scanner.ended_within(std::chrono::seconds(60)));
    }
    const auto never = folder.write("never", "#!/bin/sh\nsleep 1000\n");
    std::filesystem::permissions(never, std::filesystem::perms::owner_all);
    Heard heard;
    kiosk::PageScanner scanner("auto", {}, heard.outlet(kiosk::DeviceKind::PageScanner), never);
    scanner.tell_to_end();
    CHECK(scanner.ended_within(std::chrono::seconds(60)));
}

TEST_CASE("without the scanner's program there is no scanner") {
    Heard heard;
    kiosk::PageScanner scanner("test:0", {}, heard.outlet(kiosk::DeviceKind::PageScanner), "/no/such/program");
    CHECK(heard.comes_to(DeviceState::Absent));
    CHECK(kiosk::find_page_scanners("auto", "/no/such/program").state == DeviceState::Absent);
}

TEST_CASE("a scanner that is plugged in later is found, and until then nothing is searched for again") {
    const tests::Folder folder;
    std::filesystem::create_directories(folder.path() / "bus" / "001");
    const auto program = folder.write("scanner", "#!/bin/sh\n"
                                                 "here=${0%/*}\n"
                                                 "echo searched >>\"$here/searches\"\n"
                                                 "if [ -e \"$here/bus/002/004\" ]; then\n"
                                                 "printf '\\000\\000\\000\\006\\000\\001\\001\\000\\001x'\n"
                                                 "else printf '\\000\\000\\000\\003\\000\\000\\000'; fi\n");
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
    Heard heard;
    kiosk::PageScanner scanner("auto", {}, heard.outlet(kiosk::DeviceKind::PageScanner), program, folder.path() / "bus");
    REQUIRE(heard.comes_to(DeviceState::Absent));
    scanner.cancel(); // rings, and is no reason to look
    std::filesystem::create_directory(folder.path() / "bus" / "002");
    CHECK_FALSE(heard.next<kiosk::DeviceChanged>(std::chrono::milliseconds(2500)).has_value());
    folder.write("bus/002/004", "");
    CHECK(heard.comes_to(DeviceState::Ready));
    CHECK(std::filesystem::file_size(folder.path() / "searches") <= std::string_view("searched\n").size() * 3);
}
