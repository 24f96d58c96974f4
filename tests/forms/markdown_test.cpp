// SPDX-License-Identifier: EUPL-1.2
#include "forms/engine/markdown.hpp"

#include <doctest/doctest.h>
#include <random>

using namespace forms;

namespace {

TextBlock paragraph(std::vector<TextRun> runs) { return {BlockKind::Paragraph, 0, 0, std::move(runs)}; }
TextRun plain(std::string text) { return {std::move(text), false, false}; }
TextRun strong(std::string text) { return {std::move(text), true, false}; }
TextRun emphasis(std::string text) { return {std::move(text), false, true}; }

std::vector<TextRun> runs_of(std::string_view text) {
    const auto blocks = read_markdown(text);
    return blocks.size() == 1 ? blocks[0].runs : std::vector<TextRun>{};
}

} // namespace

TEST_CASE("markdown: emphasis and strong make runs, also inside each other") {
    CHECK(runs_of("uno **due** *tre* _quattro_ __cinque__") ==
          std::vector<TextRun>{plain("uno "), strong("due"), plain(" "), emphasis("tre"), plain(" "),
                               emphasis("quattro"), plain(" "), strong("cinque")});
    CHECK(runs_of("***tutto***") == std::vector<TextRun>{{"tutto", true, true}});
    CHECK(runs_of("**a *b* c**") == std::vector<TextRun>{strong("a "), {"b", true, true}, strong(" c")});
}

TEST_CASE("markdown: marks without a partner are text") {
    for (const char* const text : {"2 * 3 * 4", "codice_fiscale_del_padre", "**aperto", "5*", "5 < 6 e 7 > 4",
                                   "a [b] c", "`aperto", "____ euro", "p<q and r>s"})
        CHECK(plain_text(read_markdown(text)) == text);
    CHECK(runs_of(R"(\*non in corsivo\*)") == std::vector<TextRun>{plain("*non in corsivo*")});
}

TEST_CASE("markdown: paragraphs, headings and lists are blocks") {
    const auto blocks = read_markdown(
        "# Titolo #\nprima\nriga  \nseconda\n\n- uno\n  - dentro\n- due\n\n3. tre\n4) quattro\n\n---\n> detto");
    REQUIRE(blocks.size() == 8);
    CHECK(blocks[0] == TextBlock{BlockKind::Heading, 0, 0, {plain("Titolo")}});
    CHECK(blocks[1] == paragraph({plain("prima riga\nseconda")}));
    CHECK(blocks[2] == TextBlock{BlockKind::Bullet, 0, 0, {plain("uno")}});
    CHECK(blocks[3] == TextBlock{BlockKind::Bullet, 1, 0, {plain("dentro")}});
    CHECK(blocks[5] == TextBlock{BlockKind::Numbered, 0, 3, {plain("tre")}});
    CHECK(blocks[6].number == 4);
    CHECK(blocks[7] == paragraph({plain("detto")}));
    CHECK(read_markdown("Nato nel\n1968. Vive qui.").size() == 1);
}

TEST_CASE("markdown: nothing in it can be opened or loaded") {
    CHECK(plain_text(read_markdown("Vedi [il sito](https://example.org/a) o <mailto:a@example.org>.")) ==
          "Vedi il sito (https://example.org/a) o a@example.org.");
    CHECK(plain_text(read_markdown("![una mappa](https://example.org/pixel.png)")) == "una mappa");
    CHECK(plain_text(read_markdown("<a href=\"javascript:x()\">qui</a><br/>e <script>x</script> &egrave; &lt;b&gt;")) ==
          "qui\ne x è <b>");
    CHECK(plain_text(read_markdown("[https://example.org](https://example.org)")) == "https://example.org");
}

TEST_CASE("markdown: any text is read, in time that grows with the text only") {
    std::mt19937 random(7);
    const std::string_view alphabet = "*_`[]()<>!#->&;\\ \n|1.ab";
    for (int round = 0; round < 2'000; ++round) {
        std::string text;
        for (std::size_t i = random() % 60; i > 0; --i)
            text += alphabet[random() % alphabet.size()];
        CHECK(plain_text(read_markdown(text)).size() <= 3 * text.size() + 8);
    }
    const auto repeat = [](std::string_view part) {
        std::string text;
        while (text.size() < (64u << 10))
            text += part;
        return text;
    };
    for (const char* const part :
         {"*a ", "**a", "_*", "[", "[a](", "![", "<", "<a ", "`", "``a`", "&", "&#", "> ", "- \n", "a\n\n", "*_a"}) {
        const auto blocks = read_markdown(repeat(part));
        CHECK(blocks.size() <= 2'001);
    }
}
