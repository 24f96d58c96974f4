// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/devices/camera.hpp"
#include "kiosk/capture/devices/film_source.hpp"
#include "kiosk/capture/devices/picture_size.hpp"
#include "kiosk/capture/devices/video_source.hpp"
#include "tests/doubles/folder.hpp"
#include "tests/kiosk/devices/heard.hpp"
#include "tests/kiosk/devices/played_camera.hpp"

#include <doctest/doctest.h>

using kiosk::Camera;
using kiosk::DeviceKind;
using kiosk::DeviceState;
using kiosk::PictureTaken;
using kiosk::PreviewSeen;

namespace {

/// A camera in a folder that stands for /dev.
struct Watching {
    tests::Folder folder;
    PlayedCamera driver;
    Heard heard;
    std::optional<Camera> camera;

    explicit Watching(bool plugged_in = true) {
        if (plugged_in) plug_in();
    }
    void plug_in() const { folder.write("video0", ""); }
    void begin() {
        camera.emplace(std::make_unique<kiosk::VideoSource>("auto", driver, folder.path()), folder.path(),
                       heard.outlet(DeviceKind::Camera));
    }
    /// Frames until a preview comes.
    PreviewSeen preview(std::uint8_t value) {
        for (int i = 0; i < 200; ++i) {
            driver.give(value);
            if (auto seen = heard.next<PreviewSeen>(std::chrono::milliseconds(200))) return *seen;
        }
        FAIL("no preview");
        return {};
    }
};

std::string map_file(int width, int height, char value) {
    return "P5\n# drawn by a test\n" + std::to_string(width) + " " + std::to_string(height) + "\n255\n" +
           std::string(static_cast<std::size_t>(width * height), value);
}

} // namespace

TEST_CASE("a camera that nobody asks for is closed") {
    Watching here;
    here.begin();
    REQUIRE(here.heard.comes_to(DeviceState::Ready));
    CHECK(here.driver.opened == 0);
    here.camera->show(true);
    REQUIRE(here.heard.comes_to(DeviceState::Working));
    CHECK(here.driver.streaming == 1);
    here.camera->show(false);
    REQUIRE(here.heard.comes_to(DeviceState::Ready));
    CHECK(here.driver.opened == 0);
    CHECK(here.driver.streaming == 0);
    CHECK(here.driver.mapped == 0);
}

TEST_CASE("previews are pixels of a moderate size, and the newest") {
    Watching here;
    here.begin();
    here.camera->show(true);
    const auto seen = here.preview(0x80);
    REQUIRE(seen.picture);
    CHECK(seen.picture->width == 640);
    CHECK(seen.picture->height == 480);
    CHECK(seen.picture->channels == 3);
    CHECK(seen.picture->bytes.size() == std::size_t{640} * 480 * 3);
    CHECK(seen.picture->bytes[0] == 130); // 0x80 of 16 … 235
    CHECK(here.driver.format_pixels == std::uint32_t{V4L2_PIX_FMT_YUYV});
}

TEST_CASE("while two previews are held, no third is made") {
    Watching here;
    here.begin();
    here.camera->show(true);
    const auto first = here.preview(1);
    const auto second = here.preview(2);
    for (std::uint8_t i = 0; i < 10; ++i)
        here.driver.give(i);
    CHECK_FALSE(here.heard.next<PreviewSeen>(std::chrono::milliseconds(300)).has_value());
}

TEST_CASE("a photograph has the camera's largest size, is not among the first frames, and the preview goes on") {
    Watching here;
    here.begin();
    here.camera->show(true);
    (void)here.preview(1);
    here.camera->photograph();
    std::optional<PictureTaken> taken;
    for (std::uint8_t i = 0; i < 200 && !taken; ++i) {
        here.driver.give(i);
        taken = here.heard.next<PictureTaken>(std::chrono::milliseconds(200));
    }
    REQUIRE(taken.has_value());
    CHECK(taken->device == DeviceKind::Camera);
    CHECK_FALSE(taken->picture);
    REQUIRE(taken->file); // 3840 x 2160 come compressed, and are not opened here
    CHECK(taken->file->size() == std::size_t{3840} * 2160 * 2);
    (void)here.preview(3);
    CHECK(here.driver.opened == 1);
}

