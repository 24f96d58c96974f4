// SPDX-License-Identifier: EUPL-1.2
// What people read: is it there, in every language, short and easy?
#include "forms/base/utf8.hpp"
#include "forms/lint/linting.hpp"

#include <algorithm>
#include <map>

namespace forms {
namespace {

using Node = JsonDocument::Node;

constexpr int easy = 60;                      ///< Gulpease: for all adults
constexpr int most_words = 20;                ///< of one sentence; more than one thing is said in it
constexpr std::size_t longest_question = 160; ///< characters: what a page shows in its largest letters
constexpr std::size_t longest_notice = 600;   ///< characters: a page of plain text
constexpr std::size_t longest_list = 12;      ///< options: more than two pages to leaf through
constexpr std::string_view italian = "it";

bool is_read_by_citizens(const Item& item) { return !item.hidden && !item.filled_by_desk; }

void check_reading(Linted& form, ItemIndex index, TextCounts& whole) {
    const Definition& definition = form.definition();
    const Item& item = definition.item(index);
    const bool base_is_italian = std::string_view(definition.language()).substr(0, 2) == italian;
    if (!base_is_italian && !item.text.speaks(italian)) return;
    const TextCounts counts = count_text(item.text.in(italian));
    whole += counts;
    const Node place = form.node_of(index, "text");
    if (counts.longest_sentence > most_words)
        form.add(Remark::LongSentence, place,
                 "a sentence of " + std::to_string(counts.longest_sentence) + " words; more than " +
                     std::to_string(most_words) + " are hard to follow on a screen",
                 index);
    if (gulpease(counts) < easy)
        form.add(Remark::HardToRead, place,
                 "Gulpease " + std::to_string(gulpease(counts)) + ", below " + std::to_string(easy) +
                     ": shorter sentences and words are needed",
                 index);
}

/// Written in capitals alone: two words and eight letters at least, so that acronyms may stand.
bool is_shouted(std::string_view text) {
    int capitals = 0;
    int words = 0;
    bool inside = false;
    for (const char c : text) {
        if (c >= 'a' && c <= 'z') return false;
        const bool capital = c >= 'A' && c <= 'Z';
        capitals += capital ? 1 : 0;
        words += capital && !inside ? 1 : 0;
        inside = capital;
    }
    return words >= 2 && capitals >= 8;
}

void check_length(Linted& form, ItemIndex index) {
    const Item& item = form.definition().item(index);
    const std::size_t limit = item.is_question() || item.is_group() ? longest_question : longest_notice;
    const std::size_t length = count_code_points(item.text.base);
    if (length > limit)
        form.add(Remark::LongText, form.node_of(index, "text"),
                 std::to_string(length) + " characters, more than the " + std::to_string(limit) +
                     " that one page shows",
                 index);
    if (is_shouted(item.text.base))
        form.add(Remark::AllCapitals, form.node_of(index, "text"),
                 "capitals alone are hard to read, and sound like shouting", index);
    if (item.is_question() && item.text.empty() && !item.attached_text)
        form.add(Remark::NoWords, form.node_of(index), "this question asks nothing: it has no text", index);
}

void check_options(Linted& form, ItemIndex index) {
    const Definition& definition = form.definition();
    const Item& item = definition.item(index);
    const Node place = form.options_of(index);
    if (item.options.size() > longest_list && item.control != Control::Autocomplete &&
        item.control != Control::DropDown)
        form.add(Remark::LongList, place,
                 std::to_string(item.options.size()) +
                     " options: with the item control autocomplete a person can search among them",
                 index);
    for (const std::string& language : definition.complete_languages()) {
        std::map<std::string_view, std::size_t> seen;
        for (const Option& option : item.options)
            if (++seen[option.words.in(language)] == 2)
                form.add(Remark::SameOptionWords, place,
                         "two options read " + named(option.words.in(language)) + " (" + language + ")", index);
    }
}

/// A picture that explains the words is lost on this terminal: do they say enough without it?
void check_pictures(Linted& form, ItemIndex index) {
    const auto look = [&](Node place, std::string_view name, std::string_view whose) {
        const Node picture = form.extension_in(place, name);
        if (picture != JsonDocument::none)
            form.add(Remark::PictureNotShown, picture,
                     "a picture or sound of this " + std::string(whose) + " is not shown: the words must be enough",
                     index);
    };
    look(form.node_of(index), "/sdc-questionnaire-itemMedia", "item");
    const Node options = form.node_of(index, "answerOption");
    if (options == form.node_of(index)) return;
    for (Node option = form.json().first(options); option != JsonDocument::none; option = form.json().next(option))
        look(option, "/sdc-questionnaire-itemAnswerMedia", "answer");
}

/// Questions of one group that a person may meet with the same words, and cannot tell apart.
void check_siblings(Linted& form, const Reach& reach, const std::vector<ItemIndex>& siblings) {
    const Definition& definition = form.definition();
    std::map<std::string_view, std::vector<ItemIndex>> by_words;
    for (const ItemIndex index : siblings) {
        const Item& item = definition.item(index);
        if (!item.is_question() || !is_read_by_citizens(item) || item.text.empty()) continue;
        auto& others = by_words[item.text.base];
        const auto twin = std::find_if(others.begin(), others.end(),
                                       [&](ItemIndex other) { return !reach.exclude_each_other(other, index); });
        if (twin != others.end())
            form.add(Remark::SameWords, form.node_of(index, "text"),
                     "'" + definition.item(*twin).link_id + "' asks in the same words", index);
        if (others.size() < 50) others.push_back(index);
    }
}

/// How many texts lack a language, and where the first of them stand.
void check_translations(Linted& form) {
    const Definition& definition = form.definition();
    constexpr std::size_t told = 3;
    for (const auto& [language, missing] : definition.missing_translations()) {
        if (missing == 0) continue;
        std::vector<Node> places;
        const auto look = [&](const Words& words, Node place) {
            if (!words.empty() && !words.speaks(language) && places.size() < told) places.push_back(place);
        };
        const Node title = form.json().member(JsonDocument::root(), "title");
        look(definition.title(), title == JsonDocument::none ? JsonDocument::root() : title);
        for (ItemIndex i = 0; i < definition.items().size() && places.size() < told; ++i) {
            const Item& item = definition.item(i);
            look(item.text, form.node_of(i, "text"));
            look(item.entry_hint, form.node_of(i, "extension"));
            for (const Option& option : item.options)
                look(option.words, form.options_of(i));
        }
        std::string words = language + ": " + std::to_string(missing) + (missing == 1 ? " text is" : " texts are") +
                            " missing, so the form is not offered in it";
        for (std::size_t i = 1; i < places.size(); ++i)
            words += (i == 1 ? "; also " : ", ") + form.json().pointer(places[i]);
        form.add(Remark::MissingTranslation, places.empty() ? JsonDocument::root() : places.front(), std::move(words));
    }
}

} // namespace

TextCounts lint_words(Linted& form) {
    const Definition& definition = form.definition();
    const Reach& reach = form.reach();
    check_translations(form);
    check_siblings(form, reach, definition.top());
    TextCounts whole;
    for (ItemIndex i = 0; i < definition.items().size(); ++i) {
        const Item& item = definition.item(i);
        check_siblings(form, reach, item.children);
        if (!is_read_by_citizens(item)) continue;
        check_length(form, i);
        check_options(form, i);
        check_pictures(form, i);
        check_reading(form, i, whole);
    }
    if (whole.words > 0 && gulpease(whole) < easy)
        form.add(Remark::FormHardToRead, JsonDocument::root(),
                 "Gulpease " + std::to_string(gulpease(whole)) + " for the form as a whole, below " +
                     std::to_string(easy));
    return whole;
}

} // namespace forms
