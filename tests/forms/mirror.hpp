// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/forms/random_forms.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

/// A draft copied out through its public face into the plainest tree there is, so that a test can say from the copies
/// of before and after whether an edit did what it should, and what should be enabled.
namespace forms_in_tests {

struct Box;

struct AnswerCopy {
    std::optional<forms::Value> value;
    std::string typed;
    std::unique_ptr<Box> nested; ///< null where the question has no child items
};

/// One item at one place.
struct Place {
    forms::ItemIndex item = 0;
    std::size_t order = 0; ///< among all places of the draft, in the order of the form
    const Box* in = nullptr;
    std::vector<AnswerCopy> answers;
    std::vector<std::unique_ptr<Box>> instances;
    bool begun = false;                  ///< its first instance
    bool computed = false;               ///< its answers are the program's: they may change with any other
    mutable std::optional<bool> enabled; ///< once it was asked for
};

/// What stands below one instance or one answer.
struct Box {
    const Place* around = nullptr; ///< null at the top
    std::size_t number = 0;        ///< which instance or answer of `around`
    std::vector<Place> places;
};

class Mirror {
public:
    explicit Mirror(const forms::Draft& draft);

    /// Every enabled place, worked out from the conditions and the copied answers alone: slowly, each from scratch.
    [[nodiscard]] std::vector<forms::Path> enabled() const;

    /// What the draft works out by expressions otherwise than this copy does from the answers alone; empty when
    /// nothing.
    [[nodiscard]] std::string flaw_of_expressions(const forms::Draft& draft) const;

    /// What is wrong with `after`, if this was before `edit` (made on the draft of `after`); empty when all is well.
    [[nodiscard]] std::string flaw_of(const Edit& edit, const Mirror& after) const;

    /// A fresh draft that is given every answer of the copy one by one.
    [[nodiscard]] forms::Draft rebuilt() const;

    [[nodiscard]] const Box& top() const { return *top_; }

private:
    std::unique_ptr<Box> copy(const forms::Draft& draft, const forms::Path* parent,
                              const std::vector<forms::ItemIndex>& items, const Place* around, std::size_t number);
    [[nodiscard]] bool is_enabled(const Place& place) const;
    // mirror_expressions.cpp: shapes of random_forms.cpp, told from their text
    [[nodiscard]] std::int32_t number_in(std::string_view expression) const;
    [[nodiscard]] std::int32_t count_of(const Box& box, std::string_view link_id) const;
    [[nodiscard]] bool says(const std::string& enabled_by) const;
    [[nodiscard]] std::string flaw_at(const forms::Draft& draft, const Place& place, const forms::Path& path) const;
    [[nodiscard]] std::string flaw_below(const forms::Draft& draft, const Box& box, const forms::Path* parent) const;
    [[nodiscard]] bool holds(const forms::Condition& condition, const Place& place) const;

    std::shared_ptr<const forms::Definition> definition_;
    std::size_t count_ = 0;
    std::unique_ptr<Box> top_;
};

} // namespace forms_in_tests
