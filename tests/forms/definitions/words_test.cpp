// SPDX-License-Identifier: EUPL-1.2
// How the forms read: rules for texts that a tired, worried or unpractised person must understand at first sight.
#include "tests/forms/definitions/filling.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

namespace {

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           static_cast<unsigned char>(c) >= 0x80;
}
bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }
bool ends_sentence(char c) { return c == '.' || c == '?' || c == '!' || c == ':'; }

struct Counts {
    int letters = 0, words = 0, sentences = 0, longest_sentence = 0;
};
Counts count(std::string_view text) {
    Counts counts;
    int words_here = 0;
    bool inside = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (text.substr(i, 3) == "’") { // an apostrophe divides words: l’aiuto
            inside = false;
            i += 2;
        } else if (is_letter(c)) {
            if (begins_character(c)) ++counts.letters;
            if (!inside) ++words_here, ++counts.words;
            inside = true;
        } else {
            inside = false;
        }
        const bool last = i + 1 == text.size();
        if (last || (ends_sentence(c) && text[i + 1] == ' ')) {
            if (words_here > 0) ++counts.sentences;
            counts.longest_sentence = std::max(counts.longest_sentence, words_here);
            words_here = 0;
        }
    }
    return counts;
}
/// Index of Italian readability (GULP, 1988): 0 to 100, 60 and more is easy for who finished middle school.
int gulpease(const Counts& c) {
    return std::min(100, 89 + (300 * c.sentences - 10 * c.letters) / std::max(1, c.words));
}

/// What citizens read: no parts of the desk, nothing hidden.
template <class Visit>
void each_item(const forms::Definition& form, Visit visit) {
    for (const forms::Item& item : form.items())
        if (!item.filled_by_desk && !item.hidden) visit(item);
}

} // namespace

TEST_CASE("shipped forms: every text is there in Italian, French and English") {
    const std::set<std::string> promised{"en", "fr", "it"};
    for (const std::string& name : shipped::names()) {
        const auto form = shipped::form(name);
        const std::set<std::string> complete(form->complete_languages().begin(), form->complete_languages().end());
        CHECK_MESSAGE(complete == promised, name);
        CHECK(form->language() == "it");
    }
}

TEST_CASE("shipped forms: every question says why it is asked, in every language") {
    for (const std::string& name : shipped::names())
        each_item(*shipped::form(name), [](const forms::Item& item) {
            if (!item.is_question()) return;
            for (const char* language : {"it", "fr", "en"})
                CHECK_MESSAGE(!item.why.in(language).empty(), item.link_id);
            CHECK_MESSAGE(item.why.speaks("fr"), item.link_id);
        });
}

TEST_CASE("shipped forms: no two questions have the same words") {
    for (const std::string& name : shipped::names())
        for (const char* language : {"it", "fr", "en"}) {
            std::set<std::string, std::less<>> seen;
            each_item(*shipped::form(name), [&](const forms::Item& item) {
                if (item.is_question()) CHECK_MESSAGE(seen.emplace(item.text.in(language)).second, item.link_id);
            });
        }
}

TEST_CASE("shipped forms: sentences are short, words are easy") {
    for (const std::string& name : shipped::names()) {
        Counts whole;
        each_item(*shipped::form(name), [&](const forms::Item& item) {
            if (item.attached_text) return; // its words are read with the question they belong to
            for (const forms::Words* words : {&item.text, &item.help, &item.why}) {
                const std::string_view text = words->in("it");
                if (text.empty() || text == "%") continue;
                const Counts counts = count(text);
                CHECK_MESSAGE(counts.longest_sentence <= 15, std::string(text));
                CHECK_MESSAGE(gulpease(counts) >= 60, std::string(text));
                whole.letters += counts.letters;
                whole.words += counts.words;
                whole.sentences += counts.sentences;
            }
            if (item.is_question()) CHECK_MESSAGE(count(item.text.in("it")).words <= 12, item.link_id);
            for (const forms::Option& option : item.options)
                CHECK_MESSAGE(count(option.words.in("it")).words <= 9, std::string(option.words.in("it")));
        });
        CHECK_MESSAGE(gulpease(whole) >= 80, name);
    }
}

TEST_CASE("shipped forms: nobody is spoken to formally, or in the words of an office") {
    for (const std::string& name : shipped::names())
        each_item(*shipped::form(name), [](const forms::Item& item) {
            for (const forms::Words* words : {&item.text, &item.help, &item.why})
                for (const char* word :
                     {"istanza", "documentazione", "sottoscritt", "richiedente", "nucleo", "utenza", "Suo ", "Sua ",
                      "Lei ", "Le chied", "si prega", "ai sensi", "indicare", "compilare", "fruire"})
                    CHECK_MESSAGE(words->in("it").find(word) == std::string_view::npos, item.link_id);
        });
}

TEST_CASE("shipped forms: apostrophes are those of print, as in the program's own words") {
    for (const std::string& name : shipped::names())
        each_item(*shipped::form(name), [](const forms::Item& item) {
            for (const forms::Words* words : {&item.text, &item.help, &item.why})
                for (const char* language : {"it", "fr", "en"})
                    CHECK_MESSAGE(words->in(language).find('\'') == std::string_view::npos, item.link_id);
            for (const forms::Option& option : item.options)
                for (const char* language : {"it", "fr", "en"})
                    CHECK_MESSAGE(option.words.in(language).find('\'') == std::string_view::npos, item.link_id);
        });
}

TEST_CASE("shipped forms: free texts have a length that the receiving systems can hold") {
    for (const std::string& name : shipped::names()) {
        const auto form = shipped::form(name);
        for (const forms::Item& item : form->items()) {
            const bool free_text = item.type == forms::ItemType::String || item.type == forms::ItemType::Text;
            if (free_text) CHECK_MESSAGE((item.max_length > 0 && item.max_length <= 2000), item.link_id);
        }
    }
}
