// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/platform/gl_renderer.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

namespace kiosk {
namespace {

struct KeyName {
    int glfw;
    Key key;
};
constexpr std::array key_names{
    KeyName{GLFW_KEY_TAB, Key::Tab},
    KeyName{GLFW_KEY_ENTER, Key::Enter},
    KeyName{GLFW_KEY_KP_ENTER, Key::Enter},
    KeyName{GLFW_KEY_ESCAPE, Key::Escape},
    KeyName{GLFW_KEY_SPACE, Key::Space},
    KeyName{GLFW_KEY_BACKSPACE, Key::Backspace},
    KeyName{GLFW_KEY_DELETE, Key::Delete},
    KeyName{GLFW_KEY_LEFT, Key::Left},
    KeyName{GLFW_KEY_RIGHT, Key::Right},
    KeyName{GLFW_KEY_UP, Key::Up},
    KeyName{GLFW_KEY_DOWN, Key::Down},
    KeyName{GLFW_KEY_HOME, Key::Home},
    KeyName{GLFW_KEY_END, Key::End},
    KeyName{GLFW_KEY_PAGE_UP, Key::PageUp},
    KeyName{GLFW_KEY_PAGE_DOWN, Key::PageDown},
    KeyName{GLFW_KEY_INSERT, Key::Insert},
};

constexpr std::array shortcut_names{std::pair{'a', Key::A}, std::pair{'c', Key::C}, std::pair{'v', Key::V},
                                    std::pair{'x', Key::X}, std::pair{'z', Key::Z}};

Key key_of(int glfw, int scancode, int modifiers) {
    if (glfw >= GLFW_KEY_F1 && glfw <= GLFW_KEY_F24)
        return static_cast<Key>(static_cast<int>(Key::F1) + glfw - GLFW_KEY_F1);
    for (const KeyName& name : key_names)
        if (name.glfw == glfw) return name.key;
    if ((modifiers & GLFW_MOD_CONTROL) == 0) return Key::Unknown;
    const char* letter = glfwGetKeyName(glfw, scancode); // by the layout in use, not by the place on the keyboard
    if (letter == nullptr || std::string_view(letter).size() != 1) return Key::Unknown;
    for (const auto& [name, key] : shortcut_names)
        if (*letter == name) return key;
    return Key::Unknown;
}

class WindowDisplay final : public Display {
public:
    WindowDisplay(const forms::Clock& clock, InputQueue& input) : clock_(clock), input_(input) {}

    ~WindowDisplay() override {
        renderer_.reset();
        if (window_ != nullptr) glfwDestroyWindow(window_);
        if (started_) glfwTerminate();
    }
    WindowDisplay(const WindowDisplay&) = delete;
    WindowDisplay& operator=(const WindowDisplay&) = delete;

    [[nodiscard]] std::optional<DisplayError> open(const WindowOptions& options) {
        started_ = glfwInit() == GLFW_TRUE;
        if (!started_) return DisplayError::NoDisplay;
        GLFWmonitor* monitor = glfwGetPrimaryMonitor();
        const GLFWvidmode* mode = monitor != nullptr ? glfwGetVideoMode(monitor) : nullptr;
        glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
        glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
        glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
        glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
        glfwWindowHint(GLFW_DEPTH_BITS, 0);
        glfwWindowHint(GLFW_STENCIL_BITS, 0);
        glfwWindowHint(GLFW_AUTO_ICONIFY, GLFW_FALSE);
        const bool full = options.fullscreen && mode != nullptr;
        window_ =
            full ? glfwCreateWindow(mode->width, mode->height, options.title.c_str(), monitor, nullptr)
                 : glfwCreateWindow(options.size.width, options.size.height, options.title.c_str(), nullptr, nullptr);
        if (window_ == nullptr) return DisplayError::NoGraphics;
        glfwMakeContextCurrent(window_);
        glfwSwapInterval(options.vsync ? 1 : 0);
        glfwSetInputMode(window_, GLFW_CURSOR, GLFW_CURSOR_HIDDEN);
        glfwGetFramebufferSize(window_, &size_.width, &size_.height);
        glfwSetWindowUserPointer(window_, this);
        listen();
        renderer_ = GlRenderer::make();
        if (renderer_ == nullptr) return DisplayError::NoGraphics;
        return std::nullopt;
    }

    bool seen() const override { return true; }
    PixelSize size() const override { return size_; }

    std::optional<float> pixels_per_mm() const override {
        GLFWmonitor* monitor = glfwGetPrimaryMonitor();
        const GLFWvidmode* mode = monitor != nullptr ? glfwGetVideoMode(monitor) : nullptr;
        int width_mm = 0;
        int height_mm = 0;
        if (monitor != nullptr) glfwGetMonitorPhysicalSize(monitor, &width_mm, &height_mm);
        if (mode == nullptr || width_mm <= 0) return std::nullopt;
        return static_cast<float>(mode->width) / static_cast<float>(width_mm);
    }

    void wait(std::optional<std::chrono::milliseconds> at_most) override {
        if (!at_most)
            glfwWaitEvents();
        else if (at_most->count() <= 0)
            glfwPollEvents();
        else
            glfwWaitEventsTimeout(static_cast<double>(at_most->count()) / 1000.0);
    }

