// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/text/one_piece.hpp"
#include "kiosk/text/text_engine.hpp"
#include "kiosk/text/words.hpp"
#include "memory_textures.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <doctest/doctest.h>
#include <fstream>
#include <string>

using namespace kiosk;

namespace {

std::unique_ptr<TextEngine> engine_on(GlyphTextures& textures) {
    auto opened = TextEngine::open(textures);
    REQUIRE(opened.ok());
    return std::move(opened).value();
}

/// ImGui's context and one frame, only to have a draw list to draw into.
struct Sheet {
    Sheet() : context(ImGui::CreateContext()) {
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.DisplaySize = {20000, 20000};
        io.BackendFlags = ImGuiBackendFlags_RendererHasVtxOffset;
        io.Fonts->AddFontDefault();
        unsigned char* pixels = nullptr;
        int width = 0;
        int height = 0;
        io.Fonts->GetTexDataAsAlpha8(&pixels, &width, &height);
        ImGui::NewFrame();
    }
    ~Sheet() {
        ImGui::EndFrame();
        ImGui::DestroyContext(context);
    }
    Sheet(const Sheet&) = delete;
    Sheet& operator=(const Sheet&) = delete;
    ImDrawList& list() { return *ImGui::GetBackgroundDrawList(); }
    ImGuiContext* context;
};

struct Box {
    float left = 1e9F, top = 1e9F, right = -1e9F, bottom = -1e9F;
};

/// Where ink was put: the corners of all glyph pictures.
Box ink_of(TextEngine& engine, const Layout& layout) {
    Sheet sheet;
    engine.draw(sheet.list(), {0, 0}, layout, IM_COL32_BLACK);
    Box box;
    for (const ImDrawVert& corner : sheet.list().VtxBuffer) {
        box.left = std::min(box.left, corner.pos.x);
        box.right = std::max(box.right, corner.pos.x);
        box.top = std::min(box.top, corner.pos.y);
        box.bottom = std::max(box.bottom, corner.pos.y);
    }
    return box;
}

constexpr std::array texts{
    "Perché te lo chiediamo? Ci serve per ricontattarti, ÀÈÌÒÙ Ç Ş ẤỆ",
    "السؤال 3 من حوالي 20: ما اسمك كما هو مكتوب في وثيقتك؟ لُغَةٌ عَرَبِيَّةٌ",
    "שאלה 3 מתוך 20: מה שמך (כפי שכתוב במסמך)?",
    "क्षत्रिय हिन्दी में प्रश्न: आपका नाम क्या है?",
    "Il signor محمد بن علي (nato nel 1980) abita in via Roma 12.",
    "Precipitevolissimevolmenteinterminabilmentesenzaspazi",
};

} // namespace

TEST_CASE("text: the size asked for is the height of a capital H, whatever the weight") {
    MemoryTextures textures;
    const auto engine = engine_on(textures);
    for (const Weight weight : {Weight::Regular, Weight::Bold})
        for (const float cap : {15.0F, 22.0F, 36.0F, 50.0F}) {
            const Box box = ink_of(*engine, engine->layout("HHH", {.style = {cap, weight}}));
            CHECK(std::abs((box.bottom - box.top) - cap) <= 1); // hinting moves edges to whole pixels
        }
}

TEST_CASE("text: an Arabic alef is as high as a capital H beside it") {
    MemoryTextures textures;
    const auto engine = engine_on(textures);
    for (const float cap : {20.0F, 40.0F}) {
        const Box alef =
            ink_of(*engine, engine->layout("\u0627", {.style = {cap}, .direction = Direction::RightToLeft}));
        CHECK(std::abs((alef.bottom - alef.top) - cap) <= 1.5F);
    }
}

