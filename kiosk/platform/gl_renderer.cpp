// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/platform/gl_renderer.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <imgui.h>

#define GL_GLEXT_PROTOTYPES
#include <GL/gl.h>
#include <GL/glext.h>

namespace kiosk {
namespace {

constexpr const char* vertex_source = R"(#version 330 core
uniform vec2 size;
layout(location = 0) in vec2 position;
layout(location = 1) in vec2 place;
layout(location = 2) in vec4 colour;
out vec2 at;
out vec4 tint;
out float strength;
void main() {
    at = place;
    tint = colour;
    // Light letters on a dark ground look thinner than dark ones on a light ground when coverage is mixed as it is:
    // the lighter the letter, the more its half-covered edges count.
    float lightness = dot(colour.rgb, vec3(0.2126, 0.7152, 0.0722));
    strength = mix(1.0, 0.78, lightness);
    gl_Position = vec4(2.0 * position.x / size.x - 1.0, 1.0 - 2.0 * position.y / size.y, 0.0, 1.0);
}
)";

constexpr const char* fragment_source = R"(#version 330 core
uniform sampler2D page;
in vec2 at;
in vec4 tint;
in float strength;
layout(location = 0) out vec4 result;
void main() {
    float coverage = pow(texture(page, at).a, strength);
    result = vec4(tint.rgb, tint.a * coverage);
}
)";

unsigned int compiled(GLenum kind, const char* source) {
    const unsigned int shader = glCreateShader(kind);
    glShaderSource(shader, 1, &source, nullptr);
    glCompileShader(shader);
    int good = 0;
    glGetShaderiv(shader, GL_COMPILE_STATUS, &good);
    if (good != 0) return shader;
    glDeleteShader(shader);
    return 0;
}

ImTextureID id_of(unsigned int texture) { return std::bit_cast<ImTextureID>(static_cast<std::uintptr_t>(texture)); }
unsigned int number_of(ImTextureID id) { return static_cast<unsigned int>(std::bit_cast<std::uintptr_t>(id)); }

const void* offset(std::size_t bytes) { return std::bit_cast<const void*>(bytes); }

} // namespace

std::unique_ptr<GlRenderer> GlRenderer::make() {
    int major = 0;
    int minor = 0;
    glGetIntegerv(GL_MAJOR_VERSION, &major);
    glGetIntegerv(GL_MINOR_VERSION, &minor);
    if (major * 10 + minor < 33) return nullptr;
    std::unique_ptr<GlRenderer> renderer(new GlRenderer);
    if (!renderer->build_program()) return nullptr;
    return renderer;
}

bool GlRenderer::build_program() {
    const unsigned int vertex = compiled(GL_VERTEX_SHADER, vertex_source);
    const unsigned int fragment = compiled(GL_FRAGMENT_SHADER, fragment_source);
    if (vertex == 0 || fragment == 0) return false;
    program_ = glCreateProgram();
    glAttachShader(program_, vertex);
    glAttachShader(program_, fragment);
    glLinkProgram(program_);
    glDeleteShader(vertex);
    glDeleteShader(fragment);
    int good = 0;
    glGetProgramiv(program_, GL_LINK_STATUS, &good);
    if (good == 0) return false;
    size_uniform_ = glGetUniformLocation(program_, "size");
    glUseProgram(program_);
    glUniform1i(glGetUniformLocation(program_, "page"), 0);

    glGenVertexArrays(1, &vertex_array_);
    glGenBuffers(1, &corners_);
    glGenBuffers(1, &indices_);
    glBindVertexArray(vertex_array_);
    glBindBuffer(GL_ARRAY_BUFFER, corners_);
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, indices_);
    constexpr auto stride = static_cast<GLsizei>(sizeof(ImDrawVert));
    glEnableVertexAttribArray(0);
    glEnableVertexAttribArray(1);
    glEnableVertexAttribArray(2);
    glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, stride, offset(offsetof(ImDrawVert, pos)));
    glVertexAttribPointer(1, 2, GL_FLOAT, GL_FALSE, stride, offset(offsetof(ImDrawVert, uv)));
    glVertexAttribPointer(2, 4, GL_UNSIGNED_BYTE, GL_TRUE, stride, offset(offsetof(ImDrawVert, col)));
    return glGetError() == GL_NO_ERROR;
}

GlRenderer::~GlRenderer() {
    while (!textures_.empty())
        destroy(id_of(textures_.begin()->first));
    wipe_buffers();
    glDeleteBuffers(1, &corners_);
    glDeleteBuffers(1, &indices_);
    glDeleteVertexArrays(1, &vertex_array_);
    glDeleteProgram(program_);
}

ImTextureID GlRenderer::create(int width, int height) {
    unsigned int texture = 0;
    glGenTextures(1, &texture);
    glBindTexture(GL_TEXTURE_2D, texture);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    const int swizzle[] = {GL_ONE, GL_ONE, GL_ONE, GL_RED};
    glTexParameteriv(GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_RGBA, swizzle);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    const std::vector<std::uint8_t> nothing(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, width, height, 0, GL_RED, GL_UNSIGNED_BYTE, nothing.data());
    textures_.emplace(texture, Size{width, height});
    return id_of(texture);
}

