// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/draft.hpp"

#include <optional>
#include <vector>

namespace forms {

/// What routing needs to know about a request, read from the enabled answers of a draft. Everything may be missing.
/// The answers themselves stay the datum; these are copies in the draft's memory.
struct Facts {
    explicit Facts(std::pmr::memory_resource* memory);

    struct Person {
        AnswerText family, given;
        AnswerText fiscal_code, stp, eni; ///< as typed
        std::optional<PartialDate> birth_date;
        explicit Person(std::pmr::memory_resource* memory);
    } person;

    /// Somebody speaks for the person: true only when `speaks_for` says so, or, without that question, when a
    /// declarant's name is given.
    bool has_declarant = false;
    struct Declarant {
        AnswerText full_name, relationship, mobile, fiscal_code;
        std::optional<Coding> relationship_coding;
        explicit Declarant(std::pmr::memory_resource* memory);
    } declarant;

    std::optional<Coding> speaks_for; ///< code "utente" = the person itself
    std::optional<bool> anonymous, no_fixed_abode, privacy_notice_read;
    bool urgent = false;

    struct ConsentAnswer {
        Path question;
        AnswerText purpose; ///< code of the item-role: "consent-sharing"
        bool given = false;
    };
    std::vector<ConsentAnswer> consents; ///< only those that were asked and answered
};

/// Reads items by `item.definition` (keys of the Italian profiles; the nearest enclosing group decides whose datum it
/// is, without one it is the person's) and by `item.code` of our item-role system. The first answer found counts.
[[nodiscard]] Facts read_facts(const Draft& draft);

/// The codes of our item-role system and the markers of our own extensions; recognised by name, never fetched.
inline constexpr std::string_view item_role_system = "https://sportello.example.org/fhir/CodeSystem/item-role";

} // namespace forms