TEST_CASE("text: nothing is cut: every line fits the width and all ink stays in the box, at every width and size") {
    MemoryTextures textures;
    const auto engine = engine_on(textures);
    for (const char* text : texts)
        for (const Direction direction : {Direction::LeftToRight, Direction::RightToLeft})
            for (const float cap : {15.0F, 34.0F})
                for (const float width : {90.0F, 260.0F, 1000.0F}) {
                    CAPTURE(std::string(text));
                    CAPTURE(width);
                    CAPTURE(cap);
                    const Layout& layout =
                        engine->layout(text, {.style = {cap}, .max_width_px = width, .direction = direction});
                    std::size_t at = 0;
                    for (const Layout::Line& line : layout.lines()) {
                        CHECK(line.begin == at); // no byte is left out, none comes twice
                        at = line.end;
                        CHECK(line.width <= width + 0.5F);
                    }
                    CHECK(at == std::string_view(text).size());
                    const Box box = ink_of(*engine, layout);
                    const float side_bearing = cap * 0.15F; // a letter may lean a little over its advance
                    CHECK(box.left >= -side_bearing);
                    CHECK(box.right <= width + side_bearing);
                    CHECK(box.top >= -1);
                    CHECK(box.bottom <= layout.height() + 1);
                }
}

TEST_CASE("text: a narrow column breaks at spaces and keeps words whole where they fit") {
    MemoryTextures textures;
    const auto engine = engine_on(textures);
    const std::string text = "Scegli la tua lingua per iniziare";
    const Layout& layout = engine->layout(text, {.style = {20}, .max_width_px = 150});
    REQUIRE(layout.lines().size() > 1);
    for (const Layout::Line& line : layout.lines()) {
        if (line.end == text.size()) continue;
        CHECK(text[line.end - 1] == ' ');
    }
}

TEST_CASE("text: Arabic letters touch where they join, and do not where they are kept apart") {
    MemoryTextures textures;
    const auto engine = engine_on(textures);
    const auto gaps = [&](const char* text) {
        Sheet sheet;
        engine->draw(sheet.list(), {0, 0}, engine->layout(text, {.style = {40}, .direction = Direction::RightToLeft}),
                     IM_COL32_BLACK);
        std::vector<std::pair<float, float>> pictures; // left and right of each
        const auto& corners = sheet.list().VtxBuffer;
        for (int i = 0; i + 3 < corners.Size; i += 4)
            pictures.emplace_back(corners[i].pos.x, corners[i + 2].pos.x);
        std::sort(pictures.begin(), pictures.end());
        int count = 0;
        for (std::size_t i = 1; i < pictures.size(); ++i)
            count += pictures[i].first > pictures[i - 1].second + 0.5F ? 1 : 0;
        return count;
    };
    CHECK(gaps("محمد") == 0);
    CHECK(gaps("م\u200Cح\u200Cم\u200Cد") == 3);
}

TEST_CASE("text: a paragraph's direction decides its side, and centring is centring") {
    MemoryTextures textures;
    const auto engine = engine_on(textures);
    ParagraphOptions options{.style = {20}, .max_width_px = 500};
    CHECK(engine->layout("Ciao", options).lines()[0].x == doctest::Approx(0));
    options.align = Align::End;
    CHECK(engine->layout("Ciao", options).lines()[0].x > 300);
    options.direction = Direction::RightToLeft;
    CHECK(engine->layout("سلام", options).lines()[0].x == doctest::Approx(0));
    options.align = Align::Start;
    const Layout& right = engine->layout("سلام", options);
    CHECK(right.lines()[0].x + right.lines()[0].width == doctest::Approx(500));
    options.align = Align::Centre;
    const Layout& centre = engine->layout("سلام", options);
    CHECK(std::abs(centre.lines()[0].x * 2 + centre.lines()[0].width - 500) <= 1);
}

TEST_CASE("text: a one-line box is balanced around its capitals") {
    MemoryTextures textures;
    const auto engine = engine_on(textures);
    const Layout& layout = engine->layout("HEH", {.style = {24}});
    const Box box = ink_of(*engine, layout);
    CHECK(std::abs((box.top + box.bottom) / 2 - layout.height() / 2) <= 1);
}

