// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/base/result.hpp"
#include "forms/engine/option.hpp"

#include <deque>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace forms {

/// A value set that an expression of the form looks into, with all its codes in their order.
struct AskedList {
    std::string address;         ///< as the expression names it: a url, or "#id"
    std::string id, url;         ///< as the value set says itself; may be empty
    bool contained = false;      ///< the form brings it
    std::vector<Option> options; ///< each value a Coding
};

/// Where such lists come from while a form is compiled. It is never asked afterwards.
class ListSource {
public:
    virtual ~ListSource() = default;
    /// The list of that address, or, for the form's author, why there is none.
    virtual Result<AskedList, std::string> list(std::string_view address) = 0;
    /// "#id" of every value set that the form brings.
    [[nodiscard]] virtual std::vector<std::string> contained() const = 0;
};

/// The lists of one form that its expressions ask for. Filled while the form is compiled, then only read.
class AskedLists {
public:
    static constexpr std::size_t most_codes = 200'000; ///< of all of them together

    /// Takes a list over from `source`, once; the words say why it cannot be had.
    [[nodiscard]] std::optional<std::string> take(ListSource* source, std::string_view address);

    [[nodiscard]] const AskedList* find(std::string_view address) const;
    [[nodiscard]] const std::deque<AskedList>& all() const { return all_; }
    /// Whether a code is in the list; an empty system fits any.
    [[nodiscard]] bool has(const AskedList& list, std::string_view system, std::string_view code) const;

private:
    using Codes = std::set<std::pair<std::string_view, std::string_view>>; ///< code, system
    std::deque<AskedList> all_;                                            ///< does not move what it holds
    std::deque<Codes> codes_;                                              ///< beside `all_`
    std::size_t count_ = 0;
};

} // namespace forms
