// SPDX-License-Identifier: EUPL-1.2
// A bar code, a paste or a cat on the keyboard: whatever is typed, the readers of codes, phone numbers and places end
// in a value or in none, and what they say about it agrees.
#include "assets/places/embedded.hpp"
#include "forms/italian/fiscal_code.hpp"
#include "forms/italian/fiscal_code_beside.hpp"
#include "forms/italian/phone.hpp"
#include "forms/italian/places.hpp"
#include "forms/italian/stp_eni.hpp"

#include <cstdint>
#include <cstdlib>
#include <memory_resource>
#include <string_view>

namespace {

void must(bool promise) {
    if (!promise) std::abort();
}

const forms::Places& places() {
    static const forms::Places all = [] {
        auto made = forms::Places::from(assets::places::comuni_tsv(), assets::places::states_tsv());
        must(made.ok());
        return std::move(made).value();
    }();
    return all;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view typed(reinterpret_cast<const char*>(bytes), size);
    const forms::PartialDate today{2026, 11, 22};

    const auto code = forms::read_fiscal_code(typed, today);
    if (code.ok()) {
        const forms::FiscalCode& read = code.value();
        must(read.date_exists == read.birth_date.has_value());
        must(!read.birth_date || forms::order(*read.birth_date, today) != forms::TimeOrder::After);
        must(read.place().size() == (read.kind == forms::FiscalCode::Kind::Person ? 4u : 0u));
        must(!forms::health_code_of(typed));
        (void)forms::place_is_known(read, places());
    }
    if (forms::health_code_of(typed)) must(!code.ok() && code.error() == forms::FiscalCodeFlaw::HealthCode);
    const std::string_view front = typed.substr(0, size / 2), back = typed.substr(size / 2);
    const auto differs = forms::compare_with_code(
        front, {.family = back, .given = typed, .birth = today, .birth_place = back.substr(0, 4)}, today, &places());
    must(!differs.any() || forms::read_fiscal_code(front, today).ok());
    (void)forms::compare_with_code("RSSMRA80A01H501U", {.family = typed, .given = back}, today, nullptr);

    if (const auto phone = forms::read_phone(typed, std::pmr::get_default_resource())) {
        must(phone->number.size() >= 3 && phone->number.size() <= 19);
        must(phone->number.find_first_not_of("+0123456789") == std::string_view::npos);
        const auto again = forms::read_phone(phone->shown, std::pmr::get_default_resource());
        must(again && again->number == phone->number && again->kind == phone->kind);
    }

    for (const auto list : {forms::PlaceList::Comune, forms::PlaceList::BirthPlace, forms::PlaceList::Citizenship})
        for (const forms::Place& place : places().search(typed, list, "it", 5)) {
            must(!place.name.empty() && !place.code.empty());
            must(list != forms::PlaceList::Comune || place.of_today());
        }

    // As a table from outside: a line that cannot be read, or an index that works.
    if (const auto made = forms::Places::from(typed, typed); made.ok())
        (void)made.value().search("a", forms::PlaceList::BirthPlace, "fr", 5);
    return 0;
}