    void wake() override { glfwPostEmptyEvent(); }
    bool take_damage() override { return std::exchange(damaged_, false); }
    bool close_requested() const override { return glfwWindowShouldClose(window_) == GLFW_TRUE; }
    GlyphTextures& glyph_textures() override { return *renderer_; }

    void draw(const ImDrawData& data, ImU32 background) override {
        renderer_->clear(size_, background);
        renderer_->draw(data, size_);
    }
    void present() override { glfwSwapBuffers(window_); }
    Picture24 read_pixels() override { return renderer_->read(size_); }

    void wipe(ImU32 colour) override {
        renderer_->wipe_buffers();
        for (int buffer = 0; buffer < 3; ++buffer) { // front, back, and a third where the driver has one
            renderer_->clear(size_, colour);
            glfwSwapBuffers(window_);
        }
    }

    void show_cursor(bool shown) override {
        if (shown == cursor_shown_) return;
        cursor_shown_ = shown;
        glfwSetInputMode(window_, GLFW_CURSOR, shown ? GLFW_CURSOR_NORMAL : GLFW_CURSOR_HIDDEN);
    }

private:
    static WindowDisplay& of(GLFWwindow* window) {
        return *static_cast<WindowDisplay*>(glfwGetWindowUserPointer(window));
    }

    template <class What>
    void push(What what) {
        input_.push({what, clock_.since_boot()});
    }

    /// GLFW counts in screen coordinates, we draw in pixels of the frame buffer.
    [[nodiscard]] ImVec2 in_pixels(double x, double y) const {
        int width = 0;
        int height = 0;
        glfwGetWindowSize(window_, &width, &height);
        if (width <= 0 || height <= 0) return {0, 0};
        return {static_cast<float>(x * size_.width / width), static_cast<float>(y * size_.height / height)};
    }
    [[nodiscard]] ImVec2 cursor() const {
        double x = 0;
        double y = 0;
        glfwGetCursorPos(window_, &x, &y);
        return in_pixels(x, y);
    }

    void listen() {
        glfwSetKeyCallback(window_, [](GLFWwindow* window, int key, int scancode, int action, int modifiers) {
            WindowDisplay& self = of(window);
            if (action == GLFW_RELEASE) return;
            self.repeating_ = action == GLFW_REPEAT;
            const Modifiers held{(modifiers & GLFW_MOD_SHIFT) != 0, (modifiers & GLFW_MOD_CONTROL) != 0,
                                 (modifiers & GLFW_MOD_ALT) != 0};
            const Key known = key_of(key, scancode, modifiers);
            if (known != Key::Unknown) self.push(KeyPressed{known, held, self.repeating_});
        });
        glfwSetCharCallback(window_, [](GLFWwindow* window, unsigned int character) {
            // The characters of a held key come right after its repetition.
            of(window).push(CharacterTyped{character, of(window).repeating_});
        });
        glfwSetCursorPosCallback(window_, [](GLFWwindow* window, double x, double y) {
            const ImVec2 position = of(window).in_pixels(x, y);
            of(window).last_position_ = position;
            of(window).push(PointerMoved{position});
        });
        glfwSetMouseButtonCallback(window_, [](GLFWwindow* window, int button, int action, int) {
            if (button != GLFW_MOUSE_BUTTON_LEFT) return;
            WindowDisplay& self = of(window);
            // Asking GLFW now would tell where the pointer is, not where it was when the button changed.
            const ImVec2 position = self.last_position_ ? *self.last_position_ : self.cursor();
            if (action == GLFW_PRESS)
                self.push(PointerPressed{position});
            else
                self.push(PointerReleased{position});
        });
        glfwSetCursorEnterCallback(window_, [](GLFWwindow* window, int entered) {
            if (entered == GLFW_FALSE) of(window).push(PointerLeft{});
        });
        glfwSetScrollCallback(window_, [](GLFWwindow* window, double, double lines) {
            of(window).push(Scrolled{static_cast<float>(lines)});
        });
        glfwSetFramebufferSizeCallback(window_, [](GLFWwindow* window, int width, int height) {
            of(window).size_ = {std::max(1, width), std::max(1, height)};
            of(window).damaged_ = true;
        });
        glfwSetWindowRefreshCallback(window_, [](GLFWwindow* window) { of(window).damaged_ = true; });
    }

    const forms::Clock& clock_;
    InputQueue& input_;
    bool started_ = false;
    GLFWwindow* window_ = nullptr;
    PixelSize size_;
    std::optional<ImVec2> last_position_;
    bool repeating_ = false;
    bool damaged_ = true;
    bool cursor_shown_ = false;
    std::unique_ptr<GlRenderer> renderer_;
};

} // namespace

forms::Result<std::unique_ptr<Display>, DisplayError>
Display::open_window(const WindowOptions& options, const forms::Clock& clock, InputQueue& input) {
    auto display = std::make_unique<WindowDisplay>(clock, input);
    if (const auto error = display->open(options)) return *error;
    return std::unique_ptr<Display>(std::move(display));
}

} // namespace kiosk
