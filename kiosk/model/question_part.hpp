// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "forms/engine/pages.hpp"
#include "kiosk/model/intents.hpp"
#include "kiosk/model/screens.hpp"
#include "kiosk/model/settings.hpp"
#include "kiosk/model/text_edit.hpp"
#include "kiosk/text/words.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk {

/// In which words a page speaks: the program's own in the language of the visit, the form's in `language`.
struct PageVoice {
    const Words& words;      ///< of the visit
    const Words& form_words; ///< the program's words in the language of the form: "Sì", "No" among its options
    std::string language;    ///< of the form's texts
};

/// What keeps an answer from being taken, in words that are chosen when they are shown: the language may change.
struct Wrong {
    Text text = Text::error_check_answer;
    std::optional<forms::Value> limit;
    std::string number;
    std::string field;                             ///< what comes after the question's key: "" or ".other", ".day" …
    const forms::Constraint* constraint = nullptr; ///< the form's own words, instead of `text`
};

/// One question while a person works on it: its fields as typed, and what happens to them. The answers go into the
/// draft at every keystroke, half-typed ones too, so that nothing is lost by going back, changing the language or
/// asking for help. Lists of instances and papers, which are pages of their own, are a part like any other.
/// Thread: screen. The draft must outlive it.
class QuestionPart {
public:
    /// Alone: the question that its page is about. Its options are "option.0", …; those of a question among others
    /// begin with the question's key.
    enum class Company { Alone, AmongOthers };
    QuestionPart(forms::Draft& draft, forms::Page page, const VisitPorts& ports, const PageVoice& voice,
                 Company company = Company::Alone);

    [[nodiscard]] const forms::Page& page() const { return page_; }
    [[nodiscard]] const forms::Path& path() const { return page_.path; }
    /// The intents that change an answer of this question; any other is not for it. True when something changed.
    bool apply(const Intent& intent, const PageVoice& voice);
    /// The person wants to go on. True when the answer can stay as it is; otherwise the part shows what is wrong.
    bool accept(const PageVoice& voice);
    /// Of a repeating question one answer is open: `back` and `continue` return to the list first.
    [[nodiscard]] bool entry_open() const { return kind_answers_list() && entry_.has_value(); }
    void close_entry(const PageVoice& voice);
    /// Words that depend on the language are looked up again.
    void speak(const PageVoice& voice);
    /// Another answer of the page was changed: what the program calculates here may have followed it, or what it
    /// offers.
    void follow_program(const PageVoice& voice);
    /// The page is left: see `QuestionPage::left`.
    void left();

    /// Everything of the screen that is this question's own; caption, progress and buttons are the visit's.
    void fill(QuestionScreen& screen, const PageVoice& voice) const;
    /// The same for a question among others.
    [[nodiscard]] AskedPart part(const PageVoice& voice) const;
    [[nodiscard]] std::vector<ErrorLine> errors(const PageVoice& voice) const;

    /// What the row of an instance is called: its first answers, or its group and number.
    [[nodiscard]] std::string instance_name(const forms::Path& instance, const PageVoice& voice) const;
    /// The place that a row's key means; none for a key of another page.
    [[nodiscard]] std::optional<std::uint32_t> row_of(std::string_view key) const;
    [[nodiscard]] bool row_has_content(std::uint32_t row) const;
    void remove_row(std::uint32_t row, const PageVoice& voice);
    /// One place up in the list. False: it is the first, or there is no such row.
    bool move_row_up(std::uint32_t row);
    [[nodiscard]] bool shows_rows() const;

private:
    enum class Kind {
        Notice,
        Attachment,
        Shown, ///< read-only: a value that only the program writes
        Choice,
        Text,
        Slider,
        Date,
        DateTime,
        Time,
        Quantity,
        Search,
        Repeat
    };
    struct Field {
        std::string suffix; ///< of the node key
        TextEdit edit;
    };

    [[nodiscard]] const forms::Item& item() const { return draft_.definition().item(page_.path); }
    [[nodiscard]] Kind kind_of_item() const;
    [[nodiscard]] std::string key() const;
    [[nodiscard]] std::string stem() const; ///< of the keys of its options, units and hits
    [[nodiscard]] bool kind_answers_list() const;
    [[nodiscard]] bool spins() const;        ///< a number with plus and minus beside its field
    [[nodiscard]] forms::Path place() const; ///< of the answer being edited
    [[nodiscard]] Keyboard keyboard() const;
    [[nodiscard]] Field* field_of(std::string_view key);
    [[nodiscard]] const TextEdit* other_field() const;

    // question_fields.cpp: between fields and draft
    void open_fields();
    void load();
    void load_date(std::string_view typed, const forms::Value* value);
    void store(const PageVoice& voice);
    void store_date();
    void store_quantity(const PageVoice& voice);
    void store_other();
    // question_part.cpp: what a person does
    void become(Kind kind, const PageVoice& voice);
    bool choose(std::size_t option);
    /// Answers that are offered no longer, by their place among the answers: they stay until they are taken away.
    [[nodiscard]] std::vector<std::uint32_t> no_longer_offered() const;
    bool forget_answer();
    bool edited(Field& field, const PageVoice& voice);
    // question_search.cpp
    void find(const PageVoice& voice);
    bool choose_hit(std::string_view key, const PageVoice& voice);
    // question_number.cpp
    bool adjust(int steps, const PageVoice& voice);
    bool place_on_scale(double share);
    [[nodiscard]] SliderControl slider(const PageVoice& voice) const;
    // question_judge.cpp
    [[nodiscard]] bool judge_parts(std::vector<Wrong>& wrong) const;
    [[nodiscard]] Wrong wrong_of(const forms::Issue& issue) const;
    // question_screen.cpp, question_control.cpp: what it looks like
    [[nodiscard]] Control control(const PageVoice& voice) const;
    [[nodiscard]] ChoiceControl choice(const PageVoice& voice) const;
    [[nodiscard]] DateControl date(const PageVoice& voice) const;
    [[nodiscard]] SearchControl search(const PageVoice& voice) const;
    [[nodiscard]] NoticeControl papers(const PageVoice& voice) const;
    [[nodiscard]] RepeatControl rows(const PageVoice& voice) const;
    [[nodiscard]] std::string chosen_words(const PageVoice& voice) const;
    [[nodiscard]] std::string hint(const Control& control, const PageVoice& voice) const;
    [[nodiscard]] bool can_be_cleared() const;

    forms::Draft& draft_;
    forms::Page page_;
    const VisitPorts& ports_;
    Company company_;
    Kind kind_ = Kind::Notice;
    std::vector<Field> fields_;
    std::optional<std::size_t> unit_;
    bool other_chosen_ = false;
    std::vector<SearchHit> hits_;
    std::vector<std::string>
        folded_; ///< the options as they are compared, in `folded_language_`; made when first needed
    std::string folded_language_;
    std::optional<std::uint32_t> entry_; ///< which answer of a repeating question is open
    std::vector<Wrong> wrong_;
};

/// The words of an error: what happened and how to put it right.
[[nodiscard]] std::string error_words(const Wrong& wrong, const forms::Item& item, const PageVoice& voice);
/// The same for an issue found away from its page.
[[nodiscard]] Wrong wrong_of_issue(const forms::Issue& issue, const forms::Item& item);

} // namespace kiosk
