// SPDX-License-Identifier: EUPL-1.2
// The glass without glass: Mesa draws into memory, no X server, no window, no graphics card needed.
#include "kiosk/platform/gl_renderer.hpp"

#include <array>
#include <cerrno>
#include <climits>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define GL_GLEXT_PROTOTYPES
#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GL/gl.h>
#include <GL/glext.h>

namespace kiosk {
namespace {

class OffscreenDisplay final : public Display {
public:
    explicit OffscreenDisplay(PixelSize size) : size_(size) {}

    ~OffscreenDisplay() override {
        renderer_.reset();
        if (frame_buffer_ != 0) {
            glDeleteFramebuffers(1, &frame_buffer_);
            glDeleteRenderbuffers(1, &colours_);
        }
        if (egl_ != EGL_NO_DISPLAY) {
            eglMakeCurrent(egl_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
            if (context_ != EGL_NO_CONTEXT) eglDestroyContext(egl_, context_);
            eglTerminate(egl_);
        }
        if (bell_ >= 0) ::close(bell_);
    }
    OffscreenDisplay(const OffscreenDisplay&) = delete;
    OffscreenDisplay& operator=(const OffscreenDisplay&) = delete;

    [[nodiscard]] std::optional<DisplayError> open() {
        bell_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        if (bell_ < 0) return DisplayError::NoRoom;
        egl_ = eglGetPlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
        if (egl_ == EGL_NO_DISPLAY || eglInitialize(egl_, nullptr, nullptr) == EGL_FALSE)
            return DisplayError::NoGraphics;
        if (eglBindAPI(EGL_OPENGL_API) == EGL_FALSE) return DisplayError::NoGraphics;
        constexpr std::array wanted{EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_NONE};
        EGLConfig config = nullptr;
        EGLint count = 0;
        if (eglChooseConfig(egl_, wanted.data(), &config, 1, &count) == EGL_FALSE || count == 0)
            return DisplayError::NoGraphics;
        constexpr std::array version{
            EGL_CONTEXT_MAJOR_VERSION,           3,       EGL_CONTEXT_MINOR_VERSION, 3, EGL_CONTEXT_OPENGL_PROFILE_MASK,
            EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT, EGL_NONE};
        context_ = eglCreateContext(egl_, config, EGL_NO_CONTEXT, version.data());
        if (context_ == EGL_NO_CONTEXT || eglMakeCurrent(egl_, EGL_NO_SURFACE, EGL_NO_SURFACE, context_) == EGL_FALSE)
            return DisplayError::NoGraphics;
        glGenFramebuffers(1, &frame_buffer_);
        glGenRenderbuffers(1, &colours_);
        glBindRenderbuffer(GL_RENDERBUFFER, colours_);
        glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, size_.width, size_.height);
        glBindFramebuffer(GL_FRAMEBUFFER, frame_buffer_);
        glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, colours_);
        if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) return DisplayError::NoRoom;
        renderer_ = GlRenderer::make();
        if (renderer_ == nullptr) return DisplayError::NoGraphics;
        return std::nullopt;
    }

    PixelSize size() const override { return size_; }
    bool seen() const override { return false; }
    std::optional<float> pixels_per_mm() const override { return std::nullopt; }

    void wait(std::optional<std::chrono::milliseconds> at_most) override {
        pollfd rung{bell_, POLLIN, 0};
        const auto limit = at_most ? std::min<std::chrono::milliseconds::rep>(at_most->count(), INT_MAX) : -1;
        if (::poll(&rung, 1, static_cast<int>(limit)) <= 0) return; // time passed, or a signal: the caller looks anyway
        eventfd_t rings = 0;
        if (::eventfd_read(bell_, &rings) != 0) return; // another wait() took it
    }

    void wake() override {
        // Fails only when it has been rung 2^64 - 2 times unheard, which wakes as well.
        if (::eventfd_write(bell_, 1) != 0) return;
    }

    bool take_damage() override { return false; }
    bool close_requested() const override { return false; }
    GlyphTextures& glyph_textures() override { return *renderer_; }

    void draw(const ImDrawData& data, ImU32 background) override {
        renderer_->clear(size_, background);
        renderer_->draw(data, size_);
    }
    void present() override { glFinish(); }
    Picture24 read_pixels() override { return renderer_->read(size_); }

    void wipe(ImU32 colour) override {
        renderer_->wipe_buffers();
        renderer_->clear(size_, colour);
        glFinish();
    }
    void show_cursor(bool) override {}

private:
    PixelSize size_;
    int bell_ = -1;
    EGLDisplay egl_ = EGL_NO_DISPLAY;
    EGLContext context_ = EGL_NO_CONTEXT;
    unsigned int frame_buffer_ = 0, colours_ = 0;
    std::unique_ptr<GlRenderer> renderer_;
};

} // namespace

forms::Result<std::unique_ptr<Display>, DisplayError> Display::open_offscreen(PixelSize size) {
    auto display = std::make_unique<OffscreenDisplay>(size);
    if (const auto error = display->open()) return *error;
    return std::unique_ptr<Display>(std::move(display));
}

} // namespace kiosk
