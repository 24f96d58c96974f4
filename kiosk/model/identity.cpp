// SPDX-License-Identifier: EUPL-1.2
#include "kiosk/model/identity.hpp"

#include "forms/italian/fiscal_code.hpp"
#include "forms/italian/fiscal_code_beside.hpp"
#include "forms/italian/fold.hpp"
#include "forms/italian/stp_eni.hpp"
#include "forms/italian/typed_code.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace kiosk {
namespace {

using forms::Origin;
using forms::PersonElement;

/// Nobody in Italy has grown much older: of the two centuries of a codice fiscale one is then left.
constexpr int oldest_plausible = 115;

/// A letter or digit of the paper covers it: the codice fiscale and what is in it, the birth date of a zone.
bool is_checked(Origin::Source source, PersonElement element) {
    if (source == Origin::Source::BarCode)
        return element == PersonElement::FiscalCode || element == PersonElement::BirthDate;
    if (source == Origin::Source::CardChip) return element == PersonElement::FiscalCode;
    return source == Origin::Source::ReadableZone && element == PersonElement::BirthDate;
}

/// Case and accents are no difference: a zone has neither. A code is compared without what divides it.
bool says_the_same(const forms::Value& one, const forms::Value& other, PersonElement element) {
    const auto* const a = std::get_if<forms::AnswerText>(&one);
    const auto* const b = std::get_if<forms::AnswerText>(&other);
    if (a == nullptr || b == nullptr) return one == other;
    if (element != PersonElement::Family && element != PersonElement::Given)
        return forms::TypedCode(*a).text() == forms::TypedCode(*b).text();
    std::array<char, 256> left{};
    std::array<char, 256> right{};
    const std::size_t left_bytes = forms::fold_into(*a, left);
    const std::size_t right_bytes = forms::fold_into(*b, right);
    const bool same = std::string_view(left.data(), left_bytes) == std::string_view(right.data(), right_bytes);
    left.fill('\0');
    right.fill('\0');
    return same;
}

} // namespace

bool is_read_from_papers(PersonElement element) { return element != PersonElement::Gender; }

void Identity::add(Telling telling) {
    const auto same = [&](const Telling& told) {
        const forms::KnownPerson& a = told.person;
        const forms::KnownPerson& b = telling.person;
        return told.source == telling.source && a.family == b.family && a.given == b.given &&
               a.fiscal_code == b.fiscal_code && a.stp == b.stp && a.eni == b.eni && a.birth_date == b.birth_date;
    };
    if (std::none_of(told_.begin(), told_.end(), same)) told_.push_back(std::move(telling));
}

bool Identity::add(const DocumentSeen& seen, const forms::PartialDate& today) {
    bool named = false;
    today_ = today;
    const auto telling = [this](Origin::Source source) { return Telling{source, forms::KnownPerson(memory_), {}}; };
    for (const CodeSeen& code : seen.codes) {
        if (const auto* const fiscal = std::get_if<FiscalCodeMark>(&code.meaning)) {
            Telling said = telling(Origin::Source::BarCode);
            said.person.fiscal_code = fiscal->code;
            if (const auto read = forms::read_fiscal_code(fiscal->code, today); read.ok()) {
                said.person.birth_date = read.value().birth_date;
                const auto& earlier = read.value().hundred_years_earlier;
                if (earlier && today.year - earlier->year <= oldest_plausible) said.or_born = earlier;
            }
            add(std::move(said));
            named = true;
        }
        if (const auto* const health = std::get_if<HealthCodeMark>(&code.meaning)) {
            Telling said = telling(Origin::Source::BarCode);
            const bool stp = forms::health_code_of(health->code) == forms::HealthCode::Stp;
            (stp ? said.person.stp : said.person.eni) = health->code;
            add(std::move(said));
            named = true;
        }
    }
    if (seen.chip && (!seen.chip->family.empty() || !seen.chip->given.empty() || !seen.chip->fiscal_code.empty())) {
        Telling said = telling(Origin::Source::CardChip);
        said.person.family = seen.chip->family;
        said.person.given = seen.chip->given;
        said.person.fiscal_code = seen.chip->fiscal_code;
        said.person.birth_date = seen.chip->birth_date;
        add(std::move(said));
        named = true;
    }
    if (!seen.mrz || (seen.mrz->family.empty() && seen.mrz->given.empty() && !seen.mrz->birth)) return named;
    Telling said = telling(Origin::Source::ReadableZone);
    // A line that was full may have lost the end of the name: half a name is not proposed.
    if (seen.mrz->names_whole) {
        said.person.family = seen.mrz->family;
        said.person.given = seen.mrz->given;
    }
    said.person.birth_date = seen.mrz->birth;
    add(std::move(said));
    return true;
}

