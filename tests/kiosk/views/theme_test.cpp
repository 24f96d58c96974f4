// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/widgets/icons.hpp"
#include "kiosk/widgets/key_layouts.hpp"
#include "kiosk/widgets/qr_code.hpp"
#include "kiosk/widgets/theme.hpp"

#include <doctest/doctest.h>
#include <set>
#include <string>
#include <utility>

using namespace kiosk;

namespace {

constexpr Theme themes[] = {Theme::Medium, Theme::HighLight, Theme::HighDark, Theme::Low};
constexpr TextSize sizes[] = {TextSize::Small, TextSize::Medium, TextSize::Large, TextSize::ExtraLarge};

std::set<std::string> letters_of(const KeyboardState& state) {
    std::set<std::string> all;
    for (const KeyRow& row : key_rows(state))
        for (const KeyCap& cap : row)
            if (cap.does == KeyDoes::Type) all.insert(cap.types);
    return all;
}

bool does(const KeyboardState& state, KeyDoes what) {
    for (const KeyRow& row : key_rows(state))
        for (const KeyCap& cap : row)
            if (cap.does == what) return true;
    return false;
}

} // namespace

TEST_CASE("theme: every ink on every surface keeps the contrast that its theme promises") {
    const std::pair<const char*, Colour Inks::*> words[] = {{"text", &Inks::text},       {"soft", &Inks::soft},
                                                            {"accent", &Inks::accent},   {"danger", &Inks::danger},
                                                            {"success", &Inks::success}, {"warning", &Inks::warning}};
    for (const Theme theme : themes) {
        const ContrastBar bar = contrast_bar(theme);
        for (std::size_t s = 0; s < static_cast<std::size_t>(Surface::count); ++s) {
            const Inks& on = inks(theme, static_cast<Surface>(s));
            for (const auto& [name, ink] : words) {
                CAPTURE(static_cast<int>(theme));
                CAPTURE(s);
                CAPTURE(name);
                CHECK(contrast(on.*ink, on.fill) >= bar.least);
                CHECK(contrast(on.*ink, on.fill) <= bar.most);
            }
            CAPTURE(static_cast<int>(theme));
            CAPTURE(s);
            CHECK(contrast(on.line, on.fill) >= 3.0F);
        }
    }
}

TEST_CASE("theme: filled buttons, the masthead, pressed keys and the focus ring stand out from the page, 3 to 1") {
    for (const Theme theme : themes) {
        CAPTURE(static_cast<int>(theme));
        const Colour page = inks(theme, Surface::Page).fill;
        CHECK(contrast(inks(theme, Surface::Primary).fill, page) >= 3.0F);
        CHECK(contrast(inks(theme, Surface::Danger).fill, inks(theme, Surface::Soft).fill) >= 3.0F);
        CHECK(contrast(inks(theme, Surface::KeyPressed).fill, inks(theme, Surface::Key).fill) >= 3.0F);
        CHECK(contrast(focus_inks(theme).dark, focus_inks(theme).light) >= 3.0F);
        // One of the ring's layers shows on any ground it can lie on.
        for (std::size_t s = 0; s < static_cast<std::size_t>(Surface::count); ++s) {
            const Colour ground = inks(theme, static_cast<Surface>(s)).fill;
            CHECK(std::max(contrast(focus_inks(theme).dark, ground), contrast(focus_inks(theme).light, ground)) >=
                  3.0F);
        }
    }
    CHECK(focus_inner_mm + focus_gap_mm + focus_outer_mm >= 0.6F);
    CHECK(contrast(progress_track(Theme::Medium), inks(Theme::Medium, Surface::Masthead).line) >= 3.0F);
}

TEST_CASE("theme: the high themes use black and white alone") {
    const Colour black{0, 0, 0};
    const Colour white{255, 255, 255};
    for (const Theme theme : {Theme::HighLight, Theme::HighDark})
        for (std::size_t s = 0; s < static_cast<std::size_t>(Surface::count); ++s) {
            const Inks& on = inks(theme, static_cast<Surface>(s));
            for (const Colour colour :
                 {on.fill, on.text, on.soft, on.accent, on.line, on.danger, on.success, on.warning})
                CHECK((colour == black || colour == white));
        }
}

TEST_CASE("theme: letters are as high as the four sizes ask for, captions included") {
    const std::pair<float, float> ranges[] = {{3.5F, 4.2F}, {4.8F, 5.6F}, {6.4F, 7.1F}, {8.5F, 9.0F}};
    for (std::size_t i = 0; i < 4; ++i) {
        for (const Type type : {Type::Body, Type::Strong, Type::Caption, Type::CaptionStrong}) {
            CHECK(cap_mm(sizes[i], type) >= ranges[i].first);
            CHECK(cap_mm(sizes[i], type) <= ranges[i].second);
        }
        CHECK(cap_mm(sizes[i], Type::Heading) > cap_mm(sizes[i], Type::Body));
    }
    // A capital of 0.7 degrees at 600 mm.
    CHECK(cap_mm(TextSize::ExtraLarge, Type::Caption) >= 7.33F);
}