TEST_CASE("a photograph can be taken without a preview, and the camera is closed again") {
    Watching here;
    here.driver.sizes = {{V4L2_PIX_FMT_YUYV, 640, 480}};
    here.begin();
    REQUIRE(here.heard.comes_to(DeviceState::Ready));
    here.camera->photograph();
    std::optional<PictureTaken> taken;
    for (std::uint8_t i = 0; i < 200 && !taken; ++i) {
        here.driver.give(i);
        taken = here.heard.next<PictureTaken>(std::chrono::milliseconds(200));
    }
    REQUIRE(taken.has_value());
    CHECK(taken->picture->width == 640);
    CHECK(here.heard.comes_to(DeviceState::Ready));
    CHECK(here.driver.opened == 0);
}

TEST_CASE("a camera that is unplugged while previewing is absent, and goes on when it is plugged in again") {
    Watching here;
    here.begin();
    here.camera->show(true);
    (void)here.preview(1);
    std::filesystem::remove(here.folder.path() / "video0");
    here.driver.unplug();
    CHECK(here.heard.comes_to(DeviceState::Absent));
    here.driver.dequeue_fault = 0;
    here.plug_in();
    CHECK(here.heard.comes_to(DeviceState::Working));
    (void)here.preview(2);
}

TEST_CASE("one lost frame is passed over; a camera that gives nothing but errors has failed") {
    Watching here;
    here.begin();
    here.camera->show(true);
    (void)here.preview(1);
    here.driver.fail_dequeues(EIO);
    CHECK(here.heard.comes_to(DeviceState::Failed));
    CHECK(here.driver.mapped == 0);
}

TEST_CASE("a camera that is held, forbidden or gone is told apart") {
    const std::pair<int, DeviceState> faults[] = {{EBUSY, DeviceState::Busy},
                                                  {EACCES, DeviceState::Denied},
                                                  {ENODEV, DeviceState::Absent},
                                                  {EINVAL, DeviceState::Failed}};
    for (const auto& [fault, state] : faults) {
        PlayedCamera driver;
        driver.open_fault = fault;
        const tests::Folder folder;
        folder.write("video0", "");
        kiosk::VideoSource source("auto", driver, folder.path());
        const auto opened = source.open(kiosk::FrameUse::Preview);
        REQUIRE_FALSE(opened.ok());
        CHECK(opened.error() == state);
    }
}

TEST_CASE("each call of a driver may fail: nothing stays open or mapped") {
    for (const unsigned long call : {VIDIOC_QUERYCAP, VIDIOC_ENUM_FMT, VIDIOC_S_FMT, VIDIOC_REQBUFS, VIDIOC_QUERYBUF,
                                     VIDIOC_QBUF, VIDIOC_STREAMON}) {
        PlayedCamera driver;
        driver.failing_call = call;
        const tests::Folder folder;
        folder.write("video0", "");
        kiosk::VideoSource source("auto", driver, folder.path());
        CHECK_FALSE(source.open(kiosk::FrameUse::Preview).ok());
        CHECK(driver.opened == 0);
        CHECK(driver.mapped == 0);
    }
}

