// SPDX-License-Identifier: EUPL-1.2
#include "forms/engine/asked_lists.hpp"

namespace forms {

std::optional<std::string> AskedLists::take(ListSource* source, std::string_view address) {
    if (find(address) != nullptr) return std::nullopt;
    if (source == nullptr) return "this terminal keeps no such list";
    auto list = source->list(address);
    if (!list.ok()) return list.error();
    count_ += list.value().options.size();
    if (count_ > most_codes) return "the lists that expressions ask for have more codes than allowed";
    all_.push_back(std::move(list).value());
    Codes& codes = codes_.emplace_back();
    for (const Option& option : all_.back().options)
        if (const auto* const code = std::get_if<Coding>(&option.value)) codes.emplace(code->code, code->system);
    return std::nullopt;
}

const AskedList* AskedLists::find(std::string_view address) const {
    for (const AskedList& list : all_)
        if (list.address == address) return &list;
    return nullptr;
}

bool AskedLists::has(const AskedList& list, std::string_view system, std::string_view code) const {
    for (std::size_t i = 0; i < all_.size(); ++i) {
        if (&all_[i] != &list) continue;
        if (!system.empty()) return codes_[i].contains({code, system});
        const auto first = codes_[i].lower_bound({code, {}});
        return first != codes_[i].end() && first->first == code;
    }
    return false;
}

} // namespace forms
