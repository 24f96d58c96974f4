// SPDX-License-Identifier: EUPL-1.2
// Between devices and visit: the real decoder, pictures that are drawn.
#include "kiosk/capture/page_pdf.hpp"
#include "kiosk/link/capture_link.hpp"
#include "tests/kiosk/capture/paint.hpp"
#include "tests/kiosk/devices/card_sample.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string_view>

using namespace kiosk;
using namespace std::chrono_literals;

namespace {

struct Terminal {
    explicit Terminal(std::filesystem::path decoder = SPORTELLO_DECODER)
        : news([this] { came.notify_all(); }),
          link(std::move(decoder), [] { return forms::PartialDate{2026, 11, 22}; }, news) {}

    /// The next news of that kind; none within a minute.
    template <class Kind>
    std::optional<Kind> next() {
        std::unique_lock lock(mutex);
        const auto until = std::chrono::steady_clock::now() + 60s;
        while (std::chrono::steady_clock::now() < until) {
            for (News& one : news.take())
                if (const auto* capture = std::get_if<CaptureNews>(&one))
                    if (const auto* kind = std::get_if<Kind>(capture)) return *kind;
            came.wait_for(lock, 20ms);
        }
        return std::nullopt;
    }

    std::mutex mutex;
    std::condition_variable came;
    Mailbox<News> news;
    CaptureLink link;
};

PictureTaken picture(const tests::GrayPicture& drawn) {
    return {DeviceKind::Camera, nullptr, 0, std::make_shared<const PictureFile>(tests::as_file(drawn, 85))};
}

tests::GrayPicture card(std::string_view code) {
    tests::GrayPicture drawn(1027, 648, 245);
    tests::draw_onto(drawn, tests::drawn_code(Symbology::Code39, code, 3), 60, 420);
    return drawn;
}

tests::GrayPicture letter() {
    tests::GrayPicture drawn(1240, 1754, 245);
    for (int line = 0; line < 12; ++line)
        tests::draw_print(drawn, "Si comunica che la domanda è stata ricevuta.", 120, 300 + 60 * line, 34, 20);
    return drawn;
}

CardRead rossi_card() {
    const std::string file = card_sample::file_of(card_sample::rossi());
    const auto bytes = card_sample::bytes_of(file);
    return {{bytes.begin(), bytes.end()}};
}

} // namespace

TEST_CASE("capture link: nothing is looked at before somebody asks, and then a card is read") {
    Terminal terminal;
    terminal.link.hear(picture(card("BNCNNA75C41F205K")));
    terminal.link.post(StartCapture{7, CaptureFor::Identity, DeviceKind::Camera});
    terminal.link.hear(picture(card("RSSMRA80A01H501U")));
    const auto read = terminal.next<DocumentRead>();
    REQUIRE(read);
    CHECK(read->watch == 7);
    REQUIRE(read->seen->codes.size() == 1);
    CHECK(std::get<FiscalCodeMark>(read->seen->codes[0].meaning).code == "RSSMRA80A01H501U");
}

TEST_CASE("capture link: pixels of a camera are read like a file, and a live picture without anything is no try") {
    Terminal terminal;
    terminal.link.post(StartCapture{1, CaptureFor::Identity, DeviceKind::Camera});
    const auto pixels = [](const tests::GrayPicture& drawn) {
        auto out = std::make_shared<Pixels>();
        out->width = static_cast<std::uint32_t>(drawn.width);
        out->height = static_cast<std::uint32_t>(drawn.height);
        out->bytes = drawn.pixels;
        return out;
    };
    terminal.link.hear(PreviewSeen{pixels(tests::GrayPicture(640, 480, 200)), nullptr});
    REQUIRE(terminal.next<Guidance>());
    terminal.link.hear(PreviewSeen{pixels(card("RSSMRA80A01H501U")), nullptr});
    const auto read = terminal.next<DocumentRead>();
    REQUIRE(read);
    CHECK(read->live);
}

TEST_CASE("capture link: a decoder that dies or a file that is no picture is one try that did not work") {
    Terminal dead("/bin/false");
    dead.link.post(StartCapture{1, CaptureFor::Identity, DeviceKind::Camera});
    dead.link.hear(picture(card("RSSMRA80A01H501U")));
    const auto died = dead.next<NotRead>();
    REQUIRE(died);
    CHECK(died->why == NotRead::Why::Unreadable);
    Terminal terminal;
    terminal.link.post(StartCapture{1, CaptureFor::Identity, DeviceKind::Camera});
    terminal.link.hear(PictureTaken{DeviceKind::Camera, nullptr, 0, std::make_shared<const PictureFile>(64, std::byte{'x'})});
    const auto refused = terminal.next<NotRead>();
    REQUIRE(refused);
    CHECK(refused->why == NotRead::Why::Unreadable);
    terminal.link.hear(picture(card("RSSMRA80A01H501U"))); // the next one meets a fresh decoder
    CHECK(terminal.next<DocumentRead>());
}

