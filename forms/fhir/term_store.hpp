// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/definition.hpp"
#include "forms/fhir/json.hpp"

#include <map>
#include <set>

/// The inside of `Terminology` and of the lists that a form brings along. Only forms/fhir includes this.
namespace forms {

class Members;

/// A code with its words, as a list names it or a code system defines it.
struct TermConcept {
    std::string system, code;
    Words words;
    std::optional<Decimal> score;
    bool selectable = true; ///< false: a heading over others, never an answer
    std::vector<std::size_t> parents;
    std::vector<std::pair<std::string, std::string>> properties; ///< name, value as text
    JsonDocument::Node node = JsonDocument::none;                ///< where it stands in the form that brings it along
};

struct TermFilter {
    std::string property, op, value;
};

/// One `compose.include` or `compose.exclude`.
struct TermPart {
    std::string system;
    bool names_concepts = false;
    std::vector<TermConcept> concepts;
    std::vector<TermFilter> filters;
    std::vector<std::string> value_sets;
    JsonDocument::Node node = JsonDocument::none;
};

struct CodeList {
    std::vector<TermConcept> concepts; ///< a parent before its children
    std::map<std::string, std::size_t, std::less<>> by_code;
    bool complete = true;  ///< all codes are here
    bool too_long = false; ///< see `most_concepts`: not all of them were read
};

struct ValueList {
    std::vector<TermPart> include, exclude;
    std::vector<TermConcept> expansion;
    bool has_expansion = false;
    bool has_compose = false;
    bool too_long = false; ///< see `most_concepts`: not all of it was read
    JsonDocument::Node node = JsonDocument::none;
};

/// How many codes one file may bring along, in all its lists and code systems: each takes some 400 bytes.
constexpr std::size_t most_concepts = 40'000;

/// Codes looked at and copied while the lists of one form are made.
struct TermWork {
    std::size_t spent = 0;
};

/// Why a list cannot be made, and where in the form (none: in the terminal's own terminology).
struct TermProblem {
    Reason reason = Reason::UnknownValueSet;
    std::string words;
    JsonDocument::Node node = JsonDocument::none;
};

class TermStore {
public:
    /// `beyond` is looked at for what is not here; may be null.
    explicit TermStore(const TermStore* beyond = nullptr) : beyond_(beyond) {}

    /// False when this name is taken.
    bool add(std::string name, std::shared_ptr<const ValueList> list);
    bool add(std::string name, CodeList list);
    [[nodiscard]] std::size_t value_sets() const { return value_sets_.size(); }
    [[nodiscard]] std::size_t code_systems() const { return code_systems_.size(); }
    [[nodiscard]] const ValueList*
    find(std::string_view reference) const; ///< "#id" or a url, with "|version" or without
    /// Found only in `beyond`: its nodes belong to another file.
    [[nodiscard]] bool is_beyond(std::string_view reference) const;
    [[nodiscard]] const CodeList* code_system(std::string_view url) const;

    /// Every code of the list, once, in the order of the list. `work` is that of all lists that belong together.
    [[nodiscard]] Result<std::vector<TermConcept>, TermProblem> expand(std::string_view reference,
                                                                       TermWork& work) const;

private:
    friend class TermExpansion;
    const TermStore* beyond_;
    std::map<std::string, std::shared_ptr<const ValueList>, std::less<>> value_sets_; ///< one list may have two names
    std::map<std::string, CodeList, std::less<>> code_systems_;
};

/// Reads a ValueSet or CodeSystem at `node`. Mistakes are reported through `members`; of a code without a code nothing
/// is taken over. `room`: how many codes the file may bring still.
[[nodiscard]] std::shared_ptr<const ValueList> read_value_list(const JsonDocument& json, const Members& members,
                                                               JsonDocument::Node node, std::size_t& room);
[[nodiscard]] CodeList read_code_list(const JsonDocument& json, const Members& members, JsonDocument::Node node,
                                      std::size_t& room);

[[nodiscard]] Option option_of(const TermConcept& concept_of_list);

} // namespace forms
