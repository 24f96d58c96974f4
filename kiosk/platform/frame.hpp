// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"
#include "kiosk/platform/display.hpp"
#include "kiosk/platform/input_queue.hpp"

#include <functional>
#include <memory>
#include <optional>

namespace kiosk {

/// Builds one frame: ImGui is ready, everything goes into its background draw list or windows.
using BuildFrame = std::function<void(const FrameInput&)>;

/// Draws when something changed and sleeps otherwise. The loop of a program:
///
///     while (!display.close_requested()) {
///         frames.wait(next_deadline);
///         if (mailbox_had_something || a_timer_rang) frames.ask();
///         if (frames.due()) frames.draw(build, background);
///     }
///
/// Owns ImGui's context: no files, no clipboard, no keyboard navigation, memory zeroed when freed.
/// Thread: the screen thread.
class FrameDriver {
public:
    /// Whether the triangles of a frame become pixels. `WhenSeen` leaves that out where nobody looks, so that a script
    /// off-screen does not wait for a processor to paint hundreds of frames; `Always` is for measuring.
    /// Everything else of a frame (input, layout, glyphs, the screen tree) is the same.
    enum class Paint { WhenSeen, Always };
    /// All three must outlive it. One at a time in a process.
    FrameDriver(Display& display, InputQueue& input, const forms::Clock& clock, Paint paint = Paint::Always);
    ~FrameDriver();
    FrameDriver(const FrameDriver&) = delete;
    FrameDriver& operator=(const FrameDriver&) = delete;

    /// Sleeps until there is input, the display is woken, or the deadline. Does not sleep while a frame is due.
    void wait(std::optional<forms::BootTime> deadline);
    /// Something to show has changed: the next three frames are drawn (press, release, settle).
    void ask(int frames = 3);
    [[nodiscard]] bool due() const;
    /// One frame: feeds what may be fed, builds, draws, presents. While more input waits, painting is left out for up
    /// to 100 ms: the next frame follows at once.
    void draw(const BuildFrame& build, ImU32 background);
    /// One frame drawn without input and not presented: what the screen shows now, for a script's pictures.
    [[nodiscard]] Picture24 picture(const BuildFrame& build, ImU32 background);

    /// A fresh ImGui context: nothing of the last visit's widgets stays.
    void renew();

private:
    struct Context;
    void build_frame(const FrameInput& input, const BuildFrame& build);
    Display& display_;
    InputQueue& input_;
    const forms::Clock& clock_;
    bool paints_;
    std::unique_ptr<Context> context_;
    int frames_asked_ = 3;
    forms::BootTime last_frame_{};
    forms::BootTime last_painted_{};
    Pointer pointer_; ///< as the last frame saw it
};

} // namespace kiosk
