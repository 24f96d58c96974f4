// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/definition.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace forms {

class TermStore;

/// Value sets and code systems that a terminal keeps beside its forms, for the lists that a form names by address only
/// (`answerValueSet`, FHIR R4 §4.9 and §4.8). Nothing is ever asked of a terminology server.
/// Filled by one thread, then only read: shared freely as `shared_ptr<const Terminology>`.
class Terminology {
public:
    Terminology();
    ~Terminology();
    Terminology(const Terminology&) = delete;
    Terminology& operator=(const Terminology&) = delete;

    /// Takes a ValueSet, a CodeSystem, or a Bundle of such, in JSON; other resources are left aside without a word.
    /// Returns what is wrong, by place; a resource with a mistake is not taken, the others of a Bundle are. The same
    /// url again is a mistake: the first one stays. Limits while reading as for a form; 200,000 concepts in all.
    std::vector<Mistake> add(std::string_view bytes);

    [[nodiscard]] std::size_t value_sets() const;
    [[nodiscard]] std::size_t code_systems() const;
    /// The options of a value set, by its url (a version behind "|" is not looked at: a terminal keeps one of each).
    /// None when it is not here or cannot be listed; `why` then says which, in English.
    [[nodiscard]] std::optional<std::vector<Option>> expand(std::string_view canonical, std::string& why) const;

    [[nodiscard]] const TermStore& store() const { return *store_; } ///< inside forms/fhir only

private:
    std::unique_ptr<TermStore> store_;
};

} // namespace forms