TEST_CASE("icons: every one can be drawn and lies inside its grid") {
    for (std::size_t i = 0; i < static_cast<std::size_t>(Icon::count); ++i) {
        const IconShape& shape = icon_shape(static_cast<Icon>(i));
        CAPTURE(i);
        REQUIRE_FALSE(shape.lines.empty());
        for (const IconShape::Line& line : shape.lines) {
            CHECK(line.points.size() >= 2);
            for (const IconShape::Point& p : line.points) {
                CHECK(p.x >= 0.0F);
                CHECK(p.x <= 24.0F);
                CHECK(p.y >= 0.0F);
                CHECK(p.y <= 24.0F);
            }
        }
    }
}

TEST_CASE("icons: a drawing with anything unknown in it is none") {
    const std::string head = "<svg viewBox=\"0 0 24 24\">";
    CHECK(parse_icon(head + "<path d=\"M1 1 L2 2\"/></svg>").lines.size() == 1);
    CHECK(parse_icon(head + "<path d=\"M1 1 A2 2 0 0 1 3 3\"/></svg>").lines.empty());
    CHECK(parse_icon(head + "<rect x=\"1\"/></svg>").lines.empty());
    CHECK(parse_icon(head + "<path d=\"M1 1 L2\"/></svg>").lines.empty());
    CHECK(parse_icon(head + "<path d=\"M1 1 L2 2\"/>").lines.empty());
    CHECK(parse_icon("").lines.empty());
}

TEST_CASE("keyboard: the letters and accents of each language, digits and signs can all be written") {
    for (const char* language : {"it", "fr", "en"}) {
        CAPTURE(language);
        std::set<std::string> all = letters_of({Keyboard::Letters, language});
        const std::set<std::string> large = letters_of({Keyboard::Letters, language, true});
        const std::set<std::string> signs = letters_of({Keyboard::Letters, language, false, true});
        for (char c = 'a'; c <= 'z'; ++c) {
            CHECK(all.contains(std::string(1, c)));
            CHECK(large.contains(std::string(1, static_cast<char>(c - 'a' + 'A'))));
        }
        for (char c = '0'; c <= '9'; ++c)
            CHECK(signs.contains(std::string(1, c)));
        for (const char* sign : {"/", "(", ")", "@", "°", "?", "!"})
            CHECK(signs.contains(sign));
        CHECK(all.contains("'"));
        for (const KeyDoes what : {KeyDoes::Space, KeyDoes::Erase, KeyDoes::Shift, KeyDoes::Symbols, KeyDoes::Hide})
            CHECK(does({Keyboard::Letters, language}, what));
    }
    for (const char* accent : {"à", "è", "é", "ì", "ò", "ù"})
        CHECK(letters_of({Keyboard::Letters, "it"}).contains(accent));
    for (const char* accent : {"é", "è", "ê", "ë", "à", "â", "ç", "ô", "ù", "û", "î", "ï", "œ"})
        CHECK(letters_of({Keyboard::Letters, "fr"}).contains(accent));
}

TEST_CASE("keyboard: an Arabic visit writes Arabic, and Latin names too") {
    const std::set<std::string> arabic = letters_of({Keyboard::Letters, "ar"});
    for (const char* letter :
         {"ا", "ب", "ت", "ث", "ج", "ح", "خ", "د", "ذ", "ر", "ز", "س", "ش", "ص", "ض", "ط", "ظ", "ع",
          "غ", "ف", "ق", "ك", "ل", "م", "ن", "ه", "و", "ي", "ى", "ة", "ء", "أ", "إ", "آ", "ؤ", "ئ"}) {
        CAPTURE(letter);
        CHECK(arabic.contains(letter));
    }
    CHECK(does({Keyboard::Letters, "ar"}, KeyDoes::Script));
    CHECK(letters_of({Keyboard::Letters, "ar", false, false, true}).contains("q"));
    CHECK(does({Keyboard::Letters, "ar", false, false, true}, KeyDoes::Script));
    CHECK_FALSE(does({Keyboard::Letters, "it"}, KeyDoes::Script));
}

TEST_CASE("keyboard: the pads hold what their field takes") {
    for (const Keyboard kind : {Keyboard::Digits, Keyboard::Date, Keyboard::Decimal, Keyboard::Phone})
        for (char c = '0'; c <= '9'; ++c)
            CHECK(letters_of({kind, "it"}).contains(std::string(1, c)));
    CHECK(letters_of({Keyboard::Decimal, "it"}).contains(","));
    CHECK(letters_of({Keyboard::Decimal, "en"}).contains("."));
    CHECK(letters_of({Keyboard::Phone, "it"}).contains("+"));
    CHECK(letters_of({Keyboard::Email, "it"}).contains("@"));
    CHECK(letters_of({Keyboard::Email, "fr"}).contains("_"));
    CHECK(letters_of({Keyboard::Code, "ar"}).contains("Z"));
    CHECK(does({Keyboard::Letters, "it", false, false, false, true}, KeyDoes::Enter));
}

TEST_CASE("code: a receipt's address becomes a QR code with its quiet border, too much text becomes none") {
    const QrModules code = qr_modules("https://www.comune.valdora.example/r/VAL-7K3-MQ2");
    REQUIRE(code.size >= 29);
    for (std::size_t i = 0; i < code.size; ++i) {
        CHECK_FALSE(code.at(i, 0));
        CHECK_FALSE(code.at(3, i));
    }
    CHECK(code.at(4, 4));
    CHECK(qr_modules("").size == 0);
    CHECK(qr_modules(std::string(8000, 'x')).size == 0);
}
