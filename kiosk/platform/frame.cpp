// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/platform/frame.hpp"

#include <algorithm>
#include <cfloat>
#include <cstddef>
#include <cstdlib>
#include <imgui.h>
#include <string.h> // explicit_bzero

namespace kiosk {
namespace {

// ImGui gives no size when it frees, so each block carries its own in front.
constexpr std::size_t header = alignof(std::max_align_t);

void* take_memory(std::size_t size, void*) {
    auto* block = static_cast<std::byte*>(std::malloc(size + header));
    if (block == nullptr) return nullptr;
    *reinterpret_cast<std::size_t*>(block) = size;
    return block + header;
}

void give_back_memory(void* memory, void*) {
    if (memory == nullptr) return;
    auto* block = static_cast<std::byte*>(memory) - header;
    explicit_bzero(memory, *reinterpret_cast<std::size_t*>(block));
    std::free(block);
}

constexpr forms::BootTime longest_unpainted{100};

const char* no_clipboard_text(void*) { return ""; }
void forget_clipboard_text(void*, const char*) {}

} // namespace

/// The font atlas holds nothing of a visit and outlives the contexts. ImGui needs one; none of its text is ever drawn.
struct FrameDriver::Context {
    explicit Context(GlyphTextures& glyph_textures) : textures(glyph_textures) {
        ImGui::SetAllocatorFunctions(take_memory, give_back_memory);
        atlas = IM_NEW(ImFontAtlas)();
        atlas->Flags |= ImFontAtlasFlags_NoBakedLines | ImFontAtlasFlags_NoMouseCursors;
        atlas->AddFontDefault();
        unsigned char* pixels = nullptr;
        int width = 0;
        int height = 0;
        atlas->GetTexDataAsAlpha8(&pixels, &width, &height);
        const ImTextureID texture = textures.create(width, height);
        textures.update(texture, 0, 0, width, height,
                        {pixels, static_cast<std::size_t>(width) * static_cast<std::size_t>(height)});
        atlas->SetTexID(texture);
        begin();
    }
    ~Context() {
        end();
        textures.destroy(atlas->TexID);
        IM_DELETE(atlas);
    }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

    void begin() {
        imgui = ImGui::CreateContext(atlas);
        ImGui::SetCurrentContext(imgui);
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.LogFilename = nullptr;
        io.ConfigFlags = ImGuiConfigFlags_NoMouseCursorChange; // no keyboard navigation: the focus ring is ours
        io.ConfigInputTextCursorBlink = false;
        io.BackendFlags = ImGuiBackendFlags_RendererHasVtxOffset;
        io.BackendPlatformName = io.BackendRendererName = "sportello";
        io.GetClipboardTextFn = no_clipboard_text;
        io.SetClipboardTextFn = forget_clipboard_text;
        io.MouseDragThreshold = FLT_MAX; // nothing is dragged
        ImGuiStyle& style = ImGui::GetStyle();
        style.WindowPadding = style.FramePadding = style.ItemSpacing = style.ItemInnerSpacing = {0, 0};
        style.WindowBorderSize = style.FrameBorderSize = style.ChildBorderSize = 0;
        style.WindowMinSize = {1, 1};
        style.DisabledAlpha = 1; // how "off" looks is decided by the theme
        style.AntiAliasedLinesUseTex = false;
    }
    void end() { ImGui::DestroyContext(imgui); }

    GlyphTextures& textures;
    ImFontAtlas* atlas = nullptr;
    ImGuiContext* imgui = nullptr;
};

FrameDriver::FrameDriver(Display& display, InputQueue& input, const forms::Clock& clock, Paint paint)
    : display_(display), input_(input), clock_(clock), paints_(paint == Paint::Always || display.seen()),
      context_(std::make_unique<Context>(display.glyph_textures())), last_frame_(clock.since_boot()) {}

FrameDriver::~FrameDriver() = default;

void FrameDriver::wait(std::optional<forms::BootTime> deadline) {
    std::optional<std::chrono::milliseconds> at_most;
    if (due())
        at_most = std::chrono::milliseconds(0);
    else if (deadline)
        at_most = std::max(std::chrono::milliseconds(0), *deadline - clock_.since_boot());
    display_.wait(at_most);
    if (display_.take_damage()) ask();
}

void FrameDriver::ask(int frames) { frames_asked_ = std::max(frames_asked_, frames); }
bool FrameDriver::due() const { return frames_asked_ > 0 || !input_.empty(); }

void FrameDriver::build_frame(const FrameInput& input, const BuildFrame& build) {
    ImGuiIO& io = ImGui::GetIO();
    const PixelSize size = display_.size();
    io.DisplaySize = {static_cast<float>(size.width), static_cast<float>(size.height)};
    const std::chrono::duration<float> passed = input.now - last_frame_;
    io.DeltaTime = std::clamp(passed.count(), 0.001F, 1.0F);
    last_frame_ = input.now;
    io.MousePos = input.pointer.over_window ? input.pointer.position : ImVec2(-FLT_MAX, -FLT_MAX);
    io.MouseDown[0] = input.pointer.down;
    io.MouseWheel = input.pointer.scroll_lines;
    ImGui::NewFrame();
    build(input);
    ImGui::Render();
}

void FrameDriver::draw(const BuildFrame& build, ImU32 background) {
    const Pointer before = pointer_;
    const FrameInput input = input_.next_frame(clock_.since_boot());
    pointer_ = input.pointer;
    if (frames_asked_ > 0) --frames_asked_;
    if (!input.nothing()) ask();
    if (before.over_window != pointer_.over_window || before.is_mouse != pointer_.is_mouse) ask(1);
    display_.show_cursor(pointer_.is_mouse);
    build_frame(input, build);
    if (!paints_) return;
    // More input waits already: the next frame follows at once, and nobody would see this one. Many keys in a row (a
    // reader of codes, a fast typist on a slow machine) are not slowed down by painting; the eye still sees them come.
    if (!input_.empty() && input.now - last_painted_ < longest_unpainted) return;
    last_painted_ = input.now;
    display_.draw(*ImGui::GetDrawData(), background);
    display_.present();
}

Picture24 FrameDriver::picture(const BuildFrame& build, ImU32 background) {
    FrameInput nothing;
    nothing.now = clock_.since_boot();
    nothing.pointer = pointer_;
    nothing.pointer.pressed = nothing.pointer.released = false;
    nothing.pointer.scroll_lines = 0;
    build_frame(nothing, build);
    display_.draw(*ImGui::GetDrawData(), background);
    return display_.read_pixels();
}

void FrameDriver::renew() {
    context_->end();
    context_->begin();
    pointer_ = {};
    ask();
}

} // namespace kiosk