TEST_CASE("text: what could disguise a text takes no place") {
    MemoryTextures textures;
    const auto engine = engine_on(textures);
    const ParagraphOptions options{.style = {20}};
    const float plain = engine->layout("Rossi", options).width();
    for (const char* disguised :
         {"Ro\u202Essi", "Ro\u200Bssi", "\u2066Rossi\u2069", "Ros\u0007si", "Ro\uE000ssi", "R\u00ADossi"}) {
        const Layout& layout = engine->layout(disguised, options);
        CHECK(layout.width() == doctest::Approx(plain).epsilon(0.03));
        CHECK(engine->caret(layout, std::string_view(disguised).size()).x ==
              doctest::Approx(layout.width())); // not turned round
    }
    std::string zalgo = "a";
    for (int i = 0; i < 40; ++i)
        zalgo += "\u0301";
    CHECK(engine->layout(zalgo, options).height() < 3 * engine->layout("a", options).height());
}

TEST_CASE("text: malformed UTF-8 is shown as replacement characters and every byte has a place") {
    MemoryTextures textures;
    const auto engine = engine_on(textures);
    for (const std::string& bytes : {std::string("a\xC3"), std::string("\xFF\xFE"), std::string("\xE2\x82"),
                                     std::string("\xED\xA0\x80"), std::string("\xC0\xAF"), std::string("a\0b", 3)}) {
        const Layout& layout = engine->layout(bytes, {.style = {20}, .max_width_px = 200});
        CHECK(layout.lines().back().end == bytes.size());
        CHECK(engine->caret(layout, bytes.size()).height > 0);
    }
}

TEST_CASE("text: a number put into an Arabic sentence stays in one piece") {
    MemoryTextures textures;
    const auto engine = engine_on(textures);
    const Words words = Words::load("ar").value();
    const std::string text = words.get(Text::out_code, {{"code", "0165 123456"}});
    const Layout& layout = engine->layout(text, {.style = {20}, .direction = Direction::RightToLeft, .language = "ar"});
    const std::size_t first = text.find("0165");
    const std::size_t second = text.find("123456");
    REQUIRE(first != std::string::npos);
    CHECK(engine->caret(layout, first + 1).x < engine->caret(layout, second + 1).x);
}

TEST_CASE("text: a sentence in another language keeps its signs at their ends and begins where the page does") {
    MemoryTextures textures;
    const auto engine = engine_on(textures);
    ParagraphOptions options{.style = {20}, .max_width_px = 500, .direction = Direction::RightToLeft};
    const std::string italian = "Vivi da solo?";
    const Layout& question = engine->layout(italian, options);
    CHECK(engine->caret(question, italian.size()).x > engine->caret(question, italian.size() - 2).x);
    CHECK(question.lines()[0].right_to_left);
    CHECK(question.lines()[0].x + question.lines()[0].width == doctest::Approx(500));
    options.direction = Direction::LeftToRight;
    const std::string arabic = "هل تعيش وحدك؟";
    const Layout& other = engine->layout(arabic, options);
    CHECK(engine->caret(other, arabic.size()).x < engine->caret(other, arabic.size() - 2).x);
    CHECK(other.lines()[0].x == doctest::Approx(0));
}

TEST_CASE("text: an Italian question inside an Arabic sentence keeps its sign") {
    MemoryTextures textures;
    const auto engine = engine_on(textures);
    std::string sentence;
    append_in_one_piece(sentence, "Vivi da solo?", Direction::RightToLeft);
    sentence += " يجب كتابة إجابة.";
    const Layout& layout = engine->layout(sentence, {.style = {20}, .direction = Direction::RightToLeft});
    const std::size_t sign = sentence.find('?');
    CHECK(engine->caret(layout, sign).x > engine->caret(layout, sign - 1).x);
}

