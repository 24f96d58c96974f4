// SPDX-License-Identifier: EUPL-1.2
// Pages as a PDF, read by a program that nobody here wrote (pdftotext, pdfinfo).
#include "forms/base/utf8.hpp"
#include "kiosk/capture/page_pdf.hpp"
#include "kiosk/decoder/page_encode.hpp"
#include "tests/doubles/folder.hpp"
#include "tests/kiosk/capture/bombs.hpp"
#include "tests/kiosk/capture/paint.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace tests;
using kiosk::PagePicture;
using kiosk::PageText;
using kiosk::PageWord;
using kiosk::PdfFault;

namespace {

PagePicture blank_page(int width, int height) {
    PagePicture page;
    page.width = static_cast<std::uint32_t>(width);
    page.height = static_cast<std::uint32_t>(height);
    page.dots_per_inch = 200;
    page.jpeg = kiosk::decoder::encoded_page(GrayPicture(width, height, 240));
    return page;
}

PageWord word(std::string text, std::int32_t x, std::int32_t y) {
    const auto letters = static_cast<std::int32_t>(forms::count_code_points(text));
    return {std::move(text), {{x, y - 30}, {x + 20 * letters, y + 8}}, y, 90, false};
}

void add_line(PageText& text, std::int32_t y, std::initializer_list<const char*> words) {
    std::int32_t x = 200;
    for (const char* const one : words) {
        text.words.push_back(word(one, x, y));
        x = text.words.back().box.to.x + 14;
    }
    text.words.back().ends_line = true;
}

/// What the program prints; it must find the document in order.
std::string told_by(const char* program, const std::vector<std::string>& options, std::span<const std::byte> pdf) {
    Folder folder;
    const std::string in = folder.write("a.pdf", {reinterpret_cast<const char*>(pdf.data()), pdf.size()}).string();
    const std::string out = (folder.path() / "out").string(), complaints = (folder.path() / "complaints").string();
    std::vector<std::string> words = {program};
    words.insert(words.end(), options.begin(), options.end());
    words.push_back(in);
    if (std::string_view(program) == "pdftotext") words.push_back("-");
    std::vector<char*> arguments;
    for (std::string& one : words)
        arguments.push_back(one.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 1, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_addopen(&files, 2, complaints.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    pid_t child = 0;
    REQUIRE_MESSAGE(::posix_spawnp(&child, program, &files, nullptr, arguments.data(), environ) == 0, program,
                    " is in poppler-utils (packaging/dependencies)");
    posix_spawn_file_actions_destroy(&files);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
    const auto all = [](const std::string& name) {
        std::ifstream file(name, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(file), {});
    };
    CHECK(all(complaints).empty());
    return all(out);
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

} // namespace

TEST_CASE("pdf: the words of each page are found in it, with their accents and in their order") {
    const PagePicture first = blank_page(1654, 2339), second = blank_page(2339, 1654);
    PageText words, more;
    add_line(words, 300, {"L'unità", "è", "più"});
    add_line(words, 360, {"città,", "perché"});
    add_line(more, 300, {"Châtillon", "façade", "€", "𝄞"});
    const std::vector<kiosk::PdfPage> pages = {{&first, &words}, {&second, &more}};
    const auto pdf = kiosk::write_pdf(pages, "it");
    REQUIRE(pdf.ok());
    const std::string text = told_by("pdftotext", {"-enc", "UTF-8"}, pdf.value());
    CAPTURE(text);
    CHECK(contains(text, "L'unità è più"));
    CHECK(contains(text, "città, perché"));
    CHECK(contains(text, "Châtillon façade € 𝄞"));
    CHECK(text.find("perché") < text.find("Châtillon"));
    const std::string info = told_by("pdfinfo", {}, pdf.value());
    CHECK(contains(info, "Pages:           2"));
    CHECK(contains(info, "595.44 x 842.04 pts"));
    CHECK(contains(info, "JavaScript:      no"));
    for (const char* const personal : {"Author", "Creator", "Producer", "CreationDate", "ModDate", "Title:"})
        CHECK_FALSE(contains(info, personal));
}

TEST_CASE("pdf: more different letters than one font can name are all found") {
    const PagePicture page = blank_page(1654, 2339);
    PageText words;
    std::string expected;
    for (char32_t letter = 0x100; letter < 0x100 + 300; ++letter) { // two bytes each in UTF-8
        const std::string one = {static_cast<char>(0xC0 | letter >> 6), static_cast<char>(0x80 | (letter & 0x3F))};
        const auto i = static_cast<std::int32_t>(letter - 0x100);
        words.words.push_back(word(one, 100 + (i % 20) * 70, 100 + (i / 20) * 100));
        if (i == 0 || i == 254 || i == 255 || i == 299) expected += one;
    }
    const kiosk::PdfPage only{&page, &words};
    const auto pdf = kiosk::write_pdf({&only, 1}, "fr");
    REQUIRE(pdf.ok());
    const std::string text = told_by("pdftotext", {"-enc", "UTF-8"}, pdf.value());
    for (std::size_t i = 0; i < expected.size(); i += 2)
        CHECK(contains(text, expected.substr(i, 2)));
}

TEST_CASE("pdf: a page without words is a page, and the same pages give the same bytes") {
    const PagePicture page = blank_page(400, 300);
    const kiosk::PdfPage only{&page, nullptr};
    const auto pdf = kiosk::write_pdf({&only, 1}, "it"), again = kiosk::write_pdf({&only, 1}, "it");
    REQUIRE(pdf.ok());
    CHECK(pdf.value() == again.value());
    CHECK(contains(told_by("pdfinfo", {}, pdf.value()), "Pages:           1"));
}

TEST_CASE("pdf: what is no page of ours goes into none") {
    CHECK(kiosk::write_pdf({}, "it").error() == PdfFault::NoPages);
    PagePicture page = blank_page(400, 300);
    const auto good = page.jpeg;
    const auto refused = [&] {
        const kiosk::PdfPage only{&page, nullptr};
        const auto pdf = kiosk::write_pdf({&only, 1}, "it");
        return !pdf.ok() && pdf.error() == PdfFault::NotAPage;
    };
    CHECK_FALSE(refused());
    page.jpeg.clear();
    CHECK(refused());
    page.jpeg = as_file(GrayPicture(400, 300, 240), 80); // with a JFIF header: another program's
    CHECK(refused());
    page.jpeg = good;
    page.jpeg.push_back(std::byte{0}); // something behind its end
    CHECK(refused());
    page.jpeg = good;
    page.jpeg.pop_back();
    CHECK(refused());
    page.jpeg = good;
    const auto comment = some_bytes(std::string_view("\xFF\xFE\x00\x06name", 8));
    page.jpeg.insert(page.jpeg.begin() + 2, comment.begin(), comment.end());
    CHECK(refused());
}

TEST_CASE("pdf: more than an attachment may have is refused as a whole") {
    GrayPicture noise(3300, 3300);
    SeededChance chance(5);
    for (std::uint8_t& pixel : noise.pixels)
        pixel = static_cast<std::uint8_t>(chance.whole(0, 255));
    PagePicture page = blank_page(16, 16);
    page.jpeg = kiosk::decoder::encoded_page(noise);
    const std::vector<kiosk::PdfPage> pages(kiosk::most_pdf_bytes / page.jpeg.size() + 1,
                                            kiosk::PdfPage{&page, nullptr});
    const auto pdf = kiosk::write_pdf(pages, "it");
    REQUIRE_FALSE(pdf.ok());
    CHECK(pdf.error() == PdfFault::TooLarge);
    CHECK(kiosk::write_pdf(std::span(pages).first(2), "it").ok());
}