void GlRenderer::update(ImTextureID id, int x, int y, int width, int height, std::span<const std::uint8_t> pixels) {
    const std::size_t wanted = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    const auto found = textures_.find(number_of(id));
    if (found == textures_.end() || pixels.size() != wanted) return;
    glBindTexture(GL_TEXTURE_2D, number_of(id));
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glTexSubImage2D(GL_TEXTURE_2D, 0, x, y, width, height, GL_RED, GL_UNSIGNED_BYTE, pixels.data());
}

void GlRenderer::destroy(ImTextureID id) {
    const unsigned int texture = number_of(id);
    const auto found = textures_.find(texture);
    if (found == textures_.end()) return;
    const auto [width, height] = found->second;
    const std::vector<std::uint8_t> nothing(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    update(id, 0, 0, width, height, nothing);
    textures_.erase(found);
    glDeleteTextures(1, &texture);
}

void GlRenderer::clear(PixelSize size, ImU32 colour) {
    const ImVec4 c = ImGui::ColorConvertU32ToFloat4(colour);
    glDisable(GL_SCISSOR_TEST);
    glViewport(0, 0, size.width, size.height);
    glClearColor(c.x, c.y, c.z, 1.0F);
    glClear(GL_COLOR_BUFFER_BIT);
}

void GlRenderer::draw(const ImDrawData& data, PixelSize size) {
    glViewport(0, 0, size.width, size.height);
    glEnable(GL_BLEND);
    glBlendEquation(GL_FUNC_ADD);
    glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
    glDisable(GL_CULL_FACE);
    glDisable(GL_DEPTH_TEST);
    glEnable(GL_SCISSOR_TEST);
    glActiveTexture(GL_TEXTURE0);
    glUseProgram(program_);
    glUniform2f(size_uniform_, static_cast<float>(size.width), static_cast<float>(size.height));
    glBindVertexArray(vertex_array_);
    glBindBuffer(GL_ARRAY_BUFFER, corners_);

    constexpr GLenum index_type = sizeof(ImDrawIdx) == 2 ? GL_UNSIGNED_SHORT : GL_UNSIGNED_INT;
    for (int i = 0; i < data.CmdListsCount; ++i) {
        const ImDrawList& list = *data.CmdLists[i];
        const auto corner_bytes = static_cast<std::ptrdiff_t>(list.VtxBuffer.size_in_bytes());
        const auto index_bytes = static_cast<std::ptrdiff_t>(list.IdxBuffer.size_in_bytes());
        corner_bytes_ = std::max(corner_bytes_, corner_bytes);
        index_bytes_ = std::max(index_bytes_, index_bytes);
        glBufferData(GL_ARRAY_BUFFER, corner_bytes, list.VtxBuffer.Data, GL_STREAM_DRAW);
        glBufferData(GL_ELEMENT_ARRAY_BUFFER, index_bytes, list.IdxBuffer.Data, GL_STREAM_DRAW);
        for (const ImDrawCmd& command : list.CmdBuffer) {
            if (command.UserCallback != nullptr) {
                if (command.UserCallback != ImDrawCallback_ResetRenderState) command.UserCallback(&list, &command);
                continue;
            }
            const int left = std::max(0, static_cast<int>(command.ClipRect.x));
            const int top = std::max(0, static_cast<int>(command.ClipRect.y));
            const int right = std::min(size.width, static_cast<int>(command.ClipRect.z));
            const int bottom = std::min(size.height, static_cast<int>(command.ClipRect.w));
            if (right <= left || bottom <= top || command.ElemCount == 0) continue;
            glScissor(left, size.height - bottom, right - left, bottom - top);
            glBindTexture(GL_TEXTURE_2D, number_of(command.TextureId));
            glDrawElementsBaseVertex(GL_TRIANGLES, static_cast<GLsizei>(command.ElemCount), index_type,
                                     offset(command.IdxOffset * sizeof(ImDrawIdx)),
                                     static_cast<GLint>(command.VtxOffset));
        }
    }
    glDisable(GL_SCISSOR_TEST);
}

Picture24 GlRenderer::read(PixelSize size) const {
    const std::size_t row = static_cast<std::size_t>(size.width) * 3;
    Picture24 picture{size, std::vector<std::uint8_t>(row * static_cast<std::size_t>(size.height))};
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, size.width, size.height, GL_RGB, GL_UNSIGNED_BYTE, picture.pixels.data());
    // OpenGL counts rows from the bottom.
    auto upper = picture.pixels.begin();
    auto lower = picture.pixels.end() - static_cast<std::ptrdiff_t>(row);
    for (; upper < lower; upper += static_cast<std::ptrdiff_t>(row), lower -= static_cast<std::ptrdiff_t>(row))
        std::swap_ranges(upper, upper + static_cast<std::ptrdiff_t>(row), lower);
    return picture;
}

void GlRenderer::wipe_buffers() {
    const std::vector<std::uint8_t> nothing(static_cast<std::size_t>(std::max(corner_bytes_, index_bytes_)));
    glBindVertexArray(vertex_array_);
    glBindBuffer(GL_ARRAY_BUFFER, corners_);
    int bytes = 0;
    glGetBufferParameteriv(GL_ARRAY_BUFFER, GL_BUFFER_SIZE, &bytes);
    if (bytes > 0) glBufferSubData(GL_ARRAY_BUFFER, 0, bytes, nothing.data());
    glGetBufferParameteriv(GL_ELEMENT_ARRAY_BUFFER, GL_BUFFER_SIZE, &bytes);
    if (bytes > 0) glBufferSubData(GL_ELEMENT_ARRAY_BUFFER, 0, bytes, nothing.data());
    glFinish();
}

} // namespace kiosk
