// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/definition.hpp"
#include "forms/engine/setting.hpp"

#include <memory>
#include <memory_resource>
#include <optional>
#include <string_view>
#include <vector>

namespace forms {

/// What became of a change. Anything but Accepted leaves the draft as it was, except NotYetAValue.
enum class Outcome {
    Accepted,
    NotYetAValue,     ///< the typed text was kept, but is no answer of this type yet ("02/02")
    NotAnItem,        ///< no such place in this draft
    NotAQuestion,     ///< a group or a display takes no answer
    WrongType,        ///< the value's type is not the item's
    NotAllowedOption, ///< not among the options
    ReadOnly,
    NotRepeating, ///< a second answer or instance of an item that does not repeat
    TooMany,      ///< more than 500 answers or instances, or more places than a draft may have
    TooLong,      ///< more than 64 KiB in one text
    TooFew        ///< that instance cannot be taken away
};

enum class IssueCode {
    RequiredMissing,
    TooLong,
    TooShort,
    BelowMinimum,
    AboveMaximum,
    TooManyDecimals,
    NotAnOption,
    Malformed,
    TooFew,
    TooMany,
    WrongUnit,
    WrongType,
    PatternMismatch, ///< not written as the form's pattern wants it; `entry_hint` may say how
    WrongFileType,   ///< an attachment of a kind the form does not take
    FileTooBig,      ///< an attachment larger than the form takes; the limit is in bytes
    ExclusiveMixed,  ///< an option that excludes all others stands beside another
    ConstraintBroken ///< a constraint of the form does not hold; it brings its own words
};
[[nodiscard]] std::string_view code_of(IssueCode code); ///< "required-missing"

/// One thing that keeps the draft from being complete.
struct Issue {
    Path path; ///< the question, its instance is the answer's; for TooFew and TooMany the item with instance 0
    IssueCode code;
    std::optional<Value> limit;             ///< the bound that was passed; never an answer
    const Constraint* constraint = nullptr; ///< of ConstraintBroken; lives as long as the definition
};

/// Where an answer came from: a person's hands, or a paper that was shown and confirmed. `checked`: a check letter or
/// digit of the paper covers what was read; without one it is only as good as the reader's eye.
struct Origin {
    enum class Source : std::uint8_t { Person, BarCode, ReadableZone, CardChip };
    Source source = Source::Person;
    bool checked = false;
    bool operator==(const Origin&) const = default;
};
[[nodiscard]] std::string_view code_of(Origin::Source source); ///< "bar-code"
[[nodiscard]] std::optional<Origin::Source> origin_source(std::string_view code);

/// One answer of a question. `typed` is what the person's fingers left, kept beside the value so that nothing
/// half-written vanishes; empty when the answer was chosen, not typed.
struct Answer {
    std::optional<Value> value;
    AnswerText typed;
    Origin origin{}; ///< another value is again the person's own
    [[nodiscard]] bool empty() const { return !value && typed.empty(); }
};

/// Something that may be answered: an option of the form, or what its answerExpression gives at this place.
struct Offer {
    const Value* value = nullptr;   ///< lives until the draft changes
    const Option* option = nullptr; ///< its words, prefix and score where the form has them, else null
};

/// Who changes an answer: only the program (prefill, a stored response) may write what is read-only for people.
enum class Writer { Person, Program };

/// Whether the form's own first answers (`initial`, `initialSelected`) are filled in.
enum class Start { WithInitial, Empty };

/// One person's answers to one definition. Answers of hidden items are kept and never judged nor given out.
/// Thread: one. Memory: every answer lives in `memory`, which must outlive the draft and is expected to be locked and
/// to zero what it takes back. Paths are checked: a wrong one is an Outcome or an empty answer, never a crash.
///
/// Nested items of a question live in its answer, as in FHIR; while there is no answer, in the place of the first.
/// A repeating group always has one instance to write into; that first one counts as *begun* only when it was added on
/// purpose or holds an answer.
class Draft {
public:
    Draft(std::shared_ptr<const Definition> definition, std::pmr::memory_resource* memory,
          Start start = Start::WithInitial, Setting setting = {});
    ~Draft();
    Draft(Draft&&) noexcept;
    Draft& operator=(Draft&&) noexcept;
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;

    [[nodiscard]] const Definition& definition() const;
    [[nodiscard]] const std::shared_ptr<const Definition>& shared_definition() const;
    [[nodiscard]] std::pmr::memory_resource* memory() const;