TEST_CASE("formats, sizes and numbers that cannot be are refused") {
    const auto opens = [](auto change) {
        PlayedCamera driver;
        change(driver);
        const tests::Folder folder;
        folder.write("video0", "");
        kiosk::VideoSource source("auto", driver, folder.path());
        return source.open(kiosk::FrameUse::Preview).ok();
    };
    CHECK(opens([](PlayedCamera&) {}));
    CHECK_FALSE(opens([](PlayedCamera& d) { d.sizes = {{V4L2_PIX_FMT_NV12, 640, 480}}; }));
    CHECK_FALSE(opens([](PlayedCamera& d) { d.sizes = {{V4L2_PIX_FMT_YUYV, 60'000, 60'000}}; }));
    CHECK_FALSE(opens([](PlayedCamera& d) { d.sizes = {{V4L2_PIX_FMT_YUYV, 0, 480}}; }));
    CHECK_FALSE(opens([](PlayedCamera& d) { d.answered_width = 641; }));
    CHECK_FALSE(opens([](PlayedCamera& d) { d.answered_width = 30'000; }));
    CHECK_FALSE(opens([](PlayedCamera& d) { d.capabilities = V4L2_CAP_META_CAPTURE | V4L2_CAP_STREAMING; }));
}

TEST_CASE("a frame shorter than its format, or a buffer that there is not, never reads past the end") {
    for (const bool mad : {false, true}) {
        PlayedCamera driver;
        (mad ? driver.wrong_index : driver.bytes_used) = 100;
        const tests::Folder folder;
        folder.write("video0", "");
        kiosk::VideoSource source("auto", driver, folder.path());
        REQUIRE(source.open(kiosk::FrameUse::Preview).ok());
        bool failed = false;
        for (std::uint8_t i = 0; i < 20 && !failed; ++i) {
            driver.give(i);
            const auto frame = source.take();
            failed = !frame.ok();
            if (frame.ok()) CHECK_FALSE(frame.value().picture);
        }
        CHECK(failed);
        CHECK(driver.mapped == 0);
    }
}

TEST_CASE("a film of pictures goes the same way as a camera's frames") {
    const tests::Folder film;
    film.write("000000-a.pgm", map_file(2000, 10, 'a'));
    film.write("000040-b.pgm", map_file(20, 10, 'b'));
    film.write("000080-c.jpg", "\xFF\xD8 not opened here");
    film.write("notes.txt", "no picture");
    Heard heard;
    Camera camera(kiosk::make_frame_source(film.path().string()), film.path().parent_path(),
                  heard.outlet(DeviceKind::Camera));
    REQUIRE(heard.comes_to(DeviceState::Ready));
    camera.show(true);
    const auto first = heard.next<PreviewSeen>();
    REQUIRE(first.has_value());
    REQUIRE(first->picture);
    CHECK(first->picture->width == 666); // made smaller by a whole number
    CHECK(first->picture->bytes[0] == 'a');
    const auto second = heard.next<PreviewSeen>();
    REQUIRE(second.has_value());
    CHECK(second->picture->bytes[0] == 'b');
    camera.show(false);
    REQUIRE(heard.comes_to(DeviceState::Ready));
    camera.photograph();
    const auto taken = heard.next<PictureTaken>();
    REQUIRE(taken.has_value());
    CHECK(taken->picture->width == 2000);
}

TEST_CASE("one picture is a film too; one that is not there is an absent camera") {
    const tests::Folder folder;
    const auto file = folder.write("card.png", "\x89PNG and so on");
    kiosk::FilmSource film(file);
    REQUIRE(film.open(kiosk::FrameUse::Still).ok());
    for (int again = 0; again < 3; ++again) {
        const auto frame = film.take();
        REQUIRE(frame.ok());
        CHECK(frame.value().file->size() == 14);
    }
    REQUIRE(std::filesystem::remove(file)); // as if it were unplugged
    const auto gone = film.take();
    REQUIRE_FALSE(gone.ok());
    CHECK(gone.error() == DeviceState::Absent);
    kiosk::FilmSource none(folder.path() / "gone.png");
    CHECK_FALSE(none.present());
    CHECK_FALSE(none.open(kiosk::FrameUse::Still).ok());
    CHECK_FALSE(none.take().ok());
}

TEST_CASE("a portable map is read within its bytes") {
    const auto read = [](const std::string& text) { return kiosk::read_portable_map(std::as_bytes(std::span(text))); };
    REQUIRE(read(map_file(3, 2, 'x')).has_value());
    CHECK(read(map_file(3, 2, 'x'))->bytes.size() == 6);
    const std::string colours = "P6 1 1 255\nabc";
    REQUIRE(read(colours).has_value());
    CHECK(read(colours)->channels == 3);
    for (const char* const bad : {"", "P5", "P5 3 2", "P5 3 2 255\nxxxxx", "P4 8 1\nx", "P5 0 2 255\n", "P5 1 1 65535\nxx",
                                  "P5 99999 99999 255\nx", "P5 -1 1 255\nx", "P5 4294967297 1 255\nx", "P5 #"})
        CHECK_FALSE(read(bad).has_value());
}

TEST_CASE("YUYV becomes the colours it stands for") {
    const std::vector<std::uint8_t> black_white{16, 128, 235, 128}, red{81, 90, 81, 240};
    CHECK(kiosk::from_yuyv(black_white, 2, 1, 4)->bytes == std::vector<std::uint8_t>{0, 0, 0, 255, 255, 255});
    const auto reds = kiosk::from_yuyv(red, 2, 1, 4)->bytes;
    CHECK(reds[0] > 250);
    CHECK(reds[1] < 5);
    CHECK(reds[2] < 5);
    CHECK_FALSE(kiosk::from_yuyv(red, 2, 2, 4).has_value());
    CHECK_FALSE(kiosk::from_yuyv(red, 3, 1, 6).has_value());
    CHECK_FALSE(kiosk::from_yuyv(red, 2, 1, 3).has_value());
    CHECK_FALSE(kiosk::from_yuyv({}, 0, 0, 0).has_value());
}
