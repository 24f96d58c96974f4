// SPDX-License-Identifier: EUPL-1.2
#include "forms/base/utf8.hpp"
#include "forms/fhir/term_store.hpp"

#include <algorithm>
#include <functional>

namespace forms {
namespace {

constexpr std::size_t most_codes = 20'000; ///< of one list: as many as a form may have options
constexpr std::size_t copying = 8;         ///< a code costs as much as looking at so many
constexpr std::size_t most_work = 600'000; ///< codes looked at while the lists of one form are made
constexpr int deepest_import = 16;

std::string_view without_version(std::string_view canonical) { return canonical.substr(0, canonical.find('|')); }

} // namespace

/// Makes one list. Lists may name each other: depth and work are bounded.
class TermExpansion {
public:
    TermExpansion(const TermStore& store, TermWork& work) : store_(store), work_(work) {}

    std::optional<std::vector<TermConcept>> expand(std::string_view reference, int depth) {
        const ValueList* const list = store_.find(reference);
        if (list == nullptr)
            return fail(Reason::UnknownValueSet,
                        "the list " + shown_text(reference) + " is neither in the form nor kept by this terminal",
                        JsonDocument::none);
        if (depth > deepest_import)
            return fail(Reason::UnsupportedValueSet, "value sets name each other without end", list->node);
        if (!list->has_compose && !list->has_expansion)
            return fail(Reason::UnsupportedValueSet, "this value set has neither compose nor expansion", list->node);
        if (list->too_long) return too_many(list->node);
        Codes seen;
        std::vector<TermConcept> all;
        if (list->has_expansion) {
            if (list->expansion.size() > most_codes) return too_many(list->node);
            if (!count(copying * list->expansion.size(), list->node)) return std::nullopt;
            for (const TermConcept& code : list->expansion)
                if (seen.emplace(code.code, code.system).second) all.push_back(code);
            return all;
        }
        for (const TermPart& part : list->include) {
            auto codes = codes_of(part, depth);
            if (!codes) return std::nullopt;
            for (TermConcept& code : *codes)
                if (seen.emplace(code.code, code.system).second) all.push_back(std::move(code));
            if (all.size() > most_codes) return too_many(part.node);
        }
        for (const TermPart& part : list->exclude) {
            const auto codes = codes_of(part, depth);
            if (!codes) return std::nullopt;
            Codes unwanted;
            for (const TermConcept& code : *codes)
                unwanted.emplace(code.code, code.system);
            std::erase_if(all, [&](const TermConcept& code) { return unwanted.contains({code.code, code.system}); });
        }
        return all;
    }

    [[nodiscard]] TermProblem problem() const { return problem_; }

private:
    using Codes = std::set<std::pair<std::string, std::string>>; ///< code, system

    std::nullopt_t fail(Reason reason, std::string words, JsonDocument::Node node) {
        problem_ = {reason, std::move(words), node};
        return std::nullopt;
    }

    std::nullopt_t too_many(JsonDocument::Node node) {
        return fail(Reason::TooManyOptions, "this value set has more codes than a form may have options", node);
    }

    /// FHIR R4 ValueSet.compose.include: what the system gives, and of that only what every named value set has too.
    std::optional<std::vector<TermConcept>> codes_of(const TermPart& part, int depth) {
        std::optional<std::vector<TermConcept>> codes;
        if (part.names_concepts)
            codes = named(part);
        else if (!part.system.empty())
            codes = whole_system(part);
        else if (part.value_sets.empty())
            return fail(Reason::UnsupportedValueSet, "this part names neither a system nor a value set", part.node);
        if (!part.system.empty() && !codes) return std::nullopt;
        for (const std::string& reference : part.value_sets) {
            auto other = expand(reference, depth + 1);
            if (!other) {
                if (problem_.node == JsonDocument::none) problem_.node = part.node;
                return std::nullopt;
            }
            if (!count(copying * other->size(), part.node)) return std::nullopt;
            if (!codes) {
                codes = std::move(other);
                continue;
            }
            Codes wanted;
            for (const TermConcept& code : *other)
                wanted.emplace(code.code, code.system);
            std::erase_if(*codes, [&](const TermConcept& code) { return !wanted.contains({code.code, code.system}); });
        }
        return codes;
    }

    /// Codes listed one by one; words that the list leaves out come from the code system, where it is here.
    std::optional<std::vector<TermConcept>> named(const TermPart& part) {
        if (!count(copying * part.concepts.size(), part.node)) return std::nullopt;
        std::vector<TermConcept> codes = part.concepts;
        const CodeList* const system = store_.code_system(part.system);
        if (system == nullptr) return codes;
        for (TermConcept& code : codes) {
            const auto found = system->by_code.find(code.code);
            if (found == system->by_code.end()) continue;
            const TermConcept& defined = system->concepts[found->second];
            if (code.words.base.empty()) code.words.base = defined.words.base;
            if (code.words.translations.empty() && code.words.base == defined.words.base)
                code.words.translations = defined.words.translations;
            if (!code.score) code.score = defined.score;
        }
        return codes;
    }

