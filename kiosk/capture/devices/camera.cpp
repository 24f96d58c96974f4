// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/capture/devices/camera.hpp"

#include "kiosk/capture/devices/folder_watch.hpp"
#include "kiosk/capture/devices/picture_size.hpp"

#include <utility>

namespace kiosk {
namespace {

using namespace std::chrono_literals;

constexpr auto longest_for_a_frame = 5s; // a camera that sends nothing for so long hangs
constexpr auto until_next_try = 5s;
constexpr auto while_all_are_held = 30ms;
constexpr int most_empty_frames = 200; // of a photograph: it settles within a few

} // namespace

Camera::Camera(std::unique_ptr<FrameSource> source, std::filesystem::path folder, Outlet outlet)
    : source_(std::move(source)), folder_(std::move(folder)), outlet_(std::move(outlet)),
      thread_([this](DeviceThread& thread) { run(thread); }) {}

void Camera::show(bool wanted) {
    wanted_.store(wanted, std::memory_order_release);
    thread_.ring();
}

void Camera::photograph() {
    photograph_.store(true, std::memory_order_release);
    thread_.ring();
}

void Camera::forget() {
    photograph_.store(false, std::memory_order_release);
    show(false);
}

void Camera::run(DeviceThread& thread) {
    while (!thread.stopping()) {
        if (photograph_.exchange(false, std::memory_order_acq_rel))
            take_photograph(thread);
        else if (wanted_.load(std::memory_order_acquire))
            preview(thread);
        else
            idle(thread);
    }
    source_->close();
}

void Camera::idle(DeviceThread& thread) {
    source_->close();
    previewing_ = false;
    const FolderWatch watch(folder_);
    while (!thread.stopping() && !wanted_.load(std::memory_order_acquire) && !photograph_.load(std::memory_order_acquire)) {
        watch.drain();
        outlet_.say(source_->present() ? DeviceState::Ready : DeviceState::Absent);
        thread.wait(watch.works() ? std::chrono::milliseconds(-1) : std::chrono::milliseconds(until_next_try),
                    watch.descriptor());
    }
}

forms::Result<Frame, DeviceState> Camera::next(DeviceThread& thread) {
    const auto wait = source_->next_frame();
    if (wait.descriptor < 0) {
        thread.wait(wait.pause);
        return source_->take();
    }
    switch (thread.wait(longest_for_a_frame, wait.descriptor)) {
    case DeviceThread::Woken::ByDescriptor:
        return source_->take();
    case DeviceThread::Woken::ByRing: // the next turn looks why it rang
        return Frame{};
    case DeviceThread::Woken::ByTime:
        break;
    }
    return DeviceState::Failed;
}

bool Camera::room_for_a_preview() const { return shown_[0].expired() || shown_[1].expired(); }

void Camera::preview(DeviceThread& thread) {
    if (!previewing_) {
        if (const auto opened = source_->open(FrameUse::Preview); !opened.ok()) return trouble(thread, opened.error());
        previewing_ = true;
        outlet_.say(DeviceState::Working);
    }
    if (!room_for_a_preview()) {
        thread.wait(while_all_are_held);
        return;
    }
    auto frame = next(thread);
    if (!frame.ok()) return trouble(thread, frame.error());
    if (wanted_.load(std::memory_order_acquire)) show(frame.value());
}

void Camera::show(const Frame& frame) {
    auto& free = shown_[0].expired() ? shown_[0] : shown_[1];
    if (frame.picture) {
        auto smaller = std::make_shared<const Pixels>(made_smaller(*frame.picture));
        free = smaller;
        outlet_.post(PreviewSeen{.picture = std::move(smaller), .file = {}});
    } else if (frame.file) {
        free = frame.file;
        outlet_.post(PreviewSeen{.picture = {}, .file = frame.file});
    }
}

void Camera::take_photograph(DeviceThread& thread) {
    previewing_ = false; // opened anew afterwards, if it is still wanted
    outlet_.say(DeviceState::Working);
    if (const auto opened = source_->open(FrameUse::Still); !opened.ok()) {
        outlet_.answer(opened.error());
        return trouble(thread, opened.error());
    }
    for (int empty = 0; empty < most_empty_frames && !thread.stopping(); ++empty) {
        auto frame = next(thread);
        if (!frame.ok()) {
            outlet_.answer(frame.error());
            return trouble(thread, frame.error());
        }
        if (!frame.value().picture && !frame.value().file) continue;
        outlet_.post(PictureTaken{.device = DeviceKind::Camera,
                                  .picture = std::move(frame.value().picture),
                                  .dots_per_inch = 0,
                                  .file = std::move(frame.value().file)});
        source_->close();
        return;
    }
    source_->close();
    if (!thread.stopping()) outlet_.answer(DeviceState::Failed);
}

void Camera::trouble(DeviceThread& thread, DeviceState state) {
    const FolderWatch watch(folder_); // before anybody hears of it, or what is plugged in next may be missed
    source_->close();
    previewing_ = false;
    outlet_.say(state);
    thread.wait(until_next_try, watch.descriptor()); // plugged in again, it goes on at once
}

} // namespace kiosk
