// SPDX-License-Identifier: EUPL-1.2
// A list too long to show: typing narrows it, one of the hits is the answer. The same for a list that stands in the
// form and for one that the terminal knows (places).
#include "forms/base/utf8.hpp"
#include "kiosk/model/answer_words.hpp"
#include "kiosk/model/question_page.hpp"
#include "kiosk/model/whole_number.hpp"

namespace kiosk {
namespace {

constexpr std::size_t most_hits = 30; // three pages of them: whoever needs more types another letter

} // namespace

void QuestionPage::find(const PageVoice& voice) {
    hits_.clear();
    if (kind_ != Kind::Search || shows_rows()) return;
    const std::string_view typed = forms::trimmed(fields_[0].edit.text());
    if (!item().value_set.empty()) {
        if (typed.empty() || !ports_.search) return;
        hits_ = ports_.search(item().value_set, typed, voice.language, most_hits);
        // A place without a code of its own can only be kept as a text.
        if (item().type != forms::ItemType::OpenChoice)
            std::erase_if(hits_, [](const SearchHit& hit) { return hit.code.empty(); });
        return;
    }
    for (std::size_t i = 0; i < item().options.size() && hits_.size() < most_hits; ++i) {
        const std::string text = value_words(item().options[i].value, item(), voice.form_words, voice.language);
        bool fits = typed.empty();
        for (std::size_t at = 0; !fits && at + typed.size() <= text.size(); ++at)
            if (at == 0 || text[at - 1] == ' ' || text[at - 1] == '\'')
                fits = forms::equals_ignoring_ascii_case(std::string_view(text).substr(at, typed.size()), typed);
        if (fits) hits_.push_back({"", std::to_string(i), text, "", text});
    }
}
bool QuestionPage::choose_hit(std::string_view hit_key, const PageVoice& voice) {
    const auto number = whole_number_after(hit_key, "hit.");
    if (!number || *number >= hits_.size()) return false;
    const SearchHit hit = hits_[*number];
    forms::Outcome outcome = forms::Outcome::NotAnItem;
    if (item().value_set.empty()) {
        const auto option = whole_number<int>(hit.code);
        if (!option) return false;
        const forms::Value& value = item().options[static_cast<std::size_t>(*option)].value;
        outcome = draft_.set(place(), forms::copy_of(value, draft_.memory()));
    } else if (hit.code.empty()) {
        outcome = draft_.set(place(), forms::text_value(hit.display, draft_.memory()));
    } else {
        outcome = draft_.set(place(), forms::coding(hit.system, hit.code, hit.display, draft_.memory()));
    }
    if (outcome != forms::Outcome::Accepted) return false;
    fields_[0].edit.clear();
    find(voice);
    return true;
}
} // namespace kiosk
