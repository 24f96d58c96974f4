// SPDX-License-Identifier: EUPL-1.2
// A list too long to show: typing narrows it, one of the hits is the answer. The same for a list that stands in the
// form and for one that the terminal knows (places).
#include "forms/base/utf8.hpp"
#include "forms/italian/fold.hpp"
#include "kiosk/model/answer_words.hpp"
#include "kiosk/model/question_part.hpp"
#include "kiosk/model/whole_number.hpp"

namespace kiosk {
namespace {

constexpr std::size_t most_hits = 30; // three pages of them: whoever needs more types another letter

/// As `Places` compares: without accents, case and signs. The names of a list are no personal data; what was typed is
/// overwritten when the frame is over, as every text of this program is.
std::string folded(std::string_view text) {
    std::string words(text.size() * 2 + 1, '\0'); // "ß" becomes two letters
    words.resize(forms::fold_into(text, words));
    return words;
}

} // namespace

void QuestionPart::find(const PageVoice& voice) {
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
    const auto offers = draft_.offers(page_.path);
    const bool may_change = !item().offered_by.empty(); // with any answer
    if (may_change || folded_.size() != offers.size() || folded_language_ != voice.language) {
        folded_.clear();
        for (const forms::Offer& offer : offers)
            folded_.push_back(folded(offer_words(offer, item(), voice.form_words, voice.language)));
        folded_language_ = voice.language;
    }
    // Names that begin with what was typed come before those in which a later word does.
    const std::string wanted = folded(typed);
    for (const bool at_start : {true, false})
        for (std::size_t i = 0; i < folded_.size() && hits_.size() < most_hits; ++i) {
            const bool begins = folded_[i].starts_with(wanted);
            if (at_start ? !begins : begins || folded_[i].find(" " + wanted) == std::string::npos) continue;
            const std::string text = offer_words(offers[i], item(), voice.form_words, voice.language);
            hits_.push_back({"", std::to_string(i), text, "", text});
        }
}

bool QuestionPart::choose_hit(std::string_view hit_key, const PageVoice& voice) {
    const auto number = whole_number_after(hit_key, "hit.");
    if (!number || *number >= hits_.size()) return false;
    const SearchHit hit = hits_[*number];
    forms::Outcome outcome = forms::Outcome::NotAnItem;
    if (item().value_set.empty()) {
        const auto option = whole_number<int>(hit.code);
        const auto offers = draft_.offers(page_.path);
        if (!option || static_cast<std::size_t>(*option) >= offers.size()) return false;
        const forms::Value& value = *offers[static_cast<std::size_t>(*option)].value;
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
