// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/draft.hpp"

namespace forms {

struct FilledItem;
struct FilledAnswer {
    std::optional<Value> value;         ///< none when only something below it was answered
    std::pmr::vector<FilledItem> items; ///< nested under this answer
    Origin origin{};
};
/// One item of the filled form, as FHIR wants it: a repeating group appears once for each instance.
struct FilledItem {
    ItemIndex item = 0;
    AnswerText text; ///< as shown, in the visit's language
    std::pmr::vector<FilledAnswer> answers;
    std::pmr::vector<FilledItem> items; ///< of a group
};

/// The enabled answers of a draft, frozen: later changes of the draft do not reach it. Everything lives in the
/// draft's memory.
struct FilledForm {
    std::shared_ptr<const Definition> definition;
    std::string language;
    bool complete = false; ///< true only when it came from `complete`
    std::pmr::vector<FilledItem> items;
};

/// The filled form, or everything that is missing or wrong for this reader.
[[nodiscard]] Result<FilledForm, std::vector<Issue>> complete(const Draft& draft, std::string_view language,
                                                              Reader reader = Reader::Citizen);
/// The enabled answers as they are now, complete or not.
[[nodiscard]] FilledForm filled_so_far(const Draft& draft, std::string_view language);

} // namespace forms