TEST_CASE("text: asking again for the same paragraph shapes nothing and uploads nothing") {
    MemoryTextures textures;
    const auto engine = engine_on(textures);
    const ParagraphOptions options{.style = {20}, .max_width_px = 400};
    for (int frame = 0; frame < 5; ++frame) {
        Sheet sheet;
        engine->begin_frame();
        for (const char* text : texts)
            engine->draw(sheet.list(), {10, 10}, engine->layout(text, options), IM_COL32_BLACK);
        if (frame > 0) continue;
        textures.updates = 0;
    }
    CHECK(engine->numbers().shaped == texts.size());
    CHECK(textures.updates == 0);
}

TEST_CASE("text: paragraphs nobody asks for any more are dropped") {
    MemoryTextures textures;
    const auto engine = engine_on(textures);
    for (int frame = 0; frame < 400; ++frame) {
        engine->begin_frame();
        (void)engine->layout("Domanda " + std::to_string(frame), {.style = {20}});
    }
    CHECK(engine->numbers().paragraphs < 150);
}

TEST_CASE("text: after forget no glyph and no word is left, and drawing goes on") {
    MemoryTextures textures;
    const auto engine = engine_on(textures);
    (void)ink_of(*engine, engine->layout("Maria Bianchi", {.style = {20}}));
    CHECK_FALSE(textures.textures.empty());
    engine->forget();
    CHECK(textures.textures.empty());
    CHECK(engine->numbers().paragraphs == 0);
    CHECK(engine->numbers().glyphs == 0);
    const Box box = ink_of(*engine, engine->layout("Maria Bianchi", {.style = {20}}));
    CHECK(box.right > box.left);
}

TEST_CASE("text: more glyphs than the atlas holds start it afresh, and every frame is complete") {
    MemoryTextures textures;
    const auto engine = engine_on(textures);
    std::size_t most = 0;
    for (int step = 0; step < 40; ++step) {
        engine->begin_frame();
        const float cap = 60.0F + static_cast<float>(step) * 4;
        const Box box =
            ink_of(*engine, engine->layout("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", {.style = {cap}}));
        CHECK(box.right - box.left > 20 * cap);
        most = std::max(most, engine->numbers().pages);
    }
    CHECK(most > 2);
    CHECK(most < 40);
}

TEST_CASE("text: a queue number 100 mm high is drawn") {
    MemoryTextures textures;
    const auto engine = engine_on(textures);
    const Box box = ink_of(*engine, engine->layout("A7", {.style = {558, Weight::Bold}}));
    CHECK(box.bottom - box.top >= 558);
}

TEST_CASE("text: 64 KiB are laid out whole, in one paragraph or in many") {
    MemoryTextures textures;
    const auto engine = engine_on(textures);
    for (const std::string piece : {"Vivo da solo in via Roma e non ho il riscaldamento. ",
                                    "أعيش وحدي في البيت منذ 3 سنوات. ", "parola\n", "interminabile"}) {
        std::string text;
        while (text.size() + piece.size() <= 65536)
            text += piece;
        const auto begin = std::chrono::steady_clock::now();
        const Layout& layout = engine->layout(text, {.style = {20}, .max_width_px = 900});
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
        MESSAGE(piece << ": " << layout.lines().size() << " lines, " << took.count() * 1000 << " ms");
        CHECK(layout.lines().back().end == text.size());
        CHECK(engine->caret(layout, text.size()).top > 1000);
        for (const Layout::Line& line : layout.lines())
            CHECK(line.width <= 900.5F);
        CHECK(took.count() < 20);
    }
}

TEST_CASE("fonts: a missing file is named with the package that brings it") {
    MemoryTextures textures;
    const std::array nowhere{std::filesystem::path("/nonexistent/fonts")};
    const auto opened = TextEngine::open(textures, nowhere);
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.error().error == FontError::Missing);
    CHECK(opened.error().file == "NotoSans-Regular.ttf");
    CHECK(opened.error().package == "fonts-noto-core");
}
