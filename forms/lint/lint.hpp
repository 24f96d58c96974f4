// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/definition.hpp"
#include "forms/lint/readability.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace forms {

/// What the author of a form that loads should look at again. The names of `code_of` are a contract, as those of
/// `Reason` are. What each of them means for an author stands in forms/definitions/README.md.
enum class Remark {
    // The form
    NoIdentity,
    MissingTranslation,
    FormHardToRead,
    UnusedList,
    // Rules
    NeverShown,
    OptionNotOffered,
    OptionWithoutRule,
    RuleLooksAhead,
    WaitsForDesk,
    DoubledCondition,
    RequiredNotAsked,
    // Words
    NoWords,
    PictureNotShown,
    HardToRead,
    LongSentence,
    LongText,
    SameWords,
    SameOptionWords,
    LongList,
    AllCapitals,
};
[[nodiscard]] std::string_view code_of(Remark remark); ///< "never-shown"

/// A warning is worth a change; a note is worth knowing (what it names is often as it should be).
enum class Weight { Warning, Note };

struct Finding {
    std::string json_pointer; ///< RFC 6901, from the top of the file
    Remark remark;
    Weight weight = Weight::Warning;
    std::string words;   ///< English, for the person who writes the form
    std::string link_id; ///< of the item, may be empty
};

struct LintReport {
    std::vector<Finding> findings; ///< in the order of the file
    TextCounts italian;            ///< of all that a citizen reads in Italian; no words when the form has no Italian
};

/// Looks through a form that was loaded from exactly these bytes. Pure. At most 500 findings.
[[nodiscard]] LintReport lint(const Definition& definition, std::string_view bytes);

} // namespace forms
