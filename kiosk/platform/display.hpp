// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/clock.hpp"
#include "forms/base/result.hpp"
#include "kiosk/platform/input_queue.hpp"
#include "kiosk/text/glyph_textures.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

struct ImDrawData;

namespace kiosk {

struct PixelSize {
    int width = 0, height = 0;
    bool operator==(const PixelSize&) const = default;
};

enum class DisplayError {
    NoDisplay,  ///< no X server to talk to: use an off-screen display
    NoGraphics, ///< no OpenGL 3.3 core context (is libgl1-mesa-dri installed?)
    NoRoom,     ///< the driver refuses a frame buffer of this size
};

enum class PictureError { NotWritten };

struct WindowOptions {
    bool fullscreen = true;
    PixelSize size{1080, 1920}; ///< of the window; full screen takes the monitor's own
    bool vsync = true;          ///< some compositors never send the signal it waits for: then false
    std::string title = "Sportello";
};

/// RGB, rows from the top, without gaps.
struct Picture24 {
    PixelSize size;
    std::vector<std::uint8_t> pixels;
};

/// The glass: a window by GLFW, or memory by EGL where there is no display. Both draw by OpenGL 3.3 core and both
/// feed the same input queue.
/// Thread: the screen thread, except wake().
class Display {
public:
    /// What the window hears goes into `input`. Both must outlive the display.
    [[nodiscard]] static forms::Result<std::unique_ptr<Display>, DisplayError>
    open_window(const WindowOptions& options, const forms::Clock& clock, InputQueue& input);
    /// Hears nothing by itself: a script or a test pushes into the queue.
    [[nodiscard]] static forms::Result<std::unique_ptr<Display>, DisplayError> open_offscreen(PixelSize size);

    virtual ~Display() = default;

    [[nodiscard]] virtual PixelSize size() const = 0;
    /// False for memory: what is drawn there is seen by nobody until its pixels are read.
    [[nodiscard]] virtual bool seen() const = 0;
    /// As the monitor reports it; often wrong, so only a first proposal for the site profile.
    [[nodiscard]] virtual std::optional<float> pixels_per_mm() const = 0;

    /// Sleeps until input arrives, wake() is called or the time has passed (none: for ever), then collects input.
    virtual void wait(std::optional<std::chrono::milliseconds> at_most) = 0;
    /// Ends a wait(), or the next one. Thread: any.
    virtual void wake() = 0;
    /// True once after the window's size changed or its content was lost: draw.
    [[nodiscard]] virtual bool take_damage() = 0;
    [[nodiscard]] virtual bool close_requested() const = 0;

    [[nodiscard]] virtual GlyphTextures& glyph_textures() = 0;
    /// Draws over `background` (ImGui's colour order).
    virtual void draw(const ImDrawData& data, ImU32 background) = 0;
    virtual void present() = 0;
    /// What draw() has drawn; after present() the content is undefined.
    [[nodiscard]] virtual Picture24 read_pixels() = 0;
    /// Screen and graphics memory overwritten with the colour: nothing of a visit stays in a buffer.
    virtual void wipe(ImU32 colour) = 0;
    virtual void show_cursor(bool shown) = 0;

protected:
    Display() = default;
};

/// Only for pictures of the program's own screens that a script or a test asks for. Thread: one at a time.
[[nodiscard]] forms::Result<forms::Done, PictureError> save_png(const Picture24& picture,
                                                                const std::filesystem::path& path);

} // namespace kiosk