TEST_CASE("capture link: a text from a reader means something or is unusable, never more") {
    Terminal terminal;
    terminal.link.post(StartCapture{1, CaptureFor::Identity, DeviceKind::CodeReader});
    terminal.link.hear(TextScanned{"RSSMRA80A01H501U"});
    auto read = terminal.next<DocumentRead>();
    REQUIRE(read);
    CHECK(std::holds_alternative<FiscalCodeMark>(read->seen->codes.at(0).meaning));
    terminal.link.hear(TextScanned{std::string("\x1b[2J\x03 RSSMRA80A01H501U", 22)});
    read = terminal.next<DocumentRead>();
    REQUIRE(read);
    CHECK(std::holds_alternative<UnusableMark>(read->seen->codes.at(0).meaning));
}

TEST_CASE("capture link: a sheet becomes a page, and pages become one PDF") {
    Terminal terminal;
    terminal.link.post(StartCapture{3, CaptureFor::Paper, DeviceKind::PageScanner});
    PictureTaken sheet = picture(letter());
    sheet.device = DeviceKind::PageScanner;
    sheet.dots_per_inch = 150;
    terminal.link.hear(sheet);
    const auto read = terminal.next<PageRead>();
    REQUIRE(read);
    CHECK(read->watch == 3);
    CHECK_FALSE(read->page->jpeg.empty());
    CHECK(read->page->small.width > 0);
    CHECK(std::max(read->page->small.width, read->page->small.height) <= small_side);
    terminal.link.post(MakePaper{4, {read->page, read->page}});
    const auto made = terminal.next<PaperMade>();
    REQUIRE(made);
    CHECK(made->watch == 4);
    REQUIRE(made->file);
    const std::string_view bytes(reinterpret_cast<const char*>(made->file->data()), made->file->size());
    CHECK(bytes.starts_with("%PDF-"));
    terminal.link.post(MakePaper{5, {}});
    const auto none = terminal.next<PaperMade>();
    REQUIRE(none);
    CHECK_FALSE(none->file);
}

TEST_CASE("capture link: nobody hears of a picture once the person has gone on") {
    Terminal terminal;
    terminal.link.post(StartCapture{1, CaptureFor::Identity, DeviceKind::Camera});
    terminal.link.hear(picture(card("BNCNNA75C41F205K")));
    REQUIRE(terminal.next<LookingBegun>());
    terminal.link.post(StopCapture{});
    terminal.link.post(StartCapture{2, CaptureFor::Identity, DeviceKind::Camera});
    terminal.link.hear(picture(card("RSSMRA80A01H501U")));
    const auto read = terminal.next<DocumentRead>();
    REQUIRE(read);
    CHECK(read->watch == 2);
}

TEST_CASE("capture link: the file of a card is opened by a decoder and proposes its holder; nonsense is another card") {
    Terminal terminal;
    terminal.link.hear(rossi_card()); // before anybody asked
    terminal.link.post(StartCapture{3, CaptureFor::Identity, DeviceKind::CardReader});
    terminal.link.hear(CardRead{std::vector<std::byte>(40, std::byte{'z'})});
    const auto refused = terminal.next<NotRead>();
    REQUIRE(refused);
    CHECK(refused->why == NotRead::Why::OtherCard);
    terminal.link.hear(rossi_card());
    const auto read = terminal.next<DocumentRead>();
    REQUIRE(read);
    CHECK(read->watch == 3);
    REQUIRE(read->seen->chip);
    CHECK(read->seen->chip->family == "ROSSI");
    CHECK(read->seen->chip->fiscal_code == "RSSMRA80A01H501U");
}

TEST_CASE("capture link: what a scanner says of its progress pushes no sheet out, and comes in order") {
    Terminal terminal;
    terminal.link.post(StartCapture{4, CaptureFor::Paper, DeviceKind::PageScanner});
    for (int step = 0; step < 40; ++step)
        terminal.link.hear(ScanProgress{1, step / 40.0});
    PictureTaken sheet = picture(letter());
    sheet.device = DeviceKind::PageScanner;
    sheet.dots_per_inch = 150;
    terminal.link.hear(sheet);
    const auto page = terminal.next<PageRead>();
    REQUIRE(page);
    CHECK(page->watch == 4);
}
