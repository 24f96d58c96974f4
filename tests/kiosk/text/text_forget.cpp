// SPDX-License-Identifier: EUPL-1.2
// What stays in memory after a visit: the process looks through its own writable memory for words it has drawn.
#include "kiosk/platform/frame.hpp"
#include "kiosk/text/text_engine.hpp"
#include "kiosk/text/wipe.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <memory>
#include <string>
#include <unistd.h>

using namespace kiosk;

namespace {

struct TurnedClock final : forms::Clock {
    forms::BootTime now{1000};
    [[nodiscard]] forms::BootTime since_boot() const override { return now; }
    [[nodiscard]] forms::WallTime wall_time() const override { return {}; }
};

/// Never in one piece in the program: put together when asked for, each letter apart from the next.
struct Marker {
    static constexpr std::size_t length = 24;
    static char letter(std::size_t i) { return static_cast<char>('A' + (i * 7 + 3) % 26); }
    static WipingBytes text() {
        WipingBytes bytes;
        for (std::size_t i = 0; i < length; ++i)
            bytes.push_back(letter(i));
        return bytes;
    }
    /// As UTF-8, or as code points of four bytes.
    static bool stands_at(const unsigned char* memory, std::size_t stride) {
        for (std::size_t i = 0; i < length; ++i) {
            if (memory[i * stride] != static_cast<unsigned char>(letter(i))) return false;
            for (std::size_t rest = 1; rest < stride; ++rest)
                if (memory[i * stride + rest] != 0) return false;
        }
        return true;
    }
};

// The thread sanitizer's own memory would take minutes to search.
#ifdef __SANITIZE_THREAD__
constexpr bool too_much_memory = true;
#else
constexpr bool too_much_memory = false;
#endif

int copies_in_memory() {
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> maps(std::fopen("/proc/self/maps", "re"), std::fclose);
    const int memory = ::open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    REQUIRE(maps != nullptr);
    REQUIRE(memory >= 0);
    int copies = 0;
    char line[512];
    constexpr std::size_t chunk = 1 << 16;
    constexpr std::size_t overlap = 4 * Marker::length;
    const auto buffer = std::make_unique<unsigned char[]>(chunk + overlap);
    while (std::fgets(line, sizeof line, maps.get()) != nullptr) {
        unsigned long begin = 0;
        unsigned long end = 0;
        char rights[5] = {};
        if (std::sscanf(line, "%lx-%lx %4s", &begin, &end, rights) != 3 || std::strncmp(rights, "rw", 2) != 0) continue;
        // The sanitizers' bookkeeping: terabytes of it, and no copy of anything.
        if (end - begin > (1UL << 30)) continue;
        for (unsigned long at = begin; at < end; at += chunk) {
            const auto wanted = static_cast<std::size_t>(std::min<unsigned long>(chunk + overlap, end - at));
            const ssize_t got = ::pread(memory, buffer.get(), wanted, static_cast<off_t>(at));
            if (got < static_cast<ssize_t>(overlap)) break;
            const auto* own = buffer.get();
            // Skip the buffer itself, which repeats whatever it reads.
            const auto own_at = reinterpret_cast<unsigned long>(own);
            if (at < own_at + chunk + overlap && at + wanted > own_at) continue;
            const std::size_t last = std::min(chunk, static_cast<std::size_t>(got) - overlap + 1);
            for (std::size_t i = 0; i < last; ++i) {
                const auto* next = static_cast<const unsigned char*>(std::memchr(own + i, Marker::letter(0), last - i));
                if (next == nullptr) break;
                i = static_cast<std::size_t>(next - own);
                copies += (Marker::stands_at(next, 1) ? 1 : 0) + (Marker::stands_at(next, 4) ? 1 : 0);
            }
        }
    }
    (void)::close(memory);
    return copies;
}

} // namespace

TEST_CASE("forget: a word that was typed, laid out and drawn is nowhere in memory afterwards" *
          doctest::skip(too_much_memory)) {
    auto opened = Display::open_offscreen({600, 300});
    REQUIRE(opened.ok());
    Display& display = *opened.value();
    TurnedClock clock;
    InputQueue input;
    FrameDriver frames(display, input, clock);
    auto made = TextEngine::open(display.glyph_textures());
    REQUIRE(made.ok());
    TextEngine& engine = *made.value();
    {
        const WipingBytes marker = Marker::text();
        for (const char c : marker)
            input.push({CharacterTyped{static_cast<char32_t>(c)}, clock.now});
        while (frames.due())
            frames.draw(
                [&](const FrameInput&) {
                    engine.begin_frame();
                    const std::string_view text(marker.data(), marker.size());
                    for (const float width : {0.0F, 120.0F, 300.0F})
                        engine.draw(*ImGui::GetBackgroundDrawList(), {10, 10},
                                    engine.layout(text, {.style = {20}, .max_width_px = width}), IM_COL32_BLACK);
                },
                IM_COL32_WHITE);
        CHECK(copies_in_memory() > 1); // the search does find it while it is there
    }
    engine.forget();
    input.forget();
    frames.renew();
    display.wipe(IM_COL32_WHITE);
    CHECK(copies_in_memory() == 0);
}