/// Somebody who leaves no century open says that date.
bool Identity::dated(const forms::PartialDate& date) const {
    return std::ranges::any_of(
        told_, [&](const Telling& told) { return !told.or_born && told.person.birth_date == date; });
}

/// The codice fiscale of one paper does not fit what another says: twins have one birth date and two names.
bool Identity::names_two_people() const {
    for (const Telling& one : told_)
        for (const Telling& other : told_) {
            if (&one == &other || one.person.fiscal_code.empty()) continue;
            forms::SaidBeside beside{.birth = other.or_born ? std::nullopt : other.person.birth_date};
            if (!other.person.family.empty() && !other.person.given.empty()) {
                beside.family = other.person.family;
                beside.given = other.person.given;
            }
            if (forms::compare_with_code(one.person.fiscal_code, beside, today_, nullptr).any()) return true;
        }
    return false;
}

std::vector<Identity::Row> Identity::rows(const forms::Draft& draft, forms::Whose whose) const {
    std::vector<Row> rows;
    for (const forms::BoundQuestion& bound : forms::bound_questions(draft, whose)) {
        if (!is_read_from_papers(bound.element)) continue;
        const forms::Item& item = draft.definition().item(bound.question);
        if (item.read_only) continue;
        Row row{bound.question, {}, {}};
        const forms::Answer* const answer = draft.answer(bound.question);
        const bool half_typed = answer != nullptr && !answer->value && !answer->typed.empty();
        if (answer != nullptr && answer->value)
            row.choices.push_back({forms::copy_of(*answer->value, memory_), {}, true});
        else if (half_typed)
            row.choices.push_back({forms::text_value(answer->typed, memory_), {}, true});
        bool news = false;
        bool open_century = false;
        const auto offer = [&](const Telling& told, const forms::KnownPerson& person) {
            auto value = forms::value_for(item, bound.element, person, memory_);
            if (!value) return;
            const Origin origin{told.source, is_checked(told.source, bound.element)};
            const auto same = std::find_if(row.choices.begin(), row.choices.end(), [&](const Choice& choice) {
                return says_the_same(choice.value, *value, bound.element);
            });
            if (same == row.choices.end()) {
                row.choices.push_back({std::move(*value), {origin}, false});
                news = true;
            } else if (std::find(same->sources.begin(), same->sources.end(), origin) == same->sources.end()) {
                same->sources.push_back(origin);
            }
        };
        const auto known = [&](const std::optional<forms::PartialDate>& date) {
            const auto* const written =
                answer != nullptr && answer->value ? std::get_if<forms::PartialDate>(&*answer->value) : nullptr;
            return date && (dated(*date) || (written != nullptr && *written == *date));
        };
        for (const Telling& told : told_) {
            const bool two_dates = bound.element == PersonElement::BirthDate && told.or_born;
            const bool older_known = two_dates && known(told.or_born);
            if (!older_known) offer(told, told.person);
            if (!two_dates || known(told.person.birth_date)) continue;
            open_century = !older_known;
            forms::KnownPerson older(memory_);
            older.birth_date = told.or_born;
            offer(told, older);
        }
        if (!news) continue;
        const std::size_t agreed = open_century ? 2 : 1;
        if (row.choices.size() == agreed && !row.choices.front().typed) row.chosen = 0;
        rows.push_back(std::move(row));
    }
    // Papers that contradict each other may speak of two people: then nothing is taken for granted, and what needs a
    // choice comes first.
    const auto open = [](const Row& row) { return !row.chosen; };
    if (names_two_people() ||
        std::any_of(rows.begin(), rows.end(), [&](const Row& row) { return open(row) && !row.choices.front().typed; }))
        for (Row& row : rows)
            row.chosen.reset();
    std::stable_partition(rows.begin(), rows.end(), open);
    return rows;
}

} // namespace kiosk
