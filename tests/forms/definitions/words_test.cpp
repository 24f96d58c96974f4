// SPDX-License-Identifier: EUPL-1.2
// How the forms read: rules for texts that a tired, worried or unpractised person must understand at first sight.
#include "forms/lint/readability.hpp"
#include "tests/forms/definitions/filling.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

namespace {

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
        forms::TextCounts whole;
        each_item(*shipped::form(name), [&](const forms::Item& item) {
            if (item.attached_text) return; // its words are read with the question they belong to
            for (const forms::Words* words : {&item.text, &item.help, &item.why}) {
                const std::string_view text = words->in("it");
                if (text.empty() || text == "%") continue;
                const forms::TextCounts counts = forms::count_text(text);
                CHECK_MESSAGE(counts.longest_sentence <= 15, std::string(text));
                CHECK_MESSAGE(forms::gulpease(counts) >= 60, std::string(text));
                whole += counts;
            }
            if (item.is_question()) CHECK_MESSAGE(forms::count_text(item.text.in("it")).words <= 12, item.link_id);
            for (const forms::Option& option : item.options)
                CHECK_MESSAGE(forms::count_text(option.words.in("it")).words <= 9, std::string(option.words.in("it")));
        });
        CHECK_MESSAGE(forms::gulpease(whole) >= 80, name);
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