    // Answers. The path's own instance says which answer; one more than there are adds one to a repeating question.
    // An empty text (also one of which nothing is left when it is cleaned) takes the answer away.
    Outcome set(const Path& question, const Value& value, Writer writer = Writer::Person);
    /// For the program: a line of a list that has no answer yet, so that what stands below it finds its place.
    Outcome begin_answer(const Path& question);
    /// Keeps what was typed and tries to read it by the item's type, with the comma, the day-first dates and the
    /// 24-hour clock of Italy. An empty text takes the answer away.
    Outcome type(const Path& question, std::string_view text);
    /// Chooses or takes back one of `offers`, counted from 0. Choosing on a question that does not repeat replaces the
    /// answer; an exclusive option clears the others and is cleared by them.
    Outcome choose(const Path& question, std::size_t option, bool chosen);
    /// Says where the value that stands there came from. Nothing where there is none.
    void note_origin(const Path& answer, Origin origin);
    Outcome clear(const Path& answer); ///< this answer only; later ones move up
    Outcome clear_all(const Path& question);

    /// All answers of the question, in order; empty when there is none or no such place. An answer in the middle may be
    /// `empty()`: a line of a list that the person has just cleared. Valid until the next change.
    [[nodiscard]] std::vector<const Answer*> answers(const Path& question) const;
    /// The one answer that the path's instance names, or null.
    [[nodiscard]] const Answer* answer(const Path& question) const;
    [[nodiscard]] bool is_chosen(const Path& question, std::size_t option) const;
    /// The options to choose from at this place, in their order; none where the answer is written or looked up.
    [[nodiscard]] std::vector<Offer> offers(const Path& question) const;
    /// What the person reads at an item: the form's text in that language, or what its expression gives here, which is
    /// in no other. Valid until the draft changes.
    [[nodiscard]] std::string_view text(const Path& item, std::string_view language) const;

    // Instances of repeating groups.
    Result<Path, Outcome> add_instance(const Path& group,
                                       Start start = Start::WithInitial); ///< at the end; the path of the new one
    Outcome remove_instance(const Path& group); ///< later ones move up; the last one is emptied instead
    Outcome move_instance(const Path& group, std::uint32_t to);
    [[nodiscard]] std::uint32_t instances(const Path& group) const;       ///< at least 1 for a place that exists
    [[nodiscard]] std::uint32_t begun_instances(const Path& group) const; ///< 0 while the first is untouched

    // Rules.
    [[nodiscard]] bool exists(const Path& path) const;
    /// Its own conditions hold, and all ancestors are enabled.
    [[nodiscard]] bool is_enabled(const Path& path) const;
    /// Enabled items in the order of the form, each instance of a group once, each question once (instance 0), with
    /// nested items of every answer after their question.
    [[nodiscard]] std::vector<Path> enabled() const;
    [[nodiscard]] bool has_content(const Path& path) const; ///< an answer, or half of one, in it or below

    /// Everything that keeps the draft from being complete, in the order of the form. Disabled items have no issues;
    /// for a citizen, neither have items of the desk.
    [[nodiscard]] std::vector<Issue> issues(Reader reader = Reader::Citizen) const;
    /// What the form wants the person to look at again, but lets pass: its constraints of severity warning.
    [[nodiscard]] std::vector<Issue> warnings(Reader reader = Reader::Citizen) const;
    /// Only those at this very question (not below it).
    [[nodiscard]] std::vector<Issue> issues_of(const Path& question, Reader reader = Reader::Citizen) const;
    [[nodiscard]] std::vector<Issue> warnings_of(const Path& question, Reader reader = Reader::Citizen) const;

    /// After stored answers were put in by the program: where a stored answer is what would be calculated, it is the
    /// program's again; another one is a person's and stays.
    void settle();
    /// Whether a person's answer stands in place of a calculated one. `clear` gives it back to the program at once.
    /// What was emptied by `type` stays empty, so that nobody who writes anew is written over; `give_back`, when the
    /// person leaves the question, gives it back if it is empty still.
    [[nodiscard]] bool is_kept(const Path& question) const;
    void give_back(const Path& question);
    /// Expressions that had no result when they were last run, for the log: an item that stays empty without a reason
    /// the person could see.
    [[nodiscard]] const std::vector<FormulaTrouble>& troubles() const;

    /// Counts changes; two equal numbers mean nothing happened in between.
    [[nodiscard]] std::uint64_t revision() const;
    /// Counts changes to what there is to fill in: something is shown or hidden, an instance comes, goes or moves, a
    /// question gets its first answer or loses one. What is typed into an answer that is there already leaves it alone:
    /// as long as it stays, pages and `enabled` stay.
    [[nodiscard]] std::uint64_t shape() const;

    struct Tree; ///< inside only
    [[nodiscard]] const Tree& tree() const { return *tree_; }

private:
    std::unique_ptr<Tree> tree_;
};

} // namespace forms
