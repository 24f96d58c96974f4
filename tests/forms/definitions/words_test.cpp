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

/// Every Arabic text of a form, also those of the desk, each with the linkId it stands at.
template <class Visit>
void each_arabic_text(const forms::Definition& form, Visit visit) {
    visit(form.title().in("ar"), "title");
    for (const forms::Item& item : form.items()) {
        for (const forms::Words* words : {&item.prefix, &item.text, &item.entry_hint})
            visit(words->in("ar"), item.link_id);
        for (const forms::Option& option : item.options)
            visit(option.words.in("ar"), item.link_id);
    }
}
/// The words of a text, without the marks between them.
std::set<std::string_view> arabic_words(std::string_view text) {
    std::set<std::string_view> words;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        std::size_t mark = 0; // its bytes
        for (const std::string_view divider : {" ", ".", ":", "(", ")", "،", "؟", "«", "»"})
            if (text.substr(at).starts_with(divider)) mark = divider.size();
        if (mark == 0) continue;
        words.insert(text.substr(begin, at - begin));
        begin = at + mark;
    }
    words.insert(text.substr(begin));
    return words;
}

} // namespace

TEST_CASE("shipped forms: every text is there in Italian, French, English and Arabic") {
    const std::set<std::string> promised{"ar", "en", "fr", "it"};
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
            for (const char* language : {"it", "fr", "en", "ar"})
                CHECK_MESSAGE(!item.why.in(language).empty(), item.link_id);
            for (const char* language : {"fr", "en", "ar"})
                CHECK_MESSAGE(item.why.speaks(language), item.link_id);
        });
}

TEST_CASE("shipped forms: no two questions have the same words") {
    for (const std::string& name : shipped::names())
        for (const char* language : {"it", "fr", "en", "ar"}) {
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
                for (const char* language : {"it", "fr", "en", "ar"})
                    CHECK_MESSAGE(words->in(language).find('\'') == std::string_view::npos, item.link_id);
            for (const forms::Option& option : item.options)
                for (const char* language : {"it", "fr", "en", "ar"})
                    CHECK_MESSAGE(option.words.in(language).find('\'') == std::string_view::npos, item.link_id);
        });
}

TEST_CASE("shipped forms: Arabic has Arabic marks, the numerals of the program, and no mark of direction") {
    for (const std::string& name : shipped::names())
        each_arabic_text(*shipped::form(name), [](std::string_view text, const std::string& link_id) {
            INFO(link_id, ": ", std::string(text));
            for (const char* other : {"?", ";", "٠", "١", "٢", "٣", "٤", "٥", "٦", "٧", "٨", "٩", "%٪", "٪", "ـ"})
                CHECK(text.find(other) == std::string_view::npos);
            for (const char* mark : {"\u200e", "\u200f", "\u202a", "\u202b", "\u202c", "\u2066", "\u2067", "\u2069"})
                CHECK(text.find(mark) == std::string_view::npos);
            CHECK(text.find(", ") == std::string_view::npos);
            CHECK((text.empty() || (text.front() != ' ' && text.back() != ' ')));
            CHECK(text.find("  ") == std::string_view::npos);
        });
}

// An imperative or "you want" has one form for a man and another for a woman; nouns and "you can" are said to both.
TEST_CASE("shipped forms: Arabic speaks to women and men alike") {
    for (const std::string& name : shipped::names())
        each_arabic_text(*shipped::form(name), [](std::string_view text, const std::string& link_id) {
            INFO(link_id, ": ", std::string(text));
            const std::set<std::string_view> words = arabic_words(text);
            for (const char* to_a_man : {"اكتب", "اختر", "أجب", "اتصل", "تحدث", "تابع", "اترك", "تريد", "ترغب", "تحتاج",
                                         "تعرف", "تستطيع", "تفضل", "تعيش", "لست", "أنت", "كن"})
                CHECK(!words.contains(to_a_man));
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