    std::optional<std::vector<TermConcept>> whole_system(const TermPart& part) {
        const CodeList* const system = store_.code_system(part.system);
        if (system == nullptr)
            return fail(Reason::UnsupportedValueSet,
                        "the code system " + shown_text(part.system) + " is not here; list the codes instead",
                        part.node);
        if (!system->complete)
            return fail(Reason::UnsupportedValueSet,
                        "the code system " + shown_text(part.system) + " is not complete here; list the codes instead",
                        part.node);
        if (system->too_long)
            return fail(Reason::TooManyOptions,
                        "the code system " + shown_text(part.system) + " has more codes than a file may bring",
                        part.node);
        if (!count(system->concepts.size() * (part.filters.size() + 1), part.node)) return std::nullopt;
        std::vector<bool> wanted(system->concepts.size(), true);
        for (const TermFilter& filter : part.filters)
            if (!apply(filter, *system, part, wanted)) return std::nullopt;
        std::vector<TermConcept> codes;
        for (std::size_t i = 0; i < wanted.size(); ++i)
            if (wanted[i] && system->concepts[i].selectable) codes.push_back(system->concepts[i]);
        if (!count(copying * codes.size(), part.node)) return std::nullopt;
        return codes;
    }

    bool apply(const TermFilter& filter, const CodeList& system, const TermPart& part, std::vector<bool>& wanted) {
        const bool about_place = filter.property == "concept" || filter.property == "code";
        if (about_place && (filter.op == "is-a" || filter.op == "descendent-of" || filter.op == "is-not-a")) {
            const auto root = system.by_code.find(filter.value);
            if (root == system.by_code.end()) {
                fail(Reason::UnsupportedValueSet, "the code system has no code " + shown_text(filter.value), part.node);
                return false;
            }
            std::vector<bool> below = descendants(system, root->second);
            below[root->second] = filter.op != "descendent-of";
            for (std::size_t i = 0; i < wanted.size(); ++i)
                wanted[i] = wanted[i] && below[i] == (filter.op != "is-not-a");
            return true;
        }
        if (filter.op == "=" || filter.op == "in") {
            // An empty list would say that nothing fits, where nothing is known.
            const bool is_known =
                about_place ||
                std::any_of(system.concepts.begin(), system.concepts.end(), [&](const TermConcept& code) {
                    return std::any_of(code.properties.begin(), code.properties.end(),
                                       [&](const auto& p) { return p.first == filter.property; });
                });
            if (!is_known) {
                fail(Reason::UnsupportedValueSet,
                     "no code of the code system has the property " + shown_text(filter.property) +
                         "; list the codes instead",
                     part.node);
                return false;
            }
            for (std::size_t i = 0; i < wanted.size(); ++i)
                wanted[i] = wanted[i] && has_value(system.concepts[i], filter, about_place);
            return true;
        }
        fail(Reason::UnsupportedValueSet,
             "a filter '" + shown_text(filter.op) + "' needs a terminology server; list the codes instead", part.node);
        return false;
    }

    static bool has_value(const TermConcept& code, const TermFilter& filter, bool is_code) {
        const auto is_wanted = [&](std::string_view value) {
            if (filter.op == "=") return value == filter.value;
            const std::string list = "," + filter.value + ",";
            return list.find("," + std::string(value) + ",") != std::string::npos;
        };
        if (is_code) return is_wanted(code.code);
        return std::any_of(code.properties.begin(), code.properties.end(), [&](const auto& property) {
            return property.first == filter.property && is_wanted(property.second);
        });
    }

    static std::vector<bool> descendants(const CodeList& system, std::size_t root) {
        std::vector<std::vector<std::size_t>> children(system.concepts.size());
        for (std::size_t i = 0; i < system.concepts.size(); ++i)
            for (const std::size_t parent : system.concepts[i].parents)
                children[parent].push_back(i);
        std::vector<bool> below(system.concepts.size(), false);
        std::vector<std::size_t> next{root};
        while (!next.empty()) {
            const std::size_t here = next.back();
            next.pop_back();
            if (below[here]) continue;
            below[here] = true;
            next.insert(next.end(), children[here].begin(), children[here].end());
        }
        return below;
    }

    bool count(std::size_t codes, JsonDocument::Node node) {
        work_.spent += codes + copying;
        if (work_.spent <= most_work) return true;
        fail(Reason::TooManyOptions, "this value set takes more work than the lists of a form may", node);
        return false;
    }

    const TermStore& store_;
    TermWork& work_;
    TermProblem problem_;
};

bool TermStore::add(std::string name, std::shared_ptr<const ValueList> list) {
    return value_sets_.emplace(std::move(name), std::move(list)).second;
}
bool TermStore::add(std::string name, CodeList list) {
    return code_systems_.emplace(std::move(name), std::move(list)).second;
}

const ValueList* TermStore::find(std::string_view reference) const {
    const auto found = value_sets_.find(reference.starts_with('#') ? reference : without_version(reference));
    if (found != value_sets_.end()) return found->second.get();
    return beyond_ != nullptr && !reference.starts_with('#') ? beyond_->find(reference) : nullptr;
}

bool TermStore::is_beyond(std::string_view reference) const {
    return !value_sets_.contains(std::string(reference.starts_with('#') ? reference : without_version(reference)));
}

const CodeList* TermStore::code_system(std::string_view url) const {
    const auto found = code_systems_.find(without_version(url));
    if (found != code_systems_.end()) return &found->second;
    return beyond_ != nullptr ? beyond_->code_system(url) : nullptr;
}

Result<std::vector<TermConcept>, TermProblem> TermStore::expand(std::string_view reference, TermWork& work) const {
    TermExpansion expansion(*this, work);
    if (auto codes = expansion.expand(reference, 0)) return std::move(*codes);
    return expansion.problem();
}

Option option_of(const TermConcept& entry) {
    Option option;
    option.words = entry.words;
    if (option.words.base.empty()) option.words.base = shown_text(entry.code);
    option.score = entry.score;
    option.value = coding(entry.system, entry.code, option.words.base);
    return option;
}

} // namespace forms
