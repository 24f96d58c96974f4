// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "kiosk/a11y/lookup.hpp"
#include "kiosk/text/text_engine.hpp"
#include "kiosk/views/stage.hpp"

#include "../text/memory_textures.hpp"

#include <imgui.h>
#include <memory>
#include <string>
#include <string_view>

/// ImGui's draw lists and the text engine, with no window and no graphics card.
class World {
public:
    World() : engine(kiosk::TextEngine::open(textures).value()) {
        context_ = ImGui::CreateContext(&atlas_);
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.BackendFlags = ImGuiBackendFlags_RendererHasVtxOffset;
        unsigned char* pixels = nullptr;
        int width = 0;
        int height = 0;
        atlas_.GetTexDataAsAlpha8(&pixels, &width, &height);
    }
    ~World() { ImGui::DestroyContext(context_); }
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    /// One frame; what the person wanted is in `intents` afterwards.
    const kiosk::ScreenTree& draw(kiosk::Stage& stage, const kiosk::Picture& picture) {
        intents.clear();
        ImGui::GetIO().DisplaySize = {stage.glass().width_px, stage.glass().height_px};
        ImGui::GetIO().DeltaTime = 0.02F;
        ImGui::NewFrame();
        stage.draw(picture, *ImGui::GetBackgroundDrawList(), intents);
        ImGui::Render();
        return stage.tree();
    }

    MemoryTextures textures;
    std::unique_ptr<kiosk::TextEngine> engine;
    kiosk::Intents intents;

private:
    ImFontAtlas atlas_;
    ImGuiContext* context_ = nullptr;
};

inline constexpr kiosk::Glass tall_glass{1080, 1920, 4.0F};
inline constexpr kiosk::Glass wide_glass{1920, 1080, 4.0F};
