// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/fhir/parked.hpp"

#include <vector>

namespace forms {

/// What became of one answer when its draft was moved to a newer version of the form.
enum class Fate {
    Kept,      ///< the same answer to a question with the same name, type and place
    Converted, ///< an answer still, but see `changes`
    Dropped    ///< the new form has no room for it; the old words are in the line
};

/// What differs between the old question or answer and the new one.
enum class FormChange {
    Renamed,    ///< another linkId, found by an `item.code` that both have and no other
    OtherType,  ///< integer → decimal, string → text …: the answer was written anew
    OtherWords, ///< the same option under other words
    Moved,      ///< below another group or question
    NowRepeats, ///< one answer before, now a list
    NoLongerRepeats,
    WorkedOut, ///< the form works it out, and the newer one otherwise
    NotShown   ///< it is kept, but the new form does not ask for it as it is answered now
};

enum class DropReason {
    None,
    NoSuchQuestion,
    OtherType,   ///< the answer cannot be written in the new type
    NotAnOption, ///< the list does not offer it any more
    NoRoom,      ///< the place repeats no longer, or has as many as it may
    Refused      ///< the new form does not take it for another reason
};

/// One answer of the old draft: every one has exactly one line.
struct MigrationLine {
    Fate fate = Fate::Kept;
    std::vector<FormChange> changes;
    DropReason reason = DropReason::None;
    std::string old_path, new_path; ///< as `Definition::text_of` writes them; the new one is empty when dropped
    std::string question;           ///< words of the old question, in the language of the draft
    AnswerText answer;              ///< the old answer in words or figures, in the draft's memory
};

/// Takes the answers of `from` over into `into`, a draft of another version of the same form, and tells what became of
/// each, in the order of the older form, with its questions in that language. Half-typed text goes along as such. What
/// is there in `into` already stays where `from` has no such question (the first answers of new ones); elsewhere it
/// gives way, also to having no answer. What both forms work out is worked out anew.
[[nodiscard]] std::vector<MigrationLine> move_answers(const Draft& from, Draft& into, std::string_view language);

struct Migration {
    Draft draft;                       ///< on the newer form
    std::vector<MigrationLine> report; ///< in the order of the old form
};

/// `move_answers` of a parked draft. Pure: the parked draft stays as it is. Everything personal
/// lives in `memory`. Initial answers of the newer form are not filled in: the draft is a stored one.
[[nodiscard]] Result<Migration, ParkedFlaw> migrate(const ParkedDraft& parked, std::shared_ptr<const Definition> newer,
                                                    std::pmr::memory_resource* memory, const LoadOptions& options = {});

} // namespace forms
