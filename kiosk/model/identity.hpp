// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/fhir/prefill.hpp"
#include "kiosk/capture/document.hpp"

#include <cstddef>
#include <memory_resource>
#include <optional>
#include <vector>

namespace kiosk {

/// What papers have said about a person in this visit, source by source. Sources are compared, never merged: where they
/// differ, the person sees all of them and chooses (threat model §9). Nothing here writes into a form.
/// Thread: screen. Everything of a person lives in the memory of the visit.
class Identity {
public:
    explicit Identity(std::pmr::memory_resource* memory) : memory_(memory), told_(memory) {}

    /// False: the document names nobody. Saying the same once more changes nothing.
    bool add(const DocumentSeen& seen, const forms::PartialDate& today);
    [[nodiscard]] bool empty() const { return told_.empty(); }

    /// One way to answer a question: a value, and all who say it.
    struct Choice {
        forms::Value value;
        std::vector<forms::Origin> sources; ///< without the person; empty: typed alone
        bool typed = false;                 ///< it is what stands in the form already
    };
    struct Row {
        forms::Path question;
        std::vector<Choice> choices;       ///< what was typed first, then as they were shown
        std::optional<std::size_t> chosen; ///< none: to be chosen; `choices.size()`: leave it as it is
    };
    /// The questions where a paper says something that does not stand there yet. Chosen beforehand only where nothing
    /// was written and nobody contradicts. The two centuries that one codice fiscale leaves open are no contradiction:
    /// what else says the date decides, and without it the younger is chosen beforehand.
    [[nodiscard]] std::vector<Row> rows(const forms::Draft& draft, forms::Whose whose) const;

private:
    struct Telling {
        forms::Origin::Source source = forms::Origin::Source::Person;
        forms::KnownPerson person;
        std::optional<forms::PartialDate> or_born; ///< a codice fiscale leaves the century open
    };
    void add(Telling telling);
    [[nodiscard]] bool dated(const forms::PartialDate& date) const;
    [[nodiscard]] bool names_two_people() const;

    forms::PartialDate today_{};
    std::pmr::memory_resource* memory_;
    std::pmr::vector<Telling> told_;
};

/// Whether a document could name the person better than fingers: the questions beside which one is offered.
[[nodiscard]] bool is_read_from_papers(forms::PersonElement element);

} // namespace kiosk
