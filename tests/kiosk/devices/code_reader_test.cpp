// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/devices/code_reader.hpp"
#include "tests/doubles/folder.hpp"
#include "tests/kiosk/devices/heard.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <thread>

#include <fcntl.h>
#include <pty.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

using kiosk::CodeReader;
using kiosk::DeviceKind;
using kiosk::DeviceState;
using kiosk::TextScanned;

namespace {

/// A serial line: what is written here arrives at the reader's file.
struct Serial {
    net::Descriptor reader_side, ours;
    std::string file;
    Serial() {
        int master = -1, slave = -1;
        char name[128];
        REQUIRE(::openpty(&master, &slave, name, nullptr, nullptr) == 0);
        reader_side = net::Descriptor(master);
        ours = net::Descriptor(slave); // kept open, or the line would hang up before it is opened again
        file = name;
    }
    void send(const std::string& bytes) const {
        for (std::size_t sent = 0; sent < bytes.size();) {
            const ssize_t put = ::write(reader_side.number(), bytes.data() + sent, bytes.size() - sent);
            REQUIRE(put > 0);
            sent += static_cast<std::size_t>(put);
        }
    }
    /// Waits until nothing of what was sent still lies in the line.
    [[nodiscard]] bool was_read() const {
        for (int left = 0, tries = 0; tries < 6000; ++tries) {
            if (::ioctl(ours.number(), FIONREAD, &left) == 0 && left == 0) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return false;
    }
};

struct Reading {
    Heard heard;
    CodeReader reader;
    explicit Reading(const std::string& file) : reader(file, heard.outlet(DeviceKind::CodeReader)) {
        REQUIRE(heard.comes_to(DeviceState::Ready));
        reader.want(true);
    }
    std::string next() {
        const auto scanned = heard.next<TextScanned>();
        REQUIRE(scanned.has_value());
        return scanned->bytes;
    }
};

/// As point-of-sale readers describe themselves: a report 2 with a byte count, three bytes of symbology, 56 of data and a
/// mark for more.
const std::vector<std::uint8_t> pos_descriptor{
    0x05, 0x8C, 0x09, 0x02, 0xA1, 0x01,                                     // a bar-code scanner
    0x09, 0x12, 0xA1, 0x02, 0x85, 0x02,                                     // its scanned data report, number 2
    0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08, 0x95, 0x01, 0x05, 0x01, 0x09, 0x3B, 0x81, 0x02, // byte count
    0x95, 0x03, 0x05, 0x8C, 0x09, 0xFB, 0x09, 0xFC, 0x09, 0xFD, 0x81, 0x02, // symbology
    0x95, 0x38, 0x09, 0xFE, 0x82, 0x02, 0x01,                               // data, 56 bytes
    0x75, 0x01, 0x95, 0x01, 0x09, 0xFF, 0x81, 0x02, 0x95, 0x07, 0x81, 0x03, // continued, and padding
    0xC0, 0xC0};
/// The boot keyboard of the HID specification: what a reader in keyboard mode says it is.
const std::vector<std::uint8_t> keyboard_descriptor{
    0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0x05, 0x07, 0x19, 0xE0, 0x29, 0xE7, 0x15, 0x00, 0x25, 0x01, 0x75, 0x01, 0x95, 0x08,
    0x81, 0x02, 0x95, 0x01, 0x75, 0x08, 0x81, 0x01, 0x95, 0x06, 0x75, 0x08, 0x15, 0x00, 0x25, 0x65, 0x05, 0x07, 0x19, 0x00,
    0x29, 0x65, 0x81, 0x00, 0xC0};

std::vector<std::uint8_t> report_of(const std::string& data, bool more = false) {
    std::vector<std::uint8_t> report(62, 0);
    report[0] = 2;
    report[1] = static_cast<std::uint8_t>(data.size());
    report[2] = ']';
    report[3] = 'A';
    report[4] = '0';
    std::copy(data.begin(), data.end(), report.begin() + 5);
    report[61] = more ? 1 : 0;
    return report;
}

} // namespace

TEST_CASE("a code from a serial reader ends with a return or a line feed") {
    const Serial line;
    Reading here(line.file);
    line.send("RSSMRA80A01H501U\r\n");
    CHECK(here.next() == "RSSMRA80A01H501U");
    line.send("A\nB\r");
    CHECK(here.next() == "A");
    CHECK(here.next() == "B");
}

TEST_CASE("a code from a serial reader without an end mark ends when nothing follows") {
    const Serial line;
    Reading here(line.file);
    line.send("80380003001234567893");
    CHECK(here.next() == "80380003001234567893");
}

TEST_CASE("what a serial reader sends is bytes: no echo, no signals, nothing turned into something else") {
    const Serial line;
    Reading here(line.file);
    const std::string code = "[)>\x1E" "06\x1D" "1P\x1F" "\xC3\xA8 ~\x04";
    line.send(code + "\r");
    CHECK(here.next() == code);
    REQUIRE(::fcntl(line.reader_side.number(), F_SETFL, O_NONBLOCK) == 0);
    char echo = 0;
    CHECK(::read(line.reader_side.number(), &echo, 1) < 0);
}

TEST_CASE("key sequences, escape sequences and endless codes are dropped whole, with an event and without their text") {
    const Serial line;
    Reading here(line.file);
    for (const std::string& bad : {std::string("\x1B[24~RSSMRA80A01H501U"), std::string("\x01\x0B\x18Q"),
                                   std::string("A\0B", 3), std::string(4297, 'A')}) {
        line.send(bad + "\r");
        CHECK(here.next().empty());
    }
    line.send(std::string(4296, 'B') + "\r");
    CHECK(here.next().size() == 4296);
    CHECK(here.heard.logged().find("code-dropped") != std::string::npos);
    CHECK(here.heard.logged().find("RSSMRA") == std::string::npos);
}

TEST_CASE("a code that nobody wants is thrown away, not kept for later") {
    const Serial line;
    Heard heard;
    CodeReader reader(line.file, heard.outlet(DeviceKind::CodeReader));
    REQUIRE(heard.comes_to(DeviceState::Ready));
    line.send("EARLY\r");
    CHECK(line.was_read());
    CHECK_FALSE(heard.next<TextScanned>(std::chrono::milliseconds(300)).has_value());
    reader.want(true);
    line.send("WANTED\r");
    const auto scanned = heard.next<TextScanned>();
    REQUIRE(scanned.has_value());
    CHECK(scanned->bytes == "WANTED");
}

TEST_CASE("a serial reader is opened for us alone") {
    const Serial line;
    const Reading here(line.file);
    const auto again = kiosk::open_code_reader(line.file);
    REQUIRE_FALSE(again.ok());
    CHECK(again.error() == DeviceState::Busy);
}

TEST_CASE("a reader that is not there is absent, and found when it is plugged in") {
    const tests::Folder folder;
    const Serial line;
    Heard heard;
    const CodeReader reader((folder.path() / "ttyACM0").string(), heard.outlet(DeviceKind::CodeReader));
    REQUIRE(heard.comes_to(DeviceState::Absent));
    std::filesystem::create_symlink(line.file, folder.path() / "ttyACM0");
    CHECK(heard.comes_to(DeviceState::Ready));
}

TEST_CASE("a reader that is taken away is absent") {
    Heard heard;
    auto line = std::make_unique<Serial>();
    const CodeReader reader(line->file, heard.outlet(DeviceKind::CodeReader));
    REQUIRE(heard.comes_to(DeviceState::Ready));
    line.reset();
    CHECK(heard.comes_to(DeviceState::Absent));
}

TEST_CASE("a file that is no serial line is refused, and the thread ends when told") {
    const tests::Folder folder;
    const auto file = folder.write("ttyS0", "not a line");
    Heard heard;
    CodeReader reader(file.string(), heard.outlet(DeviceKind::CodeReader));
    CHECK(heard.comes_to(DeviceState::Failed));
    reader.tell_to_end();
    CHECK(reader.ended_within(std::chrono::seconds(60)));
}

TEST_CASE("the reports of a point-of-sale reader are found in its descriptor, and a keyboard has none") {
    const auto reports = kiosk::code_reports(pos_descriptor);
    REQUIRE(reports.size() == 1);
    CHECK(reports[0].id == 2);
    CHECK(reports[0].data.bit == 40);
    CHECK(reports[0].data.bits == 56 * 8);
    REQUIRE(reports[0].length.has_value());
    CHECK(reports[0].length->bit == 8);
    REQUIRE(reports[0].continued.has_value());
    CHECK(reports[0].continued->bit == 61 * 8);
    CHECK(kiosk::code_reports(keyboard_descriptor).empty());
    CHECK(kiosk::code_reports({}).empty());
}

TEST_CASE("codes from a point-of-sale reader arrive whole, also out of several reports") {
    int ends[2];
    REQUIRE(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == 0);
    const net::Descriptor device(ends[0]);
    const auto send = [&](const std::vector<std::uint8_t>& report) {
        REQUIRE(::send(device.number(), report.data(), report.size(), 0) == static_cast<ssize_t>(report.size()));
    };
    Heard heard;
    CodeReader reader(kiosk::CodeLine::of_reports(net::Descriptor(ends[1]), kiosk::code_reports(pos_descriptor)),
                      heard.outlet(DeviceKind::CodeReader));
    REQUIRE(heard.comes_to(DeviceState::Ready));
    reader.want(true);
    send(report_of("RSSMRA80A01H501U"));
    CHECK(heard.next<TextScanned>().value_or(TextScanned{}).bytes == "RSSMRA80A01H501U");
    send(report_of(std::string(56, 'A'), true));
    send({0x05, 0x01, 0x02}); // a report of another kind between
    send(report_of(std::string(10, 'B')));
    CHECK(heard.next<TextScanned>().value_or(TextScanned{}).bytes == std::string(56, 'A') + std::string(10, 'B'));
    auto lying = report_of("X");
    lying[1] = 200; // more than a report holds
    send(lying);
    send({2});
    // Keys that were taken for a code: control characters of a reader that was set up to "type".
    send(report_of("\x1B\x03"));
    const auto dropped = heard.next<TextScanned>();
    REQUIRE(dropped.has_value());
    CHECK(dropped->bytes.empty());
    CHECK(heard.logged().find("code-dropped") != std::string::npos);
}

TEST_CASE("whatever a device describes and reports, nothing is read past its end") {
    std::uint32_t state = 7;
    const auto chance = [&state] { return state = state * 1664525 + 1013904223, state >> 16; };
    for (int round = 0; round < 20'000; ++round) {
        auto descriptor = pos_descriptor;
        for (std::uint32_t changes = chance() % 6; changes > 0; --changes)
            descriptor[chance() % descriptor.size()] = static_cast<std::uint8_t>(chance());
        descriptor.resize(chance() % (descriptor.size() + 1));
        descriptor.shrink_to_fit();
        const auto reports = kiosk::code_reports(descriptor);
        std::vector<std::uint8_t> report(chance() % 70);
        for (auto& byte : report)
            byte = static_cast<std::uint8_t>(chance());
        if (!report.empty() && !reports.empty()) report[0] = reports[0].id;
        const auto part = kiosk::code_in(reports, report);
        CHECK((!part || part->bytes.size() <= report.size()));
    }
}
